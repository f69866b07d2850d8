"""Packs: a place's templates, law and rules; located, inherited, flattened and checked."""

"""A keeper's work: what packs say, where it comes from, and whether it is right."""

"""Papers put away in their folder: all of them or none, and nothing that a person made is lost."""

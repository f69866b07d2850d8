"""Papers leave the house: numbered, frozen, recorded; and what became of them since."""

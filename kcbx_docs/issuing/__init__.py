"""What leaves the house and comes back: issued, numbered, served, proved, in the ledger."""

"""The ledger: what left the house and how it reached people, kept as evidence.

An append-only chain of events: each is stored once, as bytes, and hashed with its predecessor.
It knows nothing of cases, procedure or papers: others say what an event means.
"""

"""The 案卷 of a case: what was issued, served and gathered, bound into one PDF."""

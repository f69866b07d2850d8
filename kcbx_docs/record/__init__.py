"""The one account of what was made, served, withdrawn and returned, as of any day;
from the file and the ledger alike.
"""

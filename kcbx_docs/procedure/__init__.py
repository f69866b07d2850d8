"""What the law allows next in a case, for each guardian, from which day until which day,
and why.
"""

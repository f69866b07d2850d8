"""The brackets that people type around the year of a number, for 〔〕."""

OPENING, CLOSING = "〔([{【〖﹝［（", "〕)]}】〗﹞］）"
"""Of one shape; the ledger compares two numbers without regard to them."""
ODD_OPENING, ODD_CLOSING = "<〈《「", ">〉》」"
"""Of another shape: a number written with them is mended before it is kept."""

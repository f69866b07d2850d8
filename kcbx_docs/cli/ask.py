"""How an answer on the screen is read."""


def a_day(text: str) -> str:
    """Accept a day in any spelling of the files; return it as 2026-09-01."""
    from kcbx_docs.cli.options import read_a_day

    return read_a_day(text).isoformat()

"""Words as XML writes them; the library's own functions load its HTTP client, too."""


def escape(text: str) -> str:
    """Write text between tags."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def quoteattr(text: str) -> str:
    """Write the value of an attribute, in its quotation marks."""
    return f'"{escape(text).translate(_IN_MARKS)}"'


def unescape(text: str) -> str:
    """Read what ``escape`` wrote."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


_IN_MARKS = str.maketrans({"\n": "&#10;", "\r": "&#13;", "\t": "&#9;", '"': "&quot;"})

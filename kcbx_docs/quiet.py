"""What libraries tell their programmers is English, and stays off the screen.

Warnings are silenced where the program starts; what is logged, where the library is loaded.
"""

import logging


def unheard(*libraries: str) -> None:
    """Keep Python from printing what nobody listens to of some libraries' logs."""
    for name in libraries:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())

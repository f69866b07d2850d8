"""What libraries tell their programmers is English, and stays off the screen.

Warnings are silenced where the program starts; what is logged, where the library is loaded.
"""

import os
import sys
from types import ModuleType


def unheard(*libraries: str) -> None:
    """Keep Python from printing what nobody listens to of some libraries' logs."""
    import logging

    for name in libraries:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def without_plugins() -> None:
    """Where Pydantic's plug-ins are switched off, load nothing that would look for them: it reads
    the metadata of packages with half a mail program.
    """
    if os.environ.get("PYDANTIC_DISABLE_PLUGINS") in ("true", "1", "__all__"):
        nobody = ModuleType("pydantic.plugin._loader")
        vars(nobody)["get_plugins"] = tuple
        sys.modules.setdefault(nobody.__name__, nobody)

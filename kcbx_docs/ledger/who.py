"""Who is at the machine, as far as it knows by itself."""

import getpass
import platform
from contextlib import suppress

from kcbx_docs import __version__
from kcbx_docs.ledger.model import Who


def at_this_machine(name: str = "", post: str = "", pack: str = "") -> Who:
    """Return who acts: the login and machine are looked up, the name is what he says."""
    login = ""
    with suppress(KeyError, OSError, ImportError):  # nobody of that number is known
        login = getpass.getuser()
    return Who(name or login, post, login, platform.node(), f"kcbx {__version__}", pack)

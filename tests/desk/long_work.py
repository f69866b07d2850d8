"""Work that another process can load without loading the tests."""

import os
import time
from pathlib import Path

from kcbx_docs.batch.asked import Watching
from kcbx_docs.batch.processes import Processes


def counted(watching: Watching, pupils: int = 3) -> str:
    """Count some classes."""
    for number in range(pupils + 1):
        watching.meter(number, pupils, f"七年级{number}班")
    return "三个班"


def endless(watching: Watching) -> None:
    """Never end by itself."""
    while True:
        watching.meter(1, 3, "七年级1班")
        time.sleep(0.01)


def deaf(watching: Watching, file: str) -> None:
    """Lay out for ever, and hear nothing meanwhile; say first who does it."""
    Path(file).write_text(str(os.getpid()))
    watching.meter(1, 2, "排版")
    while True:
        time.sleep(1)


def employing(_watching: Watching) -> int:
    """Have another process do it; say how far behind others that stands."""
    with Processes(1) as hands:
        return hands.submit(os.nice, 0).result()


def dying(_watching: Watching) -> None:
    """Die as if killed."""
    os._exit(9)

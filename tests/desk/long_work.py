"""Work that another process can load without loading the tests."""

import os
import time

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


def employing(_watching: Watching) -> int:
    """Have another process do it."""
    with Processes(1) as hands:
        return hands.submit(len, "三个班").result()


def dying(_watching: Watching) -> None:
    """Die as if killed."""
    os._exit(9)

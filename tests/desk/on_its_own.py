"""A desk in a process of its own, as ``kcbx desk`` is, on the day of the tests: it can be killed."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

from kcbx_docs.desk.apart import apart
from tests.browser.desks import served
from tests.desk.conftest import OWN, SAMPLES

FORM = "application/x-www-form-urlencoded"


class DeskOnItsOwn:
    """A desk that runs elsewhere, and somebody who was let in."""

    def __init__(self, process: "subprocess.Popen[str]", entry: str) -> None:
        self.process = process
        self.host, self._cookie = entry.split("/")[2], ""
        answer, _ = self.ask(entry.partition(self.host)[2])
        self._cookie = str(answer.getheader("Set-Cookie")).split(";")[0]

    def ask(
        self, address: str, body: bytes = b"", kind: str = ""
    ) -> tuple[http.client.HTTPResponse, str]:
        """Open a page, or send a form."""
        line = http.client.HTTPConnection(self.host, timeout=60)
        method, headers = ("POST", {"Content-Type": kind}) if body else ("GET", {})
        line.request(
            method, quote(address, safe="/?&=%"), body, {**OWN, "Cookie": self._cookie, **headers}
        )
        answer = line.getresponse()
        text = answer.read().decode()
        line.close()
        return answer, text

    def page(self, address: str) -> str:
        """Return a page that is there; one that says it is still reading asks again by itself."""
        answer, text = self.ask(address)
        while answer.status == 503 and "http-equiv" in text:
            time.sleep(0.1)
            answer, text = self.ask(address)
        assert answer.status == 200, (address, answer.status, text)
        return text

    def send(self, address: str, fields: Sequence[tuple[str, str]]) -> str:
        """Send a form; return where it leads."""
        answer, text = self.ask(address, urlencode(fields).encode(), FORM)
        assert answer.status == 303, text
        return str(answer.getheader("Location"))

    def drop(self, address: str, name: str, data: bytes) -> str:
        """Drop a file; return where it leads."""
        head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = head.encode() + data + b"\r\n--x--\r\n"
        answer, text = self.ask(address, body, "multipart/form-data; boundary=x")
        assert answer.status == 303, text
        return str(answer.getheader("Location"))

    def far(self, job: str) -> dict[str, object]:
        """Ask how far a piece of work is."""
        told: dict[str, object] = json.loads(self.page(f"{job}/far"))
        return told

    def workers(self) -> list[int]:
        """List the processes that it began, and those that they began."""
        return [*_below(self.process.pid)]


def _below(process: int) -> Iterator[int]:
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (thread / "children").read_text().split()):
                yield child
                yield from _below(child)


def there(process: int) -> bool:
    """Tell whether a process lives; one that nobody has asked after is dead."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def told(processes: Sequence[int], what: signal.Signals) -> None:
    """Send a signal to processes, as far as they are there."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, what)


@contextmanager
def desk_of(root: Path) -> Iterator[DeskOnItsOwn]:
    """Open a desk; kill it at the end, if nobody has."""
    command = [sys.executable, "-m", "tests.desk.on_its_own", str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=SAMPLES) as process:
        try:
            assert process.stdout
            yield DeskOnItsOwn(process, process.stdout.readline().strip())
        finally:
            own = [*_below(process.pid)]
            process.kill()
            told(own, signal.SIGKILL)


if __name__ == "__main__":
    with served(Path(sys.argv[1]), hands=apart) as one:
        print(one.entry, flush=True)
        while True:
            time.sleep(60)

"""Somebody at the desk's pages who opens links, fills in forms and clicks; or types the command."""

import html
import io
import re
import shlex
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from PIL import Image

from tests.cli.office import run
from tests.desk.conftest import OWN, mark_of


def photograph() -> bytes:
    """Return a picture of nothing."""
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, "PNG")
    return out.getvalue()


def text(answer: Any) -> str:
    """Return the page of an answer."""
    return str(answer.get_data(as_text=True))


def link(page: str, label: str) -> str:
    """Return where a link leads."""
    found = re.search(rf'href="([^"]*)"(?: aria-label="[^"]*")?>{label}</a>', page)
    assert found, label
    return html.unescape(found[1])


def sends(
    browser: FlaskClient,
    page: str,
    button: str,
    files: dict[str, tuple[bytes, str]] | None = None,
    **told: object,
) -> Any:
    """Fill in the form that a page shows, and click; what it holds already stays."""
    form = page[page.index('<form method="post"') :]
    address = html.unescape(re.search(r'action="([^"]*)"', form)[1])  # type: ignore[index]
    hidden = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)
    kept = re.findall(r'name="([^"]*-kept)" value="([^"]*)"', form)
    usual = re.findall(r'type="text" id="[^"]*" name="([^"]*)" value="([^"]+)"', form)
    before = {key: html.unescape(value) for key, value in (*usual, *hidden, *kept)}
    values = {**before, **told}
    brought = {key: (io.BytesIO(one), name) for key, (one, name) in (files or {}).items()}
    if button == "write" and "looked" not in before:  # what is written is looked at first
        values["looked"] = mark_of(text(sends(browser, page, "look", files, **told)))
    data = {**values, **brought, button: "1"}
    return browser.post(address, data=data, headers=OWN, content_type="multipart/form-data")


def typed(root: Path, page: str, day: object) -> None:
    """Type the command that a page says it equals."""
    command = re.search(r"<code>([^<]*)</code>", page)
    assert command
    words = shlex.split(html.unescape(command[1]))
    done = run(root, *words[1:], "--as-of", str(day))
    assert done.exit_code == 0, (words, done.output)

"""An open desk over the sample office, asked without a network."""

import html
import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import kcbx_docs
from kcbx_docs.desk.apart import here
from kcbx_docs.desk.app import create_app
from kcbx_docs.desk.door import Door
from kcbx_docs.desk.opened import OpenDesk
from tests.cli.office import run

DAY = date(2026, 11, 28)
SAMPLES = Path(kcbx_docs.__file__).parents[1]
COOKIE = "kcbx-desk"
OWN = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a form on the desk's own page."""


def desk_at(root: Path, day: date = DAY) -> OpenDesk:
    """Open a desk over a workspace on the day of these tests; long work is done in a thread."""
    return OpenDesk(root, Door(frozenset({"localhost"}), COOKIE), today=lambda: day, hands=here)


def words(text: str) -> str:
    """Return what a page shows, without its tags and spaces."""
    return re.sub(r"\s+", "", html.unescape(re.sub("<[^>]*>", "", text)))


def asked(office: Path, *command: str) -> Any:
    """Return what a command answers on the day of these tests."""
    return json.loads(run(office, *command, "--as-of", str(DAY), "--json").stdout)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the whole sample office, which is only read."""
    root = tmp_path_factory.mktemp("office")
    shutil.copytree(SAMPLES / "cases", root / "cases")
    shutil.copy(SAMPLES / "kcbx.yaml", root)
    return root


@pytest.fixture
def desk(tmp_path: Path) -> OpenDesk:
    """Open a desk over a copy of the first sample case."""
    (tmp_path / "cases").mkdir()
    for name in ("kcbx.yaml", "cases/到责令.yaml", "cases/两位监护人.yaml"):
        shutil.copy(SAMPLES / name, tmp_path / name)
    return desk_at(tmp_path)


@pytest.fixture
def case(desk: OpenDesk) -> Path:
    """Return the case that most tests look at."""
    return desk.root / "cases/到责令.yaml"


@pytest.fixture
def browser(desk: OpenDesk) -> FlaskClient:
    """Return a browser that has been let in."""
    return let_in(desk)


def let_in(desk: OpenDesk) -> FlaskClient:
    """Return a browser with the badge of a desk."""
    app = create_app(desk)
    app.testing = True
    client = app.test_client()
    client.set_cookie(COOKIE, desk.door.badge)
    return client


@pytest.fixture
def send(browser: FlaskClient) -> Callable[..., object]:
    """Return what fills in a form of the desk's own pages; what is written is looked at first."""

    def post(address: str, **told: object) -> TestResponse:
        if "write" in told and "looked" not in told:
            look = {key: value for key, value in told.items() if key != "write"}
            shown = browser.post(address, data=look, headers=OWN).get_data(as_text=True)
            told |= {"looked": mark_of(shown)}
        return browser.post(address, data=told, headers=OWN)

    return post


def mark_of(page: str) -> str:
    """Return the mark of what a page shows as to be written; nothing where it shows none."""
    found = re.search(r'name="looked" value="([^"]*)"', page)
    return found[1] if found else ""

"""The registry with the provincial files, and the calendar, read once."""

from pathlib import Path

import pytest
from hypothesis import settings

from kcbx_docs.law.calendar import Calendar, read_calendar
from kcbx_docs.law.registry import Registry, load_registry
from kcbx_docs.reading import read_yaml

ROOT = Path(__file__).parents[2]
settings.register_profile("shared-machine", deadline=None)
settings.load_profile("shared-machine")
PACK_FILES = sorted(ROOT.glob("templates/**/law.yaml"))


@pytest.fixture(scope="session")
def registry() -> Registry:
    found, problems = load_registry(*(read_yaml(path)[0] for path in PACK_FILES))
    assert problems == ()
    return found


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    found, problems = read_calendar()
    assert problems == ()
    return found

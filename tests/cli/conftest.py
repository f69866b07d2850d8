"""The sample workspace as a fixture."""

from pathlib import Path

import pytest

from tests.cli.office import copy_samples


@pytest.fixture(autouse=True)
def answers_are_kept_apart(tmp_path_factory, monkeypatch):
    """Keep the answers of unfinished forms away from those of the user."""
    monkeypatch.setenv("KCBX_ANSWERS", str(tmp_path_factory.mktemp("answers")))


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return a copy of the sample workspace."""
    return copy_samples(tmp_path)

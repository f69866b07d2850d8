"""The sample workspace as a fixture."""

from pathlib import Path

import pytest

from tests.cli.office import copy_samples


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return a copy of the sample workspace."""
    return copy_samples(tmp_path)

"""The recipes of CONTRIBUTING.md, carried out on a copy of the project."""

import pytest

from tests.recipes import Snippet


@pytest.fixture
def project(tmp_path):
    (tmp_path / "a.toml").write_text("[A]\n1\n[B]\n2\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("接在「[B]」之前", "[A]\n1\nnew\n[B]\n2\n"),
        ("接在「[B]」之后", "[A]\n1\n[B]\nnew\n2\n"),
        ("代替「[B]」", "[A]\n1\nnew\n2\n"),
        ("加在末尾", "[A]\n1\n[B]\n2\nnew\n"),
    ],
)
def test_a_block_goes_where_its_first_line_says(project, place, expected):
    Snippet("a.toml", place, "new\n").write(project)
    assert (project / "a.toml").read_text("utf-8") == expected


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("", "there already"),
        ("接在「[C]」之后", "0 lines"),
        ("接在「[」之后", "2 lines"),
        ("放在某处", "no place"),
    ],
)
def test_a_block_that_does_not_fit_the_file_stops_the_test(project, place, why):
    with pytest.raises(AssertionError, match=why):
        Snippet("a.toml", place, "new\n").write(project)

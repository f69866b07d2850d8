"""Rows that run as one test are as strict as a test for each."""

import pytest

from tests.rows import joined, rows_of


@pytest.mark.parametrize("more", [0, 10], ids=["plain", "ten"])
@pytest.mark.parametrize(("number", "told"), [(1, "1"), (2, "3"), pytest.param(4, "4", id="四")])
def written(number, told, more):
    assert str(number + more) == told


def failing(told):
    with pytest.raises(BaseException) as stopped:
        joined(written, [row for row in rows_of(written) if told(row.values)])()
    return stopped.value


def test_every_combination_is_a_row():
    names = [row.name for row in rows_of(written)]
    assert names == ["1-1-plain", "1-1-ten", "2-3-plain", "2-3-ten", "四-plain", "四-ten"]
    assert rows_of(written)[-1].values == {"number": 4, "told": "4", "more": 10}


def test_all_rows_run_and_every_one_that_fails_is_told():
    told = str(failing(lambda values: True))
    assert told.startswith("4 of 6 rows failed:\n  1-1-ten\n  2-3-plain\n  2-3-ten\n  四-ten\n")
    assert "'14' == '4'" in told.replace('"', "'")


def test_one_row_that_fails_is_told_as_any_test_with_its_name():
    error = failing(lambda values: values["number"] == 4)
    assert isinstance(error, AssertionError)
    assert error.__notes__ == ["row: 四-ten"]


def test_every_row_has_a_folder_and_patches_of_its_own(tmp_path, monkeypatch):
    seen = []

    @pytest.mark.parametrize("number", [1, 2])
    def changing(number, tmp_path, monkeypatch):
        seen.append((list(tmp_path.iterdir()), __file__))
        (tmp_path / "a").touch()
        monkeypatch.setitem(globals(), "__file__", "elsewhere")

    joined(changing, rows_of(changing))(tmp_path=tmp_path, monkeypatch=monkeypatch)
    assert seen == [([], __file__), ([], __file__)]


@pytest.mark.parametrize(
    "mark",
    [
        pytest.mark.parametrize("a", [1, 2], indirect=True),
        pytest.mark.parametrize("a", [1, 2], scope="module"),
        pytest.mark.parametrize("a", [1, pytest.param(2, marks=pytest.mark.skip)]),
        pytest.mark.parametrize("a", (one for one in (1, 2))),
        pytest.mark.parametrize("a", []),
    ],
    ids=["indirect", "scope", "marks", "generator", "empty"],
)
def test_what_pytest_must_read_itself_is_left_to_it(mark):
    def plain(a):
        raise AssertionError(a)

    assert rows_of(mark(plain)) == []

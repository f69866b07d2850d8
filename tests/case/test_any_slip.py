"""Whatever stands in the place of a value, a case file is answered with problems,
never with a crash.
"""

import copy
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kcbx_docs.case.batch import RosterSpec
from kcbx_docs.case.files import load_file
from kcbx_docs.case.roster import read_roster
from kcbx_docs.reading import read_yaml

from .stories import TODAY

ROOT = Path(__file__).parents[2]
SAMPLES = ("两位监护人", "到责令", "开学告知", "通知")
ODD = st.sampled_from(
    [
        "",
        None,
        "是",
        "-1",
        "2026-09-01",
        "9" * 400,
        "张某：李某",
        [],
        {},
        ["甲", None],
        {"姓名": ["甲"]},
        [[[]]],
        "·",
    ]
)
DATA: dict[str, Any] = {name: read_yaml(ROOT / f"cases/{name}.yaml")[0].data for name in SAMPLES}


def spots(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the path of every value."""
    inside = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [path, *(spot for key, value in inside for spot in spots(value, (*path, key)))]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_one_value_replaced_never_crashes(draw: st.DataObject) -> None:
    data = copy.deepcopy(DATA[draw.draw(st.sampled_from(SAMPLES))])
    path = draw.draw(st.sampled_from(spots(data)[1:]))
    parent = data
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = draw.draw(ODD)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.yaml"
        file.write_text(
            yaml.dump(data, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper), "utf-8"
        )
        loaded, problems = load_file(file, TODAY)
    assert loaded is not None or any(p.is_error for p in problems)
    assert all(p.place.file and p.message for p in problems)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.text(max_size=12),
                st.sampled_from(["姓名", "身份证号", "关系", "父亲"]),
            ),
            max_size=6,
        ),
        max_size=8,
    )
)
def test_any_table_is_read_or_refused(rows: list[list[str | None]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.csv"
        text = "\n".join(",".join(cell or "" for cell in row) for row in [["姓名", "家长"], *rows])
        file.write_text(text, "utf-8", errors="replace")
        reading = read_roster(file, RosterSpec(文件="x.csv"), TODAY)
    assert reading.pupils or any(p.is_error for p in reading.problems)

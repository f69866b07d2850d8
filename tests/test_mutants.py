"""The mutation run that anybody can repeat:
the same faults for the same seed, each in one place.
"""

import ast
from pathlib import Path

import pytest

from benchmarks.mutants import STAGES, excused
from benchmarks.mutations import choose, mutants_of

ROOT = Path(__file__).parents[1]


def changed(text, kind):
    """Return what a line becomes by each fault of a kind."""
    data = text.encode()
    return [m.lines(data)[1] for m in sorted(set(mutants_of("a.py", data))) if m.kind == kind]


@pytest.mark.parametrize(
    ("line", "kind", "wanted"),
    [
        ("a <= b < c", "比较", ["a < b < c", "a <= b <= c"]),
        ("a is not None", "比较", ["a is None"]),
        ("a not in b", "比较", ["a in b"]),
        ("a and b and c", "并且、或者", ["a or b and c", "a and b or c"]),
        ("not a", "去掉否定", ["a"]),
        ("a + 1", "加减", ["a - 1"]),
        ("a[-1]", "数字", ["a[-0]", "a[-2]"]),
        ("x = 0", "数字", ["x = (-1)", "x = 1"]),
        ("a == '返校'", "选项", ["a == '返校〇'"]),
        ("print('返校')", "选项", []),
        ("K = ('甲', '乙')", "少一个", ["K = ('乙')", "K = ('甲',)"]),
        ("x = a, b", "少一个", []),
        ("max(a)", "最大最小、任一全部", ["min(a)"]),
        ("def f() -> str: return 'a'", "返回空", ['def f() -> str: return ""']),
        ("def f() -> bool: return a", "返回空", ["def f() -> bool: return not (a)"]),
        ("x: Literal['甲', '乙']", "选项", []),
    ],
)
def test_a_fault_changes_one_thing(line, kind, wanted):
    assert changed(line, kind) == wanted


def test_the_same_seed_chooses_the_same_faults_and_another_others():
    chosen = choose(ROOT, ["record"], 20, 7)
    assert chosen == choose(ROOT, ["record"], 20, 7)
    assert len({(one.path, one.start) for one in chosen}) == 20
    assert set(chosen) != set(choose(ROOT, ["record"], 20, 8))


def test_every_chosen_fault_is_a_program_that_differs_from_ours():
    for mutant in choose(ROOT, list(STAGES), 40, 7):
        data = (ROOT / mutant.path).read_bytes()
        assert ast.dump(ast.parse(mutant.applied(data))) != ast.dump(ast.parse(data)), mutant


def test_what_is_excused_has_a_reason():
    for one in excused():
        assert one["why"] and one["after"] != one["before"], one
        assert (ROOT / one["file"]).is_file(), one

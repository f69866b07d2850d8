"""A hint that asks for a key which does not stand there yet shows the line, and where it goes."""

from kcbx_docs.case.added_line import line_to_add
from kcbx_docs.reading import parse_yaml

TEXT = """\
监护人:
  - 姓名: 普正华
    关系: 继父
  - {姓名: 李桂仙, 关系: 继母, 住址: 甲}
"""


def test_it_goes_below_a_line_or_behind_a_value():
    source, _ = parse_yaml(TEXT, "案.yaml")
    below = line_to_add(source, ("监护人", 0, "关系"), "监护依据", "甲")
    assert "第 3 行「关系」下面加一行「监护依据: 甲」，前面空 4 格" in below
    first = line_to_add(source, ("监护人", 0, "姓名"), "住址", "甲")
    assert "第 2 行「姓名」下面" in first and "前面空 4 格" in first
    behind = line_to_add(source, ("监护人", 1, "关系"), "监护依据", "甲")
    assert behind == "写法：在第 4 行「关系」的值后面加「, 监护依据: 甲」。"
    assert line_to_add(source, ("监护人", 2, "关系"), "监护依据", "甲") == "写法：监护依据: 甲。"

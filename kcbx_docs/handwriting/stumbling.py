"""What the parser says of a text that it cannot read, in Chinese."""

import yaml

from kcbx_docs.problems import Place, Problem, problem


def place_of(mark: "yaml.Mark | yaml._yaml.Mark | None", name: str, first_line: int) -> Place:
    """Return the place of a mark of the parser."""
    if mark is None:
        return Place(name)
    return Place(name, first_line + mark.line + 1, mark.column + 1)


def syntax_problem(error: yaml.MarkedYAMLError, text: str, name: str, first_line: int) -> Problem:
    """Say where the parser stumbled, and over what, as far as it can be told."""
    mark = error.problem_mark or error.context_mark
    place = place_of(mark, name, first_line)
    line = previous = ""
    if mark:
        line, previous = _line(text, mark.line), _line(text, mark.line - 1)
    if mark and "：" in previous and "：" not in line:  # the parser stumbles one line too late
        place = Place(name, first_line + mark.line, previous.index("：") + 1)
    detail, advice = _chinese_yaml_problem(error), _syntax_advice(line, previous)
    return problem("READ004", place, detail=detail, advice=advice)


def _line(text: str, number: int) -> str:
    """Return a line; YAML knows more ends of line than we do, so it may be beyond the last."""
    lines = text.split("\n")
    return lines[number] if 0 <= number < len(lines) else ""


def _chinese_yaml_problem(error: yaml.MarkedYAMLError) -> str:
    said = error.problem or ""
    known = {
        "mapping values are not allowed": "这里不该出现冒号，多半是缩进不齐，或者值里有英文冒号",
        "could not find expected ':'": "这一行缺少冒号",
        "expected <block end>": "缩进与上文不一致",
        "found character '\\t'": "缩进用了制表符（Tab）",
        "found unexpected end of stream": "引号或括号没有配对",
        "expected ',' or": "括号里的内容缺少逗号，或括号没有配对",
        "found unknown escape character": "双引号里的反斜杠有特殊含义",
        "did not find expected": "结构不完整",
    }
    return next((text for key, text in known.items() if key in said), "写法不完整")


def _syntax_advice(line: str, previous: str) -> str:
    if "：" in line or "：" in previous:
        return "键后面要用英文冒号加一个空格，例如「姓名: 张某」；这里有中文冒号「：」。"
    if "\t" in line:
        return "请把 Tab 换成空格，同一层的缩进要对齐。"
    if "，" in line and ("{" in line or "[" in line):
        return "括号里请用英文逗号分隔；这里有中文逗号「，」。"
    return "请核对缩进、冒号后的空格和引号；值里有冒号或 # 时整个加上引号。"

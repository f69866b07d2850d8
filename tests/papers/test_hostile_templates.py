"""Templates written in malice, rendered without having been linted:
refused at once, nothing written, nothing read.
"""

import time
from datetime import date

import pytest

from kcbx_docs.filing.render import render_file
from kcbx_docs.papers.files import Wanted
from kcbx_docs.problems import UserError
from tests.packs.test_adversarial import HOSTILE
from tests.papers.probe import CASE, workspace

MANY = CASE + "证据: [" + ", ".join(["{名称: 考勤记录}"] * 300) + "]\n"
LOOPS = "{% for 甲 in 证据 %}{% for 乙 in 证据 %}{% for 丙 in 证据 %}<p>丁</p>{% endfor %}{% endfor %}{% endfor %}"
RUNTIME = {
    "loops in loops": LOOPS,
    "text that grows": '{% set 甲 = ["'
    + "长" * 15000
    + '"] %}<p>{{ [甲, 甲]|map("连接")|连接 }}</p>',
    "password as a document": "<p>{{ 法条.__call__.__globals__ }}</p>",
    "registry through a function": "<p>{{ 法条.registry }}</p>",
    "attribute by filter": '<p>{{ [学生]|map(attribute="__class__")|顿号 }}</p>',
    "item by name": '<p>{{ 学生["__class__"] }}</p>',
    "append to the case": "<p>{{ 证据.append(1) }}</p>",
    "long power": "<p>{{ 2 ** 1000000 }}</p>",
    "long product": '<p>{{ "a" * 1000000000 }}</p>',
}


@pytest.mark.parametrize(
    "body", [*(body for body, _ in HOSTILE.values()), *RUNTIME.values()], ids=[*HOSTILE, *RUNTIME]
)
def test_it_is_refused_at_once_and_writes_nothing(tmp_path, body):
    case = workspace(tmp_path, body, MANY)
    began = time.perf_counter()
    with pytest.raises(UserError) as caught:
        render_file(case, Wanted(date(2026, 10, 8), ("probe",), ("docx",)))
    assert time.perf_counter() - began < 10
    assert not (tmp_path / "output").exists()
    told = "".join(map(str, caught.value.problems))
    assert "root:" not in told
    assert "uid=" not in told
    assert "Registry(" not in told

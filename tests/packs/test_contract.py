"""What a template asks of the data that fills it:
every name, filter and call is known before anything is printed.
"""

import pytest

from kcbx_docs.packs.contract import calls, check_contract, syntax_problems, variables
from kcbx_docs.packs.flatten import flatten
from kcbx_docs.packs.schema import FUNCTION, VALUE, Variable
from tests.packs.conftest import FRONT

PERSON = Variable("record", {"姓名": VALUE, "住址": VALUE})
SCHEMA = Variable(
    "record",
    {
        "学生": PERSON,
        "监护人": Variable("list", item=PERSON),
        "日期": VALUE,
        "法条": FUNCTION,
    },
)
FIRST = FRONT.count("\n") + 1
"""The line of the file on which the body begins."""


@pytest.fixture
def flat(chain):
    """Return a function that flattens a template with this body."""

    def written(body):
        head = FRONT.format(id="probe")
        return flatten(chain({"national/documents/probe.html": head + body}), "probe")

    return written


def found(flat, body):
    problems = check_contract(flat(body), SCHEMA)
    return [(p.code, p.place.line - FIRST + 1, p.place.column) for p in problems]


@pytest.mark.parametrize(
    "body",
    [
        "<p>{{ 学生.姓名 }}，{{ 日期 }}</p>",
        "{% for 人 in 监护人 %}<p>{{ 人.姓名 }}{{ loop.index }}</p>{% endfor %}",
        "<p>{{ 监护人[0].住址 if 监护人 else 日期 }}</p>",
        '<p>{{ 监护人|map(attribute="姓名")|顿号 }}</p>',
        "{% set 他 = 学生 %}<p>{{ 他.姓名 }}</p>",
        "<p>{{ (监护人|first).姓名 }}</p>",
    ],
)
def test_what_the_data_has_may_be_asked_for(flat, body):
    assert found(flat, body) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p>甲</p>\n<p>{{ 学生.名字 }}</p>", ("TMPL020", 2, 10)),
        ("<p>{{ 学声.姓名 }}</p>", ("TMPL020", 1, 7)),
        ("<p>{{ 人.姓名 }}</p>", ("TMPL020", 1, 7)),
        ('<p>{{ 监护人|map(attribute="名字")|顿号 }}</p>', ("TMPL020", 1, 26)),
        ("<p>{{ 日期|大写字 }}</p>", ("TMPL021", 1, 10)),
        ("<p>{{ 学生 }}</p>", ("TMPL022", 1, 7)),
        ("<p>{{ 监护人 }}</p>", ("TMPL022", 1, 7)),
        ("<p>{{ 监护人|first }}</p>", ("TMPL022", 1, 7)),
        ("<p>{{ 学生.姓名() }}</p>", ("TMPL039", 1, 10)),
        ("<p>{{ 日期 + '日' }}</p>", ("TMPL037", 1, 10)),
        ("<p>{{ 2 ** 日期 }}</p>", ("TMPL037", 1, 9)),
    ],
)
def test_what_the_data_does_not_have_is_told_where_it_stands(flat, body, fault):
    assert found(flat, body) == [fault]


def test_a_name_given_in_a_loop_is_gone_after_it(flat):
    body = "{% for 人 in 监护人 %}<p>{{ 人.姓名 }}</p>{% endfor %}\n<p>{{ 人.姓名 }}</p>"
    assert found(flat, body) == [("TMPL020", 2, 7)]


def test_one_fault_does_not_hide_those_in_other_branches(flat):
    body = "{% if 日期 %}<p>{{ 甲 }}</p>{% else %}<p>{{ 乙 }}</p>{% endif %}"
    assert [code for code, *_ in found(flat, body)] == ["TMPL020", "TMPL020"]


def test_the_nearest_name_is_offered(flat):
    (problem,) = check_contract(flat("<p>{{ 学生.姓明 }}</p>"), SCHEMA)
    assert "姓名" in problem.hint


def test_a_tag_that_jinja_cannot_read_is_told_and_nothing_else(flat):
    broken = flat("<p>{{ 学声 }}</p>\n<p>{{ 学生. }}</p>")
    (problem,) = check_contract(broken, SCHEMA)
    assert (problem.code, problem.place.line) == ("TMPL002", FIRST + 1)
    assert syntax_problems(broken) == (problem,)


def test_calls_are_listed_with_their_arguments_and_places(flat):
    cited, problems = calls(flat('<p>甲</p>\n<p>{{ 法条("某法", 5, 款=2) }}</p>'), "法条")
    assert problems == ()
    assert [(c.arguments, c.named) for c in cited] == [(("某法", 5), (("款", 2),))]
    assert cited[0].place.line == FIRST + 1


def test_a_call_whose_argument_is_filled_in_later_cannot_be_checked(flat):
    cited, (problem,) = calls(flat("<p>{{ 法条(日期) }}</p>"), "法条")
    assert cited == () and problem.code == "TMPL024"


def test_the_variables_of_a_template_are_those_of_the_data_only(flat):
    body = (
        "{% set 他 = 学生 %}{% for 人 in 监护人 %}<p>{{ 人.姓名 }}{{ loop.index }}</p>{% endfor %}"
        '<p>{{ 他.姓名 }}{{ 学生.住址 }}{{ 法条("某法", 5) }}</p>'
    )
    assert variables(flat(body)) == ("学生", "学生.住址", "监护人")

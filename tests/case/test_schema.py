"""What an editor tells while a file is typed:
how long, how many, which words, which keys with which event.
"""

import re

import pytest

from kcbx_docs.case.event_kinds import EVENT_FIELDS
from kcbx_docs.case.schema import schema_of

NAME = {"minLength": 1, "maxLength": 25}
SOMETHING = {"minLength": 1}


def posts_of(model: str) -> dict[str, dict[str, int]]:
    post = {"minLength": 1, "maxLength": 30}
    return {f"/{model}/姓名": NAME, f"/{model}/岗位": post, f"/{model}/职务": {"maxLength": 30}}


BOUNDS = ("minLength", "maxLength", "minItems", "minimum", "maximum")


def bounds(node, path=""):
    """Return the limits of every value of a schema by where it stands."""
    if isinstance(node, list):
        node = dict(enumerate(node))
    if not isinstance(node, dict):
        return {}
    days_and_sums = "pattern" in node and node.get("maximum", 0) > 999
    short_form = re.search(r"/anyOf/0$", path) and node.get("minLength")  # a name for a record
    skipped = days_and_sums or short_form
    own = {} if skipped else {key: node[key] for key in BOUNDS if key in node}
    found = {path: own} if own else {}
    for key, inner in node.items():
        found |= bounds(inner, f"{path}/{key}".replace("/$defs", "").replace("/properties", ""))
    return found


@pytest.mark.parametrize(
    ("kind", "limits"),
    [
        (
            "案件",
            {
                "/Carer/姓名": NAME,
                "/Danger/依据": SOMETHING,
                "/Publication/决定人": SOMETHING,
                "/Publication/理由": SOMETHING,
                "/Publication/文本": SOMETHING,
                "/Evidence/名称": SOMETHING,
                "/Event/课时/anyOf/0": {"maximum": 999, "minimum": 1},
                "/Guardian/姓名": NAME,
                "/Home/住址": SOMETHING,
                "/Pupil/姓名": NAME,
                **posts_of("Responsible"),
                "/School/名称": {"minLength": 1, "maxLength": 60},
                "/School/校长": {"maxLength": 25},
                "/School/联系人": {"maxLength": 25},
                "/Witness/姓名": NAME,
                "/编号": {"maxLength": 80},
            },
        ),
        (
            "批次",
            {
                "/BatchDocument/文书": SOMETHING,
                "/BatchDocument/份数": {"minimum": 1, "maximum": 999},
                "/RosterSpec/文件": SOMETHING,
                "/RosterSpec/表头行/anyOf/0": {"minimum": 1, "maximum": 999},
                "/School/名称": {"minLength": 1, "maxLength": 60},
                "/School/校长": {"maxLength": 25},
                "/School/联系人": {"maxLength": 25},
                "/批次": {"maxLength": 80},
                "/学期": {"minLength": 1, "maxLength": 30},
                "/文书": {"minItems": 1},
            },
        ),
        (
            "公文",
            {
                "/Attachment/名称": SOMETHING,
                "/编号/anyOf/0": {"maxLength": 80},
                "/标题": {"minLength": 1, "maxLength": 120},
                "/正文": SOMETHING,
            },
        ),
        (
            "kcbx",
            {
                **posts_of("AreaResponsible"),
                "/Bank/名称": SOMETHING,
                "/Court/名称": SOMETHING,
                "/Officer/姓名": NAME,
                "/Organ/名称": {"minLength": 1, "maxLength": 60},
                "/PenaltyBasis/编号": {"minLength": 1, "maxLength": 40},
                "/PenaltyBasis/法规": SOMETHING,
                "/PenaltyBasis/条文": SOMETHING,
                "/PenaltyBasis/原文": SOMETHING,
                "/ReviewOrgan/名称": SOMETHING,
                "/School/名称": {"minLength": 1, "maxLength": 60},
                "/School/校长": {"maxLength": 25},
                "/School/联系人": {"maxLength": 25},
                "/地区": SOMETHING,
            },
        ),
    ],
)
def test_how_long_and_how_many(kind, limits):
    assert bounds(schema_of(kind)) == limits


def test_a_schema_says_which_language_it_is_in_and_what_it_is_for():
    schema = schema_of("案件")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == "案件文件"


def test_the_keys_of_an_event_are_those_of_its_kind():
    rules = {
        rule["if"]["properties"]["事项"]["const"]: rule
        for rule in schema_of("案件")["$defs"]["Event"]["allOf"]
        if "if" in rule
    }
    assert set(rules) == set(EVENT_FIELDS)
    assert all(rule["if"]["required"] == ["事项"] for rule in rules.values())
    then = rules["核查"]["then"]
    (needed, allowed) = then["allOf"]
    assert needed == {
        "required": ["结果"],
        "errorMessage": "「核查」缺少「结果」。「核查」必须写：结果。请补上，写成「结果: 未返校」的"
        "样子；「结果」可以写：未返校、已返校、未见到。",
    }
    assert then["properties"]["结果"]["enum"][:3] == ["未返校", "已返校", "未见到"]
    assert "金额" not in str(allowed["propertyNames"])
    assert "properties" not in rules["首次缺课"]["then"]


def test_a_text_may_be_typed_as_a_number_but_a_time_may_not():
    properties = schema_of("案件")["$defs"]["Event"]["properties"]
    assert {"number", "boolean"} < set(properties["文号"]["type"])
    assert properties["日期"]["type"] == ["string", "integer", "null"]
    assert properties["时间"]["type"] == ["string", "null"]


def test_only_files_with_events_have_the_rules_of_events():
    assert "Event" not in schema_of("kcbx").get("$defs", {})
    assert "propertyNames" not in str(schema_of("批次"))

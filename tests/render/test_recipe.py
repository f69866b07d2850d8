"""The recipe of a PDF: whatever may change a byte of it, or what is said of it, changes its key."""

from dataclasses import fields, replace

import pytest

from kcbx_docs.render.pdf import Body
from kcbx_docs.render.recipe import Recipe, recipe_of
from kcbx_docs.render.styles import LAYOUTS
from tests.render.paper import fonts, paper, tree

pytestmark = pytest.mark.pdf
BODY = replace(paper("<h1>通知</h1><p>正文</p>"), case="一", label="甲")
OTHER = {
    "tree": tree("<h1>通知</h1><p>正义</p>"),
    "layout": LAYOUTS["公文"],
    "title": "决定书",
    "page_limit": 3,
    "case": "二",
    "label": "乙",
}
ONLY_FOR_MESSAGES = {"day", "name", "subject"}


def recipe(body: Body = BODY, **other: object) -> Recipe:
    known = {"title": "题", "author": "镇政府", "draft": False, "tagged": True}
    made = recipe_of(body, fonts(), **(known | other))  # type: ignore[arg-type]
    assert made is not None
    return made


def test_the_same_paper_has_the_same_recipe():
    assert recipe() == recipe(replace(BODY, tree=tree("<h1>通知</h1><p>正文</p>")))


@pytest.mark.parametrize("field", OTHER)
def test_everything_of_a_paper_is_in_the_recipe(field):
    assert recipe(replace(BODY, **{field: OTHER[field]})).key != recipe().key


def test_no_part_of_a_paper_is_forgotten():
    assert {field.name for field in fields(Body)} == {*OTHER, *ONLY_FOR_MESSAGES}


@pytest.mark.parametrize(
    "other", [{"title": "二"}, {"author": "县"}, {"draft": True}, {"tagged": False}]
)
def test_everything_of_a_file_is_in_the_recipe(other):
    assert recipe(**other).key != recipe().key

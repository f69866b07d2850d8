"""What a paper stumbles over is told where the case file holds it."""

from kcbx_docs.papers.whereof import undrawn_in
from kcbx_docs.problems import Place, Problem, problem, with_subject
from kcbx_docs.reading import parse_yaml

SOURCE, _ = parse_yaml("学生:\n  姓名: 普云飞\n  现住址: 青石镇བོད村\n备注: བ\n", "案.yaml")


def undrawn(chars: str, paper: str) -> Problem:
    place = Place("national/documents/order.html")
    return with_subject(problem("FONT003", place, role="仿宋", chars=chars), paper)


def test_letters_that_no_font_draws_are_one_fault_of_the_case_whatever_papers_print_them() -> None:
    """Each paper and letter was an error of the template, and check called it by another code."""
    papers = ("310-责令-甲", "310-责令-乙", "320-送达回证")
    (found,) = undrawn_in(SOURCE, [undrawn("བ（U+0F56）、ོ（U+0F7C）", one) for one in papers])
    assert (found.place.file, found.place.line, found.subject) == ("案.yaml", 3, "")
    assert found.severity == "error"


def test_letters_that_only_the_template_holds_stay_with_it() -> None:
    (found,) = undrawn_in(SOURCE, [undrawn("𓀀（U+13000）", "310-责令-甲")])
    assert found.place.file == "national/documents/order.html" and found.subject == "310-责令-甲"

"""A place's documents printed to be signed off: what stands before the samples is true of them."""

import io

import pikepdf
import pytest

from kcbx_docs.filing import proof
from kcbx_docs.filing.specimens import Samples, samples_root
from kcbx_docs.packs.chain import find_packs, shipped_root
from kcbx_docs.packs.library import library_of
from tests import matrix
from tests.render.measure import pages

PACK = "yunnan/yuxi"
SHOWN = ("order-to-correct", "commitment", "visit-record")


@pytest.fixture(scope="module")
def shown():
    """Choose a paper for every document of a place, once for all that look at them."""
    packs = find_packs([shipped_root()])[0]
    samples = Samples(samples_root(), lambda local: library_of(PACK, packs, local)[0])
    return proof._one_of_each(samples, library_of(PACK, packs)[0])


def test_every_document_of_the_place_has_a_paper(shown):
    assert set(matrix.libraries()[PACK].ids) - set(shown) <= {"pack-proof"}


@pytest.mark.pdf
def test_contents_law_values_and_what_nobody_checked_stand_before_the_samples(shown, monkeypatch):
    """Of three documents: the whole takes half a minute."""
    papers = {name: shown[name] for name in SHOWN}
    monkeypatch.setattr(proof, "_one_of_each", lambda *_: papers)
    said = []
    sheet = proof.proof_sheet
    monkeypatch.setattr(proof, "proof_sheet", lambda *told: said.append(told[2]) or sheet(*told))
    packs = find_packs([shipped_root()])[0]
    made = proof.proof_of(lambda local: library_of(PACK, packs, local)[0], lambda _: None)
    assert made.documents == 3 and len(pages(made.data)) - made.pages in (0, 1)  # an empty back
    words = ["".join(line.text for line in page) for page in pages(made.data)]
    whole = "".join(words)
    with pikepdf.open(io.BytesIO(made.data)) as pdf, pdf.open_outline() as outline:
        assert [mark.title for mark in outline.root] == [
            "目录和依据",
            "责令送被监护人接受义务教育通知书",
            "承诺书",
            "劝返记录",
        ]
    assert "审定意见" in whole
    (about,) = said
    values = {one.name: one for one in about.values}
    assert "云政办规〔2022〕5号" in values["参数.缺课跟踪天数"].source
    assert "参数.疑似辍学天数" in about.unknown and not values.keys() & set(about.unknown)
    assert any(one.text.endswith("第五十八条") for one in about.laws)
    assert about.rows[0].page == 1


@pytest.mark.parametrize(
    ("document", "case"), [("civil-complaint", "2026-011"), ("return-plan", "2026-011")]
)
def test_a_paper_that_people_choose_is_shown_of_a_case_that_may_have_it(shown, document, case):
    """Not the draft of a case that has none of what the paper asks for."""
    assert shown[document].facts["案件"]["编号"] == case


def test_the_dossier_of_the_samples_tells_of_its_own_case(shown):
    about = shown["dossier-contents"].facts["案卷"]
    (row,) = about["目录"]
    assert row["文号"].startswith("柏政") and row["日期"] < about["立卷日期"]

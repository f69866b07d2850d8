"""A file that would come out the same is taken as it stands; any doubt, and it is laid out."""

import json
import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from kcbx_docs.filing.render import render_file
from kcbx_docs.papers.files import Wanted
from kcbx_docs.papers.pdf_press import PdfPress
from kcbx_docs.papers.press import Rendered
from kcbx_docs.problems import UserError
from kcbx_docs.render import recipe
from tests.cli.office import ROOT, copy_samples

pytestmark = pytest.mark.pdf
WANTED = Wanted(date(2026, 11, 22), ("劝返通知书",), ("pdf",))
FATHER, MOTHER = "220-劝返通知书-普正华.pdf", "220-劝返通知书-李桂仙.pdf"


NAMES: list[str] = []
"""Who was laid out: each layout gives other bytes, so that none passes for another."""


def paper(press, made, *, draft):
    NAMES.append(made.paper.whom)
    fonts = press.recipe(made, draft=draft).fonts
    return Rendered(f"%PDF {made.paper.whom} {len(NAMES)}".encode(), fonts), ()


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office with a case whose two notices have been made."""
    office = copy_samples(tmp_path_factory.mktemp("office"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PdfPress, "paper", paper)
        render_file(office / "cases/到责令.yaml", WANTED)
        yield office


@pytest.fixture
def case(office, tmp_path):
    return shutil.copytree(office, tmp_path / "office") / "cases/到责令.yaml"


@pytest.fixture
def laid_out():
    NAMES.clear()
    return NAMES


def output(case: Path) -> Path:
    return case.parents[1] / "output/2026-001"


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_what_did_not_change_is_not_laid_out_again(case, laid_out):
    before = {path.name: path.read_bytes() for path in output(case).iterdir()}
    render_file(case, WANTED)
    assert laid_out == []
    assert {path.name: path.read_bytes() for path in output(case).iterdir()} == before


def test_a_file_that_was_only_touched_is_as_it_was(case, laid_out):
    (output(case) / FATHER).touch()
    render_file(case, WANTED)
    assert laid_out == []


def test_an_event_that_the_papers_do_not_tell_of_changes_none(case, laid_out):
    rewrite(case, "经过:", "备注: 另有说明\n经过:")
    render_file(case, WANTED)
    assert laid_out == []


def test_another_name_is_laid_out_for_him_alone(case, laid_out):
    rewrite(case, "普正华", "普正强")
    render_file(case, WANTED)
    assert "普正强" in laid_out and "李桂仙" not in laid_out


def test_another_template_is_laid_out(case, laid_out):
    packs = case.parents[1] / "templates"
    shutil.copytree(ROOT / "templates", packs)
    rewrite(packs / "national/documents/urge-notice.html", "每个孩子的权利", "孩子的权利")
    render_file(case, WANTED)
    assert len(laid_out) == 2


@pytest.mark.parametrize("what", ["_file", "programs"], ids=["字体", "程序"])
def test_other_fonts_or_another_program_are_laid_out(case, laid_out, monkeypatch, what):
    monkeypatch.setattr(recipe, what, lambda *_: ("另外的",))
    render_file(case, WANTED)
    assert len(laid_out) == 2


def test_a_file_that_a_person_changed_is_made_anew_and_his_is_kept(case, laid_out):
    (output(case) / FATHER).write_bytes(b"%PDF by hand")
    told = render_file(case, WANTED)
    assert laid_out == ["普正华"]
    assert [one.code for one in told.problems if one.code.startswith("PAPR")] == ["PAPR011"]
    assert [p.read_bytes() for p in (output(case) / "人工修改").iterdir()] == [b"%PDF by hand"]


def test_a_manifest_that_vouches_for_a_changed_file_is_not_believed(case, laid_out):
    mine = b"%PDF by hand"
    (output(case) / FATHER).write_bytes(mine)
    edit_manifest(case, FATHER, sha256=sha256(mine).hexdigest())
    render_file(case, WANTED)
    assert laid_out == ["普正华"]
    assert (output(case) / FATHER).read_bytes() != mine


def test_papers_that_changed_places_are_made_anew(case, laid_out):
    one, other = output(case) / FATHER, output(case) / MOTHER
    words = one.read_bytes(), other.read_bytes()
    one.write_bytes(words[1])
    other.write_bytes(words[0])
    known = {entry["file"]: entry for entry in manifest(case)["files"]}
    for name, of in ((FATHER, MOTHER), (MOTHER, FATHER)):
        edit_manifest(case, name, **{key: known[of][key] for key in ("sha256", "made_from")})
    render_file(case, WANTED)
    assert sorted(laid_out) == ["普正华", "李桂仙"]


def manifest(case):
    return json.loads((output(case) / "manifest.json").read_bytes())


def edit_manifest(case, name, **words):
    data = manifest(case)
    (entry,) = [entry for entry in data["files"] if entry["file"] == name]
    entry.update(words)
    (output(case) / "manifest.json").write_text(json.dumps(data), "utf-8")


@pytest.mark.parametrize("name", [FATHER, "manifest.json"])
def test_a_link_is_no_file_of_ours(case, laid_out, name):
    path = output(case) / name
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))
    render_file(case, WANTED)
    assert "普正华" in laid_out


def test_a_file_that_is_gone_or_a_manifest_that_cannot_be_read_is_no_ground(case, laid_out):
    (output(case) / FATHER).unlink()
    render_file(case, WANTED)
    assert laid_out == ["普正华"]
    (output(case) / "manifest.json").write_text("{", "utf-8")
    render_file(case, WANTED)
    assert len(laid_out) == 3


def test_a_draft_is_never_taken_for_a_final_paper_nor_the_other_way_round(case, laid_out):
    draft = Wanted(WANTED.day, WANTED.documents, WANTED.formats, draft=True)
    render_file(case, draft)
    assert len(laid_out) == 2
    drafts = output(case) / "草稿"
    shutil.copy(drafts / FATHER, output(case) / FATHER)
    shutil.copy(drafts / "manifest.json", output(case) / "manifest.json")
    render_file(case, WANTED)
    assert len(laid_out) == 4
    render_file(case, draft)
    assert len(laid_out) == 4


def test_another_pupil_of_the_same_number_gets_nothing_of_the_first(case, laid_out):
    rewrite(case, "普云飞", "普云天")
    rewrite(case, "530", "531")
    before = (output(case) / FATHER).read_bytes()
    with pytest.raises(UserError):
        render_file(case, WANTED)
    assert (output(case) / FATHER).read_bytes() == before

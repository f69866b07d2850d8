"""登记送达 on a page: only what the way needs, looked at first, and the ledger of ``kcbx service``."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.ledger.book import open_book
from tests.cli.office import run
from tests.desk.clicks import link, photograph, sends, text, typed
from tests.desk.conftest import desk_at, let_in
from tests.kinds.world import FATHER, MADE, MOTHER, case_text, workspace

CASE = "cases/案件.yaml"
BOTH = MADE.replace("对象: 普正华", "对象: [普正华, 李桂仙]")
DAY = date(2026, 3, 20)
PAPER = ("--doc", "责令限期改正通知书", "--to", FATHER)
VISIT = {"日期": "2026-03-13", "承办人": ["普文清", "段晓岚"]}


@pytest.fixture(scope="session")
def ordered(tmp_path_factory) -> Path:
    """An order that was made for both parents and served on nobody."""
    root = tmp_path_factory.mktemp("令")
    workspace(root, text=case_text(BOTH, guardians=(FATHER, MOTHER)))
    return root


@pytest.fixture
def town(tmp_path, ordered) -> Path:
    shutil.copytree(ordered, tmp_path / "town")
    return tmp_path / "town"


class Clicks:
    """Somebody at the page of a case, who fills in forms and clicks."""

    def __init__(self, root: Path) -> None:
        self.desk = desk_at(root, DAY)
        self.browser = let_in(self.desk)
        self.case = root / CASE
        self.home = f"/cases/{self.desk.called(self.case)}/service"

    def sees(self, address: str) -> str:
        return self.browser.get(address).get_data(as_text=True)

    def chooses(self, whom: str, way: str, came: str) -> str:
        """Open the form of one attempt, as the links lead there."""
        sections = self.sees(self.home).split("<section>")
        own = next(one for one in sections if f"送给 {whom}" in one)
        ways = self.sees(link(own, "登记一次送达"))
        box = next(one for one in ways.split("<li") if f"<strong>{way}</strong>" in one)
        return self.sees(link(box, came))

    def sends(self, page: str, button: str, *files, **told):
        return sends(self.browser, page, button, *files, **told)


def ledger(root: Path) -> list[tuple]:
    """Return what the ledger holds but for its own beginning, and who wrote when."""
    told = (one for one in open_book(root / "台账").events() if one.case)
    return [
        (
            one.kind,
            one.case,
            str(one.day),
            one.data,
            [(f.role, f.name, f.sha256) for f in one.attached],
            one.key,
        )
        for one in told
    ]


def typed_too(root: Path, page: str) -> None:
    (root / "回证.png").write_bytes(photograph())
    typed(root, page, DAY)


SIGNED = {"证明-送达回证": (photograph(), "回证.png")}


def test_the_page_writes_what_the_command_writes(town, ordered, tmp_path) -> None:
    at, other = Clicks(town), shutil.copytree(ordered, tmp_path / "other")
    form = at.chooses(FATHER, "直接", "送到并签收了")
    assert 'name="邮件单号"' not in form and 'name="拒收原因"' not in form
    looked = text(at.sends(form, "look", SIGNED, **VISIT))
    assert "送达日期：2026-03-13" in looked
    assert "2026-03-23" in looked and "改正期限" in looked
    assert "已收下：回证.png" in looked
    assert not (town / "台账").exists(), "nothing is written by looking"
    done = at.sends(looked, "write", **VISIT)
    shown = at.sees(done.location)
    assert "已登记" in shown and "2026-03-23" in shown
    typed_too(other, looked)
    assert ledger(town) == ledger(other) != []
    assert [*town.glob("output/.desk-*/*.png")] == [], "the photograph lies in the ledger alone"

    # The letter to the mother is on its way, then its receipt comes: a proof, and a correction.
    sent = at.chooses(MOTHER, "邮寄", "寄出了还没有消息")
    assert 'name="签收日期"' not in sent
    letter = {"交寄日期": "2026-03-14", "邮件单号": "1000000000001", "承运单位": "中国邮政"}
    looked = text(at.sends(sent, "look", **letter))
    one = at.sends(looked, "write", **letter).location
    typed_too(other, looked)
    receipt = {"证明-交寄单": (photograph(), "交寄单.png")}
    proof = at.sends(at.sees(one).replace("交寄单", "交寄单"), "bring", receipt)
    assert "证明已补上" in at.sees(proof.location)
    seq = re.search(r"service/([0-9]+)", one)[1]
    (other / "交寄单.png").write_bytes(photograph())
    run(other, "service", "proof", CASE, seq, "交寄单=交寄单.png", "--as-of", str(DAY))
    assert ledger(town) == ledger(other)


def test_a_correction_is_the_command_s(town, ordered, tmp_path) -> None:
    at, other = Clicks(town), shutil.copytree(ordered, tmp_path / "other")
    looked = text(at.sends(at.chooses(FATHER, "直接", "送到并签收了"), "look", **VISIT))
    one = at.sends(looked, "write", **VISIT).location.partition("?")[0]
    typed_too(other, looked)
    form = at.sees(f"{one}/correct")
    why = {"理由人": "普文清", "理由": "回证上签的是三月十四日"}
    changed = {**VISIT, "日期": "2026-03-14", "result": "送到并签收了"}
    assert "CLI040" in text(at.sends(form, "look", **changed, 理由人="普文清", 理由="错"))
    looked = text(at.sends(form, "look", **changed, **why))
    assert "原来按 2026-03-13 算，现在按 2026-03-14 算" in looked
    assert "service correct cases/案件.yaml" in looked and "日期=2026-03-14" in looked
    assert "承办人=" not in re.search(r"<code>([^<]*)</code>", looked)[1], "what stays is not said"
    done = at.sends(looked, "write", **changed, **why)
    assert done.status_code == 303, text(done)
    typed_too(other, looked)
    struck = at.sends(
        at.sees(f"{one}/correct"), "write", never="1", 理由人="普文清", 理由="这次没有去成"
    )
    assert struck.status_code == 303, text(struck)
    seq = one.rpartition("/")[2]
    reason = ("--reason", "普文清：这次没有去成", "--as-of", str(DAY))
    run(other, "service", "correct", CASE, seq, "结果=没有发生", *reason)
    assert ledger(town) == ledger(other)
    assert len(ledger(town)) == 3


def test_two_clicks_and_two_windows_make_one_entry_each(town) -> None:
    at = Clicks(town)
    form = at.chooses(FATHER, "直接", "没有送到")
    failed = {"日期": "2026-03-13", "原因": "家中无人", "承办人": ["普文清", "段晓岚"]}
    second = at.chooses(MOTHER, "直接", "没有送到")
    looked = text(at.sends(form, "look", **failed))
    first, again = (at.sends(looked, "write", **failed) for _ in range(2))
    assert first.location == again.location
    assert len(ledger(town)) == 1
    moved = at.sends(second, "write", **failed)
    assert moved.status_code == 409
    assert "刚才有人登记了别的" in text(moved)
    assert "家中无人" in text(moved).split("<form")[1], "what was typed stays"
    assert at.sends(text(moved), "write", **failed).status_code == 303
    assert len(ledger(town)) == 2


def test_what_is_wrong_stands_beside_its_blank(town) -> None:
    at = Clicks(town)
    form = at.chooses(FATHER, "邮寄", "送到了")
    letter = {
        "签收日期": "2026-03-01",
        "交寄日期": "2026-03-11",
        "邮件单号": "1",
        "承运单位": "中国邮政",
    }
    told = text(at.sends(form, "look", {"证明-交寄单": (b"<html>", "单.png")}, **letter))
    assert "SERV025" in told and "单.png" in told
    assert 'aria-describedby="f-签收日期-no-1' in told
    assert 'value="2026-03-11"' in told
    assert not (town / "台账").exists()


HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "字" * 2_000,
    "甲\u202e乙",
    "a\x00b",
    '" onfocus="x',
)


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_words_are_text_or_refused(town, said: str) -> None:
    at = Clicks(town)
    form = at.chooses(FATHER, "直接", "没有送到")
    told = {"日期": "2026-03-13", "原因": said, "地点": said, "登记人": said, "承办人": said}
    answer = at.sends(form, "look", **told)
    page = text(answer)
    assert answer.status_code in (200, 422)
    assert "<script>alert" not in page
    assert ' onfocus="x' not in page
    assert ">49<" not in page
    assert not (town / "台账").exists()


def test_what_no_page_named_is_none(town) -> None:
    at = Clicks(town)
    for address in ("?paper=0", "?paper=0&way=直接&came=0", "/99", "/99/correct"):
        path = f"/record{address}" if address.startswith("?") else address
        assert at.browser.get(f"{at.home}{path}").status_code == 404
    form = link(at.sees(at.home), "登记一次送达")
    for wrong in ("&way=飞鸽&came=0", "&way=直接&came=9", "&way=直接&came=-1", "&way=直接"):
        assert at.browser.get(form + wrong).status_code == 404


REFUSAL = {**VISIT, "拒收人": "本人", "拒收原因": "不肯签"}
PHOTO = {"证明-照片录像": (photograph(), "集市.png")}


@pytest.mark.parametrize(
    ("way", "came", "told", "brought", "code"),
    [
        ("直接", "当面拒绝签收", {"地点类别": "其他", "地点": "青石镇集市"}, {}, "PROC101"),
        ("直接", "当面拒绝签收", {"地点类别": "其他", "地点": "青石镇集市"}, PHOTO, ""),
        ("直接", "当面拒绝签收", {"地点类别": "住所"}, PHOTO, "SERV078"),
        ("留置", "送到了", {"地点类别": "住所"}, PHOTO, ""),
        ("留置", "送到了", {"地点类别": "住所", "影像资料": "家访.jpg"}, {}, "SERV140"),
        ("留置", "送到了", {"地点类别": "住所", "影像资料": "执法记录仪0313"}, {}, ""),
    ],
)
def test_pictures_that_are_brought_prove_a_refusal_and_a_bare_name_does_not(
    town, tmp_path, way, came, told, brought, code
) -> None:
    """A photograph in its own blank was no picture, and the name of a file that is nowhere was."""
    other = shutil.copytree(town, tmp_path / "other")
    clicks = Clicks(town)
    page = clicks.chooses(FATHER, way, came)
    assert 'name="证明-照片录像"' in page
    looked = clicks.sends(page, "look", brought, **REFUSAL, **told)
    assert (
        (looked.status_code == 422 and code in text(looked)) if code else "已送达" in text(looked)
    )
    if not code:
        clicks.sends(text(looked), "write", **REFUSAL, **told)
        (recorded,) = [one for one in ledger(town) if one[0] == "送达"]
        named = recorded[3]["event"]["影像资料"]
        assert named == (["集市.png"] if brought else ["执法记录仪0313"])
        if brought:
            (other / "集市.png").write_bytes(photograph())
        typed(other, text(looked), DAY)
        assert ledger(other) == ledger(town)

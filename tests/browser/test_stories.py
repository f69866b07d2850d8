"""Work clicked from start to file, with and without script: what lies in the folders
afterwards is what the commands make, to the byte.
"""

import base64
import shlex
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kcbx_docs.batch import booking
from kcbx_docs.desk.apart import apart
from kcbx_docs.ledger import codes
from tests.browser.desks import fill_in, office_at, served
from tests.cli.office import run, tree
from tests.desk.conftest import DAY
from tests.desk.test_word_page import edited, own_files

CASE = "cases/2026-001.yaml"
AS_OF = ("--as-of", str(DAY))
WITHOUT_SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["有脚本", "没有脚本"])
PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg=="
)
HEARD = {
    "姓名": "杨小溪",
    "班级": "七年级2班",
    "身份证号": "530499201309172029",
    "监护人": "杨国华",
    "电话": "13800000003",
    "原因": "白沙村委会来电，孩子还在县城",
    "来源": "村（居）委会",
    "反映人": "白有福",
    "学校": "云岭县青石中学",
}
DECIDED = {"situation": "辍学", "text": "问过班主任，11月10日起没有来", "by": "普文清"}
EXCUSES = (
    *("缓学休学批准", "送教上门", "特殊教育就读", "转学", "已完成义务教育"),
    *("未到入学年龄", "住院治疗", "死亡或出境", "其他正当理由"),
)
LOOKED_INTO = {
    **{f"{one}.结论": "否" for one in EXCUSES},
    **{f"{one}.依据": "学籍系统查询记录" for one in EXCUSES},
}
FACTS = {
    "监护人": {"关系": "父亲", "住址": "云岭县青石镇白沙村3号"},
    "排除情形": LOOKED_INTO,
    "责令": {"改正期限": "收到之日起10日", "报到地点": "云岭县青石中学教务处"},
}
"""What is found out later, and written on pages."""
WRITTEN = {
    "首次缺课": {"日期": "2026-11-10", "原因": "没有来上课"},
    "劝返": {
        "时间": "19:00",
        "对象": "杨国华",
        "方式": "家访",
        "地点": "杨国华家中",
        "参加人": "罗玉芬、段晓岚",
        "结果": "拒绝",
    },
    "书面报告": {
        "对象": "云岭县教育体育局、云岭县青石镇人民政府",
        "文号": "青中报〔2026〕5号",
    },
}


@pytest.fixture
def codes_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ledger gives its papers the same codes, which otherwise nobody can foresee."""
    given: defaultdict[str, Iterator[str]] = defaultdict(lambda: iter(codes.SIGNS))

    def new_code(ledger: str) -> str:
        told = next(given[ledger]) * (codes.LENGTH - 1)
        return codes._grouped(told + codes._check(told))

    monkeypatch.setattr(codes, "new_code", new_code)
    monkeypatch.setattr(booking, "new_code", new_code)


Step = list[str] | dict[str, bytes]
"""A command, or files that are written with an editor."""


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Step]], Path]:
    """Return what does in an office of its own what was clicked: once, however it was clicked."""
    known: dict[str, Path] = {}

    def done(steps: list[Step]) -> Path:
        if (told := repr(steps)) in known:
            return known[told]
        root = office_at(tmp_path_factory.mktemp("打") / "镇")
        for step in steps:
            if isinstance(step, dict):
                write_files(root, step)
                continue
            ended = run(root, *step, *AS_OF)
            assert ended.exit_code == 0, (step, ended.output)
        return known.setdefault(told, root)

    return done


def write_files(root: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def shown_command(page) -> list[str]:
    """Return the words of the command that a page says it equals."""
    return shlex.split(page.text_content(".command code"))[1:]


def look_and_write(page) -> list[str]:
    """Look at what a form would write, then write it; return the command."""
    page.click("[name=look]")
    command = shown_command(page)
    with page.expect_navigation():
        page.click("[name=write]")
    return command


def take_call(page) -> list[list[str]]:
    """Write down what a telephone call tells and take it up as a case; return the commands."""
    page.click("nav >> text=今日")
    page.click("text=接到电话，记一条线索")
    fill_in(page, **HEARD)
    commands = [look_and_write(page)]
    fill_in(page, **DECIDED)
    commands.append(look_and_write(page))
    page.wait_for_url("**said=new")
    return commands


def find_out(page) -> None:
    """From a new case, which nobody can work with yet, fill in what is found out later."""
    page.click("text=补案件内容")
    for record, told in FACTS.items():
        page.click(f"summary:has-text('{record}') >> nth=0")
        page.click(f"#{record} >> a.button >> nth=0")
        fill_in(page, **{f"'{name}'": value for name, value in told.items()})
        look_and_write(page)
    page.click("text=回到 2026-001")


def write_down(page, kind: str, told: dict[str, str]) -> list[str]:
    """From a case write one thing down, looking at it first; return the command."""
    page.click("text=记一件事")
    page.click(f"td a:text-is('{kind}')")
    fill_in(page, **told)
    page.click("[name=look]")
    command = shown_command(page)
    page.click("[name=write]")
    page.wait_for_url("**said=written")
    return command


def issue(page, paper: str, guardian: str) -> list[str]:
    """From a case issue a paper, in two steps, the second clicked twice; return the command."""
    page.click("text=出文书")
    page.click(f"tr:has-text('{paper}'):has-text('{guardian}') >> text=制发……")
    fill_in(page, signatory="普文清")
    page.click("text=再看一次")  # whoever signs is looked at before anybody is sure
    page.dblclick("text=确定制发")
    page.wait_for_selector("text=/已(经)?制发/")  # of two clicks the second is told it was done
    command = shown_command(page)
    page.click("text=回到 2026-001")
    return command


def serve(page, photo: Path) -> list[str]:
    """From a case record that a paper was signed for, with a photograph; return the command."""
    page.click("main a.button:text-is('登记送达')")
    page.click("text=登记一次送达")
    page.click("li:has(strong:text-is('直接')) >> text=送到并签收了")
    fill_in(page, 时间="15:20", 地点="杨国华家中")
    for name in ("普文清", "段晓岚"):
        page.check(f"[name=承办人][value='{name}']")
    page.set_input_files("[name='证明-送达回证']", photo)
    page.click("[name=look]")
    command = shown_command(page)
    page.click("[name=write]")
    page.wait_for_url("**said=1")
    return command


@pytest.mark.pdf
@WITHOUT_SCRIPT
def test_a_town_officer_from_a_telephone_call_to_a_served_order(
    visit, tmp_path: Path, typed, codes_alike, script: bool
) -> None:
    clicked, photo = office_at(tmp_path / "镇"), tmp_path / "回证.png"
    photo.write_bytes(PHOTO)
    with served(clicked) as desk:
        page = visit(desk, java_script_enabled=script)
        steps: list[Step] = [*take_call(page)]
        find_out(page)
        steps.append({CASE: (clicked / CASE).read_bytes()})  # no command changes them
        steps += [write_down(page, kind, told) for kind, told in WRITTEN.items()]
        steps += [issue(page, "责令", "杨国华"), {photo.name: PHOTO}, serve(page, photo)]
        page.click("nav >> text=期限日历")
        days = page.inner_text("main")
    by_command = typed(steps)
    for words in (("next", CASE), ("deadlines", "."), ("service", "list", CASE)):
        told = [run(office, *words, *AS_OF, "--json").stdout for office in (clicked, by_command)]
        assert told[0] == told[1], words
    assert made_in(clicked) == made_in(by_command)
    order = [Path(name).suffix for name in made_in(clicked) if "责令送被" in name]
    assert sorted(order) == [".docx", ".docx", ".pdf", ".pdf"], "it and its receipt"
    assert "2026-12-08" in days  # ten days after it was served


ROSTER = (
    "班级,姓名,现住址,父亲姓名,父亲电话\n"
    "七年级1班,普云飞,白沙村1号,普大明,13800000101\n"
    "七年级1班,王小芳,白沙村2号,王国良,1380000010\n"
    "七年级2班,李喆,白沙村3号,李志远,13800000103\n"
)
PRINTED = {"name": "秋季告知", "term": "2026年秋季学期", "school": "云岭县青石中学"}


def print_roster(page, roster: Path) -> list[str]:
    """Drop a roster, look at it, print for everybody; return the command."""
    page.click("nav >> text=发告知书")
    page.set_input_files("#files", roster)
    page.click("text=看读成了什么")
    assert "可以印 3 名" in page.inner_text("main")
    fill_in(page, **PRINTED)
    page.click("text=印 3 名学生的")
    page.wait_for_selector("h1:text-is('秋季告知')")
    return shown_command(page)


def returned(page) -> list[str]:
    """Tick the slip of the first pupil of the first class; return the command."""
    page.click("nav >> text=回执")
    page.click("td a:text-is('七年级1班')")
    page.check("[name=part] >> nth=0")
    page.click("button:text-is('登记')")
    page.wait_for_selector("text=登记好了")
    return shown_command(page)


@pytest.mark.pdf
@WITHOUT_SCRIPT
def test_a_school_from_a_roster_to_a_stack_and_back_to_the_slips(
    visit, tmp_path: Path, typed, codes_alike, script: bool
) -> None:
    clicked = office_at(tmp_path / "校")
    roster = tmp_path / "名册.csv"
    roster.write_text(ROSTER, "utf-8")
    with served(clicked) as desk:
        page = visit(desk, java_script_enabled=script)
        commands = [print_roster(page, roster)]
        with page.expect_download() as downloaded:
            page.click("td a:has-text('.docx') >> nth=0")
        to_print = page.get_attribute("td a:has-text('.pdf') >> nth=0", "href")
        handed_out = {
            Path(downloaded.value.path()).read_bytes(),
            page.context.request.get(f"{desk.home}{to_print}").body(),
        }
        commands.append(returned(page))
    files = {name: data for name, data in made_in(clicked).items() if name.startswith("cases/")}
    assert made_in(clicked) == made_in(typed([files, *commands]))
    assert handed_out <= {*made_in(clicked).values()}


@WITHOUT_SCRIPT
def test_a_keeper_from_an_edited_word_file_to_the_office_s_own_template(
    visit, tmp_path: Path, script: bool
) -> None:
    clicked, typed = (office_at(tmp_path / name) for name in ("点", "打"))
    edited_file = tmp_path / "打/改.docx"
    with served(clicked) as desk:
        page = visit(desk, java_script_enabled=script)
        page.click("nav >> text=模板与依据")
        page.click("td a:text-is('全国')")
        page.click("a[href*='doc=urge-notice'] >> nth=0")
        page.click("text=用 Word 改本单位的")
        with page.expect_download() as downloaded:
            page.click("text=的 Word 模板 >> nth=-1")
        form = Path(downloaded.value.path()).read_bytes()
        edited_file.write_bytes(edited(form))
        cites = tmp_path / "写死条文.docx"
        cites.write_bytes(edited(form, "有什么难处", "依照《义务教育法》第五条"))
        page.set_input_files("#files", cites)
        page.click("button:text-is('看改了什么')")
        assert "TMPL047" in page.inner_text("main")
        assert page.locator("[name=write]").count() == 0
        page.set_input_files("#files", edited_file)
        page.click("button:text-is('看改了什么')")
        assert page.inner_text("section ins") == "本函"
        command = shown_command(page)
        page.click("[name=write]")
        page.wait_for_selector("text=已经写好")
    assert run(typed, *command, "--yes", *AS_OF).exit_code == 0
    written = [own_files(office) for office in (clicked, typed)]
    assert written[0] == written[1]
    assert "请您收到本函后" in written[0]["documents/urge-notice.html"].decode()


def test_a_keeper_stops_a_proof_and_nothing_is_left(visit, tmp_path: Path) -> None:
    office = office_at(tmp_path)
    with served(office, hands=apart) as desk:
        page = visit(desk)
        page.goto(f"{desk.home}/templates/proof?name=yunnan")
        page.click("form button >> nth=0")
        page.click("text=停下，不做了")
        begun = time.monotonic()
        page.wait_for_selector("text=没有留下没做完的文件")
        assert time.monotonic() - begun < 3
    assert [*office.glob("output/审定样本/*")] == []


def made_in(office: Path) -> dict[str, bytes]:
    """Return the cases and papers of an office; its ledger says besides when each was written."""
    return {
        name: data
        for name, data in tree(office).items()
        if name.startswith("cases/") or name.endswith((".docx", ".pdf", ".xlsx"))
    }

"""台账与报表 on pages: the same cells as the commands write, a page at a time, cases to open."""

import io
import re
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from kcbx_docs.desk.opened import OpenDesk
from kcbx_docs.desk.screens import lists
from kcbx_docs.desk.sheets import shown_table
from kcbx_docs.issuing import gathered
from kcbx_docs.ledger.model import Head
from kcbx_docs.listing import gathering
from kcbx_docs.listing.names import ABOUT
from kcbx_docs.office.spreadsheet import TextTable
from kcbx_docs.problems import Place, problem
from tests.cli.office import run
from tests.desk.conftest import DAY, asked, desk_at, let_in, words
from tests.desk.test_every_page import LARGEST


def cells_of(data) -> list[list[tuple[str, ...]]]:
    sheets = load_workbook(data).worksheets
    return [[tuple(str(one or "") for one in row) for row in one.values] for one in sheets]


@pytest.fixture(scope="module")
def page(office):
    browser = let_in(desk_at(office))
    return lambda address, **query: browser.get(address, query_string=query or None)


@pytest.mark.parametrize("name", ABOUT)
def test_a_list_on_a_page_and_as_a_workbook_has_the_cells_of_the_command(
    office, page, name, tmp_path
) -> None:
    file = tmp_path / "表.xlsx"
    term = "2026年秋季学期"
    done = run(office, "register", name, "--term", term, "--out", str(file), "--as-of", str(DAY))
    assert done.exit_code == 0, done.stderr
    sheets = cells_of(file)
    answer = page(f"/lists/table/{name}/workbook", term=term)
    assert cells_of(io.BytesIO(answer.data)) == sheets
    for number, rows in enumerate(sheets):
        text = page(f"/lists/table/{name}", term=term, sheet=number, print="1").text
        shown = words(text)
        assert text.count("<tr>") == len([row for row in rows if len([*filter(None, row)]) > 1])
        lost = [cell for row in rows for cell in row if words(cell) not in shown]
        assert lost == []
        assert f"kcbx register {name} --term {term}" in text


def test_who_answers_for_a_child_stands_side_by_side_on_a_screen(page) -> None:
    for how, wide in ({}, 1), ({"print": "1"}, 0):
        text = page("/lists/table/辍学台账", **how).text
        cells = re.findall(r'<td class="long" data-label="责任人"><div>([^<]*)</div></td>', text)
        assert len(cells) == wide and "县（市、区）：周明远\n乡镇（街道）：李建川" in text
        assert all(len(one.split("\n")) > 3 for one in cells)


def test_the_figures_are_those_of_the_report_and_each_leads_to_its_cases(office, page) -> None:
    for command, query in (
        (("monthly", "2026-10"), {"month": "2026-10"}),
        (("weekly", "2026-09-24"), {"week": "2026-09-24"}),
    ):
        told = asked(office, "report", *command)
        assert sum(one["total"] for one in told["figures"]) > 3
        text = page("/lists/report", **query).text
        rows = [
            words(row) for row in text.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
        ]
        for row, figure in zip(rows, told["figures"], strict=True):
            assert row.startswith(words(f"{figure['number']}{figure['name']}{figure['unit']}"))
            if figure["cases"]:
                behind = page("/lists/report", figure=figure["number"], **query).text
                part = behind.split('id="behind"')[1].split("</section>")[0]
                assert re.findall(r'编号"><a href="/cases/\w+">([^<]+)', part) == figure["cases"]


@pytest.mark.parametrize("sample", ["阶梯示例", "管理示例", "学校示例"])
def test_every_sample_has_the_lists_and_figures_of_the_commands(office, sample, tmp_path) -> None:
    root, file = office / "cases" / sample, tmp_path / "表.xlsx"
    done = run(root, "register", "一校一册", "--out", str(file), "--as-of", str(DAY))
    assert done.exit_code == 0, done.stderr
    told = asked(root, "report", "monthly", "2026-10")
    browser = let_in(desk_at(root))
    data = browser.get("/lists/table/一校一册/workbook").data
    assert cells_of(io.BytesIO(data)) == cells_of(file)
    rows = browser.get("/lists/report?month=2026-10").text.split("<tbody>")[1].split("</tr>")
    shown = [words(row) for row in rows]
    for one, row in zip(told["figures"], shown, strict=False):
        assert row.startswith(words(f"{one['number']}{one['name']}{one['unit']}"))
        assert str(one["total"]) in row
    assert len(shown) > len(told["figures"]) > 10


def test_only_what_there_is_has_a_page(page) -> None:
    for address in ("/lists/table/没有的", "/lists/report?week=明天", "/lists/report?figure=99"):
        assert page(address).status_code == 404
    for query in ({"sheet": 9}, {"sheet": -1}, {"page": 0}, {"page": 99}):
        assert page("/lists/table/辍学台账", **query).status_code == 404
    refused = page("/lists/report", month="2026-13")
    assert refused.status_code == 422
    assert "LIST003" in refused.text


def test_a_long_list_comes_page_by_page_and_loses_no_row() -> None:
    rows = tuple((str(n), f"2026-{n}", "名" * 40) for n in range(1, 1001))
    table = TextTable("表", ("序号", "案件编号", "备注"), rows)
    pages = [shown_table(table, 1, {})]
    while following := shown_table(table, len(pages) + 1, {}):
        pages.append(following)
    assert len(pages) == pages[0].pages > 3
    assert [row[0].text for page in pages for row in page.rows] == [row[0] for row in rows]
    assert pages[1].rows[0][0].text == str(pages[1].first)
    first = shown_table(table, 1, {"2026-7": "abc"})
    assert [row[1].call for row in first.rows][5:8] == ["", "abc", ""]


@pytest.mark.parametrize("query", [{}, {"print": "1"}], ids=["看", "打印"])
def test_a_list_of_any_length_comes_in_small_pages_that_say_which_they_are(
    page, monkeypatch, query
) -> None:
    heads = ("案件编号", *(f"{n}列的名称长" for n in range(34)))
    rows = tuple((f"编{n}", *('"&<' * (n % 9) for _ in range(34))) for n in range(400))
    doubts = tuple(problem("BTCH020", Place(f"cases/{n}.yaml"), count=n) for n in range(500))
    made = lists.ListSheets((TextTable("表", heads, rows),), doubts)
    monkeypatch.setattr(lists, "_made", lambda *_: made)
    monkeypatch.setattr(OpenDesk, "calls", {row[0]: "0" * 16 for row in rows})
    texts = []
    while (
        answer := page("/lists/table/辍学台账", page=len(texts) + 1, **query)
    ).status_code == 200:
        texts.append(answer.text)
    assert max(len(text.encode()) for text in texts) <= LARGEST
    assert re.findall(r">(编\d+)<", "".join(texts)) == [row[0] for row in rows]
    for number, text in enumerate(texts, 1):
        assert f"<p>第 {number} 页，共 {len(texts)} 页" in text, "on paper, too"
        assert text.count("<thead>") == 1


def test_the_narrative_is_written_once_as_the_command_writes_it(desk, send, tmp_path) -> None:
    told = {"month": "2026-10", "typical": "2026-001"}
    first = send("/lists/report/work", **told)
    assert first.status_code == 303
    (path,) = (one for one in desk.cases if "月" in one.name)
    assert first.location == f"/cases/{desk.called(path)}"
    text = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    again = send("/lists/report/work", **told)
    assert again.status_code == 422
    assert "CLI002" in again.text
    path.unlink()
    command = ("report", "monthly", "2026-10", "--typical", "2026-001", "--as-of", str(DAY))
    assert run(desk.root, *command).exit_code == 0
    assert path.read_bytes() == text


def test_what_the_narrative_cannot_be_written_of_is_told(send) -> None:
    for told, code in (
        ({"month": "2026-10", "typical": "2026-999"}, "LIST007"),
        ({"week": "2026-10-10"}, "LIST008"),
    ):
        answer = send("/lists/report/work", **told)
        assert answer.status_code == 422
        assert code in answer.text


def test_a_report_is_made_anew_when_the_roster_of_a_work_is_another(desk) -> None:
    work, roster = desk.root / "cases/周报.yaml", desk.root / "cases/缺课.csv"
    work.write_text("工作: 日报周结\n编号: 周报-1\n名册: {文件: 缺课.csv}\n", "utf-8")
    made = []
    for rows in ("姓名\n王一一\n", "姓名\n王二二\n", "姓名\n王二二\n"):
        roster.write_text(rows, "utf-8")
        desk.same("report", lambda: made.append(roster.read_text("utf-8")))
    assert made == ["姓名\n王一一\n", "姓名\n王二二\n"]


@pytest.mark.parametrize(
    "address", ["/lists/table/辍学台账", "/lists/table/案件台账", "/lists/report?month=2026-10"]
)
def test_a_page_asks_its_desk_what_day_it_is(desk, monkeypatch, address: str) -> None:
    monkeypatch.setattr(gathering, "clock", None)
    monkeypatch.setattr(gathered, "clock", None)
    book = SimpleNamespace(head=lambda: Head("L", 0, "0" * 64, DAY), events=lambda: ())
    monkeypatch.setattr(gathered, "book_of", lambda *_: book)
    assert let_in(desk).get(address).status_code == 200


def test_a_broad_list_is_printed_on_the_larger_sheet_and_says_so(page) -> None:
    broad, across = page("/lists/table/辍学台账").text, page("/lists/table/帮扶台账").text
    assert 'class="broad"' in broad
    assert "打印用 A3 横排" in broad
    assert 'class="across"' in across
    assert "A3" not in across

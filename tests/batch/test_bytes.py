"""Papers come back as bytes: no output folder, no current folder,
no command line below the edge.
"""

import ast
from pathlib import Path

import pytest

import kcbx_docs
from kcbx_docs.batch.render import papers_of
from kcbx_docs.office.opened import open_office
from kcbx_docs.papers.files import Wanted
from kcbx_docs.problems import UserError, problem
from tests.batch.conftest import DAY, TREE
from tests.cli.office import inside, tree
from tests.papers.probe import CASE, HEAD

ROOT = Path(kcbx_docs.__file__).parent
LETTER = "公文: 通知\n标题: 云岭县青石镇人民政府关于开学的通知\n正文: 各校按时开学。\n"
MORE = {
    "templates/national/documents/probe.html": HEAD + "<h1>{{ 文书.标题 }}</h1>\n",
    "templates/national/documents/official-letter.html": "---\n编号: official-letter\n标题: 公文\n"
    "一份对应: 公文\n版式: 公文\n---\n<h1>{{ 公文.标题 }}</h1>\n",
    "cases/案件.yaml": CASE,
    "cases/通知一.yaml": LETTER,
}


@pytest.fixture
def office(school: Path) -> Path:
    """Return a school's office that has a case, a batch and a letter."""
    for name, text in MORE.items():
        (school / name).write_text(text, "utf-8")
    return school


@pytest.mark.parametrize(
    ("name", "folder", "count"),
    [("案件", "2026-001", 1), ("开学", "开学", 5), ("通知一", "通知一", 1)],
)
def test_a_web_page_gets_the_papers_of_every_kind_and_no_disk_is_touched(
    office: Path, tmp_path: Path, name: str, folder: str, count: int
) -> None:
    path = office / f"cases/{name}.yaml"
    before = tree(office)
    with inside(Path("/")):
        opened = open_office(path)
        loaded, found = opened.read(path, DAY)
        wanted = Wanted(DAY, ("probe",) if name == "案件" else (), ("docx",))
        papers = papers_of(opened, loaded, wanted, found=found)
    assert tree(office) == before
    assert (papers.folder, len(papers.files)) == (folder, count)
    assert all(file.data.startswith(b"PK") and file.about["title"] for file in papers.files)
    assert str(office) not in str(papers.run), "where an office is, is nobody's business"


def test_what_reading_found_is_told_with_what_making_found(office: Path) -> None:
    path = office / "cases/开学.yaml"
    (office / "cases/名册.csv").write_text(TREE["cases/名册.csv"].replace("王䶮", ""), "utf-8")
    opened = open_office(path)
    loaded, _ = opened.read(path, DAY)
    met = problem("WORK001", first="x", advice="")
    with pytest.raises(UserError) as stopped:
        papers_of(opened, loaded, Wanted(DAY, (), ("docx",)), found=(met,))
    told = [one.code for one in stopped.value.problems]
    assert told[0] == "WORK001" and len(told) > 1


@pytest.mark.parametrize("part", ["office", "papers", "batch", "keeping", "filing"])
def test_nothing_below_the_edge_knows_click_or_the_current_folder(part: str) -> None:
    for path in (ROOT / part).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert "click" not in names and getattr(node, "module", "") != "click", path
            assert getattr(node, "attr", "") not in ("cwd", "getcwd", "chdir"), path


@pytest.mark.parametrize("part", ["papers", "batch"])
def test_nothing_below_the_edge_writes(part: str) -> None:
    writes = {"write_bytes", "write_text", "mkdir", "unlink", "rename", "rmtree"}
    for path in (ROOT / part).glob("*.py"):
        parsed = ast.parse(path.read_text("utf-8"))
        attributes = {node.attr for node in ast.walk(parsed) if isinstance(node, ast.Attribute)}
        assert not attributes & writes, path
        assert "kcbx_docs.writing" not in path.read_text("utf-8"), path

"""One guardian's paper is withdrawn: the other's stays, on paper and in every command."""

from pathlib import Path

import yaml
from docx import Document

from tests.cli.office import run

EVENTS = """
  - {日期: 2026-09-25, 事项: 制发, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 期限: 收到之日起10日, 对象: 普正华}
  - {日期: 2026-09-25, 事项: 制发, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕2号, 期限: 收到之日起10日, 对象: 李桂仙}
"""
WITHDRAWN = """\
  - {日期: 2026-09-28, 事项: 撤回, 文书: 责令限期改正通知书, 对象: 普正华, 原因: 写错}
"""
DAY = ("--as-of", "2026-10-08")


def write(office: Path, more: str) -> Path:
    """Write the sample case with further events at the end of its 经过."""
    text = (office / "cases/到责令.yaml").read_text("utf-8")
    before, marker, after = text.partition("经过:\n")
    rest = after.split("\n")
    end = next(n for n, line in enumerate(rest) if line and not line.startswith((" ", "#")))
    listed = "\n".join(rest[:end]).rstrip()
    path = office / "cases/撤回.yaml"
    (office / "cases/到责令.yaml").unlink()
    path.write_text(f"{before}{marker}{listed}{more}" + "\n".join(rest[end:]), "utf-8")
    assert yaml.safe_load(path.read_text("utf-8"))
    return path


def orders(office: Path) -> list[str]:
    names = (path.name for path in office.glob("output/2026-001/*.docx"))
    return sorted(name for name in names if name.startswith("310-"))


def test_a_withdrawal_for_one_guardian_leaves_the_others_paper(office: Path):
    path = str(write(office, EVENTS).relative_to(office))
    assert run(office, "render", path, "--format", "docx", *DAY).exit_code == 0
    mothers = [name for name in orders(office) if "李桂仙" in name]
    assert len(mothers) == 1 and len(orders(office)) == 2
    file = office / path
    file.write_text(file.read_text("utf-8").replace(EVENTS, EVENTS + WITHDRAWN), "utf-8")
    done = run(office, "render", path, "--format", "docx", *DAY)
    assert done.exit_code == 0, done.output
    assert set(mothers) <= set(orders(office))
    assert "李桂仙（母亲）：责令待送达" in run(office, "next", path, *DAY).output


AGAIN = """
  - {日期: 2026-09-25, 事项: 制发, 文书: 责令限期改正通知书, 文号: 青政责改〔2026〕1号, 期限: 收到之日起10日}
  - {日期: 2026-10-01, 事项: 返校}
  - {日期: 2026-11-02, 事项: 再次缺课}
  - {日期: 2026-11-03, 事项: 劝返, 方式: 家访, 结果: 拒绝}
  - {日期: 2026-11-04, 事项: 书面报告}
"""


def test_the_order_of_an_earlier_dropout_is_not_printed_for_a_new_one(office: Path):
    """render reprinted order 1号 with the first dropout's days, while next offered a new one."""
    path = str(write(office, AGAIN).relative_to(office))
    done = run(
        office,
        "render",
        path,
        "--doc",
        "责令限期改正通知书",
        "--format",
        "docx",
        "--as-of",
        "2026-11-10",
    )
    assert done.exit_code == 0, done.output
    words = "".join(paragraphs_of(office / "output/2026-001" / orders(office)[0]))
    assert "〔2026〕1号" not in words and "2026年11月10日" in words


def paragraphs_of(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]

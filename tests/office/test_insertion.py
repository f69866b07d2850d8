"""One item more in a list of a file: every other byte stays, whatever its encoding and line ends."""

from pathlib import Path

import pytest
import yaml

from kcbx_docs.office.insertion import insert_item, remove_item, without_item
from kcbx_docs.problems import UserError

SAMPLES = Path(__file__).parents[2] / "cases"
CASES = (SAMPLES / "到责令.yaml", *sorted(SAMPLES.glob("阶梯示例/cases/*.yaml"))[:2])
NEW = {"日期": "2026-09-09", "事项": "劝返", "方式": "家访", "结果": "拒绝"}
LINE = "- {日期: 2026-09-09, 事项: 劝返, 方式: 家访, 结果: 拒绝}"


def insert(path: Path, text: str, at: int) -> str:
    path.write_bytes(text.encode())
    return insert_item(path, "经过", at, NEW).data.decode()


BLOCK = """\
案件: 甲
经过:   # 一节的说明
  # 第一件的说明
  - {日期: 2026-09-01, 事项: 首次缺课}   # 行末的说明

  # 第二件的说明
  - 日期: 2026-09-10
    内容: |
      头一行
      # 不是注释

# 责令的说明
责令: {改正期限: 收到之日起10日}
"""


def test_it_stands_between_its_neighbours_and_remarks_stay_with_theirs(tmp_path):
    done = insert(tmp_path / "a.yaml", BLOCK, 1)
    assert done == BLOCK.replace("# 行末的说明\n", f"# 行末的说明\n  {LINE}\n")


def test_the_last_one_stands_before_the_remark_of_the_next_key(tmp_path):
    done = insert(tmp_path / "a.yaml", BLOCK, 2)
    assert done == BLOCK.replace("# 不是注释\n", f"# 不是注释\n  {LINE}\n")
    assert "# 不是注释" in yaml.safe_load(done)["经过"][1]["内容"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("案件: 甲\n", f"案件: 甲\n经过:\n  {LINE}\n"),
        ("案件: 甲", f"案件: 甲\n经过:\n  {LINE}"),
        ("案件: 甲\n经过:   # 说明\n# - 示例\n", f"案件: 甲\n经过:   # 说明\n  {LINE}\n# - 示例\n"),
        ("案件: 甲\n经过: []   # 说明\n乙: 丙\n", f"案件: 甲\n经过:   # 说明\n  {LINE}\n乙: 丙\n"),
        ("经过:\n- {日期: 2026-09-01}\n乙: 丙", f"经过:\n- {{日期: 2026-09-01}}\n{LINE}\n乙: 丙"),
    ],
    ids=["没有这一节", "末行没有换行", "空的一节", "空的列表", "顶格的列表"],
)
def test_a_list_that_is_not_there_or_empty_begins(tmp_path, before, after):
    at = 1 if "日期" in before else 0
    assert insert(tmp_path / "a.yaml", before, at).rstrip("\n") == after.rstrip("\n")


@pytest.mark.parametrize(
    "text", ["案件: 甲\n经过: [{日期: 2026-09-01}]\n", "案件: 甲\n经过: 没有\n"]
)
def test_what_cannot_be_inserted_is_told_with_the_line_to_type(tmp_path, text):
    with pytest.raises(UserError) as refused:
        insert(tmp_path / "a.yaml", text, 0)
    (problem,) = refused.value.problems
    assert problem.code == "CLI051" and problem.place.line == 2
    assert (tmp_path / "a.yaml").read_text("utf-8") == text


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_sample_keeps_every_byte(tmp_path, encoding, newline):
    for sample in CASES:
        text = sample.read_text("utf-8").replace("\n", newline)
        path = tmp_path / sample.name
        path.write_bytes(text.encode(encoding))
        before = path.read_bytes()
        count = len(yaml.load(text, yaml.CBaseLoader)["经过"])
        for at in (0, count // 2, count):
            data = insert_item(path, "经过", at, NEW).data
            line = f"  {LINE}{newline}".encode(encoding.removesuffix("-sig"))
            assert data.count(line) == 1
            assert data.replace(line, b"") == before, sample.name


def test_the_first_one_stands_above_the_remark_of_the_next(tmp_path):
    """It came between an item and the remark above it."""
    done = insert(tmp_path / "a.yaml", BLOCK, 0)
    assert done == BLOCK.replace("# 一节的说明\n", f"# 一节的说明\n  {LINE}\n")


OTHER = "  - {日期: 2026-09-10, 事项: 核查}\n"


@pytest.mark.parametrize(
    ("item", "lines"),
    [
        (f"  # 门锁着\n  {LINE}\n", "2"),
        (f"  # 门锁着\n  # 有人看见\n  {LINE}  # 带了照片\n", "2、3、4"),
        (f"  {LINE}\n    # 带了照片\n", "3"),
        ("  - 日期: 2026-09-09   # 那天下雨\n    事项: 劝返\n", "2"),
        ("  -\n    # 那天下雨\n    日期: 2026-09-09\n", "3"),
    ],
)
@pytest.mark.parametrize("more", ["", OTHER])
def test_what_has_a_remark_is_not_taken_out(tmp_path, item, lines, more):
    """One beside a visit was lost, one above it told of the next visit from then on."""
    path = tmp_path / "a.yaml"
    path.write_text(f"经过:\n{item}{more}", "utf-8")
    with pytest.raises(UserError) as refused:
        remove_item(path, "经过", 0)
    (told,) = refused.value.problems
    assert told.code == "CLI094" and f"（第 {lines} 行）" in told.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"经过:\n  {LINE}\n", "经过: []\n"),
        (f"经过:  # 一节\n  {LINE}\n\n# 后面\n乙: 丙\n", "经过: []  # 一节\n\n# 后面\n乙: 丙\n"),
        (f"经过:\n  # 上面\n\n  {LINE}\n  # 后面\n{OTHER}", f"经过:\n  # 上面\n\n  # 后面\n{OTHER}"),
        ("经过:\n  - 备注: 楼#3号\n    内容: |\n      # 不是\n" + OTHER, f"经过:\n{OTHER}"),
        (f'经过:\n  - {{备注: "说 # 不是"}}\n{OTHER}', f"经过:\n{OTHER}"),
    ],
)  # fmt: skip
def test_what_has_none_is_taken_out_and_remarks_of_others_stay(tmp_path, before, after):
    path = tmp_path / "a.yaml"
    path.write_text(before, "utf-8")
    assert remove_item(path, "经过", 0).data.decode() == after


OFFICERS = """\
# 执法人员的证每年换
执法人员:
  - {姓名: 普文清, 证号: 云F0000001}   # 队长
  - 姓名: 段晓岚
    证号: "2"   # 新证

# 法院：县里的
法院:
  - {名称: 云岭县人民法院}
"""


@pytest.mark.parametrize(
    ("section", "at", "gone", "come"),
    [
        ("执法人员", 0, ["  - {姓名: 普文清, 证号: 云F0000001}   # 队长"], []),
        ("执法人员", 1, ["  - 姓名: 段晓岚", '    证号: "2"   # 新证'], []),
        ("法院", 0, ["法院:", "  - {名称: 云岭县人民法院}"], ["法院: []"]),
    ],
)
def test_of_an_office_its_own_remark_goes_with_an_item_and_no_other(section, at, gone, come):
    """What is told beside an officer is nobody else's; of a case it is somebody's own."""
    after = without_item(OFFICERS, "kcbx.yaml", section, at, remarks_go=True)
    old, new = OFFICERS.split("\n"), after.split("\n")
    assert [one for one in old if one not in new] == gone
    assert [one for one in new if one not in old] == come
    if section == "执法人员":
        with pytest.raises(UserError, match="CLI094"):
            without_item(OFFICERS, "kcbx.yaml", section, at)

"""What can be meant in one way only is mended; every other byte of the file stays."""

import random
from datetime import date
from pathlib import Path

import pytest

from kcbx_docs.case.files import load_file
from kcbx_docs.office import fix
from kcbx_docs.office.fix import Fixed, apply, fixed_files
from kcbx_docs.problems import Mending, UserError
from tests.handwriting.test_slips_of_the_pen import CASE, FINE, SLIPS, written

TODAY = date(2026, 11, 22)
SLIPPED = CASE.replace("情形: 辍学", "情形：辍学  # 别动").replace("关系: 父亲", "关系:爸爸")
RIGHT = CASE.replace("情形: 辍学", "情形: 辍学  # 别动")


def fixed(folder: Path, data: bytes) -> Fixed:
    path = folder / "案.yaml"
    path.write_bytes(data)
    (one,) = fixed_files([path], TODAY)
    return one


def codes(path: Path) -> list[str]:
    return [one.code for one in load_file(path, TODAY)[1] if one.code != "CASE080"]


def test_slips_with_one_mending_become_clean(tmp_path):
    clean = 0
    for number, (right, wrong, _, _) in enumerate(SLIPS):
        one = fixed(tmp_path, written(right, wrong).encode())
        if not one.changed:
            continue
        one.path.write_bytes(one.data)
        clean += not codes(one.path)
        if number % 5 == 0:  # the second run finds nothing more
            assert not fixed(tmp_path, one.data).changed, wrong
    assert clean > 70


WITH_REMARK = CASE.replace("情形: 辍学\n", "情形: 辍学  # 别动\n").split("\n")


def of_one_line(folder: Path, right: str, wrong: str) -> tuple[int, str, str] | None:
    """Return the line that a slip changes, as typed and as it is mended alone."""
    typed = "\n".join(WITH_REMARK).replace(right, wrong, 1).split("\n")
    mended = fixed(folder, "\n".join(typed).encode()).mended.split("\n")
    if len(typed) != len(WITH_REMARK) or len(mended) != len(typed):
        return None
    changed = [at for at, line in enumerate(WITH_REMARK) if line != typed[at]]
    same = all(WITH_REMARK[at] == mended[at] for at in range(len(typed)) if at not in changed)
    return (changed[0], typed[changed[0]], mended[changed[0]]) if same and changed else None


def is_moved(wrong: str, right: str) -> bool:
    return wrong != right and wrong.strip() == right.strip()


def test_many_slips_of_one_file_are_mended_as_each_alone_and_nothing_else(tmp_path):
    """Twenty files of five slips: what is left to people, and every other line, stays as typed."""
    found = (of_one_line(tmp_path, right, wrong) for right, wrong, _, _ in SLIPS)
    known = [one for one in found if one]
    for seed in range(20):
        chosen: dict[int, tuple[str, str]] = {}
        for at, wrong, right in random.Random(seed).sample(known, len(known)):
            # Of two lines out of line in one level either may be the right one: one is enough.
            moved = [one for one in (*chosen.values(), (wrong, right)) if is_moved(*one)]
            if len(chosen) < 5 and len(moved) < 2:
                chosen.setdefault(at, (wrong, right))
        typed, meant = [*WITH_REMARK], [*WITH_REMARK]
        for at, (wrong, right) in chosen.items():
            typed[at], meant[at] = wrong, right
        assert fixed(tmp_path, "\n".join(typed).encode()).mended.split("\n") == meant, typed


@pytest.mark.parametrize(("right", "fine"), (("情形", "情形"), *FINE))
def test_a_right_file_stays_byte_for_byte(tmp_path, right, fine):
    assert not fixed(tmp_path, written(right, fine).encode()).changed


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encoding_line_ends_and_remarks_stay(tmp_path, codec, newline):
    def on_disk(text: str) -> bytes:
        return text.replace("\n", newline).encode(codec)

    assert fixed(tmp_path, on_disk(SLIPPED)).data == on_disk(RIGHT)
    assert fixed(tmp_path, on_disk(SLIPPED.rstrip())).data == on_disk(RIGHT.rstrip())


def test_mixed_line_ends_stay_mixed_and_the_first_line_keeps_its_mark(tmp_path):
    slipped = SLIPPED.replace("案件: ", "案件：").replace("学生:\n", "学生：\n")
    data = slipped.replace("\n", "\r\n", 3).encode("utf-8-sig")
    assert fixed(tmp_path, data).data == RIGHT.replace("\n", "\r\n", 3).encode("utf-8-sig")


def test_one_mistake_behind_another_is_mended_in_the_same_run(tmp_path):
    slipped = CASE.replace("住校: 是", "住校：yes").replace("  性别: 男", "\u3000别性：男")
    assert fixed(tmp_path, slipped.encode()).data == CASE.encode()


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        ("结果: 答应劝说", "结果: 不答应"),  # what a person decides
        ("  性别: 男", "  性别: 难"),
        ("  住校: 是", "  住校: 有"),
        ("现住址: 云岭县青石镇大回村8组", "原住址: 云岭县青石镇大回村8组"),  # another word
        ("    关系: 父亲", "    关系: 大伯"),
        ("日期: 2026-09-01", "日期: 9月1日"),
    ],
)
def test_what_a_person_must_say_is_never_mended(tmp_path, right, typed):
    assert not fixed(tmp_path, written(right, typed).encode()).changed


@pytest.mark.parametrize(
    ("right", "typed"),
    [
        ("    住址: 云岭县", "    家庭住址: 云岭县"),
        ("    身份证号: ", "    身份证号码: "),
        ("    关系: 父亲", "    手机号: 13800000001\n    关系: 父亲"),
    ],
)
def test_another_word_for_the_same_thing_is_mended(tmp_path, right, typed):
    assert right in CASE, "the sample changed"
    one = fixed(tmp_path, written(right, typed).encode())
    meant = typed.replace("家庭住址", "住址").replace("号码: ", "号: ").replace("手机号", "电话")
    assert one.mended == written(right, meant)


def test_a_key_is_not_mended_into_one_that_stands_there(tmp_path):
    twice = CASE.replace("  性别: 男\n", "  性别: 男\n  别性: 女\n")
    assert not fixed(tmp_path, twice.encode()).changed


def test_of_two_that_overlap_neither_is_put_in():
    here, across, behind = (
        Mending(1, 1, "ab", "X"),
        Mending(1, 2, "b", "Y"),
        Mending(1, 3, "c", "Z"),
    )
    assert apply("abc", (here, across, behind)) == "abZ"
    assert apply("abc", (here, behind, here)) == "XZ"
    assert apply("abc", (Mending(1, 4, "", "]"), Mending(1, 4, "", "}"))) == "abc"


def test_nothing_is_put_where_another_text_stands_or_a_line_would_break():
    for one in (Mending(1, 1, "b", "X"), Mending(3, 1, "", "X"), Mending(1, 1, "a", "\n")):
        assert apply("abc", (one, None)) == "abc"


def test_the_brackets_of_a_number_are_mended_in_kcbx_yaml_and_cases_alike(tmp_path):
    office = '地区: "530499"\n机关:\n  名称：何家镇人民政府\n  类型: 乡镇人民政府\n'
    event = "  - {日期: 2026-09-05, 事项: 劝返通知, 签收人: 普正华, 文号: %s}\n"
    own, case = tmp_path / "kcbx.yaml", tmp_path / "案.yaml"
    own.write_text(office, "utf-8")
    case.write_text(CASE + event % '"何政劝[2026]第03号"' + event % '"何政劝[26]4号"', "utf-8")
    first, second = fixed_files([own, case], TODAY)
    assert first.mended == office.replace("：", ": ")
    assert second.mended == CASE + event % '"何政劝〔2026〕3号"' + event % '"何政劝[26]4号"'


def test_a_file_keeps_its_mode_and_is_not_written_over_anothers_change(tmp_path):
    one = fixed(tmp_path, SLIPPED.encode())
    one.path.chmod(0o640)
    fix.write(one)
    assert one.path.read_bytes() == RIGHT.encode() and one.path.stat().st_mode & 0o777 == 0o640
    one = fixed(tmp_path, SLIPPED.encode())
    one.path.write_bytes(SLIPPED.encode() + b"# more\n")
    with pytest.raises(UserError, match="CLI053"):
        fix.write(one)
    assert one.path.read_bytes() == SLIPPED.encode() + b"# more\n"
    assert [path.name for path in tmp_path.iterdir()] == ["案.yaml"]


def test_what_is_no_text_is_left_to_the_check(tmp_path):
    path = tmp_path / "案.yaml"
    path.write_bytes(b"\xff\xfe\xff")
    assert fixed_files([path, tmp_path / "没有.yaml", tmp_path], TODAY) == ()

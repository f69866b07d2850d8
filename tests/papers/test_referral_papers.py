"""A letter to another organ: what it is, whom its file names, what it says of the dangers."""

import pytest

from tests.kinds.world import ABSENT, papers

DANGER = "危险情形: [{种类: %s, 发现日期: 2026-03-10, 依据: 村委会反映, 核实: %s}]\n"


def told(organ: str, more: str = "", danger: str = "") -> str:
    return f"- {{日期: 2026-03-11, 事项: 移送, 机关: {organ}, 原因: 见所附材料{more}}}\n" + danger


def letters(history: str, **changes: object) -> dict[str, str]:
    made = papers("2026-03-11", history, "referral", **changes)  # type: ignore[arg-type]
    return {name.split("-", 1)[1]: text for name, text in made.items()}


@pytest.mark.parametrize(
    ("organ", "more", "title"),
    [
        ("云岭县人民检察院", "", "关于移送未成年人失学问题线索的函"),
        ("云岭县妇女联合会", "", "关于通报未成年人失学情况的函"),
        ("云岭县公安局", ", 危险情形: 家庭暴力", "关于报告涉及未成年人危险情形的函"),
        ("云岭县公安局", "", "关于报告未成年人有关情况的函"),
        ("云岭县卫生健康局", "", "关于报告未成年人有关情况的函"),
    ],
)
def test_what_a_letter_is_rests_on_whom_and_what_the_event_names(organ, more, title) -> None:
    ((name, text),) = letters(ABSENT + told(organ, more)).items()
    assert name == f"{title}-{organ}"
    assert f"现{title[2:4]}你单位" in text
    assert f"《{title}》回执" in text


def test_letters_are_told_apart_by_the_organ_and_a_second_one_by_its_number() -> None:
    history = ABSENT + told("云岭县公安局") + told("云岭县民政局") + told("云岭县公安局")
    endings = [name.split("的函-")[1] for name in letters(history)]
    assert endings == ["云岭县公安局", "云岭县民政局", "云岭县公安局-第2次"]


def test_only_visits_that_met_somebody_are_told_and_counted() -> None:
    history = ABSENT + (
        "- {日期: 2026-03-06, 事项: 劝返, 方式: 家访, 承办人: 施文, 结果: 未见到}\n"
        "- {日期: 2026-03-10, 事项: 劝返, 方式: 家访, 承办人: 施文, 结果: 拒绝}\n"
    )
    (text,) = letters(history + told("云岭县公安局")).values()
    assert "没有到校。2026年3月5日、10日，先后劝返两次。" in text
    (text,) = letters(ABSENT + told("云岭县公安局")).values()
    assert "没有到校。2026年3月5日，劝返一次。" in text


@pytest.mark.parametrize(
    ("found", "said", "asks"), [("属实", "发现", False), ("没有核实", "得知", True)]
)
def test_found_or_heard_of_is_what_the_file_says(found: str, said: str, asks: bool) -> None:
    history = ABSENT + told("云岭县公安局", ", 危险情形: 家庭暴力")
    (text,) = letters(history, more=DANGER % ("家庭暴力", found)).values()
    assert f"我单位{said}下列情况：村委会反映" in text
    assert ("没有核实，请你单位调查" in text) is asks


@pytest.mark.parametrize(
    ("danger", "said"),
    [
        (DANGER % ("无人照料", "属实"), "发现下列未成年人面临危险情形"),
        (DANGER % ("无人照料", "没有核实"), "发现下列未成年人可能面临危险情形"),
        ("", "了解到下列情况，现向你单位提出建议"),
    ],
)
def test_a_suggestion_claims_no_danger_that_nobody_recorded(danger: str, said: str) -> None:
    history = ABSENT + (
        "- {日期: 2026-03-11, 事项: 建议撤销监护人资格, 机关: 云岭县民政局, 原因: 长期不归}\n"
    )
    made = papers("2026-03-11", history, "guardianship-suggestion", more=danger, reason="核对过")
    assert said in next(iter(made.values()))

"""A new dropout is told and proved by itself; the papers of the one before stay as they were."""

from tests.kinds import Kind
from tests.kinds.world import FATHER, MOTHER, SERVED, TOLD, may, papers

KIND = Kind(
    "第二次辍学",
    "新的责令占了旧责令的文件名；用上一次的材料证明这一次；报告不说返校过，报告过的危险又请求一遍",
    (
        ("yiwu-jiaoyu-fa", "58"),
        ("weichengnianren-baohu-fa", "28", "2"),
        ("xingzheng-chufa-fa", "40"),
    ),
)

BACK = "- {日期: 2026-03-18, 事项: 返校, 安置: 回原班}\n"
AWAY = """\
- {日期: 2026-04-13, 事项: 再次缺课}
- {日期: 2026-04-15, 事项: 劝返, 方式: 家访, 对象: 普正华, 承办人: 施文, 结果: 拒绝}
- {日期: 2026-04-16, 事项: 书面报告, 对象: [云岭县教育体育局, 云岭县青石镇人民政府]}
"""
AGAIN = SERVED + BACK + AWAY
ORDER, REPORT = "310-责令送被监护人接受义务教育通知书", "230-学校书面报告"


def test_the_served_order_keeps_its_name_and_the_new_one_gets_another() -> None:
    made = papers("2026-04-20", AGAIN)
    assert "青政责改〔2026〕1号" in made[ORDER]
    assert "2026年3月5日对你劝返" in made[ORDER]
    assert "青政责改〔2026〕号" in made[f"{ORDER}-第2次"]
    receipts = [name for name in made if name.startswith("320")]
    assert len(receipts) == len(set(receipts)) == 2


def test_the_new_order_is_proved_by_what_followed_the_return() -> None:
    new = papers("2026-04-20", AGAIN)[f"{ORDER}-第2次"]
    assert "曾自2026年3月2日起未到校上课，2026年3月18日返校；自2026年4月13日起再次未到校" in new
    assert "有劝返记录（2026年4月15日）、学校书面报告（2026年4月16日）证实" in new
    assert "3月5日" not in new
    assert "3月9日" not in new


def test_the_new_report_tells_the_return_and_only_its_own_visits() -> None:
    made = papers("2026-04-20", AGAIN)
    new, old = made[f"{REPORT}-第2次"], made[REPORT]
    assert "再次辍学情况的报告" in new
    assert "2026年3月18日返校" in new
    assert "2026年4月15日" in new
    assert "3月5日" not in new
    assert "再次" not in old
    assert "2026年3月5日" in old


DANGER = "危险情形: [{种类: 非法招用, 发现日期: 2026-03-04, 依据: 在红星厂上夜班}]\n"
SENT = "- {日期: 2026-03-06, 事项: 移送, 机关: 云岭县人力资源和社会保障局, 危险情形: 非法招用, 原因: 招用未满16周岁的学生}\n"
POLICE = "- {日期: 2026-03-07, 事项: 移送, 机关: 云岭县公安局青石派出所, 部门: 公安, 危险情形: 非法招用, 原因: 招用不满14周岁的学生}\n"


def test_a_danger_that_was_reported_is_told_as_reported() -> None:
    told = papers("2026-04-20", AGAIN + SENT + POLICE, more=DANGER)[f"{REPORT}-第2次"]
    assert "已于2026年3月6日报告云岭县人力资源和社会保障局，于2026年3月7日报告" in told
    assert "恳请立即会同公安" not in told


def test_a_danger_that_nobody_else_was_told_of_still_asks_for_help() -> None:
    assert "恳请立即会同公安" in papers("2026-04-20", AGAIN, more=DANGER)[f"{REPORT}-第2次"]


def test_each_guardian_keeps_his_own_papers() -> None:
    made = papers("2026-04-20", AGAIN, guardians=(FATHER, MOTHER))
    assert f"{ORDER}-普正华" in made
    assert f"{ORDER}-普正华-第2次" in made
    assert "青政责改〔2026〕1号" in made[f"{ORDER}-普正华"]


def test_one_dropout_makes_the_papers_it_made_before() -> None:
    made = papers("2026-03-16", SERVED)
    assert ORDER in made
    assert not [name for name in made if "第2次" in name]
    assert "曾自" not in made[ORDER]


def test_a_child_that_is_back_gets_no_second_order() -> None:
    made = papers("2026-03-20", SERVED + BACK)
    assert [name for name in made if name.startswith("310")] == [ORDER]


def test_a_fine_of_the_time_before_is_still_proved_by_its_papers() -> None:
    decided = (
        TOLD
        + "- {日期: 2026-04-20, 事项: 处罚决定, 对象: 普正华, 文号: 青政罚决〔2026〕1号, 金额: 600}\n"
        "- {日期: 2026-04-21, 事项: 返校}\n- {日期: 2026-09-01, 事项: 再次缺课}\n"
    )
    told = "".join(papers("2026-09-10", decided, "evidence-list").values())
    assert "核查记录（2026年3月25日）" in told


def test_the_new_order_may_be_made_though_the_old_one_was_obeyed() -> None:
    answer = may("order-to-correct", "2026-04-20", AGAIN)
    assert answer.verdict in ("通过", "提醒")


def test_every_paper_of_the_new_dropout_counts_from_it() -> None:
    told = AGAIN + "- {日期: 2026-04-17, 事项: 移送, 机关: 云岭县民政局, 原因: 家庭困难}\n"
    told += "- {日期: 2026-04-18, 事项: 批评教育, 对象: 普正华}\n"
    told += "- {日期: 2026-04-19, 事项: 核查, 结果: 未返校}\n- {日期: 2026-04-22, 事项: 返校}\n"
    made = papers("2026-04-23", told, "referral", "admonition", "check-record", "visit-record")
    for name, text in made.items():
        old = name == "210-劝返记录-第1次"
        assert ("2026年4月13日" in text) is not old, name
        assert ("首次缺课日期" in text) is old, name
    certificate = papers("2026-04-23", told, "return-certificate")["710-返校证明-第2次"]
    assert "自2026年4月13日起没有到校" in certificate
    letter = next(text for name, text in made.items() if name.startswith("660"))
    assert "曾自2026年3月2日起未到校上课，2026年3月18日返校" in letter

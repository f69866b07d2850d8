"""kcbx law: a statute, an article or a rule as it stood on a day."""

import json

import pytest

from tests.cli.office import run


@pytest.mark.parametrize(
    "words",
    [
        ("义务教育法", "58"),
        ("中华人民共和国义务教育法", "第五十八条"),
        ("《义务教育法》", "第58条"),
        ("yiwu-jiaoyu-fa", "五十八"),
    ],
)
def test_an_article_however_it_is_written(tmp_path, words):
    done = run(tmp_path, "law", "show", *words, "--as-of", "2026-10-08")
    assert done.exit_code == 0
    assert done.stdout.startswith("《中华人民共和国义务教育法》第五十八条（法律，")
    assert "批评教育" in done.stdout


def test_the_version_of_the_day_counts(tmp_path):
    now = json.loads(
        run(tmp_path, "law", "show", "行政复议法", "--as-of", "2026-10-08", "--json").stdout
    )
    done = run(tmp_path, "law", "show", "行政复议法", "20", "--as-of", "2023-06-01")
    assert now["verification"] == "已核对"
    assert done.exit_code == 1
    assert "[LAW017] 《行政复议法》第20条属于另一个版本" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("义务教育发", "58"), "是不是《义务教育法》"),
        (("义务教育法", "580"), "第580条没有登记"),
        (("义务教育法", "58", "--as-of", "1980-01-01"), "没有施行中的"),
    ],
)
def test_what_cannot_be_cited_is_refused_with_the_reason(tmp_path, words, says):
    done = run(tmp_path, "law", "show", *words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert says in done.stderr


@pytest.mark.parametrize("name", ["review-60", "申请行政复议"])
def test_a_rule_by_id_or_name(tmp_path, name):
    shown = run(tmp_path, "law", "show", name).stdout
    assert "review-60" in shown
    assert "60日" in shown
    assert "《行政复议法》第二十条第一款" in shown


def test_the_list_of_a_day(tmp_path):
    rows = json.loads(run(tmp_path, "law", "list", "--as-of", "2026-10-08", "--json").stdout)
    assert {"义务教育法", "行政处罚法"} <= {row["short"] for row in rows}
    assert "民法典" not in run(tmp_path, "law", "list", "--as-of", "2020-12-31").stdout
    assert "民法典" in run(tmp_path, "law", "list", "--as-of", "2021-01-01").stdout


def test_local_law_belongs_to_its_region(tmp_path):
    assert "云南控辍保学管理规定" in run(tmp_path, "law", "list", "--region", "云南省").stdout
    assert "云南控辍保学管理规定" not in run(tmp_path, "law", "list").stdout


def test_the_rules(tmp_path):
    rows = json.loads(run(tmp_path, "law", "list", "--rules", "--json").stdout)
    assert {"编号": "review-60", "数": "60日"}.items() <= next(
        row for row in rows if row["编号"] == "review-60"
    ).items()

"""kcbx render: what is printed, what is written, and that a failure leaves everything as it was."""

import json
import os
import stat

import pytest

from tests.cli.office import run, tree
from tests.papers.probe import CASE, workspace

BODY = "<h1>{{ 文书.标题 }}</h1>\n<p>{{ 学生.姓名 }}没有到校。</p>\n"
SECOND = BODY.replace("没有到校", "已经返校")
OTHER = (
    "---\n编号: other\n标题: 另一文书\n顺序: 600\n一份对应: 案件\n版式: 执法文书\n---\n" + SECOND
)
LETTER = "公文: 通知\n编号: 通知一\n标题: 云岭县青石镇人民政府关于开学的通知\n正文: 各校按时开学。\n成文日期: 2026-08-18\n"
LETTER_DOC = (
    "---\n编号: official-letter\n标题: 公文\n一份对应: 公文\n版式: 公文\n---\n"
    "<h1>{{ 公文.标题 }}</h1>\n{% for 段 in 公文.段落 %}<p>{{ 段.文字 }}</p>{% endfor %}\n"
)
BOTH = ("--doc", "测试文书,other")
WORD = (*BOTH, "--format", "docx")
DRAFT = ("--format", "docx", "--draft")


@pytest.fixture
def small(tmp_path):
    """A workspace with two documents of two lines."""
    workspace(
        tmp_path,
        BODY,
        more={
            "templates/national/documents/other.html": OTHER,
            "templates/national/documents/official-letter.html": LETTER_DOC,
            "cases/通知一.yaml": LETTER,
        },
    )
    return tmp_path


def test_it_says_what_was_made_and_where(small):
    done = run(small, "render", "cases/案件.yaml", *WORD)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "cases/案件.yaml → output/2026-001/",
        "文书            格式",
        "  500-测试文书  docx",
        "  600-另一文书  docx",
        "共 1 个文件，生成 2 份文书文件。",
    ]
    assert sorted(p.name for p in (small / "output/2026-001").iterdir()) == [
        "500-测试文书.docx",
        "600-另一文书.docx",
        "manifest.json",
    ]


def test_what_stands_as_it_was_is_said_and_not_called_new(small):
    run(small, "render", "cases/案件.yaml", *WORD)
    again = run(small, "render", "cases/案件.yaml", *WORD)
    assert again.stdout.splitlines()[-1] == "共 1 个文件，2 份文书文件都没有变，照原样留着。"
    (small / "output/2026-001/600-另一文书.docx").unlink()
    again = run(small, "render", "cases/案件.yaml", *WORD)
    told = "共 1 个文件，生成 1 份文书文件，另外 1 份没有变，照原样留着。"
    assert again.stdout.splitlines()[-1] == told
    data = json.loads(run(small, "render", "cases/案件.yaml", *WORD, "--json").stdout)
    assert data["papers"][0]["unchanged"] == data["papers"][0]["files"]


def test_a_folder_is_rendered_file_by_file_each_by_its_kind(small):
    """A letter that lies there has none of the papers of cases that are asked for."""
    (small / "cases/另一案件.yaml").write_text(CASE.replace("2026-001", "2026-002"), "utf-8")
    for words in (WORD, (*WORD, "--guardian", "普正华")):
        done = run(small, "render", "cases", *words)
        assert done.exit_code == 0 and "改好后再运行" not in done.stderr
        assert "cases/案件.yaml → output/2026-001/" in done.stdout
        assert "cases/另一案件.yaml → output/2026-002/" in done.stdout
        assert "cases/通知一.yaml: [PAPR04" in done.stderr and "] 提醒：" in done.stderr
    assert not (small / "output/通知一").exists()


@pytest.mark.parametrize(
    ("file", "words", "code"),
    [
        ("通知一", ("--guardian", "普正华"), "PAPR048"),  # was left unsaid
        ("通知一", ("--doc", "另一文书"), "PAPR042"),
        ("通知一", ("--doc", "公文,另一文书"), "PAPR042"),
        ("案件", ("--doc", "公文"), "PAPR047"),  # asked the case file for a 公文
        ("案件", ("--guardian", "某某"), "PAPR025"),
    ],
)
def test_what_a_file_cannot_yield_is_refused_at_the_file(small, file, words, code):
    done = run(small, "render", f"cases/{file}.yaml", *DRAFT, *words)
    assert done.exit_code == 1 and f"cases/{file}.yaml: [{code}]" in done.stderr
    assert not (small / "output").exists()


@pytest.mark.parametrize("words", [(), ("--doc", "公文"), ("--doc", "通知")])
def test_a_letter_is_asked_for_by_its_title_or_kind(small, words):
    assert run(small, "render", "cases/通知一.yaml", *DRAFT, *words).exit_code == 0


@pytest.mark.parametrize("word", ["other", "另一文书"])
def test_documents_by_id_or_title(small, word):
    run(small, "render", "cases/案件.yaml", "--format", "docx", "--doc", word)
    assert sorted(p.name for p in (small / "output/2026-001").iterdir()) == [
        "600-另一文书.docx",
        "manifest.json",
    ]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("另一文本", "是不是「另一文书」？"),
        ("othre", "是不是「other」？"),
        ("../../etc", "用 kcbx pack list --documents 可以看到全部文书。"),
        ("/etc/passwd", "用 kcbx pack list --documents 可以看到全部文书。"),
    ],
)
def test_an_unknown_document_is_refused_with_the_nearest_title(small, word, hint):
    done = run(small, "render", "cases/案件.yaml", "--doc", word)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"[PACK004] 没有文书「{word}」。 {hint}" in done.stderr
    assert done.stderr.endswith(f"改好后再运行：kcbx render cases/案件.yaml --doc {word}\n")
    assert not (small / "output").exists()


def test_everything_written_is_for_its_owner_only(small):
    before = os.umask(0)
    run(small, "render", "cases/案件.yaml", *WORD)
    os.umask(before)
    made = small / "output/2026-001"
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in made.iterdir()} == {0o600}


def test_a_failure_leaves_the_output_as_it_was(small):
    run(small, "render", "cases/案件.yaml", *WORD)
    before = tree(small / "output")
    broken = small / "templates/national/documents/other.html"
    broken.write_text(OTHER.replace("学生.姓名", "学生.年级"), "utf-8")
    done = run(small, "render", "cases/案件.yaml", *WORD)
    assert done.exit_code == 1
    assert "[REND011]" in done.stderr
    assert tree(small / "output") == before
    assert sorted(p.name for p in (small / "output").iterdir()) == [".kcbx-lock", "2026-001"]


def test_one_bad_file_does_not_stop_the_others(small):
    (small / "cases/坏的.yaml").write_text(
        CASE.replace("情形: 辍学", "情形: 休学").replace("2026-001", "2026-002"), "utf-8"
    )
    done = run(small, "render", "cases", *WORD)
    assert done.exit_code == 1
    assert (small / "output/2026-001/manifest.json").exists()
    assert not (small / "output/2026-002").exists()
    assert "cases/坏的.yaml:3:5: [TYPE007] 「情形」的值「休学」不在允许的范围内。" in done.stderr
    assert done.stderr.endswith(
        "改好后再运行：kcbx render cases/坏的.yaml --doc 测试文书,other --format docx\n"
    )


def test_the_same_input_gives_the_same_bytes(small):
    run(small, "render", "cases", *WORD, "--as-of", "2026-10-08", "--out", "一")
    run(small, "render", "cases", *WORD, "--as-of", "2026-10-08", "--out", "二")
    assert tree(small / "一") == tree(small / "二")


@pytest.mark.parametrize("number", ["../外", "/tmp/外", "..", "甲/乙", "CON", "a\\\\b"])
def test_an_id_cannot_lead_out_of_the_output(small, number):
    case = small / "cases/案件.yaml"
    case.write_text(CASE.replace("编号: 2026-001", f'编号: "{number}"'), "utf-8")
    before = tree(small)
    done = run(small, "render", "cases/案件.yaml", *WORD)
    assert done.exit_code == 1
    assert "[CASE004]" in done.stderr
    assert tree(small) == before


def test_a_title_cannot_lead_out_of_the_output(small):
    document = small / "templates/national/documents/other.html"
    document.write_text(OTHER.replace("标题: 另一文书", "标题: ../../../外面/文书"), "utf-8")
    assert run(small, "render", "cases/案件.yaml", *WORD).exit_code == 0
    assert sorted(path.name for path in (small / "output/2026-001").glob("*.docx")) == [
        "500-测试文书.docx",
        "600-_________外面_文书.docx",
    ]
    assert not (small.parent / "外面").exists()


def test_no_workspace_says_how_to_make_one(tmp_path):
    (tmp_path / "案件.yaml").write_text(CASE, "utf-8")
    done = run(tmp_path, "render", "案件.yaml")
    assert done.exit_code == 1
    assert "[PAPR009]" in done.stderr
    assert "kcbx init" in done.stderr


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "READ013"),
        ("第一行: 甲\n".encode(), "WORK001"),
        (b"\xff\xfe\x00\xd8", "READ003"),
        ("案件：控辍个案\n".encode(), "READ019"),
    ],
)
def test_files_that_are_none_of_ours(small, content, code):
    (small / "cases/怪.yaml").write_bytes(content)
    done = run(small, "render", "cases/怪.yaml")
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"[{code}]" in done.stderr
    assert "Traceback" not in done.stderr


def test_gb18030_is_read(small):
    case = small / "cases/案件.yaml"
    case.write_bytes(case.read_text("utf-8").encode("gb18030"))
    assert run(small, "render", "cases/案件.yaml", *WORD).exit_code == 0


def test_a_folder_that_cannot_be_written(small):
    (small / "占着").write_text("", "utf-8")
    done = run(small, "render", "cases/案件.yaml", *WORD, "--out", "占着")
    assert done.exit_code == 1
    assert "[PAPR007] 无法写入" in done.stderr


def test_json_for_programs(small):
    done = run(small, "render", "cases/案件.yaml", *WORD, "--json")
    told = json.loads(done.stdout)
    assert told["ok"] is True
    assert told["papers"][0]["files"] == ["500-测试文书.docx", "600-另一文书.docx", "manifest.json"]
    done = run(small, "render", "cases/没有.yaml", *WORD, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["problems"][0]["code"] == "READ001"


def test_without_pango_the_word_files_are_made_and_it_says_why_there_is_no_pdf(small, monkeypatch):
    monkeypatch.setenv("KCBX_NO_WEASYPRINT", "1")
    done = run(small, "render", "cases/案件.yaml", *BOTH)
    assert done.exit_code == 0
    assert "500-测试文书  docx\n" in done.stdout
    assert "[PAPR006] 提醒：没有生成 PDF" in done.stderr
    done = run(small, "render", "cases/案件.yaml", *BOTH, "--format", "pdf", "--out", "别处")
    assert done.exit_code == 1
    assert "[REND001]" in done.stderr
    assert not (small / "别处").exists()

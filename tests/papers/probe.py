"""A workspace with one document of a few lines and one case:
what the end-to-end tests of templates share.
"""

from collections.abc import Mapping
from pathlib import Path

HEAD = "---\n编号: probe\n标题: 测试文书\n一份对应: 案件\n版式: 执法文书\n---\n"
OFFICE = "地区: national\n机关: {名称: 云岭县青石镇人民政府, 类型: 乡镇人民政府, 机关代字: 青政}\n"
CASE = """\
案件: 控辍个案
编号: 2026-001
情形: 辍学
学生: {姓名: 普云飞, 身份证号: "530499201305061217"}
监护人: [{姓名: 普正华, 关系: 父亲, 身份证号: "530499198603123012", 住址: 云岭县青石镇白沙村}]
经过: [{日期: 2026-09-01, 事项: 首次缺课}]
"""


def workspace(
    folder: Path, body: str, case: str = CASE, more: Mapping[str, str] | None = None
) -> Path:
    """Write a workspace whose only document has this body; return the path of its case."""
    files = {
        "kcbx.yaml": OFFICE,
        "templates/national/pack.yaml": "名称: 全国\n版本: '1'\n",
        "templates/national/documents/probe.html": HEAD + body,
        "cases/案件.yaml": case,
        **(more or {}),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "cases/案件.yaml"

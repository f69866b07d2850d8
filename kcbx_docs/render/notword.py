"""What a file is that is called .docx and is none, and what to do with it in Word or WPS."""

from collections.abc import Mapping
from pathlib import Path

from kcbx_docs.case.sniffing import Kind, kind_of
from kcbx_docs.problems import Place, UserError, stop

_SAVE_AS = (
    "请在 Word 里打开它，「文件→另存为」，文件类型选「Word 文档（*.docx）」；"
    "在 WPS 里选「Microsoft Word 文件（*.docx）」"
)
_KINDS: Mapping[Kind, tuple[str, str]] = {
    "空文件": ("文件是空的", "请重新导出或者复制"),
    "Word": ("是旧格式的 Word 文件（.doc、.wps、.rtf），只改了后缀", _SAVE_AS),
    "xls": ("是 Excel 文件", "请放 Word 文件；表格在 Word 里做"),
    "xlsx": ("是 Excel 或者别的 Office 文件", "请放 Word 文件；表格在 Word 里做"),
    "xlsb": ("是 Excel 文件", "请放 Word 文件；表格在 Word 里做"),
    "ods": ("是 LibreOffice 或者 WPS 的 OpenDocument 文件（.odt、.ods）", _SAVE_AS),
    "PDF": ("是 PDF 文件", "PDF 改不成模板，请找到原来的 Word 文件"),
    "图片": ("是图片", "请放 Word 文件，图片在 Word 里插入"),
    "网页": ("是网页", _SAVE_AS),
    "旧式XML": ("是旧式的 XML 文件", _SAVE_AS),
    "锁文件": ("是 Word 打开文件时的锁文件", "关闭 Word 就没有了，请放原来的文件"),
    "其他": ("看不出是什么文件", "请用 kcbx pack export 重新导出，在 Word 或 WPS 里改"),
}


def no_word_file(path: Path, place: Place) -> UserError:
    """Say what a file is instead of a Word document."""
    kind = kind_of(path)
    if kind == "加密":
        return stop("REND025", place)
    if kind == "损坏":
        return stop("REND034", place)
    what, advice = _KINDS.get(kind, _KINDS["其他"])
    if kind == "Word" and path.read_bytes()[:2] == b"PK":
        what, advice = "少了 Word 文件必有的部分", "请在 Word 或 WPS 里打开，另存为新的 .docx"
    return stop("REND020", place, what=what, advice=advice)

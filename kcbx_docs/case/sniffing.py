"""What a file really is, by its first bytes: its name does not tell."""

import zipfile
from pathlib import Path
from typing import Literal

Kind = Literal[
    "xlsx",
    "ods",
    "xls",
    "文本",
    "空文件",
    "加密",
    "网页",
    "旧式XML",
    "Word",
    "xlsb",
    "PDF",
    "图片",
    "锁文件",
    "损坏",
    "其他",
]
REFUSED: dict[Kind, str] = {
    "空文件": "ROST043",
    "加密": "ROST044",
    "网页": "ROST045",
    "旧式XML": "ROST046",
    "Word": "ROST047",
    "xlsb": "ROST048",
    "PDF": "ROST049",
    "图片": "ROST049",
    "锁文件": "ROST050",
    "损坏": "ROST051",
    "其他": "ROST004",
}
"""Why a file of a kind is not read."""

LOCKS = ("~$", ".~")
"""How the names begin of what Word, Excel and WPS leave beside a file that is open."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_TEXTS = (".csv", ".tsv", ".txt", ".tab")
_HEAD = 4_096


def kind_of(path: Path) -> Kind:
    """Tell what a file is; what begins like no other format and is called text is text."""
    if path.name.startswith(LOCKS):
        return "锁文件"
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        return "空文件"
    if head.startswith(_OLE):
        return _ole(path)
    if head.startswith(b"PK"):
        return _packed(path)
    if head.startswith(b"%PDF"):
        return "PDF"
    if head.startswith(b"{\\rtf"):
        return "Word"
    if path.suffix.lower() not in _TEXTS and head.startswith(_PICTURES):
        return "图片"
    return _text(head, path.suffix.lower())


def _ole(path: Path) -> Kind:
    """Look into the old container: its folder names its streams in UTF-16."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "加密"
    if "WordDocument".encode("utf-16-le") in data:
        return "Word"
    book = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
    return "xls" if any(name in data for name in book) else "其他"


def _packed(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as packed:
            names = {name.replace("\\", "/").lower() for name in packed.namelist()}
            secret = any(part.flag_bits & 1 for part in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "损坏"
    return "加密" if secret else _by_parts(names)


def _by_parts(names: set[str]) -> Kind:
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        return "Word"
    if "content.xml" in names and "xl/workbook.xml" not in names:
        return "ods"
    excel = any(name.startswith("xl/") for name in names) or "[content_types].xml" in names
    return "xlsx" if excel else "其他"


def _text(head: bytes, suffix: str) -> Kind:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<style", b"<div")):
        return "网页"
    if start.startswith(b"<?xml"):
        return "旧式XML" if b"schemas-microsoft-com:office:spreadsheet" in head else "网页"
    if b"mime-version" in start[:200]:
        return "网页"
    return "文本" if suffix in _TEXTS else "其他"

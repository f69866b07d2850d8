"""Where something stands in packs, as a keeper says it: whose, which document, which block."""

from pathlib import Path, PurePosixPath

from kcbx_docs.desk.blanks import small_number
from kcbx_docs.light import regex
from kcbx_docs.packs.chain import LOCAL, PackFolder
from kcbx_docs.packs.library import Library
from kcbx_docs.problems import UserError

_PLACE = regex(r"(?P<file>.+?\.(?:html|yaml|docx))(?::(?P<line>[0-9]+))?(?::[0-9]+)?")
_BLOCK = regex(r"\{%-?\s*(?P<end>end)?block(?:\s+(?P<name>\w+))?")
_OF_DOCUMENTS = ("标题", "制发机关", "文号", "自定期限", "文书")


def place_in_packs(library: Library, place: str) -> str:
    """Write a place in words; as it is where it is in no pack of the chain."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return place
    folder = _home(library, found["file"])
    if folder is None:
        return _of_the_office(library, found["file"], found["line"]) or place
    inner = PurePosixPath(found["file"].removeprefix(f"{folder.id}/"))
    line = small_number(found["line"] or "", 0)
    where = f"第 {line} 行" if line else ""
    if inner.parent.name == "documents":
        block = _block(folder.path / inner, line) if inner.suffix == ".html" else ""
        kind = "的 Word 版式" if inner.suffix == ".docx" else block and f"「{block}」"
        told = f"《{_title(library, inner.stem)}》{kind}"
    else:
        told = f"共用片段「{inner.stem}」" if inner.parent.name == "parts" else str(inner)
    return " ".join(filter(None, (f"{folder.pack.name}的{told}", where)))


def _of_the_office(library: Library, file: str, line: str | None) -> str:
    """Write a place in the pack that the office would get with this file."""
    home, _, inner = file.partition("/documents/")
    if home != LOCAL or not inner:
        return ""
    return f"本单位的《{_title(library, PurePosixPath(inner).stem)}》" + (
        f" 第 {line} 行" if line else ""
    )


def value_in_words(library: Library, name: str) -> str:
    """Write the name of a value of a pack in Chinese: 期间.pay-15, 标题.urge-notice; as it is where
    it has no English in it.
    """
    key, _, rest = name.partition(".")
    rule = next((one.name for one in library.registry.rules if one.id == rest), "")
    if key == "期间" and rule:
        return f"期间：{rule}"
    if key in _OF_DOCUMENTS and rest in library.ids:
        return f"{key}：《{_title(library, rest)}》"
    return name


def _home(library: Library, file: str) -> PackFolder | None:
    """Find the pack in which a file lies: the county's before the province's above it."""
    homes = [one for one in library.chain.folders if file.startswith(f"{one.id}/")]
    return max(homes, key=lambda one: len(one.id), default=None)


def _title(library: Library, document: str) -> str:
    try:
        return library.card(document).title
    except UserError:
        return document


def _block(path: Path, line: int) -> str:
    """Name the innermost block that is open in a line of a template."""
    if not line or not path.is_file():
        return ""
    open_blocks: list[str] = []
    for text in path.read_text("utf-8", errors="replace").split("\n")[:line]:
        closing = 0
        for one in _BLOCK.finditer(text):
            if one["end"]:
                closing += 1
            else:
                open_blocks.append(one["name"] or "")
        last = open_blocks[-1] if open_blocks else ""
        del open_blocks[len(open_blocks) - closing :]
    return open_blocks[-1] if open_blocks else last

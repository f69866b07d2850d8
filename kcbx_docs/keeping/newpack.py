"""The first files of a pack: everything that a place can say, as comments to be taken out."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from kcbx_docs.case.commented import commented
from kcbx_docs.case.fields import FOLDER_BYTES, is_folder_name
from kcbx_docs.light import dataclass, regex
from kcbx_docs.office.new_files import refresh_schemas, write_together
from kcbx_docs.office.packs_here import TEMPLATES
from kcbx_docs.packs import placenames
from kcbx_docs.packs.chain import NATIONAL, PackFolder, shipped_root
from kcbx_docs.packs.model import Pack
from kcbx_docs.problems import Place, stop
from kcbx_docs.writing import PUBLIC

_TABLES = ("程序", "期间", "参数")
"""What the nation's pack lists item by item, each with what it means."""
_KEY = regex(r"^([^\s#:]+):")
_TO_FILL = "待补：依据的文件（名称、发文字号、日期）和做法"
_PROVINCE = 2


@dataclass(frozen=True)
class NewPack:
    """A pack that is not there yet."""

    id: str
    name: str
    code: str


def new_pack(
    code: str, packs: Mapping[str, PackFolder], name: str = "", folder: str = ""
) -> NewPack:
    """Find the place of a code, and where its pack belongs: below that of the place above."""
    bare = placenames.bare(code)
    if not code.isdigit() or len(bare) not in (2, 4, 6):
        raise stop("PACK100", Place(), code=code)
    called = name or placenames.name_of(bare)
    if not called:
        raise stop("PACK101", Place(), code=code, day=placenames.LISTED_ON)
    for one in packs.values():
        if placenames.bare(one.pack.code or "") == bare:
            raise stop("PACK102", Place(), code=code, name=one.pack.name, id=one.id)
    above, own = _above(bare, packs), folder or _own_name(bare, called)
    if not is_folder_name(own):
        facts = {"key": "目录名", "value": own, "bytes": FOLDER_BYTES}
        raise stop("CASE004", Place(), **facts)
    shown = called if len(bare) == _PROVINCE else called.removeprefix(_listed(bare[:_PROVINCE]))
    return NewPack(f"{above}/{own}" if above else own, shown, bare)


def _own_name(bare: str, called: str) -> str:
    """Return what a place is called within the one above it."""
    for length in range(len(bare) - 2, 0, -2):
        if (above := _listed(bare[:length])) and called != above:
            called = called.removeprefix(above)
    return called


def _listed(code: str) -> str:
    return placenames.name_of(code) or ""


def _above(bare: str, packs: Mapping[str, PackFolder]) -> str:
    """Return the pack that a place inherits from; a county needs that of its province."""
    coded = ((placenames.bare(one.pack.code or ""), one.id) for one in packs.values())
    codes = {code: name for code, name in coded if code and bare.startswith(code)}
    if not codes and len(bare) > _PROVINCE:
        province = bare[:_PROVINCE]
        raise stop("PACK103", Place(), code=province, name=_listed(province))
    return codes[max(codes, key=len)] if codes else ""


def write_pack(pack: NewPack, root: Path, day: date) -> tuple[Path, ...]:
    """Write the first files of a pack into a workspace, all or none; raise where it is there."""
    home = root / TEMPLATES / pack.id
    if home.exists():
        raise stop("PACK104", Place(), path=f"{TEMPLATES}/{pack.id}")
    texts = files_of(pack, shipped_root() / NATIONAL / "pack.yaml", day)
    written = write_together(root, home, texts, mode=PUBLIC)
    refresh_schemas(root)
    return written


def files_of(pack: NewPack, national: Path, day: date) -> dict[str, str]:
    """Return the files of a new pack by their path in it."""
    return {"pack.yaml": _pack_file(pack, national, day), "law.yaml": _law_file(pack)}


def _pack_file(pack: NewPack, national: Path, day: date) -> str:
    depth = "../" * (pack.id.count("/") + 2)
    values = {
        "名称": pack.name,
        "行政区划代码": pack.code,
        "版本": f"{day:%Y.%m}",
        "来源": _TO_FILL,
    }
    head = (f"yaml-language-server: $schema={depth}schema/pack.json", *_HOW)
    text = commented(Pack, values, head)
    sections = dict(_sections(national.read_text("utf-8")))
    return "\n".join(_filled(text, sections)) + "\n"


_HOW = (
    "每一行前面的 # 去掉才算写了；没有核对过的留着 #，用的就是上级的，全国没有的是「未知」。",
    "只写与上级不同的。表逐项合并，列表整体替换；一个值都没有写的表，连同表名留着 #。",
    "写好一项，就在「各项来源」写明依据哪个文件、哪一天核对的；键的说明：kcbx docs 模板包的键。",
    "改文书的文字：在 documents/ 里放同名的 .html，只写要改的块；怎样写：kcbx docs 新文书。",
    "写好以后检查：kcbx pack lint",
)


def _sections(national: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the tables of the nation's pack, each with its lines as comments."""
    key = ""
    lines: list[str] = []
    for line in (*national.split("\n"), "。:"):
        if found := _KEY.match(line):
            if key in _TABLES:
                yield key, lines
            key, lines = found[1], []
        elif line.strip() and not line.startswith("#"):
            lines.append(f"# {line}")


def _filled(text: str, sections: Mapping[str, list[str]]) -> Iterator[str]:
    """Put the items of a table below the line that names it."""
    for line in text.rstrip("\n").split("\n"):
        yield line
        key = line.removeprefix("# ").partition(":")[0]
        if line.startswith("# ") and key in sections:
            yield from sections[key]


def _law_file(pack: NewPack) -> str:
    depth = "../" * (pack.id.count("/") + 2)
    return "\n".join(
        (
            f"# yaml-language-server: $schema={depth}schema/law.json",
            f"# {pack.name}可以引用的地方法规、规章和文件；照下面的样子写，去掉 #。",
            "# 没有读到全文的写「核对: 部分」和说明；处罚依据另用 kcbx pack confirm 登记。",
            "法律法规: []",
            "# 法律法规:",
            "#   - 编号: difang-yjtl           # 英文、数字、横线；全国登记的不能重复",
            f"#     名称: {pack.name}义务教育条例",
            "#     简称: 本省义务教育条例",
            "#     层级: 地方性法规             # 或者 地方政府规章、规范性文件",
            f"#     地区: {pack.name}",
            "#     版本:",
            "#       - 通过: 2020-01-01",
            "#         施行: 2020-03-01",
            "#         核对: 部分               # 已核对、部分、未核对",
            "#         来源: 哪个网站、哪本汇编",
            "#         说明: 只读到哪几条",
            "#     条文:",
            "#       1:",
            "#         要旨: 用自己的话写这一条说什么",
            "",
        )
    )

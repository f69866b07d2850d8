"""Which key of a case file cures what somebody is told: the way from a refusal to its field."""

from collections.abc import Iterable, Mapping

from kcbx_docs.light import dataclass, regex

_CURES: Mapping[str, str] = {
    "学生.身份证号": "CASE026",
    "学生.@": "CASE027",
    "学生.出生日期": "PROC218 PROC219 PROC352 PROC592",
    "学生.证件类型": "PROC353",
    "学生.现住址": "PROC351 CASE242",
    "学生.安置意见": "PROC486",
    "监护人+.姓名": "CASE270 PROC591 PAPR065 PROC343",
    "监护人.住址": "CASE033 PROC133",
    "监护人.关系": "CASE034",
    "监护人.监护依据": "CASE036 CASE087 CASE088 CASE089",
    "监护人.身份证号": "CASE037",
    "监护人.直接抚养": "PROC484 PROC490",
    "监护人.下落": "PROC103 PROC106 PROC121 PROC123 PROC130 PROC482 PROC522",
    "监护人.下落日期": "PROC196",
    "监护人.监护状况": "PROC126 PROC127 PROC434 SERV102",
    "监护人.同意电子送达": "PROC102",
    "监护人.电子送达地址": "PROC119 PROC120",
    "监护人.送达地址": "SERV085",
    "监护人.工作单位": "SERV080",
    "受托照护人+.姓名": "PROC537",
    "排除情形.": "PROC215 PROC216 PROC217 PROC298 PROC355 PROC487 PROC528",
    "排除情形.其他正当理由.结论": "PROC524",
    "危险情形+.种类": "PROC350",
    "危险情形.": "PROC523",
    "责令.改正期限": "PROC220 PROC221 PROC415 PROC416 PROC441 PROC514",
    "民事诉讼.原告": "PROC341 PROC346 PROC364",
    "民事诉讼.被告": "PROC342 PROC365",
    "民事诉讼.目的": "PROC362 PROC363",
    "证据+.名称": "PROC466",
    "案件.承办机关": "PROC202",
    "经过+.首次缺课": "PROC210",
    "经过+.劝返": "PROC223 PROC225 PROC530",
    "经过+.书面报告": "PROC224",
    "经过+.核查": "PROC227 PROC246 PROC462",
    "经过+.返校": "PROC214",
    "经过+.再次缺课": "PROC404 PROC405",
    "经过+.恢复": "PROC248 PROC249 PROC529",
    "经过+.移送": "PROC339 PROC340 PROC348",
    "经过+.收到文书": "PROC489",
    "经过+.要求听证": "PROC270",
    "经过+.法制审核": "PROC271",
    "经过+.申请延期分期": "PROC325",
}
"""By the key: the codes of what it cures. + is an item more; of what happened, the kind; @ is the
key that the problem itself names.
"""
HISTORY, NAMED = "经过", "@"
_PATH = regex(r"(?P<record>[^\[.]+)(?:\[(?P<number>\d+)\])?(?:\.(?P<key>.+))?")


@dataclass(frozen=True)
class Cure:
    """A key of a case file that somebody has to fill in or to look at."""

    record: str
    key: str = ""
    number: int | None = None
    """Which item of a list, counted from nought; nothing where that is not told."""
    fresh: bool = False
    """Whether it is an item more."""


def _told() -> Mapping[str, Cure]:
    found: dict[str, Cure] = {}
    for where, codes in _CURES.items():
        record, _, key = where.partition(".")
        cure = Cure(record.removesuffix("+"), key, fresh=record.endswith("+"))
        found |= dict.fromkeys(codes.split(), cure)
    return found


CURES: Mapping[str, Cure] = _told()


def cure_of(code: str, path: str = "", missing: Iterable[str] = (), named: str = "") -> Cure | None:
    """Return what cures a problem: told by its code, or by where in the file it stands; ``named``
    is the key of which it speaks.
    """
    at = _PATH.fullmatch(path)
    number = int(at["number"]) - 1 if at and at["number"] else None
    if known := CURES.get(code):
        key = named if known.key == NAMED else next(iter(missing), known.key)
        return Cure(known.record, key, number, known.fresh)
    if at is None:
        return None
    key = at["key"] or next(iter(missing), "")
    return Cure(at["record"], key, number)

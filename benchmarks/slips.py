"""How many slips are booked from pictures of them, and whether any is booked on another pupil.

``python -m benchmarks.slips [pictures a harm] [--seed n] [--kinds 模糊 …]``: the sample school is
printed, its slips are cut out of the print files, laid alone or in heaps, harmed as
tests/scans/degraded.py does and worse, and sorted out as ``kcbx slips scan`` does. Codes that
somebody altered are pasted in, too. Every kind has dice of its own: rows may be run in pieces.
"""

import argparse
import io
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import pypdfium2
from PIL import Image, ImageDraw

from benchmarks.term_slips import printed_school
from kcbx_docs.ledger.book import FOLDER, open_book
from kcbx_docs.ledger.codes import SIGNS, new_code, return_code
from kcbx_docs.office.returns import Returns
from kcbx_docs.office.slips import Slip
from kcbx_docs.problems import Place
from kcbx_docs.render.qr import png_of
from kcbx_docs.scans.codes import Found, Looked, look
from kcbx_docs.slips.pictures import SlipsAsked, sort_out
from tests.scans import degraded as harm

NOTICE = "liability-notice"
_DOTS, _TOP = 200, 0.745
"""Dots to the inch; where on the page the slip begins."""
_CODE = (188 / 1654, 316 / 596, 284 / 1654, 412 / 596)
"""Where on a slip the code is: left, top, right, bottom, as parts of it."""
_DESK = 70
Made = tuple[Image.Image, frozenset[str], int]
"""A picture, the serials that may be booked from it, and how many slips it shows."""


@dataclass
class Count:
    """What came of the pictures of one kind."""

    pictures: int = 0
    shown: int = 0
    booked: int = 0
    wrong: list[str] = field(default_factory=list)
    asked: int = 0
    slowest: float = 0.0


def turn(picture: Image.Image, random: Random) -> Image.Image:
    """Turn a picture by any angle."""
    return harm.turned(picture, random.uniform(0, 360))


def telephone(picture: Image.Image, random: Random) -> Image.Image:
    """Photograph a heap on a desk as parents and teachers do."""
    picture = harm.slanted(picture, random.uniform(0, 0.15))
    picture = harm.turned(picture, random.choice((0, 90, 180, 270)) + random.uniform(-12, 12))
    picture = harm.shaded(picture, random.uniform(0.3, 1))
    picture = harm.blurred(picture, random.uniform(0, 1.6))
    picture = harm.noisy(picture, random.uniform(0, 0.4), random.randrange(999))
    return harm.compressed(picture, random.randint(25, 80))


def torn(picture: Image.Image, random: Random, low: float, high: float) -> Image.Image:
    """Tear the lower left corner off: so many sides of the code deep into it, 0 grazes it."""
    left, _, right, bottom = place_of_code(picture.size)
    side, deep = right - left, random.uniform(low, high)
    x, y, slope = left + deep * side, bottom - deep * side, random.uniform(0.6, 1.6)
    ends = (0, y - slope * x), (x + (picture.height - y) / slope, picture.height)
    steps = [(n / 24, random.uniform(-2, 2)) for n in range(25)]
    (x1, y1), (x2, y2) = ends
    edge = [(x1 + (x2 - x1) * t + r, y1 + (y2 - y1) * t - r) for t, r in steps]
    out = picture.copy()
    ImageDraw.Draw(out).polygon([(0, picture.height), *edge], fill=_DESK)
    return out


def cut(picture: Image.Image, random: Random, low: float, high: float) -> Image.Image:
    """Photograph a part: the edge of the picture runs through the code, so deep, or beside it."""
    left, top, right, bottom = place_of_code(picture.size)
    deep = round(random.uniform(low, high) * (right - left))
    sides = ((left + deep, 0), (0, top + deep))
    lower = (0, 0, picture.width, bottom - deep)
    choice = random.randrange(3)
    return picture.crop(lower if choice == 2 else (*sides[choice], *picture.size))


def place_of_code(size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Tell where on a slip its code is printed, without the white around it."""
    w, h = size
    return round(w * _CODE[0]), round(h * _CODE[1]), round(w * _CODE[2]), round(h * _CODE[3])


def rough(kind: Callable[..., Image.Image], low: float, high: float) -> "Harm":
    """Harm by a measure between two."""
    return lambda picture, random: kind(picture, random.uniform(low, high))


Harm = Callable[[Image.Image, Random], Image.Image]
HARMS: Mapping[str, Harm] = {
    "原样": lambda picture, random: picture,
    "旋转": turn,
    "模糊": rough(harm.blurred, 1, 4),
    "抖动": lambda picture, random: harm.shaken(picture, random.randint(4, 14)),
    "暗": rough(harm.dark, 0.08, 0.5),
    "阴影": rough(harm.shaded, 0.1, 0.6),
    "噪点": lambda p, random: harm.noisy(p, random.uniform(0.4, 1.6), random.randrange(999)),
    "透视": rough(harm.slanted, 0.03, 0.2),
    "折痕": lambda p, random: harm.creased(p, random.uniform(0.4, 0.95), random.uniform(1, 3)),
    "揉皱": rough(harm.crumpled, 0.03, 0.15),
    "低分辨率": lambda p, random: harm.resized(p, round(p.width * random.uniform(0.35, 0.7))),
    "压缩": lambda picture, random: harm.compressed(picture, random.randint(6, 40)),
    "黑白二值": lambda picture, random: harm.bilevel(picture, random.randint(70, 220)),
    "手机": telephone,
    "撕到二维码边上": lambda p, random: torn(p, random, -0.6, 0),
    "撕掉二维码一角": lambda p, random: torn(p, random, 0, 0.35),
    "拍到二维码边上": lambda p, random: cut(p, random, -0.3, 0),
    "拍掉二维码一边": lambda p, random: cut(p, random, 0, 0.35),
}


class World:
    """Slips cut out of print files, and the ledger that knows them."""

    def __init__(self, root: Path) -> None:
        printed_school(root)
        self.known = Returns.of(open_book(root / FOLDER))
        self.ledger = open_book(root / FOLDER).head().ledger
        self.sheets: dict[str, Image.Image] = {}
        serials = [s for s in self.known.slips if s.state == "印发"]
        by_class: dict[str, list[Slip]] = {}
        for slip in serials:
            by_class.setdefault(slip.class_name, []).append(slip)
        for slips, path in zip(
            by_class.values(), sorted(root.glob("output/*/*-1*.pdf")), strict=True
        ):
            document = pypdfium2.PdfDocument(path)
            each = len(document) // len(slips)
            for number, slip in enumerate(slips):
                page = document[number * each].render(scale=_DOTS / 72, grayscale=True).to_pil()
                self.sheets[slip.serial] = page.convert("L")
        self.by_serial = {slip.serial: slip for slip in serials}

    def slip(self, serial: str) -> Image.Image:
        """Cut the slip off a sheet."""
        page = self.sheets[serial]
        return page.crop((0, round(page.height * _TOP), page.width, page.height))

    def altered(self, serial: str, text: str) -> Image.Image:
        """Paste another code over that of a slip."""
        picture = self.slip(serial).copy()
        left, top, right, bottom = place_of_code(picture.size)
        white = (right - left) // 5
        box = (left - white, top - white, right + white, bottom + white)
        side = box[2] - box[0]
        code = Image.open(io.BytesIO(png_of(text))).convert("L").resize((side, side))
        picture.paste(code, box[:2])
        return picture


def heap(world: World, random: Random, count: int, *, overlapping: bool = False) -> Made:
    """Lay slips on a desk, beside each other or over each other."""
    serials = random.sample(sorted(world.sheets), count)
    pictures = [world.slip(one) for one in serials]
    w, h = pictures[0].size
    step = 0.35 if overlapping else 1.04
    desk = Image.new("L", (round(w * 1.15), round(h * (step * count + 1.1))), _DESK)
    for number, picture in enumerate(pictures):
        shift = random.uniform(-0.05, 0.12) if overlapping else random.uniform(0, 0.1)
        at = (max(round(w * shift), 0), round(h * (step * number + 0.05)))
        desk.paste(picture, at)
    return desk, frozenset(serials), count


def alterations(world: World, random: Random, serial: str) -> Sequence[str]:
    """Write the codes that somebody may paste on a slip; none may be booked on anybody."""
    code = world.by_serial[serial].code
    at = random.choice([n for n, sign in enumerate(code) if sign != "-"])
    wrong = code[:at] + random.choice(SIGNS.replace(code[at], "")) + code[at + 1 :]
    signs = list(code)
    one, two = random.sample([n for n, sign in enumerate(code) if sign != "-"], 2)
    signs[one], signs[two] = signs[two], signs[one]
    swapped = "".join(signs) if "".join(signs) != code else wrong
    return (
        f"{wrong} R1",
        f"{swapped} R1",
        return_code(new_code(world.ledger), 1),
        return_code(new_code("ABCD-EFGH"), 1),
        f"{code} R7",
        f"{code} X1",
        code,
        code[:-1],
        f"https://kcbx.example/{code}",
        world.by_serial[serial].serial.encode("ascii", "ignore").decode() or "26",
    )


def try_one(world: World, made: Made, count: Count) -> None:
    """Sort a picture out; count what is booked, and whether it may be."""
    picture, allowed, shown = made
    began = time.process_time()
    codes, unread = look(picture, shown or 1)
    found = tuple(Found(text, 1, box) for text, box in codes)
    told = sort_out(Looked(1, found, unread, picture), Place("x"), world.known, SlipsAsked())
    count.slowest = max(count.slowest, time.process_time() - began)
    serials = {one.part.slip.serial for one in told.slips}
    documents = {one.part.document for one in told.slips}
    count.pictures += 1
    count.shown += shown
    count.booked += len(serials & allowed)
    count.wrong += sorted(serials - allowed) + sorted(documents - {NOTICE})
    count.asked += bool(told.problems)


def _tell(kind: str, count: Count) -> None:
    share = f"{count.booked}/{count.shown or '—'}"
    told = f"{count.pictures} | {share} | {len(count.wrong)} | {count.asked}"
    print(f"| {kind} | {told} | {count.slowest:.2f} |", flush=True)


def main() -> None:
    """Print a table: harm, pictures, slips booked of those shown, wrong ones, pictures told of."""
    asked = argparse.ArgumentParser()
    asked.add_argument("each", type=int, nargs="?", default=60)
    asked.add_argument("--seed", type=int, default=2026)
    asked.add_argument("--kinds", nargs="*", default=[])
    given = asked.parse_args()
    print(
        "| 伤损 | 影像 | 登记/应有 | 登记错 | 提醒的影像 | 最慢（处理器秒） |\n"
        "|---|---|---|---|---|---|",
        flush=True,
    )
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        for kind in given.kinds or _kinds(world, Random()):
            making = _kinds(world, Random(f"{given.seed} {kind}"))[kind]
            count = Count()
            for _ in range(given.each):
                try_one(world, making(), count)
            _tell(kind, count)
            wrong += len(count.wrong)
    sys.exit(bool(wrong))


def _kinds(world: World, random: Random) -> Mapping[str, Callable[[], Made]]:
    serials = sorted(world.sheets)

    def single(harmed: Harm) -> Made:
        serial = random.choice(serials)
        return harmed(world.slip(serial), random), frozenset({serial}), 1

    def heaped(count: int, *, overlapping: bool = False) -> Made:
        picture, allowed, shown = heap(world, random, count, overlapping=overlapping)
        return telephone(picture, random), allowed, shown

    def whole() -> Made:
        """Photograph a sheet that was not cut; where its corner cannot be read, its own slip is
        booked.
        """
        serial = random.choice(serials)
        return telephone(world.sheets[serial], random), frozenset({serial}), 0

    def notice() -> Made:
        page = world.sheets[random.choice(serials)]
        upper = page.crop((0, 0, page.width, round(page.height * _TOP)))
        return telephone(upper, random), frozenset(), 0

    def forged() -> Made:
        serial = random.choice(serials)
        text = random.choice(alterations(world, random, serial))
        harmed = random.choice((telephone, turn, HARMS["原样"]))
        return harmed(world.altered(serial, text), random), frozenset(), 0

    return {
        **{kind: partial(single, harmed) for kind, harmed in HARMS.items()},
        "一张三份": partial(heaped, 3),
        "一张五份": partial(heaped, 5),
        "叠在一起": partial(heaped, 3, overlapping=True),
        "没有剪开的整张": whole,
        "告知书本身": notice,
        "改过的、别家的码": forged,
    }


if __name__ == "__main__":
    main()

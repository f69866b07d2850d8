"""Pages with codes, and what telephones, scanners and pockets do to them."""

import io
from collections.abc import Callable, Mapping
from functools import partial
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from kcbx_docs.render.qr import png_of

A4 = (210, 297)
Degrade = Callable[[Image.Image], Image.Image]


def sheet(
    codes: Mapping[tuple[float, float], str], dots: int = 200, size: float = 22
) -> Image.Image:
    """Print codes of so many millimetres at places of a page of text, at so many dots an inch."""
    a_mm = dots / 25.4
    page = Image.new("L", (round(A4[0] * a_mm), round(A4[1] * a_mm)), 255)
    draw, random = ImageDraw.Draw(page), Random(1)
    for line in range(20, 280, 7):
        at = 20.0
        while at < 185:
            width = random.uniform(1.5, 4)
            box = (
                at * a_mm,
                line * a_mm,
                (at + width) * a_mm,
                (line + random.uniform(1, 4)) * a_mm,
            )
            draw.rectangle(box, outline=30, width=max(dots // 100, 1))
            at += width + 1.2
    for (x, y), code in codes.items():
        side = round(size * a_mm)
        picture = (
            Image.open(io.BytesIO(png_of(code)))
            .convert("L")
            .resize((side, side), Image.Resampling.LANCZOS)
        )
        page.paste(picture, (round(x * a_mm), round(y * a_mm)))
    return page


def turned(page: Image.Image, degrees: float) -> Image.Image:
    return page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=90)


def blurred(page: Image.Image, radius: float) -> Image.Image:
    return page.filter(ImageFilter.GaussianBlur(radius))


def shaken(page: Image.Image, length: int) -> Image.Image:
    """Move the camera while it looks."""
    out = page
    for step in range(1, length):
        out = Image.blend(out, ImageChops.offset(page, step, step // 2), 1 / (step + 1))
    return out


def dark(page: Image.Image, light: float) -> Image.Image:
    return ImageEnhance.Brightness(page).enhance(light)


def shaded(page: Image.Image, deep: float) -> Image.Image:
    """Let a shadow fall on the lower right, with a hard edge."""
    shadow = Image.new("L", page.size, 255)
    w, h = page.size
    ImageDraw.Draw(shadow).polygon([(w * 0.2, h), (w, h * 0.1), (w, h)], fill=round(255 * deep))
    return ImageChops.multiply(page, shadow.filter(ImageFilter.GaussianBlur(w / 60)))


def noisy(page: Image.Image, much: float, seed: int = 3) -> Image.Image:
    noise = Image.frombytes("L", page.size, Random(seed).randbytes(page.width * page.height))
    centred = noise.point([round(128 + (value - 128) * much) for value in range(256)])
    return ImageChops.add(page, centred, 1, -128)


def slanted(page: Image.Image, much: float) -> Image.Image:
    """Hold the camera aslant: the far edge is shorter."""
    w, h = page.size
    cut = w * much
    desk = Image.new("L", (w + 200, h + 200), 70)
    desk.paste(page, (100, 100))
    w, h = desk.size
    corners = [(cut, 0), (w - cut * 0.4, h * much * 0.5), (w, h), (0, h - h * much * 0.3)]
    return desk.transform(
        (w, h),
        Image.Transform.PERSPECTIVE,
        _coefficients(corners, w, h),
        Image.Resampling.BICUBIC,
        fillcolor=70,
    )


def _coefficients(corners: list[tuple[float, float]], w: float, h: float) -> list[float]:
    """Solve for the eight numbers that carry the corners of the outcome to those of the page."""
    rows = []
    for (x, y), (u, v) in zip(corners, [(0, 0), (w, 0), (w, h), (0, h)], strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for at in range(8):
        pivot = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for row in range(8):
            if row != at:
                factor = rows[row][at]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[at], strict=True)]
    return [row[8] for row in rows]


def creased(page: Image.Image, y: float, much: float = 1.0) -> Image.Image:
    """Fold the page along a line: a dark edge, and the part below shifted a little."""
    at = round(page.height * y)
    out = page.copy()
    shift = round(page.width * 0.001 * much)
    out.paste(page.crop((0, at, page.width, page.height)), (shift, at + shift))
    thick = max(round(page.width * 0.001 * much), 1)
    draw = ImageDraw.Draw(out)
    draw.rectangle((0, at - thick, page.width, at + thick), fill=110)
    draw.rectangle((0, at + thick, page.width, at + 2 * thick), fill=240)
    return out


def crumpled(page: Image.Image, much: float) -> Image.Image:
    """Bend the page in waves."""
    w, h = page.size
    step, mesh = w // 24, []
    random = Random(5)
    shift = {}

    def moved(x: int, y: int) -> tuple[float, float]:
        if (x, y) not in shift:
            shift[x, y] = (random.uniform(-1, 1) * step * much, random.uniform(-1, 1) * step * much)
        return x + shift[x, y][0], y + shift[x, y][1]

    for x in range(0, w - step, step):
        for y in range(0, h - step, step):
            quad = (moved(x, y), moved(x, y + step), moved(x + step, y + step), moved(x + step, y))
            mesh.append(((x, y, x + step, y + step), tuple(v for point in quad for v in point)))
    return page.transform(page.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def compressed(page: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("L")


def resized(page: Image.Image, width: int) -> Image.Image:
    return page.resize((width, round(page.height * width / page.width)), Image.Resampling.LANCZOS)


def bilevel(page: Image.Image, threshold: int = 150) -> Image.Image:
    return page.point([255 * (value > threshold) for value in range(256)])


def stained(page: Image.Image) -> Image.Image:
    """Let a pen and a seal run across."""
    out, w, h = page.copy(), *page.size
    draw = ImageDraw.Draw(out)
    draw.line([(0, h * 0.12), (w * 0.5, h * 0.075), (w, h * 0.15)], fill=60, width=max(w // 500, 2))
    return out


def many(*steps: Degrade) -> Degrade:
    def apply(page: Image.Image) -> Image.Image:
        for step in steps:
            page = step(page)
        return page

    return apply


KINDS: Mapping[str, tuple[Degrade, ...]] = {
    "原样": (lambda page: page,),
    "旋转": tuple(partial(turned, degrees=d) for d in (3, 17, 45, 90, 133, 180, 271)),
    "模糊": tuple(partial(blurred, radius=r) for r in (1.5, 2.5, 3.5, 4.5)),
    "抖动": tuple(partial(shaken, length=n) for n in (5, 9, 13)),
    "暗": tuple(partial(dark, light=v) for v in (0.5, 0.25, 0.1)),
    "阴影": tuple(partial(shaded, deep=v) for v in (0.5, 0.25, 0.12)),
    "噪点": tuple(partial(noisy, much=v) for v in (0.5, 1.0, 1.6)),
    "透视": tuple(partial(slanted, much=v) for v in (0.05, 0.12, 0.2)),
    "折痕": tuple(partial(creased, y=y, much=m) for y in (0.075, 0.085, 0.1) for m in (1.0, 2.0)),
    "揉皱": tuple(partial(crumpled, much=v) for v in (0.05, 0.1, 0.15)),
    "低分辨率": tuple(partial(resized, width=w) for w in (1080, 830, 620)),
    "压缩": tuple(partial(compressed, quality=q) for q in (30, 15, 8)),
    "黑白二值": tuple(partial(bilevel, threshold=t) for t in (90, 150, 210)),
    "划线": (stained,),
    "暗而有噪点": tuple(
        many(partial(dark, light=v), partial(noisy, much=0.15)) for v in (0.35, 0.2)
    ),
    "手机": tuple(
        many(
            partial(slanted, much=s),
            partial(turned, degrees=d),
            partial(shaded, deep=0.4),
            partial(blurred, radius=b),
            partial(noisy, much=0.25),
            partial(resized, width=w),
            partial(compressed, quality=40),
        )
        for s, d, b, w in (
            (0.05, 4, 1, 1600),
            (0.1, -8, 1.5, 1280),
            (0.08, 93, 1, 1080),
            (0.12, 187, 2, 1440),
        )
    ),
    "扫描再压缩": tuple(
        many(
            partial(turned, degrees=1.5), partial(resized, width=w), partial(compressed, quality=20)
        )
        for w in (1240, 830)
    ),
}
"""What may happen to a page, mild to hard."""

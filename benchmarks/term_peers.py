"""The peers of ``term_start``, as their strongest users would use them, in a process of their own:
python term_peers.py METHOD DATA OUT. Prints how many pupils, and the processor seconds after
imports.
"""

import io
import json
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

METHOD, DATA, OUT = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
KNOWN = json.loads((DATA / "data.json").read_text("utf-8"))
CLASSES: list[list[list[list[str]]]] = KNOWN["classes"]
PUPILS = [pupil for members in CLASSES for pupil in members]
PLACE = re.compile("\ue000(\\d+)\ue001")
SHEET = f"{KNOWN['styles']} section {{ break-after: page }}"


def body_of(pupil: list[list[str]]) -> str:
    """Write the papers of a pupil."""
    parts = zip(KNOWN["bodies"], pupil, strict=True)
    return "".join(
        f"<section>{PLACE.sub(lambda found, values=values: values[int(found[1])], body)}</section>"
        for body, values in parts
    )


def page_of(pupils: list[list[list[str]]]) -> str:
    """Write a document with some pupils."""
    inside = "".join(map(body_of, pupils))
    style = f"<style>{KNOWN['faces']}{SHEET}</style>"
    return f'<!DOCTYPE html><html lang="zh-CN"><head>{style}</head><body>{inside}</body></html>'


def groups(kind: str) -> Iterator[tuple[str, list[list[list[str]]]]]:
    """Yield who stands in one file."""
    if kind == "all":
        yield "all", PUPILS
    elif kind == "class":
        yield from ((f"{number:03d}", members) for number, members in enumerate(CLASSES))
    else:
        yield from ((f"{number:05d}", [pupil]) for number, pupil in enumerate(PUPILS))


def weasyprint(kind: str) -> Callable[[], None]:
    """Lay out with plain WeasyPrint."""
    from kcbx_docs.render.native import load_weasyprint  # finds Pango where run.py has put it

    html = load_weasyprint().HTML

    def work() -> None:
        for name, pupils in groups(kind):
            html(string=page_of(pupils)).write_pdf(OUT / f"{name}.pdf")

    return work


def plutoprint(kind: str) -> Callable[[], None]:
    """Lay out with PlutoPrint."""
    import plutoprint as pluto

    def work() -> None:
        for name, pupils in groups(kind):
            book = pluto.Book(pluto.PAGE_SIZE_A4)
            book.load_html(page_of(pupils))
            book.write_to_pdf(str(OUT / f"{name}.pdf"))

    return work


def typst(kind: str) -> Callable[[], None]:
    """Compile with Typst: one template, the pupils as data."""
    import typst as engine

    papers = "#paper0(pupil.at(0))#pagebreak()#paper1(pupil.at(1))#pagebreak(weak: true)"
    loop = f'#for pupil in json("pupils.json") [{papers}]'

    def work() -> None:
        (OUT / "main.typ").write_text(KNOWN["typst"] + loop, "utf-8")
        for name, pupils in groups(kind):
            (OUT / "pupils.json").write_text(json.dumps(pupils, ensure_ascii=False), "utf-8")
            engine.compile(
                str(OUT / "main.typ"),
                output=str(OUT / f"{name}.pdf"),
                font_paths=[str(DATA / "fonts")],
                ignore_system_fonts=True,
                pdf_tags=False,
            )
        for name in ("main.typ", "pupils.json"):
            (OUT / name).unlink()

    return work


def docxtpl(kind: str) -> Callable[[], None]:
    """Fill with docxtpl: file by file, or in a loop."""
    from docxtpl import DocxTemplate

    def each() -> None:
        for number, pupil in enumerate(PUPILS):
            for place, values in enumerate(pupil):
                template = DocxTemplate(DATA / f"{place}.docx")
                template.render(named(values), autoescape=True)
                template.save(OUT / f"{number:05d}-{place}.docx")

    def loop() -> None:
        for place in range(len(KNOWN["bodies"])):
            (OUT / "loop.docx").write_bytes(
                looped(
                    DATA / f"{place}.docx",
                    "{%p for p in pupils %}",
                    "{%p endfor %}",
                    ("{{v", "{{p.v"),
                )
            )
            for name, pupils in groups("class"):
                template = DocxTemplate(OUT / "loop.docx")
                rows = [named(pupil[place]) for pupil in pupils]
                template.render({"pupils": rows}, autoescape=True)
                template.save(OUT / f"{name}-{place}.docx")
        (OUT / "loop.docx").unlink()

    return each if kind == "each" else loop


def named(values: list[str]) -> dict[str, str]:
    """Name the values of a paper."""
    return {f"v{number}": value for number, value in enumerate(values)}


def looped(path: Path, start: str, end: str, *names: tuple[str, str]) -> bytes:
    """Put a loop around the words of a Word file, with a page break in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "word/document.xml":
                text = data.decode()
                for known, other in names:
                    text = text.replace(known, other)
                head, body, tail = re.split(
                    r"(?<=<w:body>)|(?=<w:sectPr[ >](?!.*<w:sectPr[ >]))", text, flags=re.DOTALL
                )
                mark = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
                turn = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
                data = (head + mark.format(start) + body + turn + mark.format(end) + tail).encode()
            new.writestr(part, data)
    return out.getvalue()


METHODS: dict[str, Any] = {
    "weasyprint": weasyprint,
    "plutoprint": plutoprint,
    "typst": typst,
    "docxtpl": docxtpl,
}


def main() -> None:
    """Do what was asked, and tell what it took."""
    OUT.mkdir(parents=True, exist_ok=True)
    name, kind = METHOD.split("-")
    if name == "loops":  # for the engines of JavaScript
        for place in range(len(KNOWN["bodies"])):
            plain = (("{{v", "{v"), ("}}", "}"))
            data = looped(DATA / f"{place}.docx", "{#pupils}", "{/pupils}", *plain)
            (DATA / f"loop-{place}.docx").write_bytes(data)
        return
    work = METHODS[name](kind)
    began = time.process_time()
    work()
    print(json.dumps({"pupils": len(PUPILS), "engine": time.process_time() - began}))


main()

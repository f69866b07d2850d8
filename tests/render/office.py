"""LibreOffice as a second reader of our Word files, with the same fonts as the PDF has."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from kcbx_docs.render.fonts import FontSet, find_fonts
from kcbx_docs.render.word import STANDARD_FONTS

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def font_aliases(fonts: FontSet) -> str:
    """Write a fontconfig file that gives the standard names to the fonts which the PDF embeds."""
    folders = sorted(
        {str(font.path.parent) for role in STANDARD_FONTS for font in fonts.chain(role)}
    )
    aliases = []
    for role, name in STANDARD_FONTS.items():
        families = "".join(
            f"<family>{escape(font.family)}</family>" for font in fonts.chain(role)[:3]
        )
        weight = (
            '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>'
            if role == "小标宋"
            else ""
        )
        aliases.append(
            f'<match target="pattern"><test name="family"><string>{name}</string></test>'
            f'<edit name="family" mode="assign" binding="strong">{families.replace("family>", "string>")}</edit>{weight}</match>'
        )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        + "".join(f"<dir>{escape(folder)}</dir>" for folder in folders)
        + "".join(aliases)
        + "</fontconfig>"
    )


def word_to_pdf(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Print Word files through LibreOffice, all in one call."""
    assert SOFFICE
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "fonts.conf").write_text(font_aliases(find_fonts()), "utf-8")
        paths = []
        for stem, data in documents.items():
            (folder / f"{stem}.docx").write_bytes(data)
            paths.append(str(folder / f"{stem}.docx"))
        command: Sequence[str] = [
            SOFFICE,
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder / "pdf"),
            *paths,
        ]
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            timeout=300,
            env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        )
        return {stem: (folder / "pdf" / f"{stem}.pdf").read_bytes() for stem in documents}

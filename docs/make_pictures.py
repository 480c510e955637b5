"""Makes the pictures of this folder from the committed workbook; run by ``python docs/make_pictures.py``.

LibreOffice draws them, from a copy whose formulas with our functions are replaced by the values they hold in the file
(what Excel shows in Protected View); of the roster some columns are hidden, for all forty fit no page.
Needs LibreOffice (soffice), poppler (pdftoppm) and the package Pillow.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from PIL import Image, ImageChops

from hqs_xl.roster.columns import ROSTER

HERE = Path(__file__).parent
WORKBOOK = HERE.parent / "workbook" / "hqs_roster.xlsx"
SHOWN = (
    *("person_id", "full_name", "agreement_signed", "permit_expires", "visa_expires", "entered_on", "registered_on"),
    *("policy_ends", "concluded_notice_filed", "next_action", "next_due", "act_by", "days_left", "status", "check"),
)
# Sheet, its place, the last row and column shown, dots per inch.
PICTURES = {
    "start": ("Start", 1, 30, "G", 110),
    "roster": ("Roster", 2, 27, "AN", 130),
    "findings": ("Findings", 4, 26, "K", 120),
    "dashboard": ("Dashboard", 5, 52, "J", 110),
    "plan": ("Plan", 6, 22, "E", 100),
    "rules": ("Rules", 7, 40, "G", 100),
    "calendar": ("Calendar", 8, 40, "D", 80),
}


def main() -> None:
    """Draw each picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (sheet, place, row, column, dots) in PICTURES.items():
            copy = Path(folder, f"{name}.xlsx")
            _copy(copy, sheet, place, f"$A$1:${column}${row}")
            _draw(copy, HERE / f"{name}.png", dots)
            sys.stdout.write(f"{name}.png\n")


def _copy(copy: Path, sheet: str, place: int, area: str) -> None:
    with zipfile.ZipFile(WORKBOOK) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/workbook.xml":
                content = _only(content.decode(), sheet, place, area).encode()
            elif name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"<f[^>]*>[^<]*HQS_[^<]*</f>", b"", content)
                content = re.sub(rb"<oddFooter>.*?</oddFooter>", b"", content)
                if name.endswith("/sheet2.xml"):
                    content = _few_columns(content.decode()).encode()
            target.writestr(name, content)


def _only(workbook: str, sheet: str, place: int, area: str) -> str:
    """One sheet to see and print, of the others none."""
    hidden = re.sub(r"<sheet (.*?)/>", r'<sheet state="hidden" \1/>', workbook.replace(' state="hidden"', ""))
    shown = hidden.replace(f'<sheet state="hidden" name="{sheet}"', f'<sheet name="{sheet}"')
    shown = re.sub(r'<definedName name="_xlnm.Print_Titles"[^<]*</definedName>', "", shown)
    printed = f'<definedName name="_xlnm.Print_Area" localSheetId="{place - 1}">{sheet}!{area}</definedName>'
    return shown.replace("<workbookView ", f'<workbookView activeTab="{place - 1}" ').replace(
        "<definedNames>", "<definedNames>" + printed
    )


def _few_columns(sheet: str) -> str:
    def one_by_one(columns: re.Match[str]) -> str:
        first, last, rest = int(columns[1]), int(columns[2]), columns[3]
        hidden = {place for place, column in enumerate(ROSTER, 1) if column.key not in SHOWN}
        return "".join(
            f'<col min="{place}" max="{place}"{rest} hidden="{int(place in hidden)}"/>'
            for place in range(first, last + 1)
        )

    return re.sub(r'<col min="(\d+)" max="(\d+)"(.*?)/>', one_by_one, sheet)


def _draw(book: Path, picture: Path, dots: int) -> None:
    profile = (book.parent / "profile").as_uri()
    office = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", str(book.parent), str(book)], check=True, capture_output=True)  # noqa: S603
    page = ["pdftoppm", "-r", str(dots), "-png", "-singlefile", "-f", "1", "-l", "1"]
    drawn = picture.with_suffix("")
    subprocess.run([*page, str(book.with_suffix(".pdf")), str(drawn)], check=True)  # noqa: S603
    _trim(picture)


def _trim(picture: Path, margin: int = 12) -> None:
    """Cut the white margins."""
    drawn = Image.open(picture).convert("RGB")
    box = ImageChops.difference(drawn, Image.new("RGB", drawn.size, "white")).getbbox() or (0, 0, *drawn.size)
    left, top, right, bottom = box
    cut = drawn.crop((max(left - margin, 0), max(top - margin, 0), right + margin, bottom + margin))
    cut.quantize(64).save(picture, optimize=True)


if __name__ == "__main__":
    main()

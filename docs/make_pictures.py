"""Makes the pictures of this folder, and of ``ru``, from the committed workbooks: ``python docs/make_pictures.py``.

The due list and the notice data are written from it; Chromium prints the due list as a browser would. LibreOffice
draws the rest, from a copy whose formulas with our functions are replaced by the values they hold in the file (what
Excel shows in Protected View); of the roster some columns are hidden, for all forty fit no page. The last picture is a
window of LibreOffice itself with the extension, on a screen of its own.
Needs LibreOffice (soffice; for its window libreoffice-gtk3), Xvfb, ImageMagick (import), Chromium, poppler (pdftoppm)
and the package Pillow.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops

from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.hosts.calc.package import FILE, members
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.output.duelist import due_list
from hqs_xl.output.duelist_html import html
from hqs_xl.output.notice import notice
from hqs_xl.output.notice_xlsx import workbook
from hqs_xl.template.build import DEMO_DAY
from hqs_xl.template.sheets.stages import COLUMNS
from hqs_xl.texts import table

HERE = Path(__file__).parent
FOLDERS = {"en": "", "ru": "ru"}
# The part of the third tab.
ROSTER = "/sheet3.xml"
WORKBOOKS = {lang: HERE.parent / "workbook" / place / "hqs_roster.xlsx" for lang, place in FOLDERS.items()}
SHOWN = (
    *("person_id", "full_name", "agreement_signed", "permit_expires", "visa_expires", "entered_on", "registered_on"),
    *("policy_ends", "concluded_notice_filed", "next_action", "next_due", "act_by", "days_left", "status", "check"),
)
# LibreOffice's window: what is too wide for it besides, and how it is set up.
NOT_IN_WINDOW = {"full_name", "agreement_signed", "visa_expires", "act_by", "check"}
SCREEN, SIZE = ":77", (1500, 720)
PATIENCE = 90
# Its window with the icons has more; while a document is loaded, which may stand still on a busy machine, it has fewer.
FEWEST_COLOURS = 1000
SETTINGS = {
    "Office.Calc/Formula/Load": {"OOXMLRecalcMode": "0"},
    "Office.Linguistic/SpellChecking": {"IsSpellAuto": "false"},
    "Office.Common/Misc": {"SymbolStyle": "colibre", "ShowTipOfTheDay": "false", "FirstRun": "false"},
    "Setup/Product": {"ooSetupLastVersion": "99.9", "LastTimeGetInvolvedShown": "9999999999"},
    "Setup/Office/Factories/org.openoffice.Setup:Factory['com.sun.star.sheet.SpreadsheetDocument']": {
        "ooSetupFactoryWindowAttributes": f"0,0,{SIZE[0]},{SIZE[1]};1;0,0,{SIZE[0]},{SIZE[1]};"
    },
}
# Sheet by its key in the texts: the last row and column shown, dots per inch.
PICTURES = {
    "start": (30, "G", 110),
    "roster": (27, "AN", 130),
    "findings": (26, "K", 120),
    "dashboard": (32, "N", 110),
    "plan": (22, "E", 100),
    "rules": (40, "G", 100),
    "calendar": (40, "D", 80),
}


def main() -> None:
    """Draw each picture anew."""
    for lang, place in FOLDERS.items():
        with tempfile.TemporaryDirectory() as folder:
            pictures = HERE / place
            for name, (row, column, dots) in PICTURES.items():
                copy = Path(folder, f"{name}.xlsx")
                _copy(copy, lang, table(lang)[f"sheet.{name}"], f"$A$1:${column}${row}")
                _draw(copy, pictures / f"{name}.png", dots)
                sys.stdout.write(f"{lang}: {name}.png\n")
            _draw_output(Path(folder), lang, pictures)
            _draw_in_browser(lang, pictures / "page.png")
            sys.stdout.write(f"{lang}: page.png\n")
            _draw_terminal(lang, pictures / "terminal.png")
            sys.stdout.write(f"{lang}: terminal.png\n")
            _draw_window(Path(folder), lang, pictures)
            sys.stdout.write(f"{lang}: libreoffice.png\n")


def _draw_in_browser(lang: str, picture: Path) -> None:
    """The page for browsers with the demo checked; it needs what ``npm ci`` brings in hqs_xl/web/npm."""
    command = [sys.executable, "-m", "tests.web.picture", lang, str(picture)]
    subprocess.run(command, cwd=HERE.parent, check=True)  # noqa: S603
    Image.open(picture).convert("RGB").quantize(128).save(picture, optimize=True)


def _draw_terminal(lang: str, picture: Path) -> None:
    """How one deadline is counted, on a terminal."""
    command = [sys.executable, str(HERE / "make_terminal_picture.py"), lang, str(picture)]
    subprocess.run(command, cwd=HERE.parent, check=True)  # noqa: S603


def _draw_window(folder: Path, lang: str, pictures: Path) -> None:
    """The roster open in LibreOffice, its formulas counted by the extension, menu and toolbar above."""
    for name, content in members().items():
        file = folder / "extensions" / FILE / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    user = folder / "window" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_settings(), "utf-8")
    book, shot = folder / WORKBOOKS[lang].name, folder / "window.png"
    _roster_in_front(book, lang)
    office = ["soffice", f"-env:UserInstallation={(folder / 'window').as_uri()}", "--norestore", "--nologo"]
    office += [f"-env:BUNDLED_EXTENSIONS={(folder / 'extensions').as_uri()}", str(book)]
    screen = ["Xvfb", SCREEN, "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"]
    with _running(screen), _running(office):
        _wait_for_picture(shot)
    Image.open(shot).convert("RGB").quantize(128).save(pictures / "libreoffice.png", optimize=True)


@contextmanager
def _running(command: list[str]) -> Iterator[None]:
    # LibreOffice takes the Python that PATH leads to for its extensions: that of a virtual environment opens nothing.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment = {**kept, "PATH": os.defpath, "DISPLAY": SCREEN, "SAL_USE_VCLPLUGIN": "gtk3", "GDK_BACKEND": "x11"}
    started = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    try:
        time.sleep(2)
        yield
    finally:
        os.killpg(started.pid, 15)
        started.wait()


def _wait_for_picture(shot: Path) -> None:
    """Until a window is there and nothing moves in it any more."""
    before = b""
    for _ in range(PATIENCE // 5):
        time.sleep(5)
        subprocess.run(["import", "-display", SCREEN, "-window", "root", str(shot)], check=True)  # noqa: S603, S607
        now = Image.open(shot).convert("RGB")
        if now.tobytes() == before and len(now.getcolors(1 << 24) or ()) > FEWEST_COLOURS:
            return
        before = now.tobytes()
    raise TimeoutError("LibreOffice shows no window")


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, values in SETTINGS.items()
        for name, value in values.items()
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


def _roster_in_front(book: Path, lang: str) -> None:
    with zipfile.ZipFile(WORKBOOKS[lang]) as source, zipfile.ZipFile(book, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode("utf-8", "surrogateescape")
            if name == "xl/workbook.xml":
                content = content.replace("<workbookView ", '<workbookView activeTab="2" ')
            elif name.startswith("xl/worksheets/sheet"):
                content = content.replace(' tabSelected="1"', "")
                content = _few_columns(content, NOT_IN_WINDOW) if name.endswith(ROSTER) else content
            target.writestr(name, content.encode("utf-8", "surrogateescape"))


def _draw_output(folder: Path, lang: str, pictures: Path) -> None:
    """What HR gets out: the first page of the due list, and the data of one notice."""
    with ClosedBook(WORKBOOKS[lang]) as book:
        roster = read_roster(book)
    settings = roster.other.settings_for(DEMO_DAY)
    page, paper, sheet = folder / "due.html", folder / "due.pdf", folder / "notice.xlsx"
    page.write_text(html(due_list(Path(WORKBOOKS[lang].name), check_roster(roster, settings))), "utf-8")
    browser = ["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={paper}"]
    subprocess.run([*browser, page.as_uri()], check=True, capture_output=True)  # noqa: S603
    _draw_page(paper, pictures / "due.png", 80)
    sheet.write_bytes(workbook(notice(roster, settings, "HQS-00001", "salary"), settings.lang))
    _draw(sheet, pictures / "notice.png", 110)


def _copy(copy: Path, lang: str, sheet: str, area: str) -> None:
    with zipfile.ZipFile(WORKBOOKS[lang]) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/workbook.xml":
                content = _only(content.decode(), sheet, area).encode()
            elif name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"<f[^>]*>[^<]*HQS_[^<]*</f>", b"", content)
                content = re.sub(rb"<oddFooter>.*?</oddFooter>", b"", content)
                if name.endswith(ROSTER):
                    content = _few_columns(content.decode()).encode()
            target.writestr(name, content)


def _only(workbook: str, sheet: str, area: str) -> str:
    """One sheet to see and print, of the others none."""
    place = re.findall(r'<sheet [^>]*?name="([^"]*)"', workbook).index(sheet)
    hidden = re.sub(r"<sheet (.*?)/>", r'<sheet state="hidden" \1/>', workbook.replace(' state="hidden"', ""))
    shown = hidden.replace(f'<sheet state="hidden" name="{sheet}"', f'<sheet name="{sheet}"')
    shown = re.sub(r'<definedName name="_xlnm.Print_(?:Titles|Area)"[^<]*</definedName>', "", shown)
    printed = f'<definedName name="_xlnm.Print_Area" localSheetId="{place}">\'{sheet}\'!{area}</definedName>'
    return shown.replace("<workbookView ", f'<workbookView activeTab="{place}" ').replace(
        "<definedNames>", "<definedNames>" + printed
    )


def _few_columns(sheet: str, without: Collection[str] = ()) -> str:
    def one_by_one(columns: re.Match[str]) -> str:
        first, last, rest = int(columns[1]), int(columns[2]), columns[3]
        hidden = {place for place, column in enumerate(COLUMNS, 1) if column.key not in set(SHOWN) - set(without)}
        return "".join(
            f'<col min="{place}" max="{place}"{rest} hidden="{int(place in hidden)}"/>'
            for place in range(first, last + 1)
        )

    return re.sub(r'<col min="(\d+)" max="(\d+)"(.*?)/>', one_by_one, sheet)


def _draw(book: Path, picture: Path, dots: int) -> None:
    profile = (book.parent / "profile").as_uri()
    office = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", str(book.parent), str(book)], check=True, capture_output=True)  # noqa: S603
    _draw_page(book.with_suffix(".pdf"), picture, dots)


def _draw_page(paper: Path, picture: Path, dots: int) -> None:
    """The first page of a PDF."""
    page = ["pdftoppm", "-r", str(dots), "-png", "-singlefile", "-f", "1", "-l", "1"]
    subprocess.run([*page, str(paper), str(picture.with_suffix(""))], check=True)  # noqa: S603
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

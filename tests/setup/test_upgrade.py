"""install --from: the new workbook holds all that was typed in the old one, or nothing is written."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from base64 import b64decode
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as NewBook
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from hqs_xl.cli.program import main
from hqs_xl.errors import HqsError
from hqs_xl.roster.columns import ROSTER
from hqs_xl.setup.computer import XLWINGS
from hqs_xl.setup.held import read_held
from hqs_xl.setup.install import Installed, install
from hqs_xl.setup.machine import Machine
from hqs_xl.setup.nothing_lost import Lost, lost
from hqs_xl.template.build import build
from hqs_xl.texts import say
from tests.programs import needs_validator, validator_errors

NOW = dt.datetime(2026, 11, 28, 9, 30)
MACHINE = Machine("linux", "3.12.1", Path("/usr/bin/python3"), XLWINGS, frozenset({"xlsxwriter", "pyopenvba"}))
LAST = len(ROSTER)


def header(roster: Any) -> int:
    """The row of the roster's headers."""
    return int(range_boundaries(roster.tables["Roster"].ref)[1] or 0)


def place(roster: Any, key: str, lang: str) -> int:
    """The place of a column in it."""
    titles = [cell.value for cell in roster[header(roster)]]
    return titles.index(say(f"header.{key}", lang)) + 1


def _type(book: Workbook, lang: str) -> None:
    """What a person does in a year: own columns, own days, an own sheet, an employer, documents, notes, another day."""
    words = {key: say(f"sheet.{key}", lang) for key in ("start", "roster", "documents", "employer", "log")}
    roster, start = book[words["roster"]], book[words["start"]]
    top = header(roster)
    for column, title in enumerate(("Cost centre", "Phone №"), LAST + 1):
        roster.cell(top, column, title)
        for row in range(top + 1, roster.max_row + 1):
            roster.cell(row, column, f"{title} {row}" if row % 3 else row / 8).number_format = "0.000"
    roster.tables["Roster"].ref = f"A{top}:{get_column_letter(LAST + 2)}{roster.max_row}"
    roster.cell(top + 1, 1).comment = Comment("asked on Monday", "Anna")
    for row in range(3):
        documents = book[words["documents"]]
        for column, value in enumerate(("HQS-00001", "policy", f"№ {row}", None, dt.date(2026, 3, 1 + row)), 1):
            documents.cell(2 + row, column, value)
    for row in range(14):
        start.cell(11 + row, 5, dt.date(2026, 5, 4 + row))
        start.cell(11 + row, 6, say("word.no", lang))
    start.tables["OwnDays"].ref = "E10:G24"
    for row in range(11, 16):
        if start.cell(row, 1).value == say("setting.edition", lang):
            start.cell(row, 2, "careful")
    book[words["employer"]]["B2"] = 'ООО "Ромашка" & Co'
    own = book.create_sheet("Мой лист")
    own["B2"], own["B3"], own["C3"] = "=not a formula", 0.5, dt.datetime(2026, 5, 1, 12, 30)
    own["B2"].data_type = "s"
    own["B2"].font, own["B2"].fill = Font(bold=True), PatternFill("solid", fgColor="FFFFEE00")
    own["C3"].number_format, own["D4"] = "dd.mm.yyyy hh:mm", True
    own.column_dimensions["B"].width = 33


@pytest.fixture(scope="module", params=["en", "ru"])
def old(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that was used for a year."""
    file = tmp_path_factory.mktemp(request.param) / "old.xlsx"
    build(file, lang=request.param, macros=False)
    book = load_workbook(file)
    _type(book, request.param)
    book.save(file)
    return file


@pytest.fixture(scope="module")
def done(old: Path) -> Installed:
    """The new one."""
    before = old.read_bytes()
    made = install(MACHINE, old.with_name("new.xlsm"), NOW, old=old)
    assert old.read_bytes() == before
    return made


@pytest.fixture(scope="module")
def new(done: Installed) -> Workbook:
    return load_workbook(done.file, data_only=True)


def sheet(book: Workbook, done: Installed, key: str) -> Any:
    assert done.held
    return book[say(f"sheet.{key}", done.held.lang)]


def test_everybody_is_there_with_all_that_was_typed(old: Path, done: Installed, new: Workbook) -> None:
    assert done.held
    before = load_workbook(old, data_only=True)
    for key, rows in (("roster", 64), ("salary", 167), ("documents", 3)):
        one, other = (sheet(book, done, key) for book in (before, new))
        assert len(done.held.rows(key)) == rows
        top = header(one) if key == "roster" else 1
        facts = [1, 2, 3]
        if key == "roster":
            facts = [place(one, column.key, done.held.lang) for column in ROSTER if not column.answer]
            facts += [LAST + 1, LAST + 2]
        for row in range(top, top + rows + 1):
            for column in facts:
                assert other.cell(row, column).value == one.cell(row, column).value, (key, row, column)


def test_own_columns_are_in_the_table_and_sorted_with_it(done: Installed, new: Workbook) -> None:
    roster = sheet(new, done, "roster")
    top = header(roster)
    assert roster.tables["Roster"].ref == f"A{top}:{get_column_letter(LAST + 2)}{top + 64}"
    assert roster.cell(6, LAST + 1).value == 6 / 8
    assert roster.cell(6, LAST + 1).number_format == "0.000"
    assert roster.cell(top + 1, 1).comment.text == "asked on Monday"


def test_settings_own_days_employer_and_log(old: Path, done: Installed, new: Workbook) -> None:
    start = sheet(new, done, "start")
    values = {start.cell(row, 1).value: start.cell(row, 2).value for row in range(11, 16)}
    assert done.held
    assert values[say("setting.edition", done.held.lang)] == "careful"
    assert start.tables["OwnDays"].ref == "E10:G24"
    assert start.cell(24, 5).value == dt.datetime(2026, 5, 17)
    assert sheet(new, done, "employer")["B2"].value == 'ООО "Ромашка" & Co'
    logs = [sheet(book, done, "log") for book in (load_workbook(old), new)]
    assert logs[1].cell(2, 1).value == logs[0].cell(2, 1).value
    assert logs[1].cell(3, 1).value == {"en": "2026-11-28 09:30", "ru": "28.11.2026 09:30"}[done.held.lang]


def test_own_sheets_look_as_they_did(new: Workbook) -> None:
    own = new["Мой лист"]
    assert (own["B2"].value, own["B3"].value, own["D4"].value) == ("=not a formula", 0.5, True)
    assert own["C3"].value == dt.datetime(2026, 5, 1, 12, 30)
    assert own["C3"].number_format == "dd.mm.yyyy hh:mm"
    assert own["B2"].font.b
    assert own["B2"].fill.fgColor.rgb == "FFFFEE00"
    assert own.column_dimensions["B"].width == pytest.approx(33, abs=1)


def _own_sheet(book: Workbook) -> Any:
    """A sheet with all that people put on one: chart, picture, merged cells, marks, a list, a link, a note, names."""
    own = book.create_sheet("Бюджет O'K 2026")
    for row, number in enumerate((3, 1, 2), 2):
        own.cell(row, 1, number)
    own["C1"], own["C1"].font = "Cost of all", Font(bold=True)
    own.merge_cells("C1:E2")
    own["G1"].comment = Comment("ask Boris", "Anna")
    red, bold = PatternFill(bgColor="FFFFC7CE"), Font(b=True, color="FF9C0006")
    for cells, rule in (
        ("A2:A4", Rule("cellIs", dxf=DifferentialStyle(bold, fill=red), operator="greaterThan", formula=["1"])),
        ("A2:B4", Rule("cellIs", dxf=DifferentialStyle(fill=red), operator="between", formula=["1", "2"])),
        ("A2:A4 C2:C4", Rule("expression", dxf=DifferentialStyle(bold), formula=["$A2=MAX($A$2:$A$4)"])),
        ("B2:B4", Rule("top10", dxf=DifferentialStyle(bold), rank=3)),
    ):
        own.conditional_formatting.add(cells, rule)
    own.add_data_validation(DataValidation(type="list", formula1='"a,b"', sqref="B2:B4"))
    own["A9"].hyperlink = "#Roster!A1"
    orange = InlineFont(rFont="Calibri", sz=11, color=Color("FFD55E00"))
    own["A11"] = CellRichText("Ask ", TextBlock(InlineFont(b=True), "Boris"), " on ", TextBlock(orange, "Monday"))
    own.print_area, own.print_title_rows, own.print_title_cols = "A1:G20,J1:K2", "1:2", "A:B"
    own.freeze_panes, own.row_dimensions[7].hidden, own.row_dimensions[8].height = "B3", True, 45
    own.defined_names["Here"] = DefinedName("Here", attr_text="'Бюджет O''K 2026'!$A$2")
    own.sheet_properties.tabColor = "FF0072B2"
    chart = BarChart()
    chart.add_data(Reference(own, min_col=1, min_row=2, max_row=4))
    own.add_chart(chart, "G5")
    book.defined_names["Budget"] = DefinedName("Budget", attr_text="'Бюджет O''K 2026'!$A$2:$A$4")
    book.defined_names["Firsts"] = DefinedName("Firsts", attr_text=f"'{book.sheetnames[1]}'!$A$3")
    return own


DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PICTURE = f"""
<d:oneCellAnchor xmlns:d="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main">
 <d:from><d:col>0</d:col><d:colOff>0</d:colOff><d:row>12</d:row><d:rowOff>0</d:rowOff></d:from>
 <d:ext cx="95250" cy="95250"/>
 <d:pic><d:nvPicPr><d:cNvPr id="9" name="Logo"/><d:cNvPicPr/></d:nvPicPr>
  <d:blipFill>
   <a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rIdP"/>
   <a:stretch><a:fillRect/></a:stretch>
  </d:blipFill>
  <d:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></d:spPr></d:pic>
 <d:clientData/>
</d:oneCellAnchor>"""
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A workbook with such a sheet and its upgrade, and what was said of it."""
    folder = tmp_path_factory.mktemp("own")
    old = folder / "old.xlsx"
    build(old, macros=False, demo=False)
    book = load_workbook(old)
    _own_sheet(book)
    book.save(old)
    with_picture(old)
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(["install", "--from", str(old), "--out", str(folder / "new.xlsm")]) == 0
    return old, folder / "new.xlsm", out.getvalue()


def with_picture(file: Path) -> None:
    """Put a picture beside the chart of a sheet, by hand: openpyxl needs a library of pictures for it."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    # The dashboard has the first drawing.
    links = max(name for name in parts if name.startswith("xl/drawings/_rels/"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    picture = f'<Relationship Id="rIdP" Type="{kind}" Target="../media/image1.png"/></Relationships>'.encode()
    parts[links] = parts[links].replace(b"</Relationships>", picture)
    drawing = links.replace("_rels/", "").removesuffix(".rels")
    before, end, after = parts[drawing].rpartition(b"</")
    parts[drawing] = before + PICTURE.encode() + end + after
    types, png = "[Content_Types].xml", b'<Default Extension="png" ContentType="image/png"/>'
    parts[types] = parts[types].replace(b"</Types>", png + b"</Types>")
    parts["xl/media/image1.png"] = PNG
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def test_an_own_sheet_has_its_merged_cells_marks_and_names(upgraded: tuple[Path, Path, str]) -> None:
    book = load_workbook(upgraded[1])
    own = book["Бюджет O'K 2026"]
    assert [area.coord for area in own.merged_cells.ranges] == ["C1:E2"]
    assert (own["C1"].value, own["C1"].font.b) == ("Cost of all", True)
    assert own["G1"].comment.text == "ask Boris"
    rules = {
        (str(area.sqref), rule.type, rule.operator, *rule.formula): rule.dxf
        for area in own.conditional_formatting
        for rule in area.rules
    }
    assert set(rules) == {
        ("B2:B4", "top10", None),
        ("A2:A4", "cellIs", "greaterThan", "1"),
        ("A2:B4", "cellIs", "between", "1", "2"),
        ("A2:A4 C2:C4", "expression", None, "$A2=MAX($A$2:$A$4)"),
    }
    marked = rules["A2:A4", "cellIs", "greaterThan", "1"]
    assert (marked.fill.bgColor.rgb, marked.font.b, marked.font.color.rgb) == ("FFFFC7CE", True, "FF9C0006")
    assert book.defined_names["Budget"].attr_text == "'Бюджет O''K 2026'!$A$2:$A$4"


def test_an_own_sheet_has_its_list_link_chart_picture_and_who_wrote_a_note(upgraded: tuple[Path, Path, str]) -> None:
    own: Any = load_workbook(upgraded[1])["Бюджет O'K 2026"]
    (check,) = own.data_validations.dataValidation
    assert (check.type, check.formula1, str(check.sqref)) == ("list", '"a,b"', "B2:B4")
    assert own["A9"].hyperlink.target == "#Roster!A1"
    assert own["G1"].comment.author == "Anna"
    (chart,) = own._charts
    assert chart.series[0].val.numRef.f == "'Бюджет O''K 2026'!$A$2:$A$4"
    assert chart.anchor._from.row == 4
    assert (own.print_area, own.print_title_rows, own.print_title_cols) == (
        "'Бюджет O''K 2026'!$A$1:$G$20,'Бюджет O''K 2026'!$J$1:$K$2",
        "$1:$2",
        "$A:$B",
    )
    assert (own.freeze_panes, own.row_dimensions[7].hidden, own.row_dimensions[8].height) == ("B3", True, 45)
    assert own.defined_names["Here"].attr_text == "'Бюджет O''K 2026'!$A$2"
    assert own.sheet_properties.tabColor.rgb == "FF0072B2"
    said: Any = load_workbook(upgraded[1], rich_text=True)["Бюджет O'K 2026"]["A11"].value
    assert str(said) == "Ask Boris on Monday"
    assert [piece.text for piece in said if isinstance(piece, TextBlock) and piece.font.b] == ["Boris"]
    assert [piece.font.color.rgb for piece in said if str(piece) == "Monday"] == ["FFD55E00"]
    with zipfile.ZipFile(upgraded[1]) as package:
        assert PNG in [package.read(name) for name in package.namelist() if name.startswith("xl/media/")]


def test_what_of_an_own_sheet_stays_behind_is_said(upgraded: tuple[Path, Path, str]) -> None:
    assert [line for line in upgraded[2].splitlines() if "«Бюджет O'K 2026»" in line] == []
    assert "Firsts" in upgraded[2]
    kept: Any = load_workbook(upgraded[0])["Бюджет O'K 2026"]
    assert kept._charts, "the old file keeps them"


@needs_validator
def test_microsofts_validator_finds_nothing_on_an_own_sheet(upgraded: tuple[Path, Path, str]) -> None:
    assert validator_errors(upgraded[1]) == []


@needs_validator
def test_an_own_sheet_is_upgraded_again_with_all_it_has(upgraded: tuple[Path, Path, str]) -> None:
    _, new, _ = upgraded
    made = install(MACHINE, new.with_name("newer.xlsm"), NOW, old=new)
    assert made.left
    assert not any(made.left.values())
    assert validator_errors(made.file) == []


def test_the_answers_are_those_of_the_new_day(done: Installed, new: Workbook) -> None:
    roster = sheet(new, done, "roster")
    assert done.held
    status = place(roster, "status", done.held.lang)
    assert all(roster.cell(row, status).value for row in range(header(roster) + 1, 60))


@needs_validator
def test_microsofts_validator_finds_nothing(done: Installed) -> None:
    assert validator_errors(done.file) == []


def test_a_second_upgrade_holds_the_same(old: Path, done: Installed) -> None:
    again = install(MACHINE, done.file, NOW.replace(hour=10), old=done.file)
    assert again.backup
    assert again.held
    assert done.held
    assert again.held.sheets == done.held.sheets
    for kind in ("roster", "salary", "documents", "employer", "own_days"):
        assert [dict(row) for row in again.held.rows(kind)] == [
            {key: value for key, value in row.items() if value is not None} for row in done.held.rows(kind)
        ]
    assert len(again.held.rows("log")) == len(done.held.rows("log")) + 1
    assert lost(old, again.file, done.held) == []


LOSSES: dict[str, Callable[[Workbook, str], Any]] = {
    "a person": lambda book, lang: book[say("sheet.roster", lang)].delete_rows(40),
    "a fact": lambda book, lang: book[say("sheet.roster", lang)].cell(
        7, place(book[say("sheet.roster", lang)], "agreement_signed", lang), dt.date(2026, 1, 1)
    ),
    "a cell of an own column": lambda book, lang: book[say("sheet.roster", lang)].cell(9, LAST + 1, ""),
    "a notice": lambda book, lang: book[say("sheet.salary", lang)].cell(5, 2, "2020Q1"),
    "an own day": lambda book, lang: book[say("sheet.start", lang)].cell(24, 5, dt.date(2026, 1, 1)),
    "a setting": lambda book, lang: book[say("sheet.start", lang)].cell(12, 2, "card"),
    "the employer": lambda book, lang: book[say("sheet.employer", lang)].cell(2, 2, "x"),
    "a cell of an own sheet": lambda book, _: book["Мой лист"].cell(3, 2, 0.25),
    "an own sheet": lambda book, _: book.remove(book["Мой лист"]),
}


@pytest.mark.parametrize("what", LOSSES)
def test_the_comparer_sees(what: str, old: Path, done: Installed, tmp_path: Path) -> None:
    assert done.held
    assert lost(old, done.file, done.held) == []
    copy = tmp_path / "copy.xlsm"
    shutil.copy(done.file, copy)
    book = load_workbook(copy, keep_vba=True)
    LOSSES[what](book, done.held.lang)
    book.save(copy)
    assert lost(old, copy, done.held) != []


def test_what_would_be_lost_stops_it(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hqs_xl.setup.install.lost", lambda *_: [Lost("Roster, 7: Permit expires", uncounted=False)])
    with pytest.raises(HqsError, match=r"nothing was written.*Roster, 7"):
        install(MACHINE, tmp_path / "new.xlsm", NOW, old=old)
    assert list(tmp_path.iterdir()) == []


def test_a_formula_nobody_has_counted_stops_it(old: Path, tmp_path: Path) -> None:
    book = load_workbook(old)
    book["Мой лист"]["F1"] = "=1+1"
    book.save(tmp_path / "old.xlsx")
    with pytest.raises(HqsError, match=r"nobody has counted yet \(Мой лист, 1: 6\)"):
        install(MACHINE, tmp_path / "new.xlsm", NOW, old=tmp_path / "old.xlsx")


def test_another_workbook_is_no_old_one(tmp_path: Path) -> None:
    NewBook().save(tmp_path / "other.xlsx")
    with pytest.raises(HqsError, match="no workbook of ours"):
        install(MACHINE, tmp_path / "new.xlsm", NOW, old=tmp_path / "other.xlsx")


def with_a_fill_of_nothing(file: Path, made: Path) -> Path:
    """A copy with one more fill, which is empty: Excel and LibreOffice read it, openpyxl fails over it."""
    with zipfile.ZipFile(file) as package, zipfile.ZipFile(made, "w") as copy:
        for one in package.namelist():
            part = package.read(one)
            copy.writestr(one, part.replace(b"</fills>", b"<fill/></fills>") if one == "xl/styles.xml" else part)
    return made


def test_a_workbook_openpyxl_cannot_read_is_told_from_one_that_is_not_ours(
    old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    NewBook().save(tmp_path / "other.xlsx")
    for file, said in ((tmp_path / "other.xlsx", "no workbook of ours"), (old, "save it under another name")):
        odd = with_a_fill_of_nothing(file, tmp_path / "odd.xlsx")
        assert main(["install", "--from", str(odd), "--out", str(tmp_path / "new.xlsm"), "--lang", "en"]) == 2
        assert said in capsys.readouterr().err
    assert not (tmp_path / "new.xlsm").exists()


@pytest.mark.parametrize(("name", "content"), [("a.txt", b"hello"), ("a.xlsm", b"hello"), ("a.ods", b"PK")])
def test_what_is_no_workbook_is_said_in_a_line(
    tmp_path: Path, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert main(["install", "--from", str(tmp_path / name), "--out", str(tmp_path / "new.xlsm")]) == 2
    assert main(["install", "--from", str(tmp_path / "gone.xlsm"), "--out", str(tmp_path / "new.xlsm")]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_a_file_that_is_another_is_not_replaced(old: Path, tmp_path: Path) -> None:
    (tmp_path / "hqs_roster.xlsm").write_bytes(b"typed by Anna")
    with pytest.raises(HqsError, match="--from"):
        install(MACHINE, tmp_path, NOW, old=old)
    assert (tmp_path / "hqs_roster.xlsm").read_bytes() == b"typed by Anna"


def test_what_stands_beside_the_tables_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "old.xlsx"
    build(file, macros=False, demo=False)
    book = load_workbook(file)
    book["Roster"].cell(5, LAST + 4, "ask Boris")
    book["Start"]["J3"] = "our rules"
    book.save(file)
    assert main(["install", "--from", str(file), "--out", str(tmp_path / "new.xlsm")]) == 0
    out = capsys.readouterr().out
    assert f"Roster!{get_column_letter(LAST + 4)}5" in out
    assert "Start!J3" in out
    assert "people 0" in out


def test_the_day_that_moves_on_by_itself_still_does(tmp_path: Path) -> None:
    build(tmp_path / "old.xlsx", macros=False, demo=False)
    held = read_held(tmp_path / "old.xlsx")
    install(MACHINE, tmp_path / "new.xlsm", NOW, old=tmp_path / "old.xlsx")
    assert load_workbook(tmp_path / "new.xlsm")["Start"]["B11"].value == "=TODAY()"
    assert held.lang == "en"

"""The demo taken out of a closed file: as the button does it, what is one's own kept, all else as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import TableColumn

from hqs_xl.buttons.demo_file import empty_file
from hqs_xl.cli.program import main
from hqs_xl.errors import UnusableFile
from hqs_xl.template.build import DEMO_DAY, build
from hqs_xl.template.sheets.stages import COLUMNS
from hqs_xl.texts import LANGUAGES, say

NOW = datetime(2026, 11, 23, 9, 30)
MINE = {"person_id": "A-1", "full_name": "Ann Oak", "relation": "HQS", "agreement_signed": DEMO_DAY}
FIRST, PEOPLE = 3, 64
LAST = FIRST + PEOPLE - 1
Change = Callable[[openpyxl.Workbook], None]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("demo")
    for lang in LANGUAGES:
        build(folder / f"{lang}.xlsx", lang=lang, macros=False)
    return {lang: folder / f"{lang}.xlsx" for lang in LANGUAGES}


def yes(_question: str) -> bool:
    return True


def edited(built: Path, out: Path, *changes: Change) -> Path:
    book = load_workbook(built)
    for change in changes:
        change(book)
    book.save(out)
    return out


def typed(row: int, lang: str = "en", **facts: Any) -> Change:
    """Somebody of one's own typed over a row of the demo."""
    mine: dict[str, Any] = MINE | facts

    def change(book: openpyxl.Workbook) -> None:
        for place, column in enumerate(COLUMNS, 1):
            if not column.answer:
                cell = book[say("sheet.roster", lang)].cell(row, place)
                cell.value = mine.get(column.key)
                cell.font = Font(color="FF00AA55")

    return change


def ids(file: Path, sheet: str, lang: str) -> list[Any]:
    page = load_workbook(file)[say(f"sheet.{sheet}", lang)]
    (table,) = page.tables.values()
    place = [cell.value for cell in page[table.ref][0]].index(say("header.person_id", lang))
    return [row[place].value for row in page[table.ref][1:]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_empty_row_is_left_with_its_formulas(built: dict[str, Path], tmp_path: Path, lang: str) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(built[lang].read_bytes())
    done = empty_file(file, NOW, lang, yes)
    assert done is not None
    assert str(PEOPLE) in done.text
    for sheet in ("roster", "salary", "documents", "findings", "deadlines"):
        assert ids(file, sheet, lang) == [None], sheet
    row = load_workbook(file)[say("sheet.roster", lang)][FIRST]
    assert sum(cell.data_type == "f" for cell in row) == 6
    below = load_workbook(file)[say("sheet.roster", lang)].iter_rows(min_row=FIRST + 1, values_only=True)
    assert not any(any(cells) for cells in below)
    shown = load_workbook(file, data_only=True)[say("sheet.roster", lang)][FIRST]
    assert not any(cell.value for cell in shown)
    assert done.backup is not None
    assert done.backup.read_bytes() == built[lang].read_bytes()


@pytest.mark.parametrize("place", [FIRST, FIRST + 10, LAST])
def test_who_was_typed_stays_wherever_the_row_stands_with_its_looks_and_own_columns(
    built: dict[str, Path], tmp_path: Path, place: int
) -> None:
    own = len(COLUMNS) + 1

    def columns(book: openpyxl.Workbook) -> None:
        sheet = book["Roster"]
        for row in range(FIRST - 1, LAST + 1):
            sheet.cell(row, own).value = "Room" if row < FIRST else f"room {row}"
            sheet.cell(row, own + 1).value = "Twice" if row < FIRST else "=Roster[[#This Row],[Person ID]]&$B$1"
            sheet.cell(row, own + 2).value = f"beside {row}"
        table = sheet.tables["Roster"]
        table.ref = f"A2:{sheet.cell(LAST, own + 1).coordinate}"
        table.autoFilter.ref = table.ref
        for number, name in ((own, "Room"), (own + 1, "Twice")):
            table.tableColumns.append(TableColumn(id=number, name=name))

    file = edited(built["en"], tmp_path / "book.xlsx", typed(place), columns)
    empty_file(file, NOW, "en", yes)
    assert (ids(file, "roster", "en"), ids(file, "salary", "en")) == (["A-1"], [None])
    sheet = load_workbook(file)["Roster"]
    assert [sheet.cell(FIRST, 2).value, sheet.cell(FIRST, 2).font.color.rgb] == ["Ann Oak", "FF00AA55"]
    assert sheet.cell(FIRST, own).value == f"room {place}"
    assert sheet.cell(FIRST, own + 1).value == "=Roster[[#This Row],[Person ID]]&$B$1"
    assert [sheet.cell(row, own + 2).value for row in range(FIRST, LAST + 1)] == [
        f"beside {row}" for row in range(FIRST, LAST + 1)
    ]
    assert sheet.tables["Roster"].ref.endswith(str(FIRST))
    assert "A-1" in ids(file, "findings", "en") + ids(file, "deadlines", "en")


def test_several_keep_their_order_and_notices_of_an_id_taken_over_stay(built: dict[str, Path], tmp_path: Path) -> None:
    mine = [typed(FIRST + 5, person_id="B-2"), typed(LAST - 1, person_id="A-1"), typed(LAST, person_id="HQS-00001")]
    file = edited(built["en"], tmp_path / "book.xlsx", *mine)
    before = [one for one in ids(file, "salary", "en") if one.upper() == "HQS-00001"]
    empty_file(file, NOW, "en", yes)
    assert ids(file, "roster", "en") == ["B-2", "A-1", "HQS-00001"]
    assert ids(file, "salary", "en") == before != []


def _own_sheet(formula: str) -> Change:
    return lambda book: setattr(book.create_sheet("Mine")["A1"], "value", formula)


def _note(cell: str) -> Change:
    return lambda book: setattr(book["Roster"][cell], "comment", Comment("a note", "me"))


def _put(cell: str, value: Any) -> Change:
    return lambda book: setattr(book["Roster"][cell], "value", value)


def _coloured(area: str) -> Change:
    rule: Any = Rule("expression", formula=["TRUE"], dxf=DifferentialStyle(font=Font(bold=True)))
    return lambda book: book["Roster"].conditional_formatting.add(area, rule)


def test_who_was_in_sight_stays_so_among_rows_that_a_filter_hides(built: dict[str, Path], tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        for row in range(FIRST, LAST):
            book["Roster"].row_dimensions[row].hidden = True

    file = edited(built["en"], tmp_path / "book.xlsx", typed(LAST), hide)
    empty_file(file, NOW, "en", yes)
    assert len(ids(file, "roster", "en")) == 1
    assert not load_workbook(file)["Roster"].row_dimensions[FIRST].hidden


WITH_LOSS = {
    "a note of who stays": (_note(f"B{LAST}"), f"B{LAST}"),
    "a note of who goes": (_note("B9"), "B9"),
    "a link": (lambda book: setattr(book["Roster"][f"C{LAST}"], "hyperlink", "https://example.org"), f"C{LAST}"),
    "merged cells": (lambda book: book["Roster"].merge_cells("I20:J20"), "I20:J20"),
    "a formula on cells of its row": (_put(f"I{LAST}", f"=B{LAST}&1"), f"B{LAST}&1"),
    "an array formula": (_put(f"I{LAST}", ArrayFormula(f"I{LAST}", "=1+1")), f"I{LAST}"),
    "a format of some rows": (_coloured(f"I20:I{LAST}"), f"I20:I{LAST}"),
    "a formula elsewhere that looks at the row": (_own_sheet(f"=Roster!B{LAST}"), "Mine"),
    "one elsewhere that looks at who goes, where another comes to stand": (_own_sheet(f"=Roster!B{FIRST}"), "Mine"),
    "one that looks at some of the rows": (_own_sheet(f"=COUNTA(Roster!$B$9:$B${LAST})"), "Mine"),
}


@pytest.mark.parametrize("case", WITH_LOSS)
def test_what_cannot_be_moved_without_loss_is_refused_and_nothing_is_written(
    built: dict[str, Path], tmp_path: Path, case: str
) -> None:
    change, named = WITH_LOSS[case]
    file = edited(built["en"], tmp_path / "book.xlsx", typed(LAST), change)
    before = file.read_bytes()
    with pytest.raises(UnusableFile) as refused:
        empty_file(file, NOW, "en", yes)
    assert named in str(refused.value)
    assert file.read_bytes() == before
    assert not (tmp_path / "hqs-backups").exists()


WITHOUT_LOSS = {
    "a note of a header": _note("B2"),
    "a note beside the table": _note("AZ9"),
    "a formula that looks at all rows": _own_sheet(f"=COUNTA(Roster!B{FIRST}:B{LAST})"),
    "one that looks at whole columns": _own_sheet("=COUNTA(Roster!B:C)"),
    "one that looks at the table": _own_sheet("=ROWS(Roster[Full name])"),
    "one that looks at the same cell of another sheet": _own_sheet(f"=Deadlines!B{LAST}"),
    "a format of all rows": _coloured("I3:I900"),
    "a format beside the table": _coloured("AZ9:AZ12"),
}


@pytest.mark.parametrize("case", WITHOUT_LOSS)
def test_what_stays_right_is_no_hindrance(built: dict[str, Path], tmp_path: Path, case: str) -> None:
    file = edited(built["en"], tmp_path / "book.xlsx", typed(LAST), WITHOUT_LOSS[case])
    empty_file(file, NOW, "en", yes)
    assert ids(file, "roster", "en") == ["A-1"]


def test_other_parts_stay_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsm"
    build(file, lang="ru")
    before = _parts(file)
    empty_file(file, NOW, "ru", yes)
    after = _parts(file)
    assert before.keys() == after.keys()
    others = {name for name in after if after[name] != before[name]}
    assert {name.rpartition("/")[0] for name in others} <= {"xl/worksheets", "xl/tables", "xl"}
    assert "xl/vbaProject.bin" not in others


def _parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist() if name != "xl/calcChain.xml"}


class _Keyboard(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed_in", "goes"), [("y\n", True), ("Yes\n", True), ("n\n", False), ("\n", False), ("", False)]
)
def test_a_person_at_the_terminal_is_asked(
    built: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed_in: str, goes: bool
) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(built["en"].read_bytes())
    monkeypatch.setattr("sys.stdin", _Keyboard(typed_in))
    assert main(["demo", str(file), "--empty"]) == 0
    assert (file.read_bytes() != built["en"].read_bytes()) == goes


def test_in_russian_a_person_answers_in_russian(
    built: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(built["ru"].read_bytes())
    monkeypatch.setattr("sys.stdin", _Keyboard("нет\n"))
    main(["demo", str(file), "--empty", "--lang", "ru"])
    assert say("demo.kept_all", "ru") in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", _Keyboard("Да\n"))
    main(["demo", str(file), "--empty", "--lang", "ru"])
    assert ids(file, "roster", "ru") == [None]


def test_without_a_person_it_is_done_by_yes_alone_and_once(
    built: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(built["en"].read_bytes())
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert main(["demo", str(file), "--empty"]) == 0
    assert file.read_bytes() == built["en"].read_bytes()
    assert main(["demo", str(file), "--empty", "--yes"]) == 0
    assert "hqs-backups" in capsys.readouterr().out
    once = file.read_bytes()
    assert main(["demo", str(file), "--empty", "--yes"]) == 0
    assert capsys.readouterr().out.strip() == say("demo.nobody")
    assert file.read_bytes() == once

"""The demo taken out of a closed file: as the button does it, what is one's own kept, all else as it was."""

from __future__ import annotations

import io
import re
import shlex
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
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.filters import SortState
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import TableColumn

from hqs_xl.buttons.demo_file import empty_file
from hqs_xl.cli.program import main
from hqs_xl.errors import UnusableFile
from hqs_xl.template.build import DEMO_DAY, build
from hqs_xl.template.sheets.stages import COLUMNS
from hqs_xl.template.sheets.tables import SPARE
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


_NEWER = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}"><x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list"><x14:formula1>'
    "<xm:f>Rules!$A$5:$A$9</xm:f></x14:formula1><xm:sqref>{area}</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)


@pytest.mark.parametrize(
    ("area", "stays"), [("C3:C900", True), ("AZ9:AZ12", True), ("C9:C12", False), (f"AZ1 C3:C{LAST - 1}", False)]
)
def test_rules_that_newer_excel_keeps_apart_are_looked_at(
    built: dict[str, Path], tmp_path: Path, area: str, *, stays: bool
) -> None:
    file = edited(built["en"], tmp_path / "book.xlsx", typed(LAST))
    parts, rule = _parts(file), _NEWER.format(area=area).encode()
    sheet = next(name for name, data in parts.items() if name.startswith("xl/worksheets/") and b"Ann Oak" in data)
    parts[sheet] = parts[sheet].replace(b"</worksheet>", rule + b"</worksheet>")
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    before = file.read_bytes()
    if stays:
        empty_file(file, NOW, "en", yes)
        assert rule in _parts(file)[sheet]
        assert file.read_bytes() != before
    else:
        with pytest.raises(UnusableFile, match=area.rsplit(maxsplit=1)[-1]):
            empty_file(file, NOW, "en", yes)
        assert file.read_bytes() == before


def _totals(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[2]
    (table,) = sheet.tables.values()
    last = table.ref.partition(":")[2].rstrip("0123456789")
    sheet.cell(LAST + 1, 1).value = "Total"
    sheet.cell(LAST + 1, 2).value = f"=SUBTOTAL(103,{table.name}[{sheet.cell(2, 2).value}])"
    table.ref, table.totalsRowCount = f"A2:{last}{LAST + 1}", 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("mine", [0, 2])
def test_a_totals_row_moves_up_below_whoever_stays(
    built: dict[str, Path], tmp_path: Path, mine: int, lang: str
) -> None:
    people = [typed(LAST - 2 * place, lang, person_id=f"A-{place}") for place in range(mine)]
    file = edited(built[lang], tmp_path / "book.xlsx", *people, _totals)
    empty_file(file, NOW, lang, yes)
    stay: list[Any] = [f"A-{place}" for place in reversed(range(mine))] or [None]
    assert ids(file, "roster", lang) == [*stay, "Total"]
    sheet = load_workbook(file).worksheets[2]
    (table,) = sheet.tables.values()
    end = FIRST + max(mine, 1)
    assert [table.ref.rstrip(f"{end}")[-2:].isalpha(), table.ref.endswith(str(end))] == [True, True]
    assert table.autoFilter.ref.endswith(str(end - 1))
    assert str(sheet.cell(end, 2).value).startswith("=SUBTOTAL(103,")
    assert sheet.cell(end + 1, 1).value is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plain_range_is_said_to_hold_people_of_the_demo(built: dict[str, Path], tmp_path: Path, lang: str) -> None:
    file = edited(built[lang], tmp_path / "book.xlsx", lambda book: book.worksheets[2].tables.clear())
    before = file.read_bytes()
    with pytest.raises(UnusableFile) as refused:
        empty_file(file, NOW, lang, yes)
    known = {"file": file.name, "sheet": say("sheet.roster", lang), "count": PEOPLE}
    assert refused.value.message(lang) == say("error.demo.no_table", lang, **known)
    assert file.read_bytes() == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_more_people_imported_than_rows_were_spare_are_no_hindrance(
    built: dict[str, Path], tmp_path: Path, lang: str
) -> None:
    file, more = tmp_path / "book.xlsx", tmp_path / "more.csv"
    file.write_bytes(built[lang].read_bytes())
    more.write_text(
        "Person ID;Full name;Relation\n" + "".join(f"N{one};Fern Number{one};HQS\n" for one in range(SPARE + 20)),
        encoding="utf-8",
    )
    assert main(["import", str(more), "--into", str(file), "--yes"]) == 0
    last = FIRST - 1 + PEOPLE + SPARE + 20
    sheet = load_workbook(file).worksheets[2]
    rules = [*sheet.data_validations.dataValidation, *sheet.conditional_formatting]
    ends = {area.max_row for rule in rules for area in rule.sqref.ranges if area.min_row == FIRST != area.max_row}
    assert ends == {last}
    empty_file(file, NOW, lang, yes)
    assert len(ids(file, "roster", lang)) == SPARE + 20


def _own_column(*notes: int, sheet: str = "roster", lang: str = "en", within: bool = True) -> Change:
    """A column of one's own, in the table or next to it, with notes in some rows."""

    def change(book: openpyxl.Workbook) -> None:
        page = book[say(f"sheet.{sheet}", lang)]
        (table,) = page.tables.values()
        last, place = page[table.ref][-1][0].row, len(page[table.ref][0]) + 1
        header = page[table.ref][0][0].row
        page.cell(header, place).value = "My notes"
        for row in notes:
            page.cell(row, place).value = f"noted in {row}"
        if within:
            table.ref = f"A{header}:{page.cell(last, place).coordinate}"
            table.autoFilter.ref = table.ref
            table.tableColumns.append(TableColumn(id=place, name="My notes"))

    return change


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_of_the_demo_stays_in_which_somebody_noted_something(
    built: dict[str, Path], tmp_path: Path, lang: str
) -> None:
    file = edited(built[lang], tmp_path / "book.xlsx", typed(LAST, lang), _own_column(FIRST + 4, FIRST + 6, lang=lang))
    done = empty_file(file, NOW, lang, yes)
    sheet = load_workbook(file).worksheets[2]
    cell = sheet.cell(FIRST + 4, len(COLUMNS) + 1).coordinate
    assert done is not None
    assert f"{sheet.title}!{cell}" in done.text
    assert say("demo.emptied", lang, people=PEOPLE - 3, rows=0, own=1)[:12] in done.text
    assert ids(file, "roster", lang) == ["HQS-00005", "HQS-00007", "A-1"]
    assert {str(one) for one in ids(file, "salary", lang)} <= {"HQS-00005", "HQS-00007"}


@pytest.mark.parametrize(
    ("notes", "stay"),
    [
        ([], 1),
        ([FIRST], 1),
        ([*range(FIRST, LAST)], PEOPLE - 1),
        ([*range(FIRST, LAST + 1)], 1),
        ([FIRST + PEOPLE + 3], 1),
    ],
    ids=["none", "of the first", "of all but one", "of all: a formula as a rule", "below the table"],
)
def test_how_many_rows_stay(built: dict[str, Path], tmp_path: Path, notes: list[int], stay: int) -> None:
    file = edited(built["en"], tmp_path / "book.xlsx", _own_column(*notes))
    empty_file(file, NOW, "en", yes)
    assert len(ids(file, "roster", "en")) == stay


def test_where_somebody_noted_something_of_everybody_left_nothing_is_written(
    built: dict[str, Path], tmp_path: Path
) -> None:
    file = edited(built["en"], tmp_path / "book.xlsx", _own_column(FIRST + 4, FIRST + 6))
    empty_file(file, NOW, "en", yes)
    before = file.read_bytes()
    done = empty_file(file, NOW, "en", yes)
    assert done is not None
    assert done.text.startswith("Rows of the demo stay")
    assert done.backup is None
    assert file.read_bytes() == before


def test_a_column_beside_the_table_would_lose_its_rows(built: dict[str, Path], tmp_path: Path) -> None:
    file = edited(built["en"], tmp_path / "book.xlsx", typed(LAST), _own_column(LAST, within=False))
    before = file.read_bytes()
    with pytest.raises(UnusableFile, match=load_workbook(file)["Roster"].cell(LAST, len(COLUMNS) + 1).coordinate):
        empty_file(file, NOW, "en", yes)
    assert file.read_bytes() == before


def test_a_note_beside_a_salary_notice_of_the_demo_stays(built: dict[str, Path], tmp_path: Path) -> None:
    file = edited(built["en"], tmp_path / "book.xlsx", _own_column(FIRST, sheet="salary"))
    done = empty_file(file, NOW, "en", yes)
    assert done is not None
    assert "Salary notices!" in done.text
    assert len(ids(file, "salary", "en")) == 1 != ids(file, "salary", "en").count(None)


def test_one_backup_is_made_and_no_row_is_said_to_be_sorted(built: dict[str, Path], tmp_path: Path) -> None:
    def sort(book: openpyxl.Workbook) -> None:
        book["Roster"].tables["Roster"].sortState = SortState(ref=f"A3:AN{LAST}")

    file = edited(built["en"], tmp_path / "book.xlsx", sort, typed(LAST))
    empty_file(file, NOW, "en", yes)
    assert len([*(tmp_path / "hqs-backups").iterdir()]) == 1
    assert load_workbook(file)["Roster"].tables["Roster"].sortState is None


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
    "one beside the table that looks at who stays": (_put(f"AZ{LAST}", f"=B{LAST}&1"), f"B{LAST}&1"),
    "one beside the table that looks at who goes": (_put("AZ9", f"=$B{FIRST}&1"), f"$B{FIRST}&1"),
    "one above the table that looks at who goes": (_put("H1", f"=B{FIRST}&1"), f"B{FIRST}&1"),
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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_that_an_older_version_grew_is_made_anew_first(
    built: dict[str, Path], tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its rules ended where the rows had ended that were there at first."""

    def shorten(book: openpyxl.Workbook) -> None:
        for rule in book[say("sheet.roster", lang)].data_validations.dataValidation:
            rule.sqref = MultiCellRange(re.sub(r"(?<=[A-Z])[0-9]+$", str(LAST - 9), str(rule.sqref)))

    file = edited(built[lang], tmp_path / "book.xlsx", typed(LAST, lang), shorten)
    with pytest.raises(UnusableFile) as refused:
        empty_file(file, NOW, lang, yes)
    advice = refused.value.message(lang).rpartition("hqs-xl ")[2]
    assert main([part.replace(file.name, str(file)) for part in shlex.split(advice)]) == 0
    capsys.readouterr()
    empty_file(file, NOW, lang, yes)
    assert ids(file, "roster", lang) == ["A-1"]


WITHOUT_LOSS = {
    "a note of a header": _note("B2"),
    "a note beside the table": _note("AZ9"),
    "a formula that looks at all rows": _own_sheet(f"=COUNTA(Roster!B{FIRST}:B{LAST})"),
    "one that looks at whole columns": _own_sheet("=COUNTA(Roster!B:C)"),
    "one beside the table that looks at all rows": _put("AZ9", f"=COUNTA($B$3:$B${LAST})"),
    "one beside the table that looks at cells beside it": _put("AZ9", "=AY9&1"),
    "one beside the table that looks at a header": _put("AZ9", "=B$2"),
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

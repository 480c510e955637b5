"""Tables of ours in a closed workbook: rows written anew, columns added, new sheets."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils import get_column_letter

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import ClosedBook, ClosedEdit
from hqs_xl.hosts.files.limits import LIMITS
from hqs_xl.hosts.xlsx.read import row_tags
from hqs_xl.roster.columns import TABLES
from hqs_xl.roster.tables import Found
from tests.compare_workbooks import compare
from tests.hosts import xlsx_files
from tests.hosts.edits import answer, changes, data_of, edited, part, read, replace
from tests.hosts.xlsx_files import inline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

SECOND = "xl/worksheets/sheet2.xml"
DAY = date(2026, 3, 31)
SERIAL = 46_112
HEADERS = ["Severity", "Person ID", "Message", "Due", "Mine"]
KEYS = {0: "severity", 1: "person_id", 2: "message", 3: "due"}
TITLES = {key: HEADERS[place] for place, key in KEYS.items()}


def found_at(header_row: int, sheet: str = "F") -> Found:
    return Found("findings", sheet, header_row, KEYS, TITLES)


def row_of(number: int) -> dict[str, Any]:
    return {"severity": "Violation", "person_id": f"P{number}", "message": f"late {number}", "due": DAY}


def rows_of(count: int) -> list[Mapping[str, Any]]:
    return [row_of(number) for number in range(1, count + 1)]


def cells_of(number: int) -> dict[int, Any]:
    return {0: "Violation", 1: f"P{number}", 2: f"late {number}", 3: SERIAL}


def refused_at_the_end(path: Path, do: Callable[[ClosedEdit], None]) -> UnusableFile:
    """The refusal of an edit whose last row is known when somebody asks what has changed."""
    with ClosedEdit(path) as book:
        do(book)
        with pytest.raises(UnusableFile) as caught:
            _ = book.changed
    return caught.value


@pytest.fixture(params=["with patterns", "parser alone"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two ways a row may be read and patched; both must give the same."""
    if request.param == "parser alone":
        monkeypatch.setattr(row_tags, "prefixed_in", xlsx_files.no_tag)
    return str(request.param)


def findings_book(path: Path, old: int, *, framed: bool = True, total: bool = False, mine: str = "") -> Found:
    """Findings on a sheet, some old rows of them; as an Excel table or a plain range, below a title."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("R").write(0, 0, 1)
        sheet = book.add_worksheet("F")
        sheet.write(0, 0, "Findings of the last check")
        day, red = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"font_color": "red"})
        if framed:
            columns = [{"header": header} for header in HEADERS]
            last = 2 + max(old, 1) + total
            sheet.add_table(2, 0, last, 4, {"columns": columns, "name": "Found", "total_row": total})
        else:
            sheet.write_row(2, 0, HEADERS)
        for row in range(old):
            sheet.write(3 + row, 0, "Old", red)
            sheet.write(3 + row, 1, f"O{row}")
            sheet.write(3 + row, 2, "old text")
            sheet.write(3 + row, 3, 40_000, day)
            sheet.write(3 + row, 6, "beside")
            if mine:
                sheet.write(3 + row, 4, mine)
    return found_at(3)


@pytest.mark.parametrize("framed", [True, False], ids=["Excel table", "plain range"])
@pytest.mark.parametrize(("old", "new"), [(0, 3), (3, 3), (2, 5), (5, 2), (3, 0), (1, 1)])
def test_rows_are_written_anew(framed: bool, old: int, new: int, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    table = findings_book(path, old, framed=framed)
    out = edited(path, replace(table, rows_of(new)))
    found = read(out, "F")
    beside = {number: {6: "beside"} for number in range(4, 4 + old)}
    ours = {number + 3: cells_of(number) for number in range(1, new + 1)}
    wanted = {number: beside.get(number, {}) | ours.get(number, {}) for number in beside.keys() | ours.keys()}
    assert {number: cells for number, cells in found.items() if number > 3} == wanted
    with ClosedBook(out) as book:
        assert [(area.first_row, area.last_row) for area in book.tables("F")] == [(3, 3 + max(new, 1))] * framed
    assert not changes(out, replace(table, rows_of(new)))
    assert edited(out, replace(table, rows_of(new))).read_bytes() == out.read_bytes()
    assert [str(one) for one in compare(path, out) if not one.allowed] == []


def test_new_rows_look_like_the_first_one(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    table = findings_book(path, 1)
    out = edited(path, replace(table, rows_of(4)))
    sheet: Any = openpyxl.load_workbook(out)["F"]
    for row in range(4, 8):
        assert sheet.cell(row, 1).font.color.rgb == "FFFF0000"
        assert sheet.cell(row, 4).number_format == "dd.mm.yyyy"
    assert sheet.auto_filter.ref is None
    assert b'<dimension ref="A1:G7"/>' in part(out, "xl/worksheets/sheet2.xml")
    assert sheet.tables["Found"].ref == sheet.tables["Found"].autoFilter.ref == "A3:E7"


def test_columns_of_somebody_s_own_stay_and_keep_their_rows_in_the_table(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    table = findings_book(path, 4, mine="seen")
    out = edited(path, replace(table, rows_of(1)))
    found = read(out, "F")
    assert [found[row].get(4) for row in range(4, 8)] == ["seen"] * 4
    with ClosedBook(out) as book:
        assert book.tables("F")[0].last_row == 7
    again = edited(out, replace(table, rows_of(3)))
    assert read(again, "F")[6] == cells_of(3) | {4: "seen", 6: "beside"}


def test_more_new_rows_than_are_blank_above_the_totals_are_refused_with_how_many_to_insert(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    table = findings_book(path, 2, total=True)
    with ClosedEdit(path) as book, pytest.raises(UnusableFile) as caught:
        book.grow(table, table.header_row + 2, [{}, {}], {})
    assert caught.value.code == "above_totals"
    assert [caught.value.fields[key] for key in ("row", "free", "count")] == [table.header_row + 3, 0, 2]


RULES = (
    '<conditionalFormatting sqref="A4:E5"><cfRule type="expression" priority="1"><formula>1</formula></cfRule>'
    '</conditionalFormatting><dataValidations count="1"><dataValidation type="whole" sqref="A4:A5"/></dataValidations>'
)
NEWER = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>'
    '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    "<xm:sqref>C4:C5</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
)


def with_rules(path: Path, more: str = "") -> Found:
    """Two findings in the rows 4 and 5, with rules; and more behind them."""
    table = findings_book(path, 2)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts[SECOND].decode().replace("<pageMargins", RULES + "<pageMargins")
    parts[SECOND] = sheet.replace("</worksheet>", NEWER + more + "</worksheet>").encode()
    path.write_bytes(xlsx_files.zipped(parts))
    return table


@pytest.mark.parametrize("chunk", [1, 7, 64, 1 << 16])
def test_rules_of_all_rows_grow_wherever_the_bytes_are_cut(tmp_path: Path, chunk: int) -> None:
    path = tmp_path / "book.xlsx"
    table = with_rules(path)
    before = part(path, SECOND).partition(b"</sheetData>")[2]
    wanted = before.replace(b"A4:E5", b"A4:E7").replace(b"A4:A5", b"A4:A7").replace(b"C4:C5", b"C4:C7")
    limits = LIMITS._replace(chunk=chunk)
    for do in (replace(table, rows_of(4)), lambda book: book.grow(table, 5, [{"person_id": "P3"}, {}], {})):
        assert part(edited(path, do, limits), SECOND).partition(b"</sheetData>")[2] == wanted


def test_rules_stay_where_no_row_is_new(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    table = with_rules(path)
    before = part(path, SECOND).partition(b"</sheetData>")[2]
    for do in (replace(table, rows_of(1)), lambda book: book.grow(table, 5, [], {4: {"person_id": "P3"}})):
        assert part(edited(path, do), SECOND).partition(b"</sheetData>")[2] == before


@pytest.mark.parametrize(("size", "refused"), [(1 << 14, False), (1 << 15, True)])
def test_what_follows_the_rows_is_held_within_bounds(tmp_path: Path, size: int, refused: bool) -> None:
    path = tmp_path / "book.xlsx"
    table = with_rules(path, "<!--x-->" * (size // 8))
    with ClosedEdit(path, limits=LIMITS._replace(listed=20_000, chunk=512)) as book:
        if refused:
            with pytest.raises(UnusableFile) as caught:
                book.grow(table, 5, [{"person_id": "P3"}], {})
            assert caught.value.code == "bomb"
        else:
            assert book.grow(table, 5, [{"person_id": "P3"}], {}) == []


def test_a_totals_row_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    table = findings_book(path, 2, total=True)
    with ClosedEdit(path) as book, pytest.raises(UnusableFile) as caught:
        book.replace_rows(table)
    assert caught.value.code == "table_totals"


@pytest.mark.parametrize(("column", "count", "refused"), [(0, 3, True), (4, 3, True), (5, 3, False), (0, 2, False)])
def test_what_stands_below_a_table_is_not_overwritten(column: int, count: int, refused: bool, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("F")
        sheet.add_table(0, 0, 2, 4, {"columns": [{"header": header} for header in HEADERS]})
        sheet.write(3, column, "note")
    do = replace(found_at(1), rows_of(count))
    if refused:
        caught = refused_at_the_end(path, do)
        assert (caught.code, caught.fields["row"]) == ("in_the_way", 4)
    else:
        assert read(edited(path, do), "F")[4] == {column: "note"} | (cells_of(3) if count > 2 else {})


def test_a_sheet_has_no_room_for_more_rows_than_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hqs_xl.hosts.xlsx.patch.rewritten_rows.MAX_ROWS", 5)
    path = tmp_path / "book.xlsx"
    table = findings_book(path, 1)
    assert refused_at_the_end(path, replace(table, rows_of(3))).code == "too_many_rows"


HEADER = '<row r="1">' + "".join(inline(f"{'ABCD'[place]}1", TITLES[key]) for place, key in KEYS.items()) + "</row>"
TYPED = 'ht="20" customHeight="1"'
BLANK_ROWS = f'<row r="2" {TYPED}/><row r="3" {TYPED}></row><row r="9"><c r="G9"><v>1</v></c></row>'


def test_rows_without_cells_and_gaps_are_filled(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    xlsx_files.book(HEADER + BLANK_ROWS)(path)
    table = found_at(1, "S")
    out = edited(path, replace(table, rows_of(5)))
    data = data_of(out)
    assert [int(row) for row in re.findall(r'<row r="(\d+)"', data)] == [1, 2, 3, 4, 5, 6, 9]
    assert data.count(f'<row r="2" {TYPED}><c r="A2"') == data.count(f'<row r="3" {TYPED}><c r="A3"') == 1
    assert data.endswith('<row r="9"><c r="G9"><v>1</v></c></row>')
    assert {row: cells for row, cells in read(out).items() if 1 < row < 9} == {n + 1: cells_of(n) for n in range(1, 6)}
    assert not changes(out, replace(table, rows_of(5)))


def test_rows_of_a_prefixed_sheet_are_written_in_its_own_names(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    sheet = re.sub(r"<(/?)(?=\w)", r"<\1q:", xlsx_files.sheet(HEADER, declared="")).replace("xmlns=", "xmlns:q=")
    xlsx_files.book(sheet=sheet)(path)
    out = edited(path, replace(found_at(1, "S"), rows_of(2)))
    assert read(out)[3] == cells_of(2)


def test_new_rows_are_refused_where_a_formula_of_somebody_s_own_fills_cells(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    filled = '<row r="1"><c r="A1"><f t="array" ref="A1:A9">SUM(Z1)</f><v>1</v></c></row>'
    xlsx_files.book(filled + HEADER.replace('1"', '3"'))(path)
    found = refused_at_the_end(path, replace(found_at(3, "S"), rows_of(2)))
    assert (found.code, found.fields["cell"]) == ("foreign_formula", "A4")


def test_a_formula_of_somebody_s_own_among_the_findings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    xlsx_files.book(HEADER + '<row r="2"><c r="A2"><f>B2</f><v>1</v></c></row>')(path)
    assert refused_at_the_end(path, replace(found_at(1, "S"), [])).code == "foreign_formula"


def test_many_rows_wait_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hqs_xl.hosts.xlsx.patch.rewritten_rows.ROWS_IN_MEMORY", 100)
    monkeypatch.setattr("hqs_xl.hosts.xlsx.patch.rewritten_rows.BYTES_IN_MEMORY", 100)
    path = tmp_path / "book.xlsx"
    table = findings_book(path, 1)
    odd = {"message": 'a "quoted"\nline Ж\ud800', "severity": True, "person_id": 1.5}
    assert read(edited(path, replace(table, [*rows_of(300), odd])), "F")[304] == {
        0: True,
        1: 1.5,
        2: 'a "quoted"\nline Ж\N{REPLACEMENT CHARACTER}',
    }


# ---- columns added ----------------------------------------------------------------------------------------------


def roster_book(path: Path, *, framed: bool, note: tuple[int, int] | None = None) -> Found:
    """A roster of two columns, and a note somewhere."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("R")
        bold = book.add_format({"bold": True})
        headers = ["Person ID", "Relation"]
        if framed:
            columns = [{"header": header, "header_format": bold} for header in headers]
            sheet.add_table(1, 1, 4, 2, {"columns": columns, "name": "Roster"})
        else:
            sheet.write_row(1, 1, headers, bold)
        for row in range(2, 5):
            sheet.write_row(row, 1, [f"P{row}", "HQS"])
        if note:
            sheet.write(*note, "note")
    return Found("roster", "R", 2, {1: "person_id", 2: "relation"}, {"person_id": "Person ID", "relation": "Relation"})


def widen(table: Found, value: object = "OK") -> Callable[[ClosedEdit], list[int]]:
    def do(book: ClosedEdit) -> list[int]:
        places = [*book.widen(table, ["Status", "Next <due>"])]
        book.edit_rows("R", lambda number, _: {places[0]: value, places[1]: DAY} if number > 2 else {})
        return places

    return do


@pytest.mark.parametrize("framed", [True, False], ids=["Excel table", "plain range"])
def test_columns_are_added_at_the_right_end(framed: bool, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    table = roster_book(path, framed=framed)
    out = edited(path, widen(table))
    found = read(out, "R")
    assert found[2] == {1: "Person ID", 2: "Relation", 3: "Status", 4: "Next <due>"}
    assert found[5] == {1: "P4", 2: "HQS", 3: "OK", 4: SERIAL}
    sheet: Any = openpyxl.load_workbook(out)["R"]
    assert sheet["D2"].font.bold
    assert not sheet["D3"].font.bold
    if framed:
        made = sheet.tables["Roster"]
        assert made.ref == made.autoFilter.ref == "B2:E5"
        assert [(column.id, column.name) for column in made.tableColumns][2:] == [(3, "Status"), (4, "Next <due>")]


def test_columns_are_added_although_nobody_answers(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    table = roster_book(path, framed=True)
    out = edited(path, lambda book: book.widen(table, ["Status"]))
    assert read(out, "R")[2] == {1: "Person ID", 2: "Relation", 3: "Status"}


@pytest.mark.parametrize(
    ("framed", "note", "refused"),
    [
        (True, (3, 3), True),
        (True, (1, 3), True),
        (True, (4, 4), True),
        (True, (5, 3), False),
        (True, (0, 3), False),
        (True, (3, 5), False),
        (False, (3, 3), True),
        (False, (9, 3), True),
        (False, (0, 3), False),
    ],
)
def test_columns_are_not_added_over_what_stands_there(
    framed: bool, note: tuple[int, int], refused: bool, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    table = roster_book(path, framed=framed, note=note)
    if not refused:
        assert read(edited(path, widen(table)), "R")[3][3] == "OK"
        return
    with ClosedEdit(path) as book, pytest.raises(UnusableFile) as caught:
        widen(table)(book)
    assert (caught.value.code, caught.value.fields["row"]) == ("in_the_way", note[0] + 1)


def test_columns_of_a_plain_range_are_added_behind_all_headers(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    table = roster_book(path, framed=False, note=(1, 5))
    with ClosedEdit(path) as book:
        assert [*book.widen(table, ["Status"])] == [6]


def test_columns_are_not_added_into_another_table(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("R")
        sheet.add_table(1, 1, 4, 2)
        sheet.add_table(3, 4, 6, 5)
    table = Found("roster", "R", 2, {1: "person_id", 2: "relation"}, {})
    with ClosedEdit(path) as book:
        assert [*book.widen(table, ["one"])] == [3]
        with pytest.raises(UnusableFile) as caught:
            book.widen(table, ["two"])
    assert caught.value.code == "in_the_way"


# ---- new sheets -------------------------------------------------------------------------------------------------


def with_findings(book: ClosedEdit) -> None:
    sink = book.add_table("findings", "en")
    for row in rows_of(3):
        sink(row)


def test_a_new_sheet_holds_a_table_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    roster_book(path, framed=True)
    out = edited(path, with_findings)
    keys = [column.key for column in TABLES["findings"]]
    wanted = {keys.index(key): value for key, value in row_of(2).items()} | {keys.index("due"): SERIAL}
    found = read(out, "Findings")
    assert found[1] == {place: column.header() for place, column in enumerate(TABLES["findings"])}
    assert found[3] == dict(sorted(wanted.items()))
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["R", "Findings"]
    sheet: Any = book["Findings"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.cell(2, keys.index("due") + 1).number_format == "yyyy-mm-dd"
    assert sheet.tables["Findings"].ref == f"A1:{get_column_letter(len(keys))}4"
    assert [str(one) for one in compare(path, out) if not one.allowed] == []
    headers = {column.key: column.header() for column in TABLES["findings"]}
    table = Found("findings", "Findings", 1, dict(enumerate(keys)), headers)
    assert not changes(out, replace(table, rows_of(3)))


def test_a_new_sheet_and_its_table_take_names_nobody_has(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("findings").add_table(0, 0, 2, 1, {"name": "Findings"})
        made.add_chartsheet("Findings2").set_chart(a_chart(made))
        made.define_name("FINDINGS2", "=findings!$A$1")
    out = edited(path, lambda book: [book.add_table("findings", "en"), book.add_table("log", "ru")])
    with ClosedBook(out) as book:
        assert book.sheets == ("findings", "Findings3", "Журнал")
        names = [area.name for sheet in book.sheets for area in book.tables(sheet)]
    assert names == ["Findings", "Findings3", "Log"]
    listed = part(out, "xl/workbook.xml").decode()
    assert re.findall(r'sheetId="(\d+)"', listed) == ["1", "2", "3", "4"]
    numbers = [re.search(rb' id="(\d+)"', part(out, f"xl/tables/table{number}.xml")) for number in (1, 2, 3)]
    assert [match and match[1] for match in numbers] == [b"1", b"2", b"3"]
    assert openpyxl.load_workbook(out).sheetnames == ["findings", "Findings2", "Findings3", "Журнал"]


def a_chart(book: Any) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=findings!$A$1:$A$2"})
    return chart


def test_an_empty_new_table_has_a_blank_row(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    xlsx_files.book()(path)
    out = edited(path, lambda book: book.add_table("findings", "en"))
    with ClosedBook(out) as book:
        assert book.tables("Findings")[0].last_row == 2
    assert len(openpyxl.load_workbook(out).sheetnames) == 2


def test_a_new_sheet_beside_answers(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    xlsx_files.book(book=xlsx_files.workbook().replace("<sheets>", "<x/><sheets >"))(path)

    def do(book: ClosedEdit) -> None:
        with_findings(book)
        answer({1: {0: DAY, 1: "=x"}})(book)

    out = edited(path, do)
    assert read(out) == {1: {0: SERIAL, 1: "=x"}}
    assert read(out, "Findings")[2][0] == "Violation"


def test_the_ids_of_new_parts_are_told_from_those_of_others(tmp_path: Path) -> None:
    """File format: ids of ours begin with rIdHqs, so that no program's numbering meets them, whatever it adds later."""
    path = tmp_path / "s.xlsx"
    book = openpyxl.Workbook()
    book.save(path)
    with ClosedEdit(path) as edit:
        edit.add_table("findings", "en")(row_of(1))
        with (tmp_path / "new.xlsx").open("w+b") as stream:
            edit.write(stream)
    links = part(tmp_path / "new.xlsx", "xl/_rels/workbook.xml.rels").decode()
    old = part(path, "xl/_rels/workbook.xml.rels").decode()
    ids, before = (set(re.findall(r'Id="([^"]+)"', text)) for text in (links, old))
    assert {key.rstrip("0123456789") for key in ids - before} == {"rIdHqs"}
    assert before <= ids

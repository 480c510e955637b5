"""Closed workbooks are read exactly, row by row, in bounded memory."""

from __future__ import annotations

import io
import random
import re
import tempfile
import tracemalloc
import zipfile
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table

from hqs_xl.errors import UnusableFile
from hqs_xl.formulas.today import moving_number
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.hosts.files.limits import LIMITS, Limits
from hqs_xl.hosts.xlsx.read import row_tags
from hqs_xl.hosts.xlsx.read.plain_cells import Cells
from hqs_xl.hosts.xlsx.read.plain_row import PlainRow
from hqs_xl.hosts.xlsx.read.sheet_rows import SheetReader
from hqs_xl.hosts.xlsx.read.workbook import TableArea
from tests.hosts import xlsx_files
from tests.hosts.odd_files import ODD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.hosts.xlsx_files import Case, Rows


def read(path: Path, sheet: str | None = None, limits: Limits = LIMITS) -> Rows:
    with ClosedBook(path, limits) as book:
        return dict(book.rows(sheet or book.sheets[0]))


def typed(rows: Rows) -> dict[int, dict[int, tuple[type, object]]]:
    """Rows with the types beside the values, for True is 1 is 1.0."""
    return {number: {column: (type(value), value) for column, value in cells.items()} for number, cells in rows.items()}


@pytest.fixture(params=["with patterns", "parser alone"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two ways a row may be read; both must give the same."""
    if request.param == "parser alone":
        monkeypatch.setattr(row_tags, "prefixed_in", xlsx_files.no_tag)
    return str(request.param)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("case", ODD, ids=lambda case: case.name)
def test_an_odd_file_is_read(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "roster"
    case.write(path)
    assert case.rows is not None
    assert typed(read(path)) == typed(case.rows)


def peak(path: Path, rows: int) -> int:
    """The most memory that reading a sheet of so many rows takes."""
    pattern = '<row r="{0}"><c r="A{0}"><v>7</v></c><c r="B{0}"><v>5.25</v></c></row>'
    xlsx_files.book("".join(pattern.format(number) for number in range(1, rows + 1)))(path)
    tracemalloc.start()
    try:
        with ClosedBook(path) as book:
            assert sum(1 for _ in book.rows("S")) == rows
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.usefixtures("way")
def test_a_sheet_ten_times_as_long_takes_no_more_memory(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    peak(path, 10)  # what is made but once
    assert peak(path, 20_000) < 2 * peak(path, 2000)


# ---- the book ---------------------------------------------------------------------------------------------------


def test_sheets_stand_in_the_book_s_order_with_hidden_ones_and_without_charts(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Второй").write(0, 0, "b")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Второй!$A$1:$A$2"})
        book.add_chartsheet("Chart").set_chart(chart)
        book.add_worksheet("<&> 'one' two").hide()
        book.add_worksheet("third").very_hidden()
    with ClosedBook(path) as opened:
        assert opened.sheets == ("Второй", "<&> 'one' two", "third")
        assert dict(opened.rows("Второй")) == {1: {0: "b"}}


def test_an_unknown_sheet_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book()(path)
    with ClosedBook(path) as book:
        for ask in (book.rows, book.tables):
            with pytest.raises(UnusableFile) as caught:
                ask("s")
            assert (caught.value.code, caught.value.fields["sheet"]) == ("no_sheet", "s")


@pytest.mark.parametrize(
    ("said", "is_1904"),
    [
        ("", False),
        ("<workbookPr/>", False),
        ('<workbookPr date1904="0"/>', False),
        ('<workbookPr date1904="false"/>', False),
        ('<workbookPr date1904="1"/>', True),
        ('<workbookPr date1904="true"/>', True),
    ],
)
def test_the_date_system_is_read(said: str, is_1904: bool, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book(book=xlsx_files.workbook(properties=said))(path)
    with ClosedBook(path) as book:
        assert book.date1904 is is_1904


def test_rows_may_be_read_again_and_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book(xlsx_files.GOOD_ROWS)(path)
    with ClosedBook(path) as book:
        pairs = list(zip(book.rows("S"), book.rows("S"), strict=True))
        assert pairs == [(row, row) for row in book.rows("S")]
        assert len(pairs) == 4


def test_a_reader_left_in_the_middle_lets_the_file_go(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    wide_book(path, 3000)
    with ClosedBook(path) as book:
        rows = book.rows("Sheet1")
        assert next(rows)[0] == 1
    path.unlink()


def wide_book(path: Path, rows: int) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            sheet.write_row(row, 0, [row, f"имя {row}", row / 8, "same", True])


def test_a_sheet_of_many_chunks_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    wide_book(path, 3000)
    expected: Rows = {row + 1: {0: row, 1: f"имя {row}", 2: row / 8, 3: "same", 4: True} for row in range(3000)}
    assert read(path) == expected


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1000])
def test_where_a_chunk_ends_does_not_matter(size: int, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book(xlsx_files.MIXED_ROWS)(path)
    expected = read(path)
    assert read(path, limits=Limits(chunk=size)) == expected


def test_rows_wider_than_what_is_kept_back_are_read(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book(xlsx_files.MIXED_ROWS)(path)
    expected = read(path)
    assert read(path, limits=Limits(chunk=40, pending=10)) == expected


def test_rows_of_the_usual_shape_spare_the_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "roster.xlsx"
    wide_book(path, 3000)
    parsed: list[str | None] = []
    start_row = SheetReader._start_row

    def watched(reader: SheetReader, reference: str | None) -> None:
        parsed.append(reference)
        start_row(reader, reference)

    monkeypatch.setattr(SheetReader, "_start_row", watched)
    assert len(read(path)) == 3000
    assert len(parsed) < 100


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("numbers", [{2}, {3}, {1, 3, 20}, {21}, {5, 1 << 20}, set(range(30)), set()], ids=str)
def test_some_rows_are_those_of_all(numbers: set[int], tmp_path: Path) -> None:
    """Rows of the usual shape and others, those of numbers alone."""
    path = tmp_path / "roster.xlsx"
    xlsx_files.book(xlsx_files.MIXED_ROWS)(path)
    with ClosedBook(path) as book:
        whole = dict(book.rows("S"))
        assert dict(book.rows_numbered("S", numbers)) == {row: whole[row] for row in whole if row in numbers}


@pytest.mark.parametrize(
    "text", ["<!-- gone: </row> -->", "<?x </row>?>", '<c r="B5" t="str"><v><![CDATA[</row>]]></v></c>'], ids=str
)
def test_what_looks_like_a_row_s_end_ends_none_that_is_not_wanted(text: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    rows = [f'<row r="{n}"><c r="A{n}"><v>{n}</v></c>{text if n == 5 else ""}</row>' for n in range(1, 10)]
    xlsx_files.book("".join(rows))(path)
    with ClosedBook(path) as book:
        assert dict(book.rows_numbered("S", {2, 7})) == {2: {0: 2}, 7: {0: 7}}


def test_rows_that_are_not_wanted_are_not_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "roster.xlsx"
    wide_book(path, 3000)
    taken: list[int] = []
    row = Cells.row

    def watched(cells: Cells, data: bytes, digits: bytes, inner: bytes) -> PlainRow | None:
        taken.append(int(digits))
        return row(cells, data, digits, inner)

    monkeypatch.setattr(Cells, "row", watched)
    with ClosedBook(path) as book:
        assert [number for number, _ in book.rows_numbered("Sheet1", {100, 200})] == [100, 200]
    assert taken == [100, 200]


def test_progress_rises_to_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    wide_book(path, 8000)
    told: list[float] = []
    with ClosedBook(path) as book:
        for _ in book.rows("Sheet1", told.append):
            pass
    assert told == sorted(told)
    assert told[0] < 0.5
    assert told[-1] == 1.0
    assert len(told) <= 101


def test_progress_of_an_empty_sheet_is_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book("")(path)
    told: list[float] = []
    with ClosedBook(path) as book:
        assert list(book.rows("S", told.append)) == []
    assert told[-1] == 1.0


# ---- tables -----------------------------------------------------------------------------------------------------

AREAS = [
    ('ref="A1:C5"', TableArea("T", 1, 5, 0, 2, totals_rows=0)),
    ('ref="$A$1:$C$5"', TableArea("T", 1, 5, 0, 2, totals_rows=0)),
    ('ref="B2:B3" totalsRowCount="1" headerRowCount="1"', TableArea("T", 2, 3, 1, 1, totals_rows=1)),
    ('ref="A1:A1" headerRowCount="0"', TableArea("T", 1, 1, 0, 0, totals_rows=0, header_rows=0)),
    ('ref="A1:XFD2"', TableArea("T", 1, 2, 0, 16_383, totals_rows=0)),
    ('ref="B1048575:B1048576"', TableArea("T", 1_048_575, 1_048_576, 1, 1, totals_rows=0)),
]


@pytest.mark.parametrize(("attributes", "area"), AREAS, ids=[row[0] for row in AREAS])
def test_a_table_s_area_is_read(attributes: str, area: TableArea, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book(sheet_links=xlsx_files.TABLE_LINK, table=xlsx_files.table(attributes))(path)
    with ClosedBook(path) as book:
        assert book.tables("S") == (area,)


def test_tables_of_xlsxwriter_are_found(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("People")
        sheet.add_table("F2:G4", {"name": "Right", "data": [[3, 4], [5, 6]]})
        sheet.add_table("A1:C4", {"name": "Люди", "data": [[1, 2, 3]], "total_row": True})
        sheet.add_table("A10:B12", {"name": "Low", "header_row": False})
        book.add_worksheet("None")
    with ClosedBook(path) as opened:
        assert opened.tables("None") == ()
        assert opened.tables("People") == (
            TableArea("Люди", 1, 4, 0, 2, totals_rows=1),
            TableArea("Right", 2, 4, 5, 6, totals_rows=0),
            TableArea("Low", 10, 12, 0, 1, totals_rows=0, header_rows=0),
        )


def test_a_table_of_openpyxl_is_found(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    book = openpyxl.Workbook()
    sheet = a_sheet(book)
    for row in (["Name", "Date"], ["Иванов", date(2026, 3, 31)], ["Total", None]):
        sheet.append(row)
    sheet.add_table(Table(displayName="Roster", name="Roster", ref="A1:B3", totalsRowCount=1))
    book.save(path)
    with ClosedBook(path) as opened:
        assert opened.tables("Sheet") == (TableArea("Roster", 1, 3, 0, 1, totals_rows=1),)


def a_sheet(book: openpyxl.Workbook) -> Any:
    return book.active


# ---- workbooks of two other makers ------------------------------------------------------------------------------

GRID: Rows = {
    1: {0: "Имя", 1: "Contract", 2: "Salary"},
    2: {0: " Жанна \n", 1: 45_000, 2: 250_000.5, 5: True},
    3: {0: "=1+1", 2: -7, 3: "_x0041_", 4: "a_b", 5: False},
    7: {0: "\N{GRINNING FACE}", 3: "a\tb", 702: "far"},
    1000: {0: "<&>\"'", 1: 1e-9},
}


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("constant_memory", [False, True], ids=["shared strings", "inline strings"])
def test_a_workbook_of_xlsxwriter_reads_back(constant_memory: bool, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    write_grid(path, GRID, constant_memory=constant_memory)
    assert typed(read(path)) == typed(GRID)


def write_grid(target: Path | io.BytesIO, grid: Rows, *, constant_memory: bool) -> None:
    with xlsxwriter.Workbook(target, {"constant_memory": constant_memory, "in_memory": not constant_memory}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, cells in grid.items():
            for column, value in cells.items():
                write = {str: sheet.write_string, bool: sheet.write_boolean}.get(type(value), sheet.write_number)
                write(number - 1, column, value, bold if column % 2 else None)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("write_only", [False, True])
def test_a_workbook_of_openpyxl_reads_back(write_only: bool, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    book = openpyxl.Workbook(write_only=write_only)
    sheet = book.create_sheet("Roster", 0)
    sheet.append(["Имя", "Contract", None, 0.5, True, "#N/A"])
    sheet.append([])
    sheet.append([" Жанна ", datetime(2026, 3, 31, 12), "a\nb", -3, False, ""])
    book.save(path)
    assert typed(read(path, "Roster")) == typed(
        {
            1: {0: "Имя", 1: "Contract", 3: 0.5, 4: True, 5: "#N/A"},
            3: {0: " Жанна ", 1: 46112.5, 2: "a\nb", 3: -3, 4: False},
        }
    )


def test_dates_of_1904_are_numbers_of_1904(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    a_sheet(book).append([date(1904, 1, 2), date(2026, 3, 31)])
    book.save(path)
    with ClosedBook(path) as opened:
        assert opened.date1904
        assert dict(opened.rows("Sheet")) == {1: {0: 1, 1: 46_112 - 1462}}


def test_dates_of_1904_by_xlsxwriter(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        book.add_worksheet().write_datetime(0, 0, date(2026, 3, 31))
    with ClosedBook(path) as opened:
        assert opened.date1904
        assert dict(opened.rows("Sheet1")) == {1: {0: 46_112 - 1462}}


def test_rich_text_reads_as_its_words(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_rich_string(0, 0, "a ", bold, "bold", " b")
    assert read(path) == {1: {0: "a bold b"}}


def test_rich_text_of_openpyxl_reads_as_its_words(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    book = openpyxl.Workbook()
    a_sheet(book)["B2"] = CellRichText("a ", TextBlock(InlineFont(b=True), "bold"), " b")
    book.save(path)
    assert read(path) == {2: {1: "a bold b"}}


def test_formulas_give_their_stored_values_those_on_today_as_such_that_move(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        formulas = [
            ("=B1+1", 5),
            ("=TODAY()", 46_000),
            ("=A1&B1", "текст"),
            ("=now()", 46_000.5),
            ("=TODAY()-1", 45_999),
        ]
        for row in range(3):
            for column, (formula, value) in enumerate(formulas):
                sheet.write_formula(row, column, formula, None, value)
    moving = {1: moving_number(46_000, 0), 3: moving_number(46_000.5, 0), 4: moving_number(45_999, -1)}
    assert read(path) == {row: {0: 5, 2: "текст"} | moving for row in (1, 2, 3)}


# ---- any grid, any bytes ----------------------------------------------------------------------------------------

# XlsxWriter escapes only the first of two escapes that share an underscore.
ESCAPES_SHARING_A_BAR = re.compile(r"_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_")
ANY_SIGN = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")
TEXTS = (
    st.one_of(
        st.text(ANY_SIGN, min_size=1, max_size=20),
        st.text("_x0041DF <&>'\" \r\n\tЖ", min_size=1, max_size=20),
    )
    .filter(lambda text: not ESCAPES_SHARING_A_BAR.search(text))
)  # fmt: skip
# XlsxWriter writes sixteen digits.
NUMBERS = st.floats(allow_nan=False, allow_infinity=False).map(lambda number: float(f"{number:.16G}")).filter(isfinite)
VALUES = st.one_of(TEXTS, NUMBERS, st.integers(-(10**15) + 1, 10**15 - 1), st.booleans())
GRIDS = st.dictionaries(
    st.integers(1, 60) | st.integers(1, 2000),
    st.dictionaries(st.integers(0, 30) | st.integers(0, 800), VALUES, min_size=1, max_size=6),
    max_size=6,
).map(lambda grid: {number: dict(sorted(cells.items())) for number, cells in sorted(grid.items())})


def both_ways(data: bytes) -> Iterator[Rows]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(data)
        yield read(path)
        patch.setattr(row_tags, "prefixed_in", xlsx_files.no_tag)
        yield read(path)


@settings(max_examples=60, deadline=None)
@given(grid=GRIDS, constant_memory=st.booleans())
def test_any_grid_reads_back(grid: Rows, constant_memory: bool) -> None:
    target = io.BytesIO()
    write_grid(target, grid, constant_memory=constant_memory)
    for found in both_ways(target.getvalue()):
        assert found == grid
        assert repr(found).count("True") == repr(grid).count("True")


PIECES = ["<", ">", "/", '"', "=", " ", "\r\n", "&amp;", "&", "]]>", "<!--", "-->", "<![CDATA[", "\x01", "é", "\ud800"]
PIECES += [
    "<row>",
    "</row>",
    '<row r="3">',
    "<c>",
    "</c>",
    "<v>",
    "</v>",
    "<v/>",
    "<f>",
    "</f>",
    "NOW()",
    't="s"',
    "1",
    ":",
]


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_both_ways_judge_broken_rows_alike(data: st.DataObject) -> None:
    rows = xlsx_files.GOOD_ROWS + xlsx_files.MIXED_ROWS.replace('r="', 'r="1').replace('"1A', '"A1').replace(
        '"1B', '"B1'
    )
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(rows)))
        end = start + data.draw(st.integers(0, 5))
        rows = rows[:start] + data.draw(st.sampled_from(["", *PIECES])) + rows[end:]
    sheet = xlsx_files.sheet(rows).encode("utf-8", "surrogatepass")
    ways = both_ways_judged(xlsx_files.zipped(xlsx_files.parts(sheet=sheet)))
    assert ways[0] == ways[1]


def both_ways_judged(data: bytes) -> list[tuple[object, object]]:
    return [judged(data, patched=patched) for patched in (False, True)]


def judged(data: bytes, *, patched: bool) -> tuple[object, object]:
    """What a file comes to: tables and rows, or code and fields of the refusal."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "roster.xlsx"
        path.write_bytes(data)
        if patched:
            patch.setattr(row_tags, "prefixed_in", xlsx_files.no_tag)
        try:
            with ClosedBook(path) as book:
                return None, [(book.tables(sheet), typed(dict(book.rows(sheet)))) for sheet in book.sheets]
        except UnusableFile as fault:
            return fault.code, fault.fields


@pytest.mark.parametrize("seed", range(20))
def test_changed_bytes_are_read_or_refused_but_never_crash(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    good = xlsx_files.zipped(
        xlsx_files.parts(xlsx_files.MIXED_ROWS), zipfile.ZIP_STORED if seed % 2 else zipfile.ZIP_DEFLATED
    )
    for _ in range(25):
        data = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        judged(bytes(data[: chance.randint(1, len(data))] if chance.random() < 0.1 else data), patched=False)

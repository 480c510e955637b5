"""Links to cells in tables that are written anew: they come, they change and they go, with what names them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter

from hqs_xl.errors import UnusableFile
from hqs_xl.formulas.links import Link
from hqs_xl.hosts.excel.workbook import LiveBook
from hqs_xl.hosts.memory import Formula, MemoryBook
from hqs_xl.hosts.xlsx.patch import rewritten_rows
from hqs_xl.hosts.xlsx.read import row_tags
from hqs_xl.roster.tables import Found
from tests.engine import CHANGES, Book, app_of, made
from tests.hosts import xlsx_files
from tests.hosts.edits import changes, edited, part, read, replace
from tests.programs import needs_validator, validator_errors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import xlwings as xw

    from hqs_xl.hosts.closed import ClosedEdit

HEADS = ["Severity", "Go to", "Code"]
KEYS = {0: "severity", 1: "go_to", 2: "code"}
FOUND = Found("findings", "F", 1, KEYS, dict(zip(KEYS.values(), HEADS, strict=True)))
ODD = 'O\'Brien "s" & Co'
D4, D5, ODD7 = Link("R", "D4"), Link("R", "D5"), Link(ODD, "AA7")
Cells = "Sequence[Link | str | None]"
# What a table holds, and what it is to hold.
STORIES: dict[str, tuple[Any, Any]] = {
    "the first ones": ([], [D4, D5]),
    "the same": ([D4, ODD7], [D4, ODD7]),
    "another cell": ([D4, D5], [D4, ODD7]),
    "more": ([D4], [D4, D5, ODD7]),
    "fewer": ([D4, D5, ODD7], [D5]),
    "none left": ([D4, D5], []),
    "a finding without a cell": ([D4, D5], [D4, None]),
    "a cell without a link": ([D4, D5], ["D4", D5]),
    "a link for a text": (["D4", None], [D4, D5]),
}
story = pytest.mark.parametrize(("before", "after"), STORIES.values(), ids=STORIES)


@pytest.fixture(params=["with patterns", "parser alone"])
def _both_readers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "parser alone":
        monkeypatch.setattr(row_tags, "prefixed_in", xlsx_files.no_tag)
        # And rows that wait on the disk.
        monkeypatch.setattr(rewritten_rows, "ROWS_IN_MEMORY", 1)


def rows(cells: Sequence[Link | str | None]) -> list[Mapping[str, Any]]:
    return [{"severity": f"Due {number}", "go_to": cell, "code": "x.y"} for number, cell in enumerate(cells)]


def shown(cells: Sequence[Link | str | None]) -> list[str | None]:
    return [cell.cell if isinstance(cell, Link) else cell for cell in cells]


def formulas(cells: Sequence[Link | str | None]) -> list[str | None]:
    return [cell.formula() if isinstance(cell, Link) else cell for cell in cells]


def book_of(path: Path, cells: Sequence[Link | str | None], *, chained: bool = False) -> Path:
    """A workbook with an Excel table of findings; ``chained``: as Excel saves it, with the order of its formulas."""
    with xlsxwriter.Workbook(path) as book:
        for name in ("R", ODD):
            book.add_worksheet(name).write("D4", "x")
        sheet = book.add_worksheet("F")
        options = {"name": "Findings", "columns": [{"header": head} for head in HEADS]}
        sheet.add_table(0, 0, max(len(cells), 1), len(HEADS) - 1, options)
        for row, cell in enumerate(cells, 1):
            sheet.write_row(row, 0, [f"Due {row - 1}", None, "x.y"])
            if isinstance(cell, Link):
                sheet.write_formula(row, 1, cell.formula(), None, cell.cell)
            elif cell:
                sheet.write_string(row, 1, cell)
    if chained:
        _chain(path, [f"B{row}" for row, cell in enumerate(cells, 2) if isinstance(cell, Link)])
    return path


def _chain(path: Path, cells: Sequence[str]) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    listed = "".join(f'<c r="{cell}" i="3"/>' for cell in cells)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    members["xl/calcChain.xml"] = f'<calcChain xmlns="{main}">{listed}</calcChain>'.encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    link = f'<Relationship Id="rIdChain" Type="{kind}" Target="calcChain.xml"/></Relationships>'
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    named = f'<Override PartName="/xl/calcChain.xml" ContentType="{content}"/></Types>'
    for name, end, more in (
        ("xl/_rels/workbook.xml.rels", "</Relationships>", link),
        ("[Content_Types].xml", "</Types>", named),
    ):
        members[name] = members[name].replace(end.encode(), more.encode())
    path.write_bytes(xlsx_files.zipped(members))


def told(path: Path) -> tuple[list[Any], list[Any]]:
    """What the cells of the links hold, and what they show."""
    held = [cell.value for cell in openpyxl.load_workbook(path)["F"]["B"][1:]]
    values = read(path, "F")
    return held, [values.get(number, {}).get(1) for number in range(2, len(held) + 2)]


# --- Closed files ----------------------------------------------------------------------------------------------------


@story
@pytest.mark.usefixtures("_both_readers")
def test_a_closed_workbook_has_the_links_of_its_findings(tmp_path: Path, before: Any, after: Any) -> None:
    path = book_of(tmp_path / "book.xlsx", before)
    assert changes(path, replace(FOUND, rows(after))) is (before != after)
    out = edited(path, replace(FOUND, rows(after)))
    held, values = told(out)
    left = [None] * (len(held) - len(after))
    assert held == [*formulas(after), *left]
    assert values == [*shown(after), *left]
    assert not changes(out, replace(FOUND, rows(after)))


@needs_validator
@pytest.mark.parametrize("name", ["fewer", "more"])
def test_what_excel_saved_names_no_formula_that_is_gone(tmp_path: Path, name: str) -> None:
    before, after = STORIES[name]
    path = book_of(tmp_path / "book.xlsx", before, chained=True)
    assert validator_errors(path) == []
    out = edited(path, replace(FOUND, rows(after)))
    gone = name == "fewer"
    with zipfile.ZipFile(out) as archive:
        assert ("xl/calcChain.xml" in archive.namelist()) is not gone
        assert archive.testzip() is None
    for names in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        assert (b"calcChain" in part(out, names)) is not gone
    assert validator_errors(out) == []


def test_a_formula_of_somebody_in_the_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("F")
        sheet.write_row(0, 0, HEADS)
        sheet.write_formula(1, 1, '=HYPERLINK("https://example.com","mine")', None, "mine")

    def settled(book: ClosedEdit) -> bool:
        replace(FOUND, rows([D4]))(book)
        return book.changed

    with pytest.raises(UnusableFile) as caught:
        edited(path, settled)
    assert caught.value.code == "foreign_formula"


# --- Open workbooks --------------------------------------------------------------------------------------------------


def open_book(cells: Sequence[Link | str | None]) -> xw.Book:
    book = made(R=[], F=[HEADS, *([f"Due {row}", cell, "x.y"] for row, cell in enumerate(formulas(cells)))])
    impl: Book = book.impl
    for row, cell in enumerate(cells, 2):
        if isinstance(cell, Link):
            impl.cached["F", row, 2] = cell.cell
    return book


def rewrite(book: xw.Book, cells: Sequence[Link | str | None]) -> LiveBook:
    live = LiveBook(book)
    put = live.replace_rows(FOUND)
    for row in rows(cells):
        put(row)
    live.flush()
    return live


@story
def test_an_open_workbook_has_the_links_of_its_findings(before: Any, after: Any) -> None:
    book = open_book(before)
    rewrite(book, after)
    sheet = book.impl.file["F"]
    held = [sheet.cell(row, 2).value for row in range(2, max(len(before), len(after)) + 2)]
    assert held == [*formulas(after), *[None] * (len(held) - len(after))]
    assert bool(app_of(book).done(*CHANGES)) is (before != after)
    assert not rewrite(book, after).changed


def test_a_column_for_texts_does_not_show_the_formula() -> None:
    book = open_book([None, None])
    for row in (2, 3):
        book.impl.file["F"].cell(row, 2).number_format = "@"
    rewrite(book, [D4, D5])
    assert book.sheets["F"].range("B2:B3").value == ["D4", "D5"]
    assert book.impl.file["F"]["B2"].number_format == "General"


# --- Books in memory -------------------------------------------------------------------------------------------------


def test_a_book_in_memory_holds_the_formula_and_what_it_shows() -> None:
    book = MemoryBook({"F": [HEADS]})
    put = book.replace_rows(FOUND)
    for row in rows([ODD7, None]):
        put(row)
    assert [line[1] for line in book.grids["F"][1:]] == [Formula(ODD7.formula(), "AA7"), None]
    assert [cells.get(1) for _, cells in book.rows("F")][1:] == ["AA7", None]

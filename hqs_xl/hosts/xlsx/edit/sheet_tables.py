"""A table of a sheet, known by its header: the cells it takes, and the Excel table that frames it, if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.hosts.package.xml_bytes import quoted
from hqs_xl.hosts.sheets.places import MAX_COLUMNS, MAX_ROWS, area_name
from hqs_xl.hosts.xlsx.patch.rewritten_rows import RewrittenRows, RowQueue
from hqs_xl.hosts.xlsx.patch.row_patch import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.package.part_edit import PartEdit
    from hqs_xl.hosts.xlsx.patch.row_patch import SheetContext
    from hqs_xl.hosts.xlsx.read.workbook import TableArea


class TableHeader(NamedTuple):
    """A table by its header: the sheet, the row (from 1), and the columns that are meant (from 0, ascending)."""

    sheet: str
    row: int
    columns: tuple[int, ...]


def frame_of(table: TableHeader, tables: Sequence[tuple[str, TableArea]]) -> tuple[str, TableArea] | None:
    """The Excel table that has this header, with its part."""
    for part, area in tables:
        header = area.first_row + area.header_rows - 1
        inside = any(area.first_column <= place <= area.last_column for place in table.columns)
        if area.header_rows and header == table.row and inside:
            return part, area
    return None


def span_of(table: TableHeader, area: TableArea | None) -> Span:
    """Where a table stands."""
    if area is not None:
        return Span(table.row, area.last_row, area.first_column, area.last_column)
    return Span(table.row, MAX_ROWS, min(table.columns), max(table.columns))


def check_room(
    package: Package, table: TableHeader, area: TableArea | None, tables: Sequence[TableArea], last: int
) -> None:
    """Refuse to add columns up to ``last`` where totals, another table or the sheet's end are in the way."""
    if area is not None and area.totals_rows:
        raise package.refusal("table_totals", sheet=table.sheet)
    span = span_of(table, area)
    for other in tables:
        apart = other.last_row < span.header_row or other.first_row > span.last_row
        if not apart and span.last_column < other.last_column and other.first_column <= last:
            raise package.refusal("in_the_way", sheet=table.sheet, row=other.first_row)
    if last >= MAX_COLUMNS:
        raise package.refusal("in_the_way", sheet=table.sheet, row=table.row)


def check_below(package: Package, table: TableHeader, area: TableArea, tables: Sequence[TableArea], new: range) -> None:
    """Refuse to add new rows where totals, another table or rows that are none of the table's are in the way."""
    totals = area.last_row - area.totals_rows + 1
    if area.totals_rows and new.stop > totals:
        free = max(totals - new.start, 0)
        raise package.refusal("above_totals", sheet=table.sheet, row=totals, free=free, count=len(new) - free)
    if new.start > area.last_row + 1:
        raise package.refusal("below_table", sheet=table.sheet, row=area.last_row + 1)
    for other in tables:
        beside = other.last_column < area.first_column or other.first_column > area.last_column
        if not beside and area.last_row < other.first_row < new.stop:
            raise package.refusal("in_the_way", sheet=table.sheet, row=other.first_row)


def resize(edit: PartEdit, area: TableArea, last_row: int, last_column: int) -> None:
    """Let an Excel table and its filter, which leaves out totals, reach to other rows and columns."""
    if (area.last_row, area.last_column) == (last_row, last_column):
        return
    for element, last in ((edit.root, last_row), (edit.child(f"{MAIN} autoFilter"), last_row - area.totals_rows)):
        if element is not None:
            edit.set(element, b"ref", area_name(area.first_row, last, area.first_column, last_column).encode())


def forget_sorting(edit: PartEdit) -> None:
    """Take out by which rows an Excel table was sorted last: the order stays, the rows named are others."""
    found = edit.child(f"{MAIN} sortState")
    if found is not None:
        edit.remove(found)


def add_columns(package: Package, part: str, edit: PartEdit, headers: Sequence[str]) -> None:
    """Name new columns at the right end of an Excel table."""
    listed = edit.child(f"{MAIN} tableColumns")
    if listed is None:
        raise package.refusal("bad_table", part=part)
    columns = [column.attributes for column in edit.children(listed)]
    names = {column.get("name", "").casefold() for column in columns}
    if names & {header.casefold() for header in headers}:
        raise package.refusal("bad_table", part=part)
    prefix = edit.prefix(listed)
    ids = [int(text) for column in columns if (text := column.get("id", "")).isdigit()]
    first = max(ids, default=0) + 1
    for number, header in enumerate(headers, first):
        edit.append(listed, b'<%btableColumn id="%d" name="%b"/>' % (prefix, number, column_title(header)))
    edit.set(listed, b"count", b"%d" % (len(columns) + len(headers)))


def row_formulas(edit: PartEdit, area: TableArea) -> dict[int, bytes]:
    """By column, the formula an Excel table gives to each of its rows, as a cell holds it; array formulas left out."""
    listed = edit.child(f"{MAIN} tableColumns")
    found: dict[int, bytes] = {}
    for column, element in enumerate(edit.children(listed) if listed else (), area.first_column):
        for child in edit.children(element):
            if child.name == f"{MAIN} calculatedColumnFormula" and child.attributes.get("array") not in {"1", "true"}:
                found[column] = edit.inner(child)
    return found


def column_title(header: str) -> bytes:
    """A header as a table's part names its column."""
    return quoted(header.replace("\r\n", "\n").replace("\n", "_x000a_"))


def last_used(table: TableHeader, rows: Iterable[tuple[int, Mapping[int, Any]]]) -> int:
    """The last column of a plain range's header row that holds anything."""
    for number, cells in rows:
        if number == table.row:
            return max(cells)
    return max(table.columns)


class TableRewrite:
    """A table whose rows are being written anew."""

    def __init__(self, table: TableHeader, frame: tuple[str, TableArea] | None, span: Span) -> None:
        self.table, self.frame, self.span = table, frame, span
        self.ahead = RowQueue()

    def put(self, values: Sequence[Any]) -> None:
        """The next row."""
        self.ahead.put(values)

    def rows(self, context: SheetContext) -> RewrittenRows:
        """What writes its rows, from the first on."""
        self.ahead.rewind()
        return RewrittenRows(context, self.span, self.table.columns, self.ahead)

    def resize(self, edit_of: Callable[[str], PartEdit], last_other: int) -> None:
        """Let the Excel table end with its last row, or where other columns still hold something."""
        if self.frame:
            part, area = self.frame
            last = max(area.first_row + area.header_rows - 1 + max(self.ahead.count, 1), last_other)
            resize(edit_of(part), area, last, area.last_column)

    def close(self) -> None:
        """Throw its rows away."""
        self.ahead.close()

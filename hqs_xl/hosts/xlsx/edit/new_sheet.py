"""A new sheet that holds one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.hosts.package.xml_bytes import quoted
from hqs_xl.hosts.sheets.places import area_name
from hqs_xl.hosts.xlsx.edit.sheet_tables import column_title
from hqs_xl.hosts.xlsx.patch.cell_bytes import answered
from hqs_xl.hosts.xlsx.patch.row_splices import new_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hqs_xl.hosts.package.spool import Spool
    from hqs_xl.hosts.xlsx.patch.row_patch import SheetContext

_DECLARED = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_STYLE = b'<tableStyleInfo name="TableStyleLight9" showFirstColumn="0" showLastColumn="0" showRowStripes="1" '
# Excel allows 31 signs in a sheet's name; two are kept for a number.
_LONGEST_TITLE = 29


class NewRows:
    """The rows of a new sheet's table, below its header."""

    def __init__(self, context: SheetContext) -> None:
        self._styles, self._date1904 = context.styles, context.date1904
        self.last_row = 1

    def header(self, headers: Sequence[str], style: int) -> bytes:
        """The header row."""
        answers = [answered(text, date1904=False) for text in headers]
        cells = b"".join(new_cell(1, place, answer, style, b"") for place, answer in enumerate(answers))
        return b'<row r="1">%b</row>' % cells

    def row(self, values: Sequence[Any]) -> bytes:
        """The next row."""
        self.last_row += 1
        cells: list[bytes] = []
        for column, value in enumerate(values):
            answer = answered(value, date1904=self._date1904)
            if answer.value is not None:
                cells.append(new_cell(self.last_row, column, answer, self._style(answer), b""))
        return b'<row r="%d">%b</row>' % (self.last_row, b"".join(cells))

    def _style(self, answer: Any) -> int:
        if answer.is_date:
            return self._styles.dated(0)
        return self._styles.quoted(0) if answer.needs_quote else 0


class NewColumn(NamedTuple):
    """A column of a new table; ``width`` in signs of its text."""

    header: str
    width: int


class NewSheet:
    """A sheet in the making; its rows go straight to its spool."""

    def __init__(
        self, title: str, table: str, columns: Sequence[NewColumn], context: SheetContext, spool: Spool
    ) -> None:
        """``table``: the name of the Excel table, which no other has."""
        self.title, self.table, self.spool = title, table, spool
        self._columns = columns
        self._rows = NewRows(context)
        self._dialect = context.package.dialect
        headers = [column.header for column in columns]
        self.spool.write(self._start() + self._rows.header(headers, context.styles.header()))

    def put(self, values: Sequence[Any]) -> None:
        """The next row of the table, a value for each column."""
        self.spool.write(self._rows.row(values))

    def finish(self) -> None:
        """The last row was put."""
        end = b'</sheetData><tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>'
        self.spool.write(end)
        self.spool.finish()

    def close(self) -> None:
        """Throw the sheet away."""
        self.spool.close()

    def table_part(self, number: int) -> bytes:
        """The part that makes its cells an Excel table, by a number no other has."""
        reference = area_name(1, max(self._rows.last_row, 2), 0, len(self._columns) - 1).encode()
        columns = b"".join(
            b'<tableColumn id="%d" name="%b"/>' % (place, column_title(column.header))
            for place, column in enumerate(self._columns, 1)
        )
        name = quoted(self.table)
        head = b'<table xmlns="%b" id="%d" name="%b" displayName="%b" ref="%b" totalsRowShown="0">' % (
            (self._dialect.main.encode(), number, name, name, reference)
        )
        listed = b'<tableColumns count="%d">%b</tableColumns>' % (len(self._columns), columns)
        filtered = b'<autoFilter ref="%b"/>' % reference
        return _DECLARED + head + filtered + listed + _STYLE + b'showColumnStripes="0"/></table>'

    def _start(self) -> bytes:
        columns = "".join(
            f'<col min="{place}" max="{place}" width="{column.width + 2}" customWidth="1"/>'
            for place, column in enumerate(self._columns, 1)
        )
        pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        view = f'<sheetView workbookViewId="0">{pane}<selection pane="bottomLeft"/></sheetView>'
        names = f'xmlns="{self._dialect.main}" xmlns:r="{self._dialect.relationship}"'
        head = f"<worksheet {names}><sheetViews>{view}</sheetViews><cols>{columns}</cols><sheetData>"
        return _DECLARED + head.encode()

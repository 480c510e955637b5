"""Rows taken out of an Excel table of a closed file, where nothing elsewhere looks at a cell that would move."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from hqs_xl.formulas.references import references
from hqs_xl.hosts.sheets.places import MAX_ROWS, area_of
from hqs_xl.hosts.xlsx.edit.editor import Editor
from hqs_xl.hosts.xlsx.edit.sheet_tables import forget_sorting, frame_of, resize, span_of
from hqs_xl.hosts.xlsx.patch.patch_stream import PatchStream
from hqs_xl.hosts.xlsx.patch.removed_rows import BesideFormula, KeptRows, RemovedRows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from hqs_xl.hosts.xlsx.edit.sheet_tables import TableHeader
    from hqs_xl.hosts.xlsx.patch.row_patch import Span

# Whatever holds a formula: of cells, names, formats, validations and charts.
_FORMULA = re.compile(
    rb"<(?:\w+:)?(?:f|formula|formula1|formula2|definedName|calculatedColumnFormula)(\s[^<>]*)?>([^<]+)<"
)
_NOTED = re.compile(rb"""<(?:\w+:)?comment\s[^<>]*?\bref\s*=\s*["']([A-Z]+[0-9]+)["']""")
_NEWER = re.compile(rb"<(?:\w+:)?sqref>([^<]+)<")
_WITH_FORMULAS = re.compile(r"xl/(?:workbook\.xml|worksheets/|charts/|chartsheets/)", re.IGNORECASE)


class RowRemover(Editor):
    """An editor that also takes rows out of Excel tables."""

    def area_of(self, table: TableHeader) -> tuple[range, range] | None:
        """Rows below the header, less totals, and columns of an Excel table; None where the table is none."""
        frame = frame_of(table, self._framed(table.sheet))
        if frame is None:
            return None
        rows = range(table.row + 1, frame[1].last_row - frame[1].totals_rows + 1)
        return rows, range(frame[1].first_column, frame[1].last_column + 1)

    def remove_table_rows(self, table: TableHeader, gone: Collection[int]) -> None:
        """Take rows out of an Excel table, in which one is left at least; its sheet is not edited besides.

        Raises UnusableFile where something stands at those rows, or looks at them, that can't be moved without loss.
        """
        frame, area = frame_of(table, self._framed(table.sheet)), self.area_of(table)
        if frame is None or area is None:
            raise ValueError(table)
        rows, _ = area
        span = span_of(table, frame[1])
        staying = [row for row in rows if row not in gone]
        # Where nobody stays, the first row does, blank; below whoever stays come the totals.
        kept = [*(staying or rows[:1]), *range(rows.stop, span.last_row + 1)]
        moves = dict(zip(range(rows.start, span.last_row + 1), kept, strict=False))
        moved = frozenset(row for place, row in moves.items() if place != row)
        self._refuse_notes(table.sheet, span, min(gone))
        taken = frozenset(place for place, row in moves.items() if place != row)
        self._refuse_newer_rules(table.sheet, span, taken)
        self._refuse_addressed(table.sheet, span, moved, taken)
        context, part = self._context(table.sheet), self._part(table.sheet)
        found = KeptRows(context, span, moved)
        stream = PatchStream(self._package, part, self._reader(part, table.sheet), found, lambda _: None)
        for chunk in self._chunks(part):
            stream.add(chunk)
        stream.end()
        self._refuse_beside(table.sheet, span, {*moved, *taken}, found.beside)
        blank = None if staying else rows.start
        self._patch(table.sheet, RemovedRows(context, span, moves, found.found, blank), None)
        edit = self._edit_of(frame[0])
        forget_sorting(edit)
        resize(edit, frame[1], table.row + len(kept), frame[1].last_column)

    def _refuse_notes(self, sheet: str, span: Span, first: int) -> None:
        """Notes of cells that move or go stand in a part of their own, with a drawing."""
        for link in self._package.relationships(self._part(sheet)).values():
            if link.kind != "comments" or not link.part or not self._package.has(link.part):
                continue
            for cell in _NOTED.findall(self._package.whole(link.part)):
                area = area_of(cell.decode())
                inside = area and first <= area[0] <= span.last_row
                if area and inside and span.first_column <= area[2] <= span.last_column:
                    raise self._package.refusal("row_stays", sheet=sheet, cell=cell.decode())

    def _refuse_newer_rules(self, sheet: str, span: Span, taken: Collection[int]) -> None:
        """Formats and validations of Excel 2010 and later stand apart; one of all rows stays right."""
        if not taken:
            return
        first = min(taken)
        for area, text in _newer_areas(b"".join(self._package.chunks(self._part(sheet)))):
            beside = area[3] < span.first_column or area[2] > span.last_column
            apart = area[0] > span.last_row or area[1] < first
            if not (beside or apart) and (area[0] > first or area[1] < span.last_row):
                raise self._package.refusal("row_stays", sheet=sheet, cell=text)

    def _refuse_beside(self, sheet: str, span: Span, moved: Collection[int], formulas: Iterable[BesideFormula]) -> None:
        """A formula beside the table that looks at a cell of it that moves, goes, or is taken by another."""
        for row, column, text, is_shared in formulas:
            for one in references(text, row, column).found:
                if one.name or one.sheet.casefold() not in {"", sheet.casefold()}:
                    continue
                first, last = (bound.at(row) for bound in one.rows)
                last = MAX_ROWS if is_shared and not all(bound.fixed for bound in one.rows) else last
                left, right = (bound.at(column) for bound in one.places)
                whole = first <= span.header_row + 1 and last >= span.last_row
                apart = right < span.first_column or left > span.last_column
                if not whole and not apart and any(first <= each <= last for each in moved):
                    raise self._package.refusal("row_stays_for", sheet=sheet, formula=text, other=sheet)

    def _refuse_addressed(self, sheet: str, span: Span, moved: Collection[int], taken: Collection[int]) -> None:
        """A formula anywhere that looks at some of the rows that move, by where they stand.

        Or one elsewhere that looks at a row that goes, and is ``taken`` by another: it would show that one's person.
        """
        if not moved:
            return
        own = self._part(sheet)
        sheets = {part: name for name, part in self._parts.items()}
        for info in self._package.infos:
            if not _WITH_FORMULAS.match(info.filename):
                continue
            data = b"".join(self._package.chunks(info.filename))
            here = info.filename.casefold() == own.casefold()
            for first, last, text, is_start in _addresses(data, sheet, here=here):
                looked_at = moved if here or is_start else {*moved, *taken}
                whole = first <= span.header_row + 1 and last >= span.last_row
                if not whole and any(first <= row <= last for row in looked_at):
                    where = sheets.get(info.filename, sheet)
                    raise self._package.refusal("row_stays_for", sheet=sheet, formula=text, other=where)


def _newer_areas(data: bytes) -> Iterator[tuple[tuple[int, int, int, int], str]]:
    for listed in _NEWER.findall(data):
        for text in listed.decode("ascii", "replace").split():
            if area := area_of(text):
                yield area, text


def _addresses(data: bytes, sheet: str, *, here: bool) -> Iterator[tuple[int, int, str, bool]]:
    """The rows of a sheet that the formulas of a part look at by where they stand; ``here``: it is the sheet's part.

    The last says whether they may begin an area that is counted, as ``A3:INDEX(A:A, 9)`` has it.
    """
    for match in _FORMULA.finditer(data):
        text = unescape(match[2].decode("utf-8", "replace"))
        meant = references(text, 1, 0)
        for one in meant.found:
            if one.name or (one.sheet.casefold() != sheet.casefold() if one.sheet else not here):
                continue
            first, last = (bound.at(1) for bound in one.rows)
            moves_on = b"shared" in (match[1] or b"") and not all(bound.fixed for bound in one.rows)
            yield first, MAX_ROWS if moves_on else last, text, meant.open_ended

"""Answers put into rows of the usual shape, in short: the same change comes again and again."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.formulas.links import Link, same_link
from hqs_xl.formulas.today import settled
from hqs_xl.hosts.sheets.places import letters
from hqs_xl.hosts.xlsx.patch.cell_bytes import answered, same
from hqs_xl.hosts.xlsx.patch.formulas import holds_link, text_of
from hqs_xl.hosts.xlsx.patch.row_patch import ExactPatch
from hqs_xl.hosts.xlsx.patch.row_splices import cell_tail, fitting, widened
from hqs_xl.hosts.xlsx.patch.standing import Standing
from hqs_xl.hosts.xlsx.read.cell_start import Start, formula_in, start_of
from hqs_xl.hosts.xlsx.read.plain_row import NUMBER, ROW_END
from hqs_xl.rows import UNCOUNTED, Cached, Guarded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hqs_xl.hosts.sheets.cell_values import CellValue
    from hqs_xl.hosts.xlsx.patch.row_patch import SheetContext
    from hqs_xl.hosts.xlsx.read.plain_row import PlainRow

_FORMULA = b"<f"
# Answers that no format bears on: a cell that holds one already stays as it is.
_AS_THEY_ARE = (str, type(None))
# Values whose bytes are remembered.
_REMEMBERED = 1 << 14


class _Written(NamedTuple):
    """How a value is written into a cell of some format: the format, and the bytes behind the cell's place."""

    value: CellValue | None
    is_date: bool
    base: int
    style: int
    tail: bytes


class _Change(NamedTuple):
    """What answered cells become: their bytes, which are others now, which new, and by column the format they had."""

    cells: list[bytes]
    changed: tuple[int, ...]
    new: list[int]
    above: dict[int, int]


class CellPatch(ExactPatch):
    """Writes answers into rows: those of the usual shape by what was written before, the others exactly."""

    def __init__(self, context: SheetContext, above: dict[int, int] | None = None) -> None:
        """``above`` as in ``ExactPatch``."""
        super().__init__(context, above)
        self._written: dict[tuple[Any, Any, int, bool], _Written] = {}
        self._changes: dict[tuple[Any, ...], _Change] = {}
        self._standing = Standing(self.above, self._formulas.names_ours, self._serial_in)

    def plain(self, row: PlainRow) -> bytes:
        """A row of the usual shape, without its end tag, as it is written anew."""
        answers = self._answers(row.number, row.values)
        if not answers:
            return row.data
        columns = sorted(answers)
        if not self._formulas.any_area and self._standing.hold(row, columns, answers):
            self.reach.add(row.number, columns)
            return row.data
        if any(value.__class__ is Guarded for value in answers.values()):
            return self._exactly(row, answers)
        self._formulas.leave_areas_above(row.number)
        self.reach.add(row.number, columns)
        place = bisect_left(row.columns, columns[0])
        end = place + len(columns)
        if place < len(row.columns) and row.columns[place:end] != columns:
            return self._cell_by_cell(row, answers)
        held = row.cells[place:end]
        change = self._change(row, held, columns, [answers[column] for column in columns])
        if change is None:
            return self._exactly(row, answers)
        if not change.changed:
            return row.data
        self._note_change(row.number, change.changed)
        if held:
            return row.with_cells(fitting(row.head), [*row.cells[:place], *change.cells, *row.cells[end:]])
        self.reach.add_new(row.number, *change.new)
        return widened(fitting(row.data), change.new[0], change.new[-1]) + row.numbered(change.cells)

    def holds(self, row: PlainRow) -> bool:
        """Whether a row of the usual shape is sure to stay as it is, on a sheet that is not written."""
        answers = self._answers(row.number, row.values)
        found = not answers or self._standing.are_there(row, answers)
        if answers and found:
            self.reach.add(row.number, sorted(answers))
        return found

    def leaves(self, number: int, cells: dict[int, CellValue]) -> bool:
        """Whether a row of any shape has no answers."""
        return not self._answers(number, cells)

    def _change(self, row: PlainRow, held: list[bytes], columns: list[int], values: list[Any]) -> _Change | None:
        """What becomes of answered cells that are neighbours, or are missing at the end of a row.

        The same change comes again and again. None where a formula that is not ours stands in the way.
        """
        above = self.above
        formats = [] if held else [*map(above.get, columns)]
        filled = [self._formulas.area_at(row.number, column) for column in columns] if self._formulas.any_area else []
        # The types are part of the key, for True is 1 is 1.0.
        key = (*held, *formats, *filled, *values, *map(_kind, values))
        change = self._changes.get(key)
        if change is None:
            # Where nothing above tells a new cell's format, the row or column does.
            told = held or all(found is not None or value is None for found, value in zip(formats, values, strict=True))
            change = self._changed(row, held, columns, values)
            if change is None or not told:
                return change
            if len(self._changes) >= _REMEMBERED:
                self._changes.clear()
            self._changes[key] = change
        above.update(change.above)
        return change

    def _changed(self, row: PlainRow, held: list[bytes], columns: list[int], values: list[Any]) -> _Change | None:
        cells: list[bytes] = []
        if held:
            for cell, column, value in zip(held, columns, values, strict=True):
                changed = self._plain_cell(row, cell, column, value)
                if changed is None:
                    return None
                cells.append(changed)
            new = []
            others = tuple(column for column, old, cell in zip(columns, held, cells, strict=True) if old != cell)
        else:
            made: list[tuple[int, bytes]] = []
            for column, value in zip(columns, values, strict=True):
                fresh = self._plain_new_cell(row, column, value)
                if fresh is None:
                    return None
                made.append((column, fresh))
            new = [column for column, cell in made if cell]
            cells = [cell for _, cell in made if cell]
            others = tuple(new)
        return _Change(cells, others, new, {column: self.above[column] for column in columns if column in self.above})

    def _cell_by_cell(self, row: PlainRow, answers: Mapping[int, Any]) -> bytes:
        """The row where the answered cells are no neighbours."""
        cells, added, others = [*row.cells], list[int](), list[int]()
        for column in sorted(answers):
            value, place = answers[column], bisect_left(row.columns, column)
            if place < len(row.columns) and row.columns[place] == column:
                changed = self._plain_cell(row, row.cells[place], column, value)
                if changed is None:
                    return self._exactly(row, answers)
                cells[place + len(added)] = changed
                others += [column] if changed != row.cells[place] else []
                continue
            new = self._plain_new_cell(row, column, value)
            if new is None:
                return self._exactly(row, answers)
            if new:
                cells.insert(place + len(added), new)
                added.append(column)
        if not (others or added):
            return row.data
        self._note_change(row.number, [*others, *added])
        self.reach.add_new(row.number, *added)
        head = fitting(row.head)
        return row.with_cells(widened(head, added[0], added[-1]) if added else head, cells)

    def _exactly(self, row: PlainRow, answers: Mapping[int, Any]) -> bytes:
        return self.exact(row.data + ROW_END, row.number, row.values, answers).removesuffix(ROW_END)

    # ---- rows of the usual shape

    def _plain_cell(self, row: PlainRow, cell: bytes, column: int, value: Any) -> bytes | None:
        """A cell with another value; None where a formula that is not ours stands in the way, or nobody counted it."""
        if _FORMULA in cell or value.__class__ is Link or self._formulas.any_area:
            return self._cell_of_formula(row, cell, column, value)
        start, old = start_of(cell[: cell.index(b">")]), row.values.get(column)
        self.above[column] = start.style
        return cell if value.__class__ is Cached else self._answered(cell, start, old, value)

    def _cell_of_formula(self, row: PlainRow, cell: bytes, column: int, value: Any) -> bytes | None:
        """As ``_plain_cell``, where a formula stands, or one elsewhere may fill the cell."""
        start, old = start_of(cell[: cell.index(b">")]), row.values.get(column)
        formula = formula_in(cell)
        in_area, is_link = self._formulas.area_at(row.number, column), holds_link(formula)
        if is_link or value.__class__ is Link:
            if in_area is not None or value.__class__ is Cached or (formula and not is_link):
                return None
            self.above[column] = start.style
            there = is_link and value.__class__ is Link and old == value.cell and same_link(text_of(formula), value)
            return cell if there else self._with_link(start, value, was_link=is_link)
        cached, has_formula = value.__class__ is Cached, bool(formula) or in_area is not None
        if has_formula and not cached and not in_area and not (formula and self._formulas.names_ours(formula)):
            return None
        if old == UNCOUNTED and (cached or in_area is not None):
            return None
        self.above[column] = start.style
        if cached and not has_formula:
            return cell
        return self._answered(cell, start, old, value, formula, has_formula=has_formula)

    def _with_link(self, start: Start, value: Any, *, was_link: bool) -> bytes:
        """A cell that becomes a link, or was one, written anew with its formula."""
        self.formulas_went = self.formulas_went or (was_link and value.__class__ is not Link)
        written = self._written_as(value, start.style, has_formula=False)
        return (start.column if written.style else start.kept) + written.tail

    def _answered(
        self,
        cell: bytes,
        start: Start,
        old: CellValue | None,
        value: Any,
        formula: bytes = b"",
        *,
        has_formula: bool = False,
    ) -> bytes:
        """A cell with another value, beside its formula if it has one."""
        no_result = start.is_error or (formula and old == UNCOUNTED)
        # Most answers stand there already, and no format bears on those.
        if value.__class__ is old.__class__ in _AS_THEY_ARE and value == old and not no_result:
            return cell
        written = self._written_as(value, start.style, has_formula=has_formula)
        if (
            same(settled(old), written.value)
            and not no_result
            and (not written.is_date or written.style == start.style)
        ):
            return cell
        tail = written.tail.replace(b">", b">" + formula, 1) if formula else written.tail
        return (start.column if written.style else start.kept) + tail

    def _plain_new_cell(self, row: PlainRow, column: int, value: Any) -> bytes | None:
        """A cell where there is none yet; b"" for a blank, None where a formula elsewhere fills it."""
        if self._formulas.any_area and self._formulas.area_at(row.number, column) is not None:
            return None
        return self._fresh_cell(column, value, row.head)

    def _fresh_cell(self, column: int, value: Any, head: bytes) -> bytes:
        """A cell where there is none yet, and no formula fills it, in a row with this start tag; b"" for a blank."""
        if value is None or isinstance(value, Cached):
            return b""
        written = self._written_as(value, self._style_of(column, head), has_formula=False)
        if written.value is None:
            return b""
        self.above[column] = written.base
        return letters(column) + NUMBER + written.tail

    def _serial_in(self, day: date | Cached, style: int) -> CellValue | None:
        """The number that stands for a day in a cell of some format; None where that shows no days."""
        written = self._written_as(day, style, has_formula=day.__class__ is Cached)
        return written.value if written.is_date and written.style == style else None

    def _written_as(self, value: Any, style: int, *, has_formula: bool) -> _Written:
        """A value in a cell of some format; days, words and counts come again and again."""
        # The type is part of the key, for True is 1 is 1.0.
        key = (_kind(value), value, style, has_formula)
        found = self._written.get(key)
        if found is None:
            answer = answered(value, date1904=self._date1904)
            kept = answer.cached or (has_formula and not answer.is_date)
            wanted = style if kept else self._styled(answer, style)
            tail = cell_tail(answer, wanted, b"", formula=has_formula)
            found = _Written(answer.value, answer.is_date, style, wanted, tail)
            if len(self._written) < _REMEMBERED:
                self._written[key] = found
        return found


def _kind(value: Any) -> Any:
    """The type of an answer, or of what a formula comes to."""
    return (Cached, type(value.value)) if value.__class__ is Cached else type(value)

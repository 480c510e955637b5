"""What the references of formulas mean in a workbook: its sheets, its names for cells, its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.formulas.references import Bound, Reference, References, references
from hqs_xl.hosts.sheets.places import MAX_COLUMNS, MAX_ROWS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

# Names that refer to names, one within the other.
_DEEP = 32


class NamedTable(NamedTuple):
    """A table's place (rows from 1, columns from 0, before and after an edit together), and its columns' names."""

    name: str
    sheet: str
    first_row: int
    last_row: int
    first_column: int
    columns: Sequence[str]


class NamedFormula(NamedTuple):
    """A name for cells: what it refers to; ``sheet``: where alone it is known, "" for everywhere."""

    name: str
    sheet: str
    text: str


class Input(NamedTuple):
    """Cells that a formula stands on: of a sheet, from a first to a last column, or ``picked`` ones, and rows."""

    sheet: str
    first_column: int
    last_column: int
    rows: tuple[Bound, Bound]
    picked: frozenset[int]

    def has(self, column: int) -> bool:
        """Whether a column is one of these."""
        return self.first_column <= column <= self.last_column and (not self.picked or column in self.picked)


class Sources:
    """Looks up what references mean."""

    def __init__(self, sheets: Sequence[str], names: Iterable[NamedFormula], tables: Iterable[NamedTable]) -> None:
        """``sheets``: in the workbook's order."""
        self._order = {sheet.casefold(): place for place, sheet in enumerate(sheets)}
        self._sheets = list(sheets)
        self._names = {(one.sheet.casefold(), one.name.casefold()): one for one in names}
        self._tables = {one.name.casefold(): one for one in tables}
        self._meant: dict[tuple[str, str], tuple[Reference, ...]] = {}

    def inputs(self, stands_on: References, sheet: str, column: int) -> list[Input]:
        """The cells that a formula in a column of a sheet stands on."""
        found = [
            given for one in stands_on.found for given in self._inputs(one, sheet, column, _DEEP) if given is not None
        ]
        return _joined(found) if stands_on.open_ended else found

    @property
    def names(self) -> Iterable[NamedFormula]:
        """All names."""
        return self._names.values()

    def cells_of(self, names: Container[str]) -> Iterator[tuple[str, int, tuple[int, int]]]:
        """The cells of some names: sheet, column, first and last row."""
        for named in self._names.values():
            if named.name in names:
                for one in self.inputs(references(named.text, 1, 0), "", 0):
                    for column in range(one.first_column, one.last_column + 1):
                        yield one.sheet, column, (one.rows[0].at(1), one.rows[1].at(1))

    def _inputs(self, one: Reference, sheet: str, column: int, deep: int) -> Iterator[Input]:
        if not one.name:
            first, last = (bound.at(column) for bound in one.places)
            picked = frozenset(first + place for place in one.picked)
            for each in self._sheets_of(one.sheet, sheet):
                yield Input(each, first, last, one.rows, picked)
        elif (named := self.named(one, sheet)) is not None:
            if deep:
                yield from self._of_name(named, one, sheet, column, deep - 1)
        elif (table := self._tables.get(one.name.casefold())) is not None:
            yield _of_table(table, one)

    def named(self, one: Reference, sheet: str) -> NamedFormula | None:
        """What a reference names, on a sheet; None where it names no formula."""
        name, local = one.name.casefold(), (one.sheet or sheet).casefold()
        return None if one.columns else self._names.get((local, name)) or self._names.get(("", name))

    def _of_name(self, named: NamedFormula, one: Reference, sheet: str, column: int, deep: int) -> Iterator[Input]:
        """What a name refers to; where it says more than one thing, nobody knows which of them is picked from."""
        meant = references(named.text, 1, 0)
        found = [given for each in meant.found for given in self._inputs(_unwrapped(each), sheet, column, deep)]
        for given in _joined(found) if meant.open_ended else found:
            picked = frozenset(given.first_column + place for place in one.picked if len(meant.found) == 1)
            yield given._replace(picked=given.picked or picked)

    def _sheets_of(self, written: str, own: str) -> list[str]:
        if not written:
            return [own]
        place = self._order.get(written.casefold())
        if place is not None:
            return [self._sheets[place]]
        first, _, last = written.casefold().partition(":")
        places = [self._order[name] for name in (first, last) if name in self._order]
        return self._sheets[min(places) : max(places) + 1] if len(places) == 2 else []  # noqa: PLR2004 - both ends


_ALL = Bound(fixed=True, number=1), Bound(fixed=True, number=MAX_ROWS)


def _of_table(table: NamedTable, one: Reference) -> Input:
    last_column = table.first_column + len(table.columns) - 1
    names = [name.casefold() for name in table.columns]
    places = sorted(
        table.first_column + names.index(name.casefold()) for name in one.columns if name.casefold() in names
    )
    first, last = (places[0], places[-1]) if len(places) == len(one.columns) > 0 else (table.first_column, last_column)
    own_row = not one.rows[0].fixed
    rows = one.rows if own_row else (Bound(True, table.first_row), Bound(True, table.last_row))  # noqa: FBT003
    return Input(table.sheet, first, last, rows, frozenset(first + place for place in one.picked))


def _joined(found: Iterable[Input]) -> list[Input]:
    """The cells of each sheet with all that lies between them."""
    by_sheet: dict[str, list[Input]] = {}
    for one in found:
        by_sheet.setdefault(one.sheet, []).append(one)
    return [_around(sheet, some) for sheet, some in by_sheet.items()]


def _around(sheet: str, some: Sequence[Input]) -> Input:
    """All between the cells of a sheet."""
    first, last = min(one.first_column for one in some), max(one.last_column for one in some)
    return Input(sheet, first, last, _ALL, frozenset())


def _unwrapped(one: Reference) -> Reference:
    """A reference as a name has it: counted from A1, cells above or before that stand at the sheet's other end."""
    if one.name:
        return one
    rows, places = (
        tuple(
            bound if bound.fixed or bound.number <= size // 2 else bound._replace(number=bound.number - size)
            for bound in bounds
        )
        for bounds, size in ((one.rows, MAX_ROWS), (one.places, MAX_COLUMNS))
    )
    return Reference(one.sheet, rows=(rows[0], rows[1]), places=(places[0], places[1]), picked=one.picked)

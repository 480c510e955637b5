"""What has to be counted again after an edit: cells that show old results, and pivot caches made of old rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.hosts.sheets.blocks import Block
from hqs_xl.hosts.sheets.dependents import Dependents
from hqs_xl.hosts.sheets.runs import merged
from hqs_xl.hosts.sheets.sources import Sources
from hqs_xl.hosts.xlsx.recount import pivots
from hqs_xl.hosts.xlsx.recount.formula_scan import FormulaScan
from hqs_xl.hosts.xlsx.recount.named import formulas_of_names

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.sheets.runs import Runs
    from hqs_xl.hosts.sheets.sources import NamedTable
    from hqs_xl.hosts.xlsx.patch.reach import Reach


class OldResults(NamedTuple):
    """Cells with old results, by sheet and column, and the parts of pivot caches made of old rows."""

    cells: Mapping[str, Mapping[int, Runs]]
    caches: Sequence[str]


class EditedBook(NamedTuple):
    """A workbook after an edit.

    ``sheets``: by name their parts, whose bytes ``bytes_of`` gives; ``without``: parts that hold no formula;
    ``reached``: by sheet, which cells were answered, and which of them are others now; ``kept``: names of cells whose
    results are right whatever is answered.
    """

    package: Package
    sheets: Mapping[str, str]
    bytes_of: Callable[[str], Callable[[], Iterable[bytes]]]
    without: Container[str]
    reached: Mapping[str, Reach]
    tables: Iterable[NamedTable]
    kept: Container[str]


def old_results(book: EditedBook) -> OldResults:
    """What stands on the cells an edit has changed, and was not answered itself."""
    names = formulas_of_names(book.package)
    sources = Sources(names.sheets, names.found, book.tables)
    known = {sheet: dict(reach.answered.by_column()) for sheet, reach in book.reached.items()}
    for sheet, column, kept in sources.cells_of(book.kept):
        of_sheet = known.setdefault(sheet, {})
        of_sheet[column] = merged([*of_sheet.get(column, []), kept])
    changed = {sheet: dict(columns) for sheet, reach in book.reached.items() if (columns := reach.changed.by_column())}
    caches = pivots.caches(book.package)
    blocks = [Block("", 0, 1, 1, cache.stands_on, stored=False) for cache in caches.values()]
    if caches:
        blocks += pivots.tables(book.package, book.sheets, caches)
    for sheet, part in book.sheets.items():
        if part not in book.without:
            blocks += FormulaScan(book.package, part, sheet, known.get(sheet, {})).blocks(book.bytes_of(part))
    dependents = Dependents(blocks, sources, known)
    cells: dict[str, dict[int, list[tuple[int, int]]]] = {}
    stale = dependents.follow(changed)
    for place, rows in stale.items():
        block = blocks[place]
        for column, runs in dependents.cells(place, rows) if block.stored else ():
            if runs:
                cells.setdefault(block.sheet, {}).setdefault(column, []).extend(runs)
    return OldResults(
        {sheet: {column: merged(runs) for column, runs in columns.items()} for sheet, columns in cells.items()},
        [cache for place, cache in enumerate(caches) if place in stale],
    )

"""Whether a sheet holds its answers already, told by its rows as they were first read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from hqs_xl.hosts.xlsx.patch.patch_stream import BATCH
from hqs_xl.hosts.xlsx.patch.plain_patch import CellPatch
from hqs_xl.hosts.xlsx.read.plain_row import PlainRow
from hqs_xl.rows import BatchEdit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hqs_xl.hosts.xlsx.read.kept_sheet import KeptSheet
    from hqs_xl.rows import Row, RowEdit

Patch = TypeVar("Patch", bound=CellPatch)


def holds_answers(sheet: KeptSheet, patch: CellPatch, fewest: int) -> bool:
    """Whether the rows hold what the patch would write, which writes nothing here.

    ``fewest``: so many headers make a row a header. After a no the sheet is gone through anew, by another patch.
    """
    batch: list[PlainRow] = []
    for piece in sheet.pieces:
        if isinstance(piece, PlainRow) and piece.headers < fewest and len(batch) < BATCH:
            batch.append(piece)
            continue
        if not _hold(batch, patch):
            return False
        batch.clear()
        if not isinstance(piece, PlainRow):
            if not all(not patch.lacks_rows(number) and patch.leaves(number, cells) for number, cells in piece.rows):
                return False
        elif piece.headers < fewest:
            batch.append(piece)
        elif patch.lacks_rows(piece.number) or not patch.holds(piece):
            return False
    return _hold(batch, patch) and not patch.lacks_rows()


def _hold(rows: Sequence[PlainRow], patch: CellPatch) -> bool:
    patch.expect(rows)
    return all(not patch.lacks_rows(row.number) and patch.holds(row) for row in rows)


def asked_once(edit: RowEdit) -> RowEdit:
    """An edit that is asked once for each row, though its sheet may be gone through twice."""
    return _AskedInBatches(edit) if isinstance(edit, BatchEdit) else _Asked(edit)


class _Asked:
    """Remembers the answers of an edit."""

    def __init__(self, edit: RowEdit) -> None:
        self._edit = edit
        self._known: dict[int, Mapping[int, Any]] = {}

    def __call__(self, number: int, cells: Mapping[int, Any], /) -> Mapping[int, Any]:
        """Answer a row."""
        if number not in self._known:
            self._known[number] = self._edit(number, cells)
        return self._known[number]


class _AskedInBatches(_Asked):
    """The same of a ``BatchEdit``."""

    def __init__(self, edit: BatchEdit) -> None:
        super().__init__(edit)
        self._batches = edit

    def answers(self, rows: Sequence[Row]) -> Sequence[Mapping[int, Any]]:
        """The answers to the next rows."""
        new = [row for row in rows if row[0] not in self._known]
        if new:
            self._known.update(zip((number for number, _ in new), self._batches.answers(new), strict=True))
        return [self._known[number] for number, _ in rows]

"""Sees to it that no cell of an edited workbook shows what was counted from cells as they were before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.package.spool import Spool
from hqs_xl.hosts.package.xml_bytes import UTF_16
from hqs_xl.hosts.xlsx.patch.copy_on_write import CopyOnWrite
from hqs_xl.hosts.xlsx.patch.patch_stream import PatchStream
from hqs_xl.hosts.xlsx.recount.calculation import ask_to_count
from hqs_xl.hosts.xlsx.recount.emptied_rows import EmptiedRows
from hqs_xl.hosts.xlsx.recount.named import tables_of
from hqs_xl.hosts.xlsx.recount.recount import EditedBook, old_results

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.package.part_edit import PartEdit
    from hqs_xl.hosts.sheets.runs import Runs
    from hqs_xl.hosts.xlsx.patch.patch_stream import PatchReader
    from hqs_xl.hosts.xlsx.patch.reach import Reach


class Recount:
    """Takes note of what an edit changes; at the end old results are taken out."""

    def __init__(
        self, package: Package, no_room: Callable[[], UnusableFile], kept: Container[str], without: Container[str]
    ) -> None:
        """``kept``: names of cells whose results are right whatever is answered; ``without``: parts with no formula."""
        self._package, self._no_room, self._kept = package, no_room, kept
        self._without_formulas = without
        self._edited: dict[str, Reach] = {}

    def note(self, sheet: str, reach: Reach) -> None:
        """A sheet was edited."""
        self._edited[sheet] = reach

    def finish(
        self,
        sheets: Mapping[str, str],
        spools: dict[str, Spool],
        edits: Mapping[str, PartEdit],
        edit_of: Callable[[str], PartEdit],
        reader: Callable[[str, str], PatchReader],
    ) -> None:
        """Take out old results, once all edits are made.

        ``sheets``: by name their parts; ``spools``: the new bytes of those that are others now; ``edits``: smaller
        parts that may be; ``reader`` reads a part that holds a sheet of a name.
        """
        edited, self._edited = self._edited, {}
        if not any(reach.changed for reach in edited.values()):
            return

        def bytes_of(part: str) -> Callable[[], Iterable[bytes]]:
            spool = spools.get(part)
            return spool.inflated if spool else lambda: self._package.chunks(part)

        tables = tables_of(self._package, sheets, edits)
        found = old_results(
            EditedBook(self._package, sheets, bytes_of, self._without_formulas, edited, tables, self._kept)
        )
        for sheet, cells in found.cells.items():
            part = sheets[sheet]
            spool = self._emptied(part, bytes_of(part), cells, reader(part, sheet))
            if spool:
                if part in spools:
                    spools[part].close()
                spools[part] = spool
        if found.cells:
            ask_to_count(edit_of(self._package.workbook))
        for part in found.caches:
            edit = edit_of(part)
            edit.set(edit.root, b"refreshOnLoad", b"1")

    def _emptied(
        self, part: str, chunks: Callable[[], Iterable[bytes]], cells: Mapping[int, Runs], reader: PatchReader
    ) -> Spool | None:
        """A sheet without its old results; None where it holds none any more."""
        patch, spool = EmptiedRows(cells), Spool(self._no_room)
        copy = CopyOnWrite(chunks, patch, spool)
        copy.stream = stream = PatchStream(self._package, part, reader, patch, copy.write)
        try:
            for place, chunk in enumerate(chunks()):
                if not place and chunk.startswith(UTF_16):
                    break
                stream.add(chunk)
            else:
                stream.end()
            if patch.changed:
                spool.finish(stream.head + stream.dimension)
                return spool
        except BaseException:
            spool.close()
            raise
        spool.close()
        return None

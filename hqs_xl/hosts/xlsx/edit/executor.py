"""What the editor asks of an executor, which does some of its work in other processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from hqs_xl.hosts.xlsx.patch.patch_stream import PatchStream
    from hqs_xl.hosts.xlsx.patch.plain_patch import CellPatch
    from hqs_xl.hosts.xlsx.read.row_source import RowSource, SheetRows
    from hqs_xl.rows import ParallelEdit


class RowStream(Protocol):
    """Takes a sheet's bytes, and writes them with its rows patched."""

    @property
    def share(self) -> float:
        """The share of the sheet that is done, 0 to 1."""

    def add(self, data: bytes) -> None:
        """The next bytes of the sheet."""

    def end(self) -> int:
        """The sheet has ended; how many bytes it had."""

    def close(self) -> None:
        """Free what patching took."""


class Executor(Protocol):
    """Reads and answers the rows of sheets; hands back what it was given where it does not help."""

    def reading(self, rows: SheetRows) -> RowSource:
        """The rows of a sheet, read by this executor."""

    def editing(self, stream: PatchStream, patch: CellPatch, edit: ParallelEdit) -> RowStream:
        """A sheet whose rows are answered by this executor."""

    def close(self) -> None:
        """The editor is closed."""

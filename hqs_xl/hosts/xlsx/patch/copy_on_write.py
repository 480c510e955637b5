"""A sheet copied from its first change on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hqs_xl.hosts.package.spool import Spool
    from hqs_xl.hosts.xlsx.patch.patch_stream import PatchStream, RowPatch


class CopyOnWrite:
    """Writes a sheet from its first change on; what stands before it is then read once more.

    So a refresh that changes nothing deflates nothing.
    """

    stream: PatchStream

    def __init__(self, chunks: Callable[[], Iterable[bytes]], patch: RowPatch, spool: Spool) -> None:
        """``chunks`` gives the sheet's bytes, each time from the start."""
        self._chunks, self._patch, self._spool = chunks, patch, spool
        self._unchanged = 0
        self._begun = False

    def write(self, data: bytes) -> None:
        """The next bytes of the sheet."""
        if not self._begun:
            if not self._patch.changed:
                self._unchanged += len(data)
                return
            self._begun = True
            self._repeat(len(self.stream.head) + len(self.stream.dimension))
        self._spool.write(data)

    def _repeat(self, start: int) -> None:
        """Write the bytes that were passed over."""
        end = start + self._unchanged
        at = 0
        for chunk in self._chunks():
            self._spool.write(chunk[max(start - at, 0) : max(end - at, 0)])
            at += len(chunk)
            if at >= end:
                break

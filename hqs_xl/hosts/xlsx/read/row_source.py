"""The rows of one sheet, taken out of its bytes as these come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from hqs_xl.hosts.package.xml_feed import XmlFeed
from hqs_xl.hosts.xlsx.read.kept_sheet import KeptRows
from hqs_xl.hosts.xlsx.read.plain_rows import PlainRows
from hqs_xl.rows import SomeRows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.xlsx.read.kept_sheet import KeptSheet
    from hqs_xl.hosts.xlsx.read.plain_rows import Columns
    from hqs_xl.hosts.xlsx.read.sheet_rows import SheetReader


class RowSource(Protocol):
    """Gives the rows of a sheet whose bytes it is given."""

    @property
    def share(self) -> float:
        """The share of the sheet that is read, 0 to 1."""

    def add(self, data: bytes) -> Iterator[SomeRows]:
        """The rows that are known with the next bytes of the sheet."""

    def end(self) -> Iterator[SomeRows]:
        """The sheet has ended: the rest of the rows."""

    def close(self) -> None:
        """Free what reading took."""


class SheetRows:
    """A ``RowSource``: rows of the usual shape by pattern, all others by the parser."""

    def __init__(
        self,
        package: Package,
        part: str,
        reader: SheetReader,
        columns: Columns | None = None,
        *,
        numbers: frozenset[int] | None = None,
        kept: KeptSheet | None = None,
    ) -> None:
        """``columns``, ``numbers`` as in ``PlainRows``; ``kept``: takes the rows, which are then read whole."""
        self.size, self.reader, self.columns = package.size(part), reader, columns
        self._feed = XmlFeed(package, part, reader.attach)
        self.plain = (
            PlainRows(reader, self._feed, columns, numbers) if kept is None else KeptRows(reader, self._feed, kept)
        )

    @property
    def share(self) -> float:
        """The share of the sheet that is read, 0 to 1."""
        return self._feed.share

    def add(self, data: bytes) -> Iterator[SomeRows]:
        """The rows that are known with the next bytes of the sheet."""
        self.plain.feed(data)
        self.reader.settle()
        yield SomeRows(self.reader.handed_over())

    def end(self) -> Iterator[SomeRows]:
        """The sheet has ended: the rest of the rows."""
        self.plain.finish()
        yield SomeRows(self.reader.handed_over())

    def close(self) -> None:
        """There is nothing to free."""

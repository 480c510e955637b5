"""A closed .ods, as LibreOffice and others save it, read like a closed .xlsx: sheets and rows of values.

All sheets stand in one part, which is streamed twice: once for what is said about them, once for their rows. Neither
python-calamine nor odfpy would do, which hold a whole sheet, or the whole document; odfpy is no longer maintained.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from hqs_xl.hosts.files.limits import LIMITS, Limits
from hqs_xl.hosts.ods.content import Content
from hqs_xl.hosts.ods.plain import PlainContent
from hqs_xl.hosts.package.open_document import CONTENT, OpenDocument
from hqs_xl.hosts.package.xml_feed import XmlFeed
from hqs_xl.hosts.sheets.closed_file import ClosedFile
from hqs_xl.hosts.sheets.progress import Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from hqs_xl.hosts.ods.content import Rows
    from hqs_xl.hosts.xlsx.read.sheet_rows import Row
    from hqs_xl.rows import OneValue


class OdsBook(ClosedFile[OpenDocument]):
    """A closed .ods, read row by row; raises ``UnusableFile`` as ``ClosedBook`` does."""

    sheets: tuple[str, ...]  # in the document's order, hidden ones too

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        self.name = path.name
        self._package = OpenDocument(path, limits)
        self._kept: _Reading | None = None
        self._one_valued: dict[str, Sequence[OneValue]] = {}
        with self._opening():
            self._look_through()

    def close(self) -> None:
        """Close the file; reading from it is over."""
        self._kept = None
        super().close()

    def rows(self, sheet: str, progress: Callable[[float], None] | None = None) -> Iterator[Row]:
        """Row number (from 1) and its values by column (from 0), in order; empty rows, cells and texts are left out.

        ``progress`` is told the share done, 0 to 1, now and then. Sheets asked for in their order are read in one go.
        """
        return self._rows(self._place(sheet), progress)

    def one_valued(self, sheet: str, below: int) -> Sequence[OneValue]:
        """The sheet's cells below a row that have one value between them, as far as its rows have been read."""
        return [area for area in self._one_valued.get(sheet, ()) if area.first_row > below]

    def totals(self, sheet: str) -> frozenset[int]:
        """The rows of the sheet that are the totals of a range."""
        self._place(sheet)
        return frozenset(row for name, row in self._totals if name == sheet)

    def marks(self, sheet: str) -> list[tuple[str, int, int, int]]:
        """The sheet's ranges with a header: name, its row, first and last column."""
        self._place(sheet)
        return [mark for name, mark in self._marks if name == sheet]

    def _look_through(self) -> None:
        content = Content(self._package, None)
        reading = _Reading(self._package, content)
        self._shares = [0.0]  # of the content, where each sheet begins, and where the last one ends
        while reading.read_on():
            self._shares += [reading.share] * (len(content.sheets) - len(self._shares))
        self._shares.append(1.0)
        self.sheets, self.date1904 = tuple(content.sheets), content.date1904
        self._totals, self._marks = content.totals, content.marks
        self._places = {name: place for place, name in enumerate(self.sheets)}
        twice = [name for name, times in Counter(map(str.casefold, self.sheets)).items() if times > 1]
        if twice:
            raise self._package.refusal("duplicate_sheet", sheet=twice[0])

    def _place(self, sheet: str) -> int:
        return self._of_sheet(sheet, self._places)

    def _rows(self, place: int, progress: Callable[[float], None] | None) -> Iterator[Row]:
        reading, self._kept = self._kept, None
        if reading is None or reading.place > place:
            reading = _Reading(self._package, Content(self._package, place, date1904=self.date1904))
        steps = Steps(progress)
        for rows in reading.of(place):
            for number in range(rows.number, rows.number + rows.times):
                yield number, rows.cells
            steps.at(self._share(place, reading.share))
        self._one_valued[self.sheets[place]] = reading.one_valued(self.sheets[place])
        self._kept = reading
        steps.end()

    def _share(self, place: int, share: float) -> float:
        """The share of the content that is read as the share of a sheet."""
        start, end = self._shares[place : place + 2]
        return min(max(share - start, 0.0) / (end - start), 1.0) if end > start else 0.0


class _Reading:
    """The content read from its beginning, sheet after sheet."""

    def __init__(self, package: OpenDocument, content: Content) -> None:
        self._content = content
        self._feed = XmlFeed(package, CONTENT, content.attach)
        self._plain = PlainContent(content, self._feed)
        self._chunks = package.chunks(CONTENT)
        self._ready: deque[Rows] = deque()
        self._ended = False
        self.place = 0  # of the next sheet whose rows can be given

    @property
    def share(self) -> float:
        """The share of the content that is read."""
        return self._feed.share

    def one_valued(self, sheet: str) -> Sequence[OneValue]:
        """The cells of a sheet that have one value between them, as far as they are read."""
        return self._content.one_valued.get(sheet, ())

    def of(self, place: int) -> Iterator[Rows]:
        """The rows of a sheet; those of the sheets before it are dropped."""
        while True:
            while self._ready and self._ready[0].place <= place:
                rows = self._ready.popleft()
                if rows.place == place:
                    yield rows
            if self._ready or self._is_past(place) or not self.read_on():
                break
        self.place = place + 1

    def read_on(self) -> bool:
        """Read the next bytes; False once there is nothing more."""
        if self._ended:
            return False
        chunk = next(self._chunks, None)
        if chunk is None:
            self._plain.finish()
            self._ended = True
        else:
            self._plain.feed(chunk)
            self._content.settle()
        self._ready += self._content.rows
        self._content.rows.clear()
        return True

    def _is_past(self, place: int) -> bool:
        """Whether a sheet has ended."""
        sheets = len(self._content.sheets)
        return sheets > place + 1 or (sheets == place + 1 and not self._content.open)

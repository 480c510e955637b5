"""Closed files to be read, whichever program saved them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.errors import UnusableFile
from hqs_xl.formulas.ours import is_ours
from hqs_xl.hosts.closed.beside import Beside
from hqs_xl.hosts.files import LIMITS, Limits
from hqs_xl.hosts.xlsx import Workbook
from hqs_xl.roster.columns import FEWEST_HEADERS, normalised
from hqs_xl.roster.headers.cells import is_header, may_be_header

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from hqs_xl.hosts.closed.reading_ods import ClosedOds


class RosterHeaders:
    """The headers of all our tables, in all languages: ``HeaderWords`` for readers of files.

    ``also``: headers that mean a column because the user says so, as ``normalised`` has them.
    """

    fewest = FEWEST_HEADERS

    def __init__(self, also: Collection[str] = ()) -> None:
        self._also = frozenset(also)

    def is_header(self, text: str) -> bool:
        """Whether a text is the header of any column of any table."""
        return is_header(text) or (bool(self._also) and normalised(text) in self._also)

    def may_be_header(self, text: str) -> bool:
        """Whether a text begins and ends as a header does."""
        return may_be_header(text) or bool(self._also)


class ClosedBook(Workbook):
    """A closed .xlsx or .xlsm: a ``PartlyReadBook``. Raises ``UnusableFile`` as ``Workbook`` does."""

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        super().__init__(path, RosterHeaders(), limits, is_ours)
        self.beside = Beside(path.parent)

    def learn_headers(self, headers: Collection[str]) -> None:
        """Take more texts for headers from now on."""
        self.know_words(RosterHeaders(headers))


def open_book(path: Path, limits: Limits = LIMITS) -> ClosedBook | ClosedOds:
    """An .xlsx, .xlsm or .ods; what it holds decides, whatever its name. Raises ``UnusableFile``."""
    try:
        return ClosedBook(path, limits)
    except UnusableFile as refused:
        if refused.code != "ods":
            raise
    from hqs_xl.hosts.closed.reading_ods import ClosedOds  # noqa: PLC0415 - most files are .xlsx

    return ClosedOds(path, limits)

"""A text with delimiters (CSV) as rows of cells: encoding and delimiter are recognised, and said."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import NamedTuple

from hqs_xl.errors import UnusableFile
from hqs_xl.roster.headers import read_header
from hqs_xl.rows import Row

# By how many known headers the first lines have; of two alike the first.
DELIMITERS = {";": ";", ",": ",", "\t": "tab", "|": "|"}
_FIRST_LINES = 50
# What a text begins with that says its encoding itself.
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Excel takes its delimiter from such a first line.
_SAID = "sep="


class Delimited(NamedTuple):
    """The rows of a text, by the number of their first line, and how they were told apart; how many cells each has."""

    encoding: str
    delimiter: str
    rows: list[Row]
    widths: dict[int, int]

    @property
    def delimiter_name(self) -> str:
        """The delimiter as it is shown."""
        return DELIMITERS.get(self.delimiter, self.delimiter)


def delimited(name: str, data: bytes) -> Delimited:
    """The rows of a text: UTF-8, UTF-16 with its mark, or windows-1251 as Excel in Russia and 1C write it.

    Raises UnusableFile with the line where a quoted cell never ends, and for what is no text.
    """
    encoding, text = _decoded(name, data)
    skipped, delimiter = _delimiter(text)
    widths: dict[int, int] = {}
    return Delimited(encoding, delimiter, [*_rows(name, text, delimiter, skipped, widths)], widths)


def _decoded(name: str, data: bytes) -> tuple[str, str]:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "cp1251"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return encoding.removesuffix("-sig"), text
    raise UnusableFile("import.not_text", file=name)


def _delimiter(text: str) -> tuple[int, str]:
    """How many lines to pass over, and the delimiter: the one they say, else that by which most headers are known."""
    first = text[: text.find("\n") + 1 or len(text)].strip()
    if first[: len(_SAID)].casefold() == _SAID and len(first) == len(_SAID) + 1:
        return 1, first[-1]
    known = {delimiter: _known(text, delimiter) for delimiter in DELIMITERS}
    return 0, max(known, key=lambda delimiter: known[delimiter])


def _known(text: str, delimiter: str) -> int:
    """The most headers that a line of the first ones has."""
    try:
        lines = [*islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), _FIRST_LINES)]
    except csv.Error:
        return 0
    return max((sum(bool(read_header("roster", cell).key) for cell in line) for line in lines), default=0)


def _rows(name: str, text: str, delimiter: str, skipped: int, widths: dict[int, int]) -> Iterator[Row]:
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in lines:
            held = {place: cell for place, cell in enumerate(cells) if cell.strip()}
            if held and number > skipped:
                widths[number] = len(cells)
                yield number, held
            number = lines.line_num + 1
    except csv.Error as fault:
        # The library has one error for all faults, told apart by its words alone.
        key = "import.long_cell" if "field larger" in str(fault) else "import.bad_csv"
        raise UnusableFile(key, file=name, line=number) from None

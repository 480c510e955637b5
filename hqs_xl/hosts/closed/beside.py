"""Text files that lie beside a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from hqs_xl.errors import HqsError
from hqs_xl.hosts.files import read_whole

# Some thousand values of the law.
MOST_BYTES = 1 << 20


class Beside(NamedTuple):
    """Reads a text beside a workbook. Can be pickled."""

    folder: Path

    def __call__(self, name: str) -> str:
        """The text of a file, by its name or its path from the folder. Raises HqsError."""
        return read_text(self.folder / name)


def read_text(path: Path) -> str:
    """The text of a file in UTF-8. Raises HqsError."""
    try:
        return read_whole(path, MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise HqsError("edition_file", problem=f"{path.name}: not UTF-8") from None

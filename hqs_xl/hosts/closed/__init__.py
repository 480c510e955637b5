"""Rosters in closed files: the roster's books over the editor of .xlsx files and the reader of .ods files.

All that the editor need not know of a roster is said to it here: which texts are headers, which formulas are ours, what
a new table looks like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts import face

if TYPE_CHECKING:
    from hqs_xl.hosts.closed.beside import Beside, read_text
    from hqs_xl.hosts.closed.editing import ClosedEdit
    from hqs_xl.hosts.closed.reading import ClosedBook, open_book

__all__ = ["Beside", "ClosedBook", "ClosedEdit", "open_book", "read_text"]

if not TYPE_CHECKING:
    __getattr__ = face(
        __name__,
        {
            "Beside": "beside",
            "ClosedBook": "reading",
            "ClosedEdit": "editing",
            "open_book": "reading",
            "read_text": "beside",
        },
    )

"""Rosters in closed files: the roster's books over the editor of .xlsx files and the reader of .ods files.

All that the editor need not know of a roster is said to it here: which texts are headers, which formulas are ours, what
a new table looks like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hqs_xl.hosts.closed.editing import ClosedEdit
    from hqs_xl.hosts.closed.reading import ClosedBook, open_book

__all__ = ["ClosedBook", "ClosedEdit", "open_book"]


def __getattr__(name: str) -> Any:
    """What is asked for is loaded then: whoever reads needs no editor."""
    if name == "ClosedEdit":
        from hqs_xl.hosts.closed.editing import ClosedEdit  # noqa: PLC0415 - as above

        return ClosedEdit
    if name in __all__:
        from hqs_xl.hosts.closed import reading  # noqa: PLC0415 - as above

        return getattr(reading, name)
    raise AttributeError(name)

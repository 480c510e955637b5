"""A part of a step to undo: what LibreOffice forgets about a block of cells that is written in one call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import unohelper
from com.sun.star.document import XUndoAction

# com.sun.star.sheet.CellFlags: numbers, dates, texts and formulas, but no comments.
_CONTENTS = 1 | 2 | 4 | 16


class Emptied(unohelper.Base, XUndoAction):
    """Empties again, at last, what was blank before the block was written; and the block, before it is done again."""

    Title = "HQS"

    def __init__(self, model: Any, cells: Any) -> None:
        self._model, self._cells, self._blank = model, cells, cells.queryEmptyCells()

    def undo(self) -> None:
        """The block is undone already, but for what was blank."""
        with self._unrecorded():
            self._blank.clearContents(_CONTENTS)

    def redo(self) -> None:
        """The block is about to be written again, but for what is to be blank."""
        with self._unrecorded():
            self._cells.clearContents(_CONTENTS)

    @contextmanager
    def _unrecorded(self) -> Iterator[None]:
        """Nothing that is done meanwhile is a step of its own."""
        self._model.UndoManager.lock()
        try:
            yield
        finally:
            self._model.UndoManager.unlock()

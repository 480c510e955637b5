"""A part of a step to undo: what LibreOffice forgets about a block of cells that is written in one call."""

from __future__ import annotations

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
        self._empty(self._blank)

    def redo(self) -> None:
        """The block is about to be written again, but for what is to be blank."""
        self._empty(self._cells)

    def _empty(self, cells: Any) -> None:
        # Or this would be a step of its own.
        self._model.UndoManager.lock()
        try:
            cells.clearContents(_CONTENTS)
        finally:
            self._model.UndoManager.unlock()

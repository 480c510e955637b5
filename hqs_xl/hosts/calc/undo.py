"""What is written as one step to undo, and what LibreOffice forgets about a block that is written in one call."""

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


class OneStep:
    """All that is written meanwhile is one step to undo, and undone when it fails; nothing written leaves no step.

    No generator, as all that is entered here: an error of UNO can't be handed through one.
    """

    def __init__(self, model: Any, title: str) -> None:
        self._model, self._title = model, title

    def __enter__(self) -> None:
        undo = self._model.UndoManager
        self._modified, self._steps = self._model.isModified(), undo.getAllUndoActionTitles()
        undo.enterUndoContext(self._title)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        undo = self._model.UndoManager
        undo.leaveUndoContext()
        if kind is not None:
            if undo.getAllUndoActionTitles() != self._steps:
                undo.undo()
            self._model.setModified(self._modified)


class Uncounted:
    """No formula is counted meanwhile."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def __enter__(self) -> None:
        self._counts = self._model.isAutomaticCalculationEnabled()
        # UNO takes arguments by position.
        self._model.enableAutomaticCalculation(False)  # noqa: FBT003

    def __exit__(self, *_: object) -> None:
        self._model.enableAutomaticCalculation(self._counts)

"""How long recalculations take. Run by LibreOffice's Python (inside.py)."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from time import perf_counter
from typing import Any

from tests.calc.sheets import document

# As LibreOffice counts.
FIRST_DAY = date(1899, 12, 30)
# Days of some eighteen years, none of them twice in a row.
FIRST, SPAN, STEP = 40179, 6500, 7919


def recalculations(desktop: Any, kinds: list[Any], rows: int, holidays: list[str], rounds: int) -> dict[str, Any]:
    """Seconds of the first recalculation of each kind of formula, and of those that follow, in turn."""
    with ExitStack() as stack:
        documents = []
        for formula, whole in kinds:
            opened = stack.enter_context(document(desktop))
            documents.append(opened)
            opened.enableAutomaticCalculation(False)  # noqa: FBT003 - UNO takes arguments by position
            _fill(opened.Sheets[0], formula, whole, rows, holidays)
        first = [_timed(opened) for opened in documents]
        later = [[_timed(opened) for opened in documents] for _ in range(rounds)]
    return {"first": first, "later": later}


def _fill(sheet: Any, formula: str, whole: bool, rows: int, holidays: list[str]) -> None:
    days = tuple((float(FIRST + row * STEP % SPAN),) for row in range(rows))
    sheet.getCellRangeByPosition(0, 0, 0, rows - 1).setDataArray(days)
    off = tuple((float((date.fromisoformat(day) - FIRST_DAY).days),) for day in holidays)
    sheet.getCellRangeByPosition(3, 0, 3, len(off) - 1).setDataArray(off)
    answers = sheet.getCellRangeByPosition(1, 0, 1, rows - 1)
    text = formula.replace("{rows}", str(rows)).replace("{holidays}", str(len(off)))
    if whole:
        answers.setArrayFormula(text)
    else:
        answers.setFormulaArray(tuple((text.replace("{row}", str(row)),) for row in range(1, rows + 1)))


def _timed(opened: Any) -> float:
    began = perf_counter()
    opened.calculateAll()
    return perf_counter() - began

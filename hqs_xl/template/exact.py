"""Formulas that compare ids as text, letter for letter, as ``cells.ids`` has it, in Excel and LibreOffice alike.

COUNTIFS and MATCH don't: they take p1 for P1 and * for anything, COUNTIFS 0012 for 12 as well. But COUNTIFS is quick,
so that it may pick what is compared by EXACT then: it finds more than the same id, never less.
"""

from __future__ import annotations

NO_BREAK_SPACE = "\u00a0"


def said(cells: str) -> str:
    """The ids that cells hold, without needless spaces."""
    return f'TRIM(SUBSTITUTE({cells},"{NO_BREAK_SPACE}"," "))'


def same(ids: str, cell: str) -> str:
    """Of each of some ids whether a cell holds it."""
    return f"EXACT({ids},{said(cell)})"


def criterion(cell: str) -> str:
    """What COUNTIFS is asked for, to find the id of a cell at least."""
    text = said(cell)
    for sign in "~*?":
        text = f'SUBSTITUTE({text},"{sign}","~{sign}")'
    return f'"="&{text}'

"""What a cell answers to a mistake, ``#HQS! what is wrong``, and the language of it.

An answer asked for in a language (``lang``) is in that language, its mistakes too. Most functions know of none: their
mistakes are texts in both languages, and the host shows the one of the workbook that the cell stands in: what its
setting *Language* says, by the name ``Language`` of our workbooks. English wherever that is not known.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from hqs_xl.bilingual import Bilingual
from hqs_xl.cells.values import LANGUAGE_WORDS
from hqs_xl.errors import HqsError
from hqs_xl.texts import LANGUAGES, in_words, say

log = logging.getLogger("hqs_xl")

# What Excel shows of a text that a function returns to a caller.
LONGEST = 255
# The cell of a workbook that says its language.
NAME = "Language"


def error_text(error: HqsError, argument: str = "") -> Bilingual:
    """What a cell answers to a mistake."""
    where = f"{argument}: " if argument else ""
    return Bilingual(*(f"#HQS! {where}{error.message(lang)}"[:LONGEST] for lang in LANGUAGES))


def internal_error(name: str, error: Exception) -> Bilingual:
    """What a cell answers to a fault of ours; where it happened goes to the log, without the values of any cell."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    log.error("%s: %s at %s", name, type(error).__name__, place)
    return Bilingual(*(f"#HQS! {say('error.internal', lang)}" for lang in LANGUAGES))


def language_of(cell: Any) -> str:
    """The language that a cell names, as an argument or a setting does; blank when it names none."""
    return LANGUAGE_WORDS.get(str(cell).strip().casefold(), "")


def in_language(answer: Any, language: Callable[[], str]) -> Any:
    """An answer, a single one or rows, with its mistakes in one language, which is asked for where there are any."""
    if not isinstance(answer, list | tuple):
        return in_words(answer, language()) if type(answer) is Bilingual else answer
    if all(type(cell) is not Bilingual for row in answer for cell in row):
        return answer
    lang = language()
    rows = ([in_words(cell, lang) if type(cell) is Bilingual else cell for cell in row] for row in answer)
    return list(rows) if isinstance(answer, list) else tuple(map(tuple, rows))

"""The versions a workbook works with, in lines: of package, rules, calendar, program, and of the workbook itself."""

from __future__ import annotations

from collections.abc import Iterator

from hqs_xl import __version__
from hqs_xl.hosts.open import OpenBook
from hqs_xl.law import EDITIONS, RUSSIA, rulebook
from hqs_xl.texts import say

CONFIG_SHEET, CONFIG_VERSION = "xlwings.conf", "HQS-XL"


def versions(book: OpenBook, program: str, lang: str) -> Iterator[str]:
    """Line by line."""
    yield say("macro.about.package", lang, version=__version__, program=program)
    yield from (_edition_in_words(edition, lang) for edition in EDITIONS)
    yield say("calendar_sheet.known", lang, day=RUSSIA.known_through)
    made = _made_by(book)
    if made:
        yield say("macro.about.workbook", lang, file=book.name, version=made)
    if made not in {"", __version__}:
        yield say("macro.about.other", lang)


def _edition_in_words(edition: str, lang: str) -> str:
    """How many values an edition declares, and from when on the newest holds."""
    values = [value for rule in rulebook().values() for value in rule.values.get(edition, ())]
    newest = max((value.first for value in values if value.first), default="")
    key = "macro.about.edition" if newest else "macro.about.edition_undated"
    return say(key, lang, edition=edition, count=len(values), day=newest)


def _made_by(book: OpenBook) -> str:
    """The version that built the workbook; blank for a workbook of somebody else's making."""
    if CONFIG_SHEET not in book.sheets:
        return ""
    rows = (list(cells.values()) for _, cells in book.rows(CONFIG_SHEET))
    return next((str(row[-1]) for row in rows if row[0] == CONFIG_VERSION), "")

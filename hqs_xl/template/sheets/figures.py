"""The sheet Figures: what the dashboard is drawn from, in native formulas over the tables."""

from __future__ import annotations

from hqs_xl.compliance.open_deadlines import GROUPS
from hqs_xl.hosts.memory import Formula
from hqs_xl.roster.columns import BY_MONTH, BY_OBLIGATION, FIGURES
from hqs_xl.roster.columns import column as column_of
from hqs_xl.roster.findings import Severity
from hqs_xl.roster.status import Status, status_word
from hqs_xl.roster.tables.marks import CELL_NAMES, TABLE_NAMES
from hqs_xl.sync.tally import FIGURES as FIGURE_KEYS
from hqs_xl.sync.tally import MONTHS, OBLIGATIONS, TAILS
from hqs_xl.template.page import Page
from hqs_xl.texts import LANGUAGES, say

NAME = CELL_NAMES["figures"]
HEADER_ROW, WORDS, OBLIGATION, MONTH = 2, 2, 4, 9
FIRST_STATUS = HEADER_ROW + 1 + FIGURE_KEYS.index(f"status_{Status.OK}")


class Header:
    """The columns of tables as formulas name them."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def of(self, table: str, key: str) -> str:
        """A column of a table."""
        return f"{TABLE_NAMES[table]}[{column_of(table, key).header(self.lang)}]"


def figures_page(lang: str) -> Page:
    """People by status, findings by weight and obligation, deadlines by month."""
    page = Page(say("sheet.figures", lang), "FiguresSheet")
    page.marks.append((NAME, 0, 0, 0))
    header = Header(lang)
    page.put(0, 0, say("dashboard.figures", lang), "title")
    page.height(0, 28)
    page.height(HEADER_ROW, 32)
    _put_figures(page, header)
    _put_obligations(page, header)
    _put_months(page, header)
    for column, characters in enumerate((30, 12, 16, 3, 46, 12, 12, 12, 3, 11, *[14] * (len(GROUPS) + 1))):
        page.width(column, characters)
    page.finish.append(lambda sheet, _: sheet.hide_gridlines(2))
    page.print_wide()
    page.finish.append(lambda sheet, _: sheet.protect("", {"select_locked_cells": True, "format_columns": True}))
    return page


def figures_name(lang: str) -> dict[str, str]:
    """The defined name by which the sheet is known as ours, whatever it is called."""
    return {NAME: f"='{say('sheet.figures', lang)}'!$A$1"}


def counted(cells: str, *words: str, more: str = "") -> str:
    """How many cells hold one of the words; ``more``: further conditions of COUNTIFS."""
    quoted = ",".join(f'"{word}"' for word in words)
    return f"SUM(COUNTIFS({cells},{{{quoted}}}{more}))"


def severity_words(severity: Severity) -> list[str]:
    """The words for it, whatever language the findings were written in."""
    return [say(f"severity.{severity}", lang) for lang in LANGUAGES]


def _put_figures(page: Page, header: Header) -> None:
    page.put_header(HEADER_ROW, 0, FIGURES, header.lang)
    for row, key in enumerate(FIGURE_KEYS, HEADER_ROW + 1):
        page.put(row, 0, say(f"figure.{key}", header.lang), "wrap")
        page.put(row, 1, Formula("=" + _figure(key, header)), "figure_date" if key == "as_of" else "figure")
        if key.startswith("status_"):
            # The chart names its bars so.
            page.put(row, WORDS, say(f"status.{key.removeprefix('status_')}", header.lang), "quiet_line")


def _figure(key: str, header: Header) -> str:
    if key == "as_of":
        return "AsOf"
    status = header.of("roster", "status")
    if key.startswith("status_"):
        found = Status(key.removeprefix("status_"))
        both = [(lang, provisional) for lang in LANGUAGES for provisional in (False, True)]
        return counted(status, *(status_word(found, lang, provisional=provisional) for lang, provisional in both))
    if key == "people":
        return f'SUMPRODUCT(--({status}<>""))'
    return counted(header.of("findings", "severity"), *severity_words(Severity(key)))


def _put_obligations(page: Page, header: Header) -> None:
    page.put_header(HEADER_ROW, OBLIGATION, BY_OBLIGATION, header.lang)
    for row, name in enumerate(OBLIGATIONS, HEADER_ROW + 1):
        page.put(row, OBLIGATION, say(f"action.{name}", header.lang), "wrap")
        for column, tail in enumerate(TAILS, OBLIGATION + 1):
            codes = (f"{name}{mark}{tail}" for mark in "._")
            page.put(row, column, Formula("=" + counted(header.of("findings", "code"), *codes)), "figure")


def _put_months(page: Page, header: Header) -> None:
    """The deadlines of the twelve months from the day of the check on, by what they are about."""
    page.put_header(HEADER_ROW, MONTH, BY_MONTH, header.lang)
    due, code = header.of("deadlines", "due"), header.of("deadlines", "code")
    letters = [chr(65 + MONTH + place) for place in range(len(BY_MONTH))]
    for place in range(MONTHS):
        row = HEADER_ROW + 1 + place
        month = f"${letters[0]}{row + 1}"
        # A first value, for the sync passes rows by that hold nothing.
        page.put(row, MONTH, Formula(f"=DATE(YEAR(AsOf),MONTH(AsOf)+{place},1)", place), "month")
        within = f',{due},">="&MAX({month},AsOf),{due},"<"&DATE(YEAR({month}),MONTH({month})+1,1)'
        for column, heads in enumerate(GROUPS.values(), MONTH + 1):
            words = (f"{head}*" for head in heads)
            page.put(row, column, Formula("=" + counted(code, *words, more=within)), "figure")
        total = f"=SUM({letters[1]}{row + 1}:{letters[-2]}{row + 1})"
        page.put(row, MONTH + len(GROUPS) + 1, Formula(total), "figure")

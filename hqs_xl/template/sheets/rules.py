"""The sheets Rules and Calendar: what the law's files say, to look up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from hqs_xl.explain.days_off import HEADERS, day_rows
from hqs_xl.explain.words import rule_in_words, source_and_note
from hqs_xl.hosts.memory import Formula
from hqs_xl.law import EDITIONS, RUSSIA, rulebook
from hqs_xl.law.checked import STAYS_FRESH
from hqs_xl.law.rulebook import Rule
from hqs_xl.template.page import Page
from hqs_xl.template.sheets.tables import unbroken
from hqs_xl.texts import say

# What is printed, and what is looked up on the screen: whether to look a value up again, and the code of the rule.
PRINTED = {"rule": 30, "statement": 9, "edition": 9, "from": 11, "count": 42, "evidence": 15, "source": 52}
PRINTED |= {"checked": 11}
RULE_HEADS = PRINTED | {"again": 40, "code": 26}
DAY_WIDTHS = (14, 12, 34, 60)
HEADER_ROW = 3


def rules_page(lang: str) -> Page:
    """Every rule in the three editions: number, count, source, evidence, and when it was last looked at.

    Whether that is too long ago the sheet finds out by itself, for the day it is looked at.
    """
    page = Page(say("sheet.rules", lang), "RulesSheet")
    page.put(0, 0, say("rules.title", lang), "title")
    page.put(1, 0, say("start.legal", lang), "plain")
    _put_list(page, "Rules", RULE_HEADS, list(_with_age(_rules(lang), lang)), lang, last=len(PRINTED) - 1)
    page.finish.append(lambda sheet, _: sheet.protect("", {"select_locked_cells": True, "autofilter": True}))
    return page


def calendar_page(lang: str) -> Page:
    """The days off on weekdays and the working weekend days of the years in use; the last two years are printed."""
    page = Page(say("sheet.calendar", lang), "CalendarSheet")
    page.put(0, 0, say("calendar_sheet.title", lang), "title")
    page.put(1, 0, say("calendar_sheet.known", lang, day=RUSSIA.known_through), "plain")
    days, heads = [*day_rows(lang)], dict(zip(HEADERS, DAY_WIDTHS, strict=True))
    before = sum(day.year < RUSSIA.known_through.year - 1 for day, *_ in days)
    rows = [list(row) for row in days]
    _put_list(page, "Calendar", heads, rows, lang, last=len(heads) - 1, first=HEADER_ROW + 1 + before)
    return page


def known_name(lang: str) -> tuple[str, str]:
    """The defined name of the cell that says how far the calendar is decreed."""
    return "CalendarKnown", f"='{say('sheet.calendar', lang)}'!$A$2"


def _rules(lang: str) -> Iterator[list[Any]]:
    for rule in sorted(rulebook().values(), key=lambda rule: int(rule.statement[1:])):
        for edition in EDITIONS:
            yield from _values(rule, edition, lang)


def _values(rule: Rule, edition: str, lang: str) -> Iterator[list[Any]]:
    values, title = rule.values.get(edition, ()), say(f"rule.{rule.name}", lang)
    if not values and rule.values.get("card"):
        yield [title, rule.statement, edition, None, say("rules.same", lang), *[None] * 4, rule.name]
    for value in values:
        evidence = say(f"evidence.{value.evidence}", lang)
        source = source_and_note(value, lang)
        words = rule_in_words(rule, value, lang)
        where = rule.where or value.source
        row = [title, rule.statement, edition, value.first, words, evidence, source, value.checked, where]
        yield [*row, rule.name]


def _with_age(rows: Iterator[list[Any]], lang: str) -> Iterator[list[Any]]:
    """The rows with a formula before their code that says, once a value is old, where to look it up again."""
    checked = chr(64 + len(PRINTED))
    for number, (*row, where, code) in enumerate(rows, HEADER_ROW + 2):
        words = say("age.again", lang, where=where).replace('"', '""') if where else ""
        age = f"AsOf-${checked}${number}"
        yield [*row, Formula(f'=IF({age}>{STAYS_FRESH.days},"{words}","")', "") if where else None, code]


def _put_list(
    page: Page, name: str, heads: dict[str, int], rows: list[list[Any]], lang: str, *, last: int, first: int = 0
) -> None:
    for column, (head, characters) in enumerate(heads.items()):
        header = say(f"column.{head}", lang)
        page.put(HEADER_ROW, column, header, "header")
        page.width(column, max(characters, unbroken(header.split())))
    for row, values in enumerate(rows, HEADER_ROW + 1):
        for column, value in enumerate(values):
            page.put(row, column, value, "answer_date" if isinstance(value, date) else "wrap")
    page.add_table(name, HEADER_ROW, 0, len(heads), rows=len(rows))
    page.finish.append(lambda sheet, _: sheet.freeze_panes(HEADER_ROW + 1, 0))
    page.finish.append(lambda sheet, _: sheet.hide_gridlines(2))
    page.fit_rows(HEADER_ROW + 1)
    page.print_wide(repeat=HEADER_ROW, last=last, first=first)

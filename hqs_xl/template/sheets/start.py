"""The sheet Start: what the workbook is, what to do first, the settings, own days, and what the last check came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hqs_xl.hosts.memory import Formula
from hqs_xl.law import EDITIONS
from hqs_xl.roster.columns import LAST_CHECK, LOG, OWN_DAYS, SETTINGS, Column
from hqs_xl.roster.settings import LINES
from hqs_xl.roster.tables.marks import TABLE_NAMES
from hqs_xl.template.page import Page
from hqs_xl.template.sheets.answers import COUNTED
from hqs_xl.template.sheets.tables import FIRST_DAY, LAST_DAY, YES_NO
from hqs_xl.texts import LANGUAGES, say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SETTINGS_ROW, MEANING, OWN_COLUMN, OWN_ROWS = 9, 2, 4, 10
CHECK_ROW = SETTINGS_ROW + len(LINES) + 3
# The cells that formulas and functions ask for.
NAMED = {"AsOf": "as_of", "Edition": "edition", "Language": "language"}


def start_page(lang: str, settings: Mapping[str, Any], *, invented: Sequence[str]) -> Page:
    """``settings``: the value of each by key; a Formula for the day that moves on by itself.

    ``invented``: the names of people who were made up for the demo.
    """
    page = Page(say("sheet.start", lang), "StartSheet")
    _put_words(page, lang, invented)
    _put_settings(page, lang, settings)
    _put_own_days(page, lang)
    _put_last_check(page, lang)
    for column, characters in enumerate((34, 22, 96, 3, 14, 12, 40)):
        page.width(column, characters)
    page.finish.append(lambda sheet, _: sheet.hide_gridlines(2))
    page.print_wide()
    return page


def names(lang: str) -> dict[str, str]:
    """The defined names of the settings' cells."""
    rows = {name: SETTINGS_ROW + 2 + LINES.index(key) for name, key in NAMED.items()}
    return {name: f"='{say('sheet.start', lang)}'!$B${row}" for name, row in rows.items()}


def _put_words(page: Page, lang: str, invented: Sequence[str]) -> None:
    page.put(0, 0, say("start.title", lang), "title")
    page.height(0, 28)
    page.put(1, 0, say("start.what", lang), "plain")
    page.put(2, 0, _first(lang, invented), "first")
    page.put_row(2, 1, [None] * MEANING, "first")
    page.put(3, 0, say("start.steps", lang), "heading")
    for row, key in enumerate(("step1", "step2", "step3"), 4):
        page.put(row, 0, say(f"start.{key}", lang), "plain")
    page.put(CHECK_ROW + len(LOG), 0, say("start.legal", lang), "quiet_line")


def _first(lang: str, invented: Sequence[str]) -> Formula:
    """What is to be done first: it depends on what the workbook holds by now."""
    people = f"Roster[{say('header.full_name', lang)}]"
    checked = f"$B${CHECK_ROW + 2 + [column.key for column in _shown()].index('as_of')}"
    names = ",".join(f'"{name}"' for name in sorted({*invented}))
    cases = {
        "first_install": f"{COUNTED}=0",
        **({"first_demo": f"SUM(COUNTIF({people},{{{names}}}))>0"} if invented else {}),
        "first_nobody": f"COUNTA(Roster[{say('header.person_id', lang)}])=0",
        "first_fixed": 'AND(AsOf<>"",AsOf<>TODAY())',
        "first_old": f"{checked}<>AsOf",
    }
    text = f'"{say("start.first_checked", lang)}"'
    for key, case in reversed(cases.items()):
        text = f'IF({case},"{say(f"start.{key}", lang)}",{text})'
    return Formula("=" + text, say(f"start.{'first_demo' if invented else 'first_nobody'}", lang))


def _put_settings(page: Page, lang: str, settings: Mapping[str, Any]) -> None:
    page.put(SETTINGS_ROW - 1, 0, say("table.settings", lang), "heading")
    page.put_header(SETTINGS_ROW, 0, SETTINGS, lang)
    page.put(SETTINGS_ROW, MEANING, say("start.meaning", lang), "header")
    for row, key in enumerate(LINES, SETTINGS_ROW + 1):
        page.put(row, 0, say(f"setting.{key}", lang), "wrap")
        page.put(row, 1, settings[key], "input_date" if key == "as_of" else "input")
        meaning = say(f"start.{key}", lang)
        page.put(row, MEANING, _asking(meaning, lang) if key == "as_of" else meaning, "wrap")
    page.add_table(TABLE_NAMES["settings"], SETTINGS_ROW, 0, 3, rows=len(LINES))
    page.finish.append(lambda sheet, _: _validate(sheet, lang))


def _asking(meaning: str, lang: str) -> Formula:
    """What the day of the check means, or whether it is meant to stay where it is a day other than today."""
    asked = say("start.as_of_fixed", lang, days='"&ABS(TODAY()-AsOf)&"')
    return Formula(f'=IF(OR(AsOf="",AsOf=TODAY()),"{meaning}","{asked}")', meaning)


def _validate(sheet: Worksheet, lang: str) -> None:
    lists = {"edition": list(EDITIONS), "language": list(LANGUAGES), "count_presidential_days_off": YES_NO[lang]}
    for row, key in enumerate(LINES, SETTINGS_ROW + 1):
        if key in lists:
            choice = {"validate": "list", "source": lists[key], "error_message": say("roster_sheet.choose", lang)}
            sheet.data_validation(row, 1, row, 1, choice)
        elif key == "as_of":
            dates = {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
            sheet.data_validation(row, 1, row, 1, dates | {"error_message": say("roster_sheet.date", lang)})


def _put_own_days(page: Page, lang: str) -> None:
    page.put(SETTINGS_ROW - 1, OWN_COLUMN, say("start.own_days", lang), "heading")
    page.put_header(SETTINGS_ROW, OWN_COLUMN, OWN_DAYS, lang)
    for row in range(SETTINGS_ROW + 1, SETTINGS_ROW + 1 + OWN_ROWS):
        page.put_row(row, OWN_COLUMN, [None, None, None], "input")
        page.put(row, OWN_COLUMN, None, "input_date")
    page.add_table(TABLE_NAMES["own_days"], SETTINGS_ROW, OWN_COLUMN, len(OWN_DAYS), rows=OWN_ROWS)
    last = SETTINGS_ROW + OWN_ROWS
    rule = {"validate": "list", "source": YES_NO[lang]}
    page.finish.append(
        lambda sheet, _: sheet.data_validation(SETTINGS_ROW + 1, OWN_COLUMN + 1, last, OWN_COLUMN + 1, rule)
    )


def _put_last_check(page: Page, lang: str) -> None:
    page.put(CHECK_ROW - 1, 0, say("table.last_check", lang), "heading")
    page.put_header(CHECK_ROW, 0, LAST_CHECK, lang)
    for row, column in enumerate(_shown(), CHECK_ROW + 1):
        page.put(row, 0, column.header(lang), "wrap")
        page.put(row, 1, None, "answer_date" if column.kind == "date" else "answer_text")
    page.add_table(TABLE_NAMES["last_check"], CHECK_ROW, 0, len(LAST_CHECK), rows=len(_shown()))


def _shown() -> list[Column]:
    """What of a line of the log stands on the sheet."""
    return [column for column in LOG if column.key not in {"checked_by", "changed_statuses"}]

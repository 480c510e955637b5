"""The sheets of records beside the roster: notices, documents, employer, findings, deadlines and log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hqs_xl.roster.columns import EMPLOYER, FINDINGS, LOG, TABLES, Column
from hqs_xl.roster.employer import FIELDS
from hqs_xl.roster.tables.marks import TABLE_NAMES
from hqs_xl.template.looks import ORANGE, SEVERITIES, VERMILLION, mark
from hqs_xl.template.page import Looks, Page
from hqs_xl.template.sheets.tables import finding_name, last_row, mark_findings, put_table, validate
from hqs_xl.texts import LANGUAGES, say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

# Narrower than elsewhere, so that what is printed stays legible on A4; codes and sources are looked up on the screen.
_WIDTHS = {"sheet": 11, "row": 6, "column": 15, "go_to": 7, "days": 6, "message": 46, "action": 28}
_FINDINGS = [one._replace(width=_WIDTHS.get(one.key, one.width)) for one in FINDINGS]
_LOG_WIDTHS = {"checked_at": 15, "checked_by": 12, "as_of": 10, "edition": 8, "version": 7, "known_through": 10}
_LOG_WIDTHS |= {"changed_statuses": 38, "not_looked_at": 30}
_LOG = [one._replace(width=_LOG_WIDTHS.get(one.key, 7)) for one in LOG]
_LAST_PRINTED = {"findings": "action", "deadlines": "full_name"}


def salary_page(lang: str, notices: Sequence[Mapping[str, Any]]) -> Page:
    """One row a person and quarter."""
    return _typed("salary", "SalarySheet", lang, notices)


def documents_page(lang: str) -> Page:
    """One row a document, renewals beside what they renew; empty, for without it the roster's own dates are all."""
    return _typed("documents", "DocumentsSheet", lang, [])


def _typed(kind: str, code: str, lang: str, rows: Sequence[Mapping[str, Any]]) -> Page:
    """A sheet whose rows people type, marked row by row."""
    page = _table(kind, code, lang, rows)
    validate(page, TABLES[kind], kind, lang)
    mark_findings(page, range(len(TABLES[kind])), by_row=True)
    page.finish.append(lambda sheet, _: sheet.freeze_panes(1, 1))
    return page


def employer_page(lang: str) -> Page:
    """What notices ask about the employer: a line a field, typed once."""
    page = Page(say("sheet.employer", lang), "EmployerSheet")
    page.put_header(0, 0, EMPLOYER, lang)
    for row, key in enumerate(FIELDS, 1):
        page.put(row, 0, say(f"employer.{key}", lang), "wrap")
        page.put(row, 1, None, "text_wrap")
    for place, column in enumerate(EMPLOYER):
        page.width(place, column.width)
    page.add_table(TABLE_NAMES["employer"], 0, 0, len(EMPLOYER), rows=len(FIELDS))
    page.print_wide()
    return page


def findings_page(lang: str) -> Page:
    """What the check found; the sync writes its rows. Source and code are not printed."""
    page = _table("findings", "FindingsSheet", lang, [], _FINDINGS)
    page.finish.append(lambda sheet, looks: _mark_severities(page, sheet, looks))
    return page


def deadlines_page(lang: str) -> Page:
    """What is still to be done in twelve months, the nearest first; the sync writes its rows."""
    page = _table("deadlines", "DeadlinesSheet", lang, [])
    page.finish.append(lambda sheet, looks: _mark_nearness(page, sheet, looks))
    return page


def log_page(lang: str) -> Page:
    """One line a check that changed something; the sync writes them."""
    return _table("log", "LogSheet", lang, [], _LOG)


def finding_names(lang: str) -> dict[str, str]:
    """The defined names by which flags are looked up in Findings: its columns, as far as there are findings.

    Not by the table's name: LibreOffice saves that in .ods as the cells it has by then; later findings are past them.
    """
    sheet = say("sheet.findings", lang)
    letters = {column.key: chr(65 + place) for place, column in enumerate(FINDINGS)}
    # Each finding has a severity.
    last = f"COUNTA('{sheet}'!${letters['severity']}:${letters['severity']})"
    keys = ("severity", "person_id", "sheet", "row", "column")
    return {
        finding_name(key): f"='{sheet}'!${letters[key]}$1:INDEX('{sheet}'!${letters[key]}:${letters[key]},{last})"
        for key in keys
    }


def _table(
    kind: str, code: str, lang: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[Column] | None = None
) -> Page:
    page = Page(say(f"sheet.{kind}", lang), code)
    put_table(page, columns or TABLES[kind], kind, lang, rows)
    page.add_table(TABLE_NAMES[kind], 0, 0, len(TABLES[kind]))
    page.finish.append(lambda sheet, _: sheet.freeze_panes(1, 0))
    keys = [column.key for column in TABLES[kind]]
    page.print_wide(repeat=0, last=keys.index(_LAST_PRINTED[kind]) if kind in _LAST_PRINTED else None)
    return page


def _mark_nearness(page: Page, sheet: Worksheet, looks: Looks) -> None:
    """What is overdue, and what is due within a week, as the dashboard's large numbers have it."""
    # Rules that exclude each other: LibreOffice saves no word on which of two goes first.
    for rule, colour in (("$A2<AsOf", VERMILLION), ("$A2>=AsOf,$A2<=AsOf+7", ORANGE)):
        options = {"type": "formula", "criteria": f"=AND(ISNUMBER($A2),{rule})", "format": looks.add(mark(colour))}
        sheet.conditional_format(1, 0, last_row(page), 2, options)


def _mark_severities(page: Page, sheet: Worksheet, looks: Looks) -> None:
    for severity, (colour, sign) in SEVERITIES.items():
        words = ",".join(f'$A2="{word}"' for word in (say(f"severity.{severity}", lang) for lang in LANGUAGES))
        options = {"type": "formula", "criteria": f"=OR({words})", "format": looks.add(mark(colour, sign))}
        sheet.conditional_format(1, 0, last_row(page), 0, options)

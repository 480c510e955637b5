"""The sheets of records: roster, salary notices, findings and log, each an Excel table made from ``columns``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from hqs_xl.hosts.memory import Formula
from hqs_xl.roster.columns import EMPLOYER, FINDINGS, ROSTER, TABLES, Column, answers
from hqs_xl.roster.employer import FIELDS
from hqs_xl.roster.status import Status
from hqs_xl.roster.tables.marks import TABLE_NAMES
from hqs_xl.template.exact import criterion, said, same
from hqs_xl.template.looks import ORANGE, SEVERITIES, STATUSES, VERMILLION, mark
from hqs_xl.template.page import EXCEL_ROWS, Looks, Page
from hqs_xl.template.sheets.answers import looked_up
from hqs_xl.template.sheets.plan import people_name
from hqs_xl.texts import LANGUAGES, say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LAST = EXCEL_ROWS - 1
FIRST_DAY, LAST_DAY = date(2002, 1, 1), date(2060, 12, 31)
A3 = 8
# The words offered in a list, by the column's key: those of ``texts`` (word.*).
CHOICES = {
    "relation": ("HQS", "Family"),
    "document": ("permit", "visa", "registration", "policy"),
    "host": ("Employer", "Self", "Other"),
}
# All ids typed. Conditional formats and validations may name such cells, but not say how far down they reach.
IDS = "HQS_IDS"
YES_NO = {lang: [say("word.yes", lang), say("word.no", lang)] for lang in LANGUAGES}

Rows = Iterable[Mapping[str, Any]]


def roster_page(lang: str, people: Sequence[Mapping[str, Any]]) -> Page:
    """One row a person: facts to type on the left, answers looked up on the right."""
    page = Page(say("sheet.roster", lang), "RosterSheet")
    _put_table(page, "roster", lang, people)
    places = {column.key: place for place, column in enumerate(ROSTER)}
    formulas = {places[column.key]: looked_up(column.key, lang) for column in answers("roster")}
    for row in range(1, max(len(people), 1) + 1):
        for place, text in formulas.items():
            page.put(row, place, Formula(text))
    page.add_table(TABLE_NAMES["roster"], 0, 0, len(ROSTER), rows=max(len(people), 1), formulas=formulas)
    _validate(page, "roster", lang)
    page.finish.append(lambda sheet, looks: _mark_people(sheet, looks, page.name, places))
    page.print_wide(repeat=0, paper=A3)
    page.finish.append(lambda sheet, _: sheet.repeat_columns(0, 1))
    return page


def salary_page(lang: str, notices: Sequence[Mapping[str, Any]]) -> Page:
    """One row a person and quarter."""
    page = Page(say("sheet.salary", lang), "SalarySheet")
    _put_table(page, "salary", lang, notices)
    page.add_table(TABLE_NAMES["salary"], 0, 0, len(TABLES["salary"]))
    _validate(page, "salary", lang)
    columns = len(TABLES["salary"])
    page.finish.append(lambda sheet, looks: _mark_findings(sheet, looks, page.name, columns, by_row=True))
    page.print_wide(repeat=0)
    return page


def documents_page(lang: str) -> Page:
    """One row a document, renewals beside what they renew; empty, for without it the roster's own dates are all."""
    page = Page(say("sheet.documents", lang), "DocumentsSheet")
    _put_table(page, "documents", lang, [])
    page.add_table(TABLE_NAMES["documents"], 0, 0, len(TABLES["documents"]))
    _validate(page, "documents", lang)
    columns = len(TABLES["documents"])
    page.finish.append(lambda sheet, looks: _mark_findings(sheet, looks, page.name, columns, by_row=True))
    page.print_wide(repeat=0)
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
    """What the check found; the sync writes its rows."""
    page = Page(say("sheet.findings", lang), "FindingsSheet")
    _put_table(page, "findings", lang, [])
    page.add_table(TABLE_NAMES["findings"], 0, 0, len(FINDINGS))
    page.finish.append(_mark_severities)
    page.print_wide(repeat=0)
    return page


def deadlines_page(lang: str) -> Page:
    """What is still to be done in twelve months, the nearest first; written by the check."""
    page = Page(say("sheet.deadlines", lang), "DeadlinesSheet")
    _put_table(page, "deadlines", lang, [])
    page.add_table(TABLE_NAMES["deadlines"], 0, 0, len(TABLES["deadlines"]))
    page.finish.append(_mark_nearness)
    page.print_wide(repeat=0)
    return page


def log_page(lang: str) -> Page:
    """One line a check that changed something; the sync writes them."""
    page = Page(say("sheet.log", lang), "LogSheet")
    _put_table(page, "log", lang, [])
    page.add_table(TABLE_NAMES["log"], 0, 0, len(TABLES["log"]))
    page.print_wide(repeat=0)
    return page


def finding_names(lang: str) -> dict[str, str]:
    """The defined names by which flags are looked up in Findings: its columns whole, and as far as there are any."""
    sheet = say("sheet.findings", lang)
    letters = {column.key: chr(65 + place) for place, column in enumerate(FINDINGS)}
    columns = {
        key: f"'{sheet}'!${letters[key]}:${letters[key]}" for key in ("severity", "person_id", "sheet", "row", "column")
    }
    # Each finding has a severity.
    last = f"COUNTA({columns['severity']})"
    used = {key: f"'{sheet}'!${letters[key]}$1:INDEX({whole},{last})" for key, whole in columns.items()}
    return {
        **{f"HQS_FINDING_{key.upper()}": f"={whole}" for key, whole in columns.items()},
        **{_used(key): f"={cells}" for key, cells in used.items()},
    }


def _used(key: str) -> str:
    return f"HQS_FINDING_{key.upper()}_USED"


def ids_name(lang: str) -> tuple[str, str]:
    """The defined name of all ids typed: the table's, and below it where a program does not let it grow."""
    column = f"'{say('sheet.roster', lang)}'!$A"
    last = f"MAX(2,COUNTA({column}:$A),ROWS({people_name(lang)[0]})+1)"
    return IDS, f"={column}$2:INDEX({column}:$A,{last})"


def _put_table(page: Page, kind: str, lang: str, rows: Rows) -> None:
    columns = TABLES[kind]
    page.put_header(0, 0, columns, lang)
    page.height(0, 48)
    for place, column in enumerate(columns):
        page.width(place, column.width + 2, _style(column, kind))
    page.fit_rows(1)
    page.fill_columns(0, {place: _style(column, kind) for place, column in enumerate(columns)})
    for row, facts in enumerate(rows, 1):
        for place, column in enumerate(columns):
            page.put(row, place, facts.get(column.key))
    page.finish.append(lambda sheet, _: sheet.freeze_panes(1, 1 if kind in {"roster", "salary", "documents"} else 0))


def _style(column: Column, kind: str) -> str:
    if kind in {"findings", "deadlines", "log"}:
        return {"date": "answer_date", "days": "answer_number", "text": "answer_wrap"}.get(column.kind, "answer_text")
    if column.answer:
        wrapped = "answer_wrap" if column.key in {"check", "next_action"} else "answer_text"
        return {"date": "answer_date", "days": "answer_number"}.get(column.kind, wrapped)
    return {"date": "date", "number": "number", "id": "id", "quarter": "id"}.get(column.kind, "text")


def _validate(page: Page, kind: str, lang: str) -> None:
    """What may be typed in each column, with its help."""

    def validate(sheet: Worksheet, _: Looks) -> None:
        for place, column in enumerate(TABLES[kind]):
            rule = _locked(lang) if column.answer else _rule(column, kind, lang)
            sheet.data_validation(1, place, LAST, place, rule)

    page.finish.append(validate)


def _rule(column: Column, kind: str, lang: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"validate": "any", "input_title": column.header(lang)[:32]}
    words = [say(f"word.{key}", lang) for key in CHOICES.get(column.key, ())]
    words = YES_NO[lang] if column.kind == "yes_no" else words
    if column.kind == "date":
        rule |= {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
        rule["error_message"] = say("roster_sheet.date", lang)
    elif words:
        rule |= {"validate": "list", "source": words, "error_message": say("roster_sheet.choose", lang)}
    elif column.key == "person_id" and kind == "roster":
        # A row below a gap, further down than there are ids, is not among them yet.
        once = f"SUMPRODUCT(--{same(said(IDS), '$A2')})+(ROW($A2)>ROWS({IDS})+1)=1"
        rule |= {"validate": "custom", "value": f"={once}"}
        rule["error_message"] = say("roster_sheet.unique", lang)
    return rule | {"input_message": say(f"help.{column.key}", lang)}


def _locked(lang: str) -> dict[str, Any]:
    # Sheet protection would keep the table from growing; this keeps a typed text out, and lets the check write.
    return {
        "validate": "custom",
        "value": "=FALSE",
        "input_title": say("roster_sheet.locked_title", lang),
        "input_message": say("roster_sheet.locked", lang),
        "error_message": say("roster_sheet.locked", lang),
    }


def _mark_people(sheet: Worksheet, looks: Looks, name: str, places: Mapping[str, int]) -> None:
    """A row by its status word, a cell by its finding."""
    status = places["status"]
    for key, (colour, sign) in STATUSES.items():
        words = [say(f"status.{Status(key)}", lang) for lang in LANGUAGES]
        cell = f"${_letters(status)}2"
        tests = ",".join(f'LEFT({cell},{len(word)})="{word}"' for word in words)
        rule = f"=OR({tests})"
        options = {"type": "formula", "criteria": rule, "stop_if_true": True}
        sheet.conditional_format(1, status, LAST, status, options | {"format": looks.add(mark(colour, sign))})
        sheet.conditional_format(1, 0, LAST, 1, options | {"format": looks.add(mark(colour))})
    # Rows of people are sorted and moved.
    _mark_findings(sheet, looks, name, places["next_action"], by_row=False)


def _mark_findings(sheet: Worksheet, looks: Looks, name: str, columns: int, *, by_row: bool) -> None:
    """Cells that Findings names, by sheet, person (and row) and header."""
    of_row = ("row",) if by_row else ()
    wanted = {"sheet": f'"{name}"', "column": "A$1", **dict.fromkeys(of_row, "ROW()")}
    asked = ",".join(f"HQS_FINDING_{key.upper()},{value}" for key, value in wanted.items())
    # Nearly all cells are told by the quick look.
    maybe = f"COUNTIFS({asked},HQS_FINDING_PERSON_ID,{criterion('$A2')})"
    alike = [same(_used("person_id"), "$A2"), *(f"({_used(key)}={value})" for key, value in wanted.items())]
    for severity, (colour, _) in SEVERITIES.items():
        words = [say(f"severity.{severity}", lang) for lang in LANGUAGES]
        grave = "+".join(f'({_used("severity")}="{word}")' for word in words)
        rule = f'=IF(OR($A2="",{maybe}=0),FALSE,SUMPRODUCT({"*".join(alike)}*({grave}))>0)'
        options = {"type": "formula", "criteria": rule, "format": looks.add(mark(colour)), "stop_if_true": True}
        sheet.conditional_format(1, 0, LAST, columns - 1, options)


def _mark_nearness(sheet: Worksheet, looks: Looks) -> None:
    """What is overdue, and what is due within a week, as the dashboard's large numbers have it."""
    # Rules that exclude each other: LibreOffice saves no word on which of two goes first.
    for rule, colour in (("$A2<AsOf", VERMILLION), ("$A2>=AsOf,$A2<=AsOf+7", ORANGE)):
        options = {"type": "formula", "criteria": f"=AND(ISNUMBER($A2),{rule})", "format": looks.add(mark(colour))}
        sheet.conditional_format(1, 0, LAST, 2, options)


def _mark_severities(sheet: Worksheet, looks: Looks) -> None:
    for severity, (colour, sign) in SEVERITIES.items():
        words = ",".join(f'$A2="{word}"' for word in (say(f"severity.{severity}", lang) for lang in LANGUAGES))
        options = {"type": "formula", "criteria": f"=OR({words})", "format": looks.add(mark(colour, sign))}
        sheet.conditional_format(1, 0, LAST, 0, options)


def _letters(place: int) -> str:
    first, last = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)

"""What every sheet with a table of records has: cells and styles by column, what may be typed, what is marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from hqs_xl.roster.columns import Column
from hqs_xl.template.exact import criterion, said, same
from hqs_xl.template.looks import SEVERITIES, mark
from hqs_xl.template.page import Looks, Page
from hqs_xl.texts import LANGUAGES, say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

# Rules for cells reach so many rows beyond the table: Excel's tables take them along, LibreOffice's do not. Not to the
# sheet's end, for other programs keep each cell of theirs.
SPARE = 100
FIRST_DAY, LAST_DAY = date(2002, 1, 1), date(2060, 12, 31)
# The words offered in a list, by the column's key: those of ``texts`` (word.*).
CHOICES = {
    "relation": ("HQS", "Family"),
    "document": ("permit", "visa", "registration", "policy"),
    "host": ("Employer", "Self", "Other"),
}
YES_NO = {lang: [say("word.yes", lang), say("word.no", lang)] for lang in LANGUAGES}
# All ids typed. Conditional formats and validations may name such cells, but not say how far down they reach.
IDS = "HQS_IDS"
# The height of a line of a header in points, and the room for a filter's button below it.
HEADER_LINE, BUTTON = 15, 15
# A bold letter's width, on average over a word, in characters of a column; and the room beside a header's words,
# where LibreOffice has the filter's button: a word that does not fit before it is broken.
LETTER, BESIDE = 1.36, 3

Rows = Iterable[Mapping[str, Any]]


def put_table(page: Page, columns: Sequence[Column], kind: str, lang: str, rows: Rows, *, header_row: int = 0) -> None:
    """Put headers and rows, in styles by column; no header is cut off."""
    page.put_header(header_row, 0, columns, lang)
    lines = 1
    for place, column in enumerate(columns):
        words = column.header(lang).split()
        width = max(column.width + 2, unbroken(words))
        page.width(place, width, style(column, kind))
        lines = max(lines, _lines(words, (width - BESIDE) / 1.1))
    page.height(header_row, HEADER_LINE * lines + BUTTON)
    page.fit_rows(header_row + 1)
    page.fill_columns(header_row, {place: style(column, kind) for place, column in enumerate(columns)})
    for row, facts in enumerate(rows, header_row + 1):
        for place, column in enumerate(columns):
            page.put(row, place, facts.get(column.key))


def unbroken(words: Sequence[str]) -> float:
    """The width a column needs so that none of its header's words is broken."""
    return max(map(len, words)) * LETTER + BESIDE


def _lines(words: Sequence[str], width: float) -> int:
    """How many lines bold words take in a column."""
    lines, room = 1, width
    for word in words:
        if len(word) > room:
            lines, room = lines + 1, width
        room -= len(word) + 1
    return lines


def style(column: Column, kind: str) -> str:
    """The style of a column's cells."""
    if (kind, column.key) == ("findings", "go_to"):
        return "answer_link"
    if kind in {"findings", "deadlines", "log"}:
        return {"date": "answer_date", "days": "answer_number", "text": "answer_wrap"}.get(column.kind, "answer_text")
    if column.answer:
        wrapped = "answer_wrap" if column.key in {"check", "next_action"} else "answer_text"
        return {"date": "answer_date", "days": "answer_number"}.get(column.kind, wrapped)
    return {"date": "date", "number": "number", "id": "id", "quarter": "id"}.get(column.kind, "text")


def last_row(page: Page) -> int:
    """The last row that rules for cells reach."""
    return len(page.cells) + SPARE


def validate(page: Page, columns: Sequence[Column], kind: str, lang: str, *, header_row: int = 0) -> None:
    """What may be typed in each column, with its help."""

    def rules(sheet: Worksheet, _: Looks) -> None:
        first = header_row + 1
        for place, column in enumerate(columns):
            rule = _locked(lang) if column.answer else _rule(column, kind, lang, first)
            sheet.data_validation(first, place, last_row(page), place, rule)

    page.finish.append(rules)


def _rule(column: Column, kind: str, lang: str, first: int) -> dict[str, Any]:
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
        cell = f"$A{first + 1}"
        once = f"SUMPRODUCT(--{same(said(IDS), cell)})+(ROW({cell})>ROWS({IDS})+{first})=1"
        # A person hired again has the same id in two rows.
        rule |= {"validate": "custom", "value": f"={once}", "error_type": "warning"}
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


def mark_findings(page: Page, places: range, *, header_row: int = 0, by_row: bool = False) -> None:
    """Mark cells that Findings names: by sheet, person and header, and ``by_row`` by row.

    Rows of people are sorted and moved, so that the row counts there only where an id stands in several.
    The gravest first; no rule stops another, for LibreOffice saves no word on that.
    """

    def rules(sheet: Worksheet, looks: Looks) -> None:
        first, letter = header_row + 1, letters(places[0])
        person = f"$A{first + 1}"
        of_row = ("row",) if by_row else ()
        wanted = {"sheet": f'"{page.name}"', "column": f"{letter}${first}", **dict.fromkeys(of_row, "ROW()")}
        asked = ",".join(f"{finding_name(key)},{value}" for key, value in wanted.items())
        # Nearly all cells are told by the quick look.
        maybe = f"COUNTIFS({asked},{finding_name('person_id')},{criterion(person)})"
        alike = [same(finding_name("person_id"), person)]
        alike += [f"({finding_name(key)}={value})" for key, value in wanted.items()]
        if not by_row:
            alike.append(f"(({finding_name('row')}=ROW())+(COUNTIFS({IDS},{criterion(person)})<2)>0)")
        for severity, (colour, _) in SEVERITIES.items():
            words = [say(f"severity.{severity}", lang) for lang in LANGUAGES]
            grave = "+".join(f'({finding_name("severity")}="{word}")' for word in words)
            rule = f'=IF(OR({person}="",{maybe}=0),0,SUMPRODUCT({"*".join(alike)}*({grave}))>0)'
            options = {"type": "formula", "criteria": rule, "format": looks.add(mark(colour))}
            sheet.conditional_format(first, places[0], last_row(page), places[-1], options)

    page.finish.append(rules)


def finding_name(key: str) -> str:
    """The defined name of a column of Findings."""
    return f"HQS_FINDING_{key.upper()}"


def letters(place: int) -> str:
    """A column's letters."""
    first, last = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)

"""The sheet Answers: one call answers for the whole roster, and the roster's own columns look their answers up.

A formula that spills may not stand in a table, and one call a row would cost a round trip to Python each.
"""

from __future__ import annotations

from hqs_xl.hosts.memory import Formula
from hqs_xl.roster.columns import KEPT, KEPT_LINES, LINES, answers, facts
from hqs_xl.roster.columns import column as column_of
from hqs_xl.roster.tables.marks import CELL_NAMES
from hqs_xl.template.exact import same
from hqs_xl.template.page import EXCEL_ROWS, ArrayFormula, ArrayPart, Page
from hqs_xl.template.sheets.stages import FACTS, HEADER_ROW
from hqs_xl.texts import say

NAME, COUNT, COUNTED = "HQS_LINES", CELL_NAMES["lines"], "HQS_COUNTED_HERE"
KEPT_NAME = CELL_NAMES["kept"]
COUNT_CELL, COUNTED_CELL = (0, len(LINES) + 1), (0, len(LINES) + 2)
# Where a spilling formula does not grow by itself (LibreOffice, Excel before 2021), so many people are answered. Only
# the formula says so: lines of nobody are not in the file, for they would take half of it.
LEAST_LINES = KEPT_LINES


def answers_page(lang: str, people: int) -> Page:
    """The hidden sheet with the call; lines are numbered as the roster's rows are below its header."""
    page = Page(say("sheet.lines", lang), "AnswersSheet", hidden=True)
    page.marks.append((COUNT, 0, 0, 0))
    page.put_header(0, 0, LINES, lang)
    lines = max(LEAST_LINES, people)
    columns = len(LINES) - 1
    for row in range(1, people + 1):
        page.put(row, 0, row)
        for column in range(1, columns + 1):
            page.put(row, column, ArrayPart(NAME), "answer_date" if LINES[column].kind == "date" else "")
    # Once for all: each row of the roster asks how many are answered. A block that does not grow has errors at its end.
    count = f"=COUNTA($B$2:$B${EXCEL_ROWS})-SUMPRODUCT(--ISNA($B$2:$B${lines + 1}))"
    page.put(*COUNT_CELL, Formula(count, people))
    # An array formula, for LibreOffice counts no other on opening. HQS_CALENDAR_KNOWN asks for nothing.
    page.put(*COUNTED_CELL, ArrayFormula("=IF(ISERROR(HQS_CALENDAR_KNOWN()),0,1)", 1))
    page.put(1, 1, ArrayFormula(_call(lang, lines), rows=lines, columns=columns, spills=True))
    return page


def kept_page(lang: str) -> Page:
    """The answers of the last check as values; the sync writes its rows."""
    page = Page(say("sheet.kept", lang), "KeptSheet", hidden=True)
    page.marks.append((KEPT_NAME, 0, 0, 0))
    page.put_header(0, 0, KEPT, lang)
    page.fill_columns(0, {place: "answer_date" for place, column in enumerate(KEPT) if column.kind == "date"})
    return page


def _call(lang: str, lines: int) -> str:
    """The call; where nobody answers it, the answers of the last check for each line whose person is still the same."""
    first, last = (column_of("roster", key).header(lang) for key in (FACTS[0], FACTS[-1]))
    whole = f"[{first}]:[{last}]"
    tables = "SalaryNotices[#All],SettingsTable[#All],OwnDays[#All],Documents[#All]"
    # The ids stand apart, for the answers between would be counted from themselves.
    people = f"Roster[[#All],[{column_of('roster', 'person_id').header(lang)}]]"
    rows = f"Roster[[#Headers],{whole}],Roster[[#Data],{whole}]"
    sheet, last, top = f"'{say('sheet.kept', lang)}'", chr(64 + len(KEPT)), HEADER_ROW + 2
    ids, kept = f"{sheet}!$A$2:$A${lines + 1}", f"{sheet}!$B$2:${last}${lines + 1}"
    alike = same(ids, f"'{say('sheet.roster', lang)}'!$A${top}:$A${top + lines - 1}")
    stored = f'IF(({ids}<>"")*{alike},IF({kept}="","",{kept}),"")'
    return f"=IF({COUNTED},HQS_ANSWERS({rows},AsOf,Edition,Language,{tables},{people}),{stored})"


def lines_names(lang: str) -> dict[str, str]:
    """The defined names of the answers' columns and of their number, and what they refer to."""
    sheet = f"'{say('sheet.lines', lang)}'"
    last = chr(64 + len(LINES))
    whole = f"${last}:${last}"
    cells = {COUNT: COUNT_CELL, COUNTED: COUNTED_CELL}
    return {
        # To the sheet's end, but not as plain cells: exceljs keeps each cell that a name refers to.
        NAME: f"={sheet}!$B$2:INDEX({sheet}!{whole},ROWS({sheet}!{whole}))",
        KEPT_NAME: f"='{say('sheet.kept', lang)}'!$A$1",
        **{name: f"={sheet}!${chr(65 + column)}${row + 1}" for name, (row, column) in cells.items()},
    }


def looked_up(key: str, lang: str) -> str:
    """The formula of one of the roster's answer columns."""
    place, answer = next((place, one) for place, one in enumerate(answers("roster"), 1) if one.key == key)
    line = f"ROW()-ROW(Roster[[#Headers],[{facts('roster')[0].header(lang)}]])"
    found = f"INDEX({NAME},{line},{place})"
    # A text that an add-in of LibreOffice answers within a block equals no other text until it is joined to one.
    formula = f'{found}&""' if answer.kind == "text" else f'IF(ISNUMBER({found}),{found},"")'
    if key == "next_action":
        # Said rather than left blank, where the block above is shorter than the roster.
        formula = f'IF({line}>{COUNT},"{say("roster_sheet.press", lang)}",{formula})'
    return "=" + formula

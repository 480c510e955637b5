"""The sheet Roster: a row a person, the answers beside the names, the facts by stage in groups that fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hqs_xl.hosts.memory import Formula
from hqs_xl.roster.columns import answers
from hqs_xl.roster.status import Status
from hqs_xl.roster.tables.marks import TABLE_NAMES
from hqs_xl.template.looks import STATUSES, mark
from hqs_xl.template.page import Looks, Page
from hqs_xl.template.sheets.answers import COUNTED, looked_up
from hqs_xl.template.sheets.plan import people_name
from hqs_xl.template.sheets.stages import ANSWERS, COLUMNS, FACTS, HEADER_ROW, NAMES, PLACES, PRINTED, STAGES
from hqs_xl.template.sheets.tables import IDS, last_row, letters, mark_findings, put_table, validate
from hqs_xl.texts import LANGUAGES, say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def roster_page(lang: str, people: Sequence[Mapping[str, Any]]) -> Page:
    """One row a person: facts to type, answers looked up beside the name."""
    page = Page(say("sheet.roster", lang), "RosterSheet")
    put_table(page, COLUMNS, "roster", lang, people, header_row=HEADER_ROW)
    _put_band(page, lang)
    formulas = {PLACES[one.key]: looked_up(one.key, lang) for one in answers("roster")}
    first, rows = HEADER_ROW + 1, max(len(people), 1)
    for row in range(first, first + rows):
        for place, text in formulas.items():
            page.put(row, place, Formula(text))
    page.add_table(TABLE_NAMES["roster"], HEADER_ROW, 0, len(COLUMNS), rows=rows, formulas=formulas)
    validate(page, COLUMNS, "roster", lang, header_row=HEADER_ROW)
    page.finish.append(lambda sheet, looks: _mark_people(page, sheet, looks))
    mark_findings(page, range(len(NAMES)), header_row=HEADER_ROW)
    mark_findings(page, range(PLACES[FACTS[0]], len(COLUMNS)), header_row=HEADER_ROW)
    page.print_wide(last=PRINTED)
    page.finish.append(lambda sheet, _: _set_out(sheet))
    return page


def ids_name(lang: str) -> tuple[str, str]:
    """The defined name of all ids typed: the table's, and below it where a program does not let it grow."""
    column, first = f"'{say('sheet.roster', lang)}'!$A", HEADER_ROW + 2
    last = f"MAX({first},COUNTA({column}:$A)+{HEADER_ROW},ROWS({people_name(lang)[0]})+{HEADER_ROW + 1})"
    return IDS, f"={column}${first}:INDEX({column}:$A,{last})"


def _put_band(page: Page, lang: str) -> None:
    """Name the stages above their columns, and let all but the first column of each fold away."""
    for place in range(len(NAMES)):
        page.put(0, place, None, "band_name")
    for place in range(len(NAMES), len(NAMES) + len(ANSWERS)):
        page.put(0, place, None, "band_answer")
    says = say("stage.answers", lang)
    page.put(0, len(NAMES), Formula(f'=IF({COUNTED},"{says}","{say("counted.kept", lang)}")', says))
    for number, (stage, keys) in enumerate(STAGES.items()):
        for key in keys:
            title = say(f"stage.{stage}", lang) if key == keys[0] else None
            page.put(0, PLACES[key], title, "band_dark" if number % 2 else "band")
            if key != keys[0] and key != "citizenship":
                page.fold(PLACES[key])


def _set_out(sheet: Worksheet) -> None:
    sheet.freeze_panes(HEADER_ROW + 1, len(NAMES))
    # A group's button stands above the column that stays.
    sheet.outline_settings(symbols_right=False)
    sheet.repeat_rows(0, HEADER_ROW)
    sheet.repeat_columns(0, len(NAMES) - 1)


def _mark_people(page: Page, sheet: Worksheet, looks: Looks) -> None:
    """Id, name and status by the status word."""
    first, status = HEADER_ROW + 1, PLACES["status"]
    for key, (colour, sign) in STATUSES.items():
        words = [say(f"status.{Status(key)}", lang) for lang in LANGUAGES]
        cell = f"${letters(status)}{first + 1}"
        tests = ",".join(f'LEFT({cell},{len(word)})="{word}"' for word in words)
        options = {"type": "formula", "criteria": f"=OR({tests})"}
        sheet.conditional_format(
            first, status, last_row(page), status, options | {"format": looks.add(mark(colour, sign))}
        )
        sheet.conditional_format(
            first, 0, last_row(page), len(NAMES) - 1, options | {"format": looks.add(mark(colour))}
        )

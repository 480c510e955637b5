"""The sheet Plan: the procedure for one person, picked from a list."""

from __future__ import annotations

from datetime import date
from typing import Any

from hqs_xl import functions
from hqs_xl.compliance.other_edition import DEFAULT
from hqs_xl.hosts.memory import Formula
from hqs_xl.law import plan
from hqs_xl.template.exact import said, same
from hqs_xl.template.page import Page
from hqs_xl.template.sheets.answers import COUNTED
from hqs_xl.texts import say

PICK_ROW, EDITION_ROW, HEADER_ROW = 2, 7, 8
# What stands for the day of a step that is not needed.
NO_DAY = "–"
HEADS = ("step", "who", "earliest", "latest", "source")
STEPS = len(plan(date(2026, 1, 12)))


def plan_page(lang: str, people: list[dict[str, Any]], edition: str) -> Page:
    """The plan of the person whose id stands in the picking cell; at first the first of the roster."""
    page = Page(say("sheet.plan", lang), "PlanSheet")
    page.put(0, 0, say("plan_sheet.title", lang), "title")
    page.height(0, 28)
    page.put(1, 0, Formula(f'=IF({COUNTED},"","{say("counted.elsewhere", lang)}")', ""), "quiet_line")
    first = people[0] if people else {}
    signed, start = first.get("agreement_signed"), first.get("work_started") or first.get("agreement_starts")
    page.put(PICK_ROW, 0, say("plan_sheet.person", lang), "header")
    page.put(PICK_ROW, 1, first.get("person_id"), "input")
    page.put(PICK_ROW, 2, say("plan_sheet.pick", lang), "quiet_line")
    facts = (("name", "full_name", first.get("full_name")), ("signed", "agreement_signed", signed))
    for row, (label, key, value) in enumerate((*facts, ("start", "work_started", start)), PICK_ROW + 1):
        page.put(row, 0, say(f"plan_sheet.{label}", lang), "header")
        page.put(row, 1, Formula(_looked_up(key, lang), value), "answer_text" if label == "name" else "answer_date")
    card = say("check.card", lang)
    told = card if edition == DEFAULT else ""
    page.put(EDITION_ROW, 0, Formula(f'=IF(OR(Edition="",Edition="{DEFAULT}"),"{card}","")', told), "quiet_line")
    _put_steps(page, lang, signed, start, edition)
    for column, characters in enumerate((62, 22, 16, 16, 60)):
        page.width(column, characters)
    picking = {"validate": "list", "source": "=HQS_PEOPLE", "error_message": say("roster_sheet.choose", lang)}
    page.finish.append(lambda sheet, _: sheet.data_validation(PICK_ROW, 1, PICK_ROW, 1, picking))
    page.finish.append(lambda sheet, _: sheet.hide_gridlines(2))
    page.finish.append(lambda sheet, _: sheet.protect("", {"select_locked_cells": True, "format_columns": True}))
    page.print_wide()
    return page


def people_name(lang: str) -> tuple[str, str]:
    """The defined name of the list of persons to pick from."""
    return "HQS_PEOPLE", f"=Roster[{say('header.person_id', lang)}]"


def _looked_up(key: str, lang: str) -> str:
    """A fact of the person picked; of the start the agreement's, where work has not begun."""
    line = f"MATCH(TRUE,INDEX({same(said(people_name(lang)[0]), f'$B${PICK_ROW + 1}')},0),0)"

    def fact(name: str) -> str:
        return f"INDEX(Roster[{say(f'header.{name}', lang)}],{line})"

    found = fact(key)
    other = f'IF({fact("agreement_starts")}="","",{fact("agreement_starts")})' if key == "work_started" else '""'
    return f'=IFERROR(IF({found}="",{other},{found}),"")'


def _put_steps(page: Page, lang: str, signed: date | None, start: date | None, edition: str) -> None:
    for column, head in enumerate(HEADS):
        page.put(HEADER_ROW, column, say(f"column.{head}", lang), "header")
    known = functions.HQS_PLAN(signed, start, edition, lang) if signed else [[""] * len(HEADS)] * STEPS
    signed_cell, start_cell = f"$B${PICK_ROW + 3}", f"$B${PICK_ROW + 4}"
    call = f"HQS_PLAN({signed_cell},{start_cell},Edition,Language)"
    for row, line in enumerate(known):
        for column, value in enumerate(line):
            # Cell by cell, for a block is recalculated on opening by LibreOffice, which may not know the function yet.
            found = f"INDEX({call},{row + 1},{column + 1})"
            look = "answer_date" if column in {2, 3} else "answer_wrap"
            if HEADS[column] == "earliest":
                # LibreOffice takes a text of no length for a result that is not stored, and would count it.
                found = f'IFERROR({found}+0,"{NO_DAY}")'
            text = f'=IF({signed_cell}="","",{found})'
            stored = NO_DAY if signed and HEADS[column] == "earliest" and value == "" else value
            page.put(HEADER_ROW + 1 + row, column, Formula(text, stored), look)
    page.fit_rows(HEADER_ROW + 1)

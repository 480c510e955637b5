"""The sheet Dashboard: native formulas over the tables, a chart, and the people needing action first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.memory import Formula
from hqs_xl.roster.columns import BY_OBLIGATION, FIGURES, MONTHS, URGENT
from hqs_xl.roster.findings import Severity
from hqs_xl.roster.status import Status, status_word
from hqs_xl.roster.tables.marks import CELL_NAMES
from hqs_xl.sync.tally import FIGURES as FIGURE_KEYS
from hqs_xl.sync.tally import OBLIGATIONS, TAILS
from hqs_xl.template.looks import BLUE, ORANGE, VERMILLION, mark
from hqs_xl.template.page import ArrayFormula, Looks, Page
from hqs_xl.texts import LANGUAGES, say

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

NAME = CELL_NAMES["figures"]
HEADER_ROW, SIDE, MONTHS_SHOWN, PEOPLE_SHOWN = 3, 3, 12, 15
URGENT_ROW = HEADER_ROW + len(OBLIGATIONS) + 4
MONTHS_ROW = HEADER_ROW + len(FIGURE_KEYS) + 4
CHART_ROW, LAST = URGENT_ROW + PEOPLE_SHOWN + 2, SIDE + len(URGENT) - 1


def dashboard_page(lang: str, workbook: Workbook) -> Page:
    """The dashboard of a roster; ``workbook`` makes its chart."""
    page = Page(say("sheet.dashboard", lang), "DashboardSheet")
    page.marks.append((NAME, 0, 0, 0))
    header = _Header(lang)
    page.put(0, 0, say("dashboard.title", lang), "title")
    page.height(0, 28)
    _put_figures(page, header)
    _put_obligations(page, header)
    _put_urgent(page, header)
    _put_months(page, header)
    for column, characters in enumerate((40, 20, 3, 9, 12, 58, 14, 15, 16, 18)):
        page.width(column, characters)
    page.finish.append(lambda sheet, _: sheet.insert_chart(CHART_ROW, SIDE, _chart(workbook, page.name, lang)))
    # How the list finds its people is nothing to look at.
    page.finish.append(lambda sheet, _: sheet.set_column(LAST, LAST, 16, None, {"hidden": True}))
    page.finish.append(_mark_trouble)
    page.finish.append(lambda sheet, _: sheet.hide_gridlines(2))
    page.print_wide()
    page.finish.append(lambda sheet, _: sheet.fit_to_pages(1, 1))
    page.finish.append(lambda sheet, _: sheet.protect("", {"select_locked_cells": True, "format_columns": True}))
    return page


def dashboard_name(lang: str) -> dict[str, str]:
    """The defined name by which the sheet is known as ours, whatever it is called."""
    return {NAME: f"='{say('sheet.dashboard', lang)}'!$A$1"}


class _Header:
    """The roster's and the findings' columns as formulas name them."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def roster(self, key: str) -> str:
        return f"Roster[{say(f'header.{key}', self.lang)}]"

    def findings(self, key: str) -> str:
        return f"Findings[{say(f'header.{key}', self.lang)}]"


def _put_figures(page: Page, header: _Header) -> None:
    page.put_header(HEADER_ROW, 0, FIGURES, header.lang)
    for row, key in enumerate(FIGURE_KEYS, HEADER_ROW + 1):
        page.put(row, 0, say(f"figure.{key}", header.lang), "wrap")
        page.put(row, 1, Formula("=" + _figure(key, header)), "figure_date" if key == "as_of" else "figure")


def _figure(key: str, header: _Header) -> str:
    if key == "as_of":
        return "AsOf"
    kind, _, name = key.partition("_")
    if kind == "status":
        words = [
            status_word(Status(name), lang, provisional=provisional)
            for lang in LANGUAGES
            for provisional in (False, True)
        ]
        return _counted(header.roster("status"), *words)
    if kind == "within":
        due = header.roster("next_due")
        return f'COUNTIFS({due},">="&AsOf,{due},"<="&AsOf+{name})'
    if key == "people":
        return f'SUMPRODUCT(--({header.roster("status")}<>""))'
    return _counted(header.findings("severity"), *(say(f"severity.{Severity(key)}", lang) for lang in LANGUAGES))


def _counted(cells: str, *words: str) -> str:
    """How many cells hold one of the words."""
    quoted = ",".join(f'"{word}"' for word in words)
    return f"SUM(COUNTIF({cells},{{{quoted}}}))"


def _put_obligations(page: Page, header: _Header) -> None:
    page.put_header(HEADER_ROW, SIDE + 2, BY_OBLIGATION, header.lang)
    for row, name in enumerate(OBLIGATIONS, HEADER_ROW + 1):
        page.put(row, SIDE + 2, say(f"action.{name}", header.lang), "wrap")
        for column, tail in enumerate(TAILS, SIDE + 3):
            codes = (f"{name}{mark}{tail}" for mark in "._")
            page.put(row, column, Formula("=" + _counted(header.findings("code"), *codes)), "figure")


def _put_months(page: Page, header: _Header) -> None:
    page.put_header(MONTHS_ROW, 0, MONTHS, header.lang)
    due = header.roster("next_due")
    for place in range(MONTHS_SHOWN):
        row = MONTHS_ROW + 1 + place
        # A first value, for the sync passes rows by that hold nothing.
        page.put(row, 0, Formula(f"=DATE(YEAR(AsOf),MONTH(AsOf)+{place},1)", place), "month")
        following = f"DATE(YEAR($A{row + 1}),MONTH($A{row + 1})+1,1)"
        page.put(row, 1, Formula(f'=COUNTIFS({due},">="&$A{row + 1},{due},"<"&{following})'), "figure")


def _put_urgent(page: Page, header: _Header) -> None:
    page.put(URGENT_ROW - 1, SIDE, say("dashboard.people", header.lang), "heading")
    page.put_header(URGENT_ROW, SIDE, URGENT, header.lang)
    for place in range(1, PEOPLE_SHOWN + 1):
        row = URGENT_ROW + place
        page.put(row, SIDE, place, "answer_number")
        line = f"${chr(65 + LAST)}{row + 1}"
        for column, one in enumerate(URGENT[1:-1], SIDE + 1):
            found = f"INDEX({header.roster(one.key)},{line})"
            style = {"date": "answer_date", "days": "answer_number"}.get(one.kind, "answer_wrap")
            page.put(row, column, Formula(f'=IF({line}=0,"",IF({found}="","",{found}))'), style)
        page.put(row, LAST, ArrayFormula(_line_of(place, header)), "answer_number")


def _line_of(place: int, header: _Header) -> str:
    """The row of the roster with the place-th nearest deadline; 0 when there are not so many."""
    action, due = header.roster("next_action"), header.roster("next_due")
    row = f"ROW({action})-ROW(Roster[[#Headers],[{say('header.next_action', header.lang)}]])"
    key = f'IF({action}="","",IF({due}="",AsOf,{due})*10000000+{row})'
    return f"=IFERROR(MOD(SMALL({key},{place}),10000000),0)"


def _chart(workbook: Workbook, sheet: str, lang: str) -> object:
    chart = workbook.add_chart({"type": "column"})
    first, last = MONTHS_ROW + 1, MONTHS_ROW + MONTHS_SHOWN
    chart.add_series(
        {
            "name": say("dashboard.count", lang),
            "categories": [sheet, first, 0, last, 0],
            "values": [sheet, first, 1, last, 1],
            "fill": {"color": BLUE},
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    chart.set_title({"name": say("dashboard.chart", lang), "name_font": {"size": 13, "color": BLUE}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_x_axis({"text_axis": True, "num_format": "yyyy-mm" if lang == "en" else "mm.yyyy"})
    chart.set_size({"width": 860, "height": 270})
    return chart


def _mark_trouble(sheet: Worksheet, looks: Looks) -> None:
    """Counts of what is overdue, or comes due, stand out when there are any."""
    rows = HEADER_ROW + len(OBLIGATIONS)
    for column, colour in ((SIDE + 3, VERMILLION), (SIDE + 4, ORANGE)):
        options = {"type": "cell", "criteria": ">", "value": 0, "format": looks.add(mark(colour))}
        sheet.conditional_format(HEADER_ROW + 1, column, rows, column, options)
    violations = HEADER_ROW + 1 + FIGURE_KEYS.index("violation")
    options = {"type": "cell", "criteria": ">", "value": 0, "format": looks.add(mark(VERMILLION))}
    sheet.conditional_format(violations, 1, violations, 1, options)

"""The sheet Dashboard: four large numbers, two charts, and the people needing action first, all in native formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.compliance.first import stops
from hqs_xl.compliance.open_deadlines import GROUPS
from hqs_xl.hosts.memory import Formula
from hqs_xl.roster.columns import GLANCE, URGENT
from hqs_xl.roster.findings import Severity
from hqs_xl.roster.status import Status
from hqs_xl.roster.tables.marks import CELL_NAMES
from hqs_xl.sync.tally import AHEAD, MONTHS
from hqs_xl.sync.tally import GLANCE as GLANCE_KEYS
from hqs_xl.template.looks import BLUE, GREY_TEXT, GROUP_COLOURS, ORANGE, SKY, STATUS_COLOURS, VERMILLION, mark
from hqs_xl.template.page import ArrayFormula, Looks, Page
from hqs_xl.template.sheets import figures
from hqs_xl.template.sheets.figures import Header, counted, severity_words
from hqs_xl.texts import say

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

NAME = CELL_NAMES["glance"]
HEADER_ROW, SIDE, PEOPLE_SHOWN = 2, 3, 20
URGENT_ROW = HEADER_ROW + len(GLANCE_KEYS) + 4
LAST = SIDE + len(URGENT) - 1
# The height of a large number's row in points, and of the charts beside them in pixels.
LARGE, CHARTS = 60, 356
# More days than the calendar has.
_LATER = 10**7
COLOURS = {"overdue": VERMILLION, "week": ORANGE, "month": SKY}


def dashboard_page(lang: str, workbook: Workbook) -> Page:
    """The dashboard of a roster; ``workbook`` makes its charts."""
    page = Page(say("sheet.dashboard", lang), "DashboardSheet")
    page.marks.append((NAME, 0, 0, 0))
    header = Header(lang)
    page.put(0, 0, say("dashboard.title", lang), "title")
    page.height(0, 28)
    _put_glance(page, header)
    _put_urgent(page, header)
    for column, characters in enumerate((25, 17, 2, 7, 13, 25, 40, 13, 13, 10, 19, 16)):
        page.width(column, characters)
    by_month, by_status = _months_chart(workbook, lang), _status_chart(workbook, lang)
    page.finish.append(lambda sheet, _: sheet.insert_chart(HEADER_ROW, SIDE, by_month, {"object_position": 1}))
    page.finish.append(lambda sheet, _: sheet.insert_chart(HEADER_ROW, SIDE + 4, by_status, {"object_position": 1}))
    # Both move and grow with the cells, which other programs make as high as their texts.
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


def _put_glance(page: Page, header: Header) -> None:
    page.put_header(HEADER_ROW, 0, GLANCE, header.lang)
    for row, key in enumerate(GLANCE_KEYS, HEADER_ROW + 1):
        large = key != "as_of"
        page.put(row, 0, say(f"glance.{key}", header.lang), "large_label" if large else "wrap")
        page.put(row, 1, Formula("=" + _at_a_glance(key, header)), "large_figure" if large else "figure_date")
        if large:
            page.height(row, LARGE)


def _at_a_glance(key: str, header: Header) -> str:
    if key == "as_of":
        return "AsOf"
    due = header.of("deadlines", "due")
    if key == "overdue":
        severity = header.of("findings", "severity")
        broken = counted(severity, *severity_words(Severity.VIOLATION))
        unclear = counted(severity, *severity_words(Severity.DATA), more=f',{header.of("findings", "due")},"<"&AsOf')
        # What has come to be overdue since the check, no finding says yet.
        since = f'COUNTIFS({due},"<"&AsOf,{header.of("deadlines", "days_left")},">=0")'
        return f"{broken}+{unclear}+{since}"
    last = f'"<="&AsOf+{AHEAD[key]}' if key in AHEAD else f'"<"&DATE(YEAR(AsOf),MONTH(AsOf)+{MONTHS},1)'
    return f'COUNTIFS({due},">="&AsOf,{due},{last})'


def _put_urgent(page: Page, header: Header) -> None:
    page.put(URGENT_ROW - 1, SIDE, say("dashboard.people", header.lang), "heading")
    page.put_header(URGENT_ROW, SIDE, URGENT, header.lang)
    for place in range(1, PEOPLE_SHOWN + 1):
        row = URGENT_ROW + place
        page.put(row, SIDE, place, "answer_number")
        line = f"${chr(65 + LAST)}{row + 1}"
        for column, one in enumerate(URGENT[1:-1], SIDE + 1):
            found = f"INDEX({header.of('roster', one.key)},{line})"
            style = {"date": "answer_date", "days": "answer_number"}.get(one.kind, "answer_wrap")
            page.put(row, column, Formula(f'=IF({line}=0,"",IF({found}="","",{found}))'), style)
        page.put(row, LAST, ArrayFormula(_line_of(place, header)), "answer_number")


def _line_of(place: int, header: Header) -> str:
    """The row of the roster with the place-th nearest deadline; 0 when there are not so many.

    Before all others stands who may not work or stay: their days count as so many earlier.
    """
    action, due = header.of("roster", "next_action"), header.of("roster", "next_due")
    row = f"ROW({action})-ROW(Roster[[#Headers],[{say('header.next_action', header.lang)}]])"
    stop = ",".join(f'"{words}"' for words in sorted(stops()))
    day = f'IF({due}="",AsOf,{due})+{_LATER}*ISNA(MATCH({action},{{{stop}}},0))'
    key = f'IF({action}="","",({day})*10000000+{row})'
    return f"=IFERROR(MOD(SMALL({key},{place}),10000000),0)"


def _months_chart(workbook: Workbook, lang: str) -> object:
    """The deadlines of twelve months, stacked by what they are about, their sum above."""
    sheet, first, last = say("sheet.figures", lang), figures.HEADER_ROW + 1, figures.HEADER_ROW + MONTHS
    months = [sheet, first, figures.MONTH, last, figures.MONTH]
    chart, sums = (
        workbook.add_chart({"type": "column", "subtype": "stacked", "name": say("dashboard.chart", lang)}),
        workbook.add_chart({"type": "line"}),
    )
    for column, (group, colour) in enumerate(zip(GROUPS, GROUP_COLOURS, strict=True), figures.MONTH + 1):
        values = [sheet, first, column, last, column]
        series = {"name": say(f"header.{group}", lang), "categories": months, "values": values, "gap": 50}
        chart.add_series(series | {"fill": {"color": colour}, "border": {"color": "#FFFFFF", "width": 0.75}})
    column = figures.MONTH + len(GROUPS) + 1
    sums.add_series(
        {
            "name": say("header.all_deadlines", lang),
            "categories": months,
            "values": [sheet, first, column, last, column],
            "line": {"none": True},
            "data_labels": {"value": True, "position": "above", "font": {"bold": True, "size": 11}},
        }
    )
    chart.combine(sums)
    chart.set_title({"name": say("dashboard.chart", lang), "name_font": {"size": 13, "color": BLUE}})
    chart.set_legend({"position": "bottom", "delete_series": [len(GROUPS)], "font": {"size": 9}})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_x_axis({"text_axis": True, "num_format": "yyyy-mm" if lang == "en" else "mm.yyyy"})
    chart.set_size({"width": 610, "height": CHARTS})
    return chart


def _status_chart(workbook: Workbook, lang: str) -> object:
    """How many people have which status."""
    sheet, first = say("sheet.figures", lang), figures.FIRST_STATUS
    last = first + len(Status) - 1
    chart = workbook.add_chart({"type": "bar", "name": say("dashboard.statuses", lang)})
    chart.add_series(
        {
            "name": say("dashboard.statuses", lang),
            "categories": [sheet, first, figures.WORDS, last, figures.WORDS],
            "values": [sheet, first, 1, last, 1],
            "points": [{"fill": {"color": STATUS_COLOURS[status]}} for status in Status],
            "data_labels": {"value": True, "font": {"bold": True, "size": 11}},
            "gap": 30,
        }
    )
    chart.set_title({"name": say("dashboard.statuses", lang), "name_font": {"size": 13, "color": BLUE}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 10, "color": GREY_TEXT}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 392, "height": CHARTS})
    return chart


def _mark_trouble(sheet: Worksheet, looks: Looks) -> None:
    """The large numbers stand out when there is anything to count."""
    for row, key in enumerate(GLANCE_KEYS, HEADER_ROW + 1):
        if key in COLOURS:
            shown = mark(COLOURS[key])
            options = {"type": "formula", "criteria": f"=$B{row + 1}>0", "format": looks.add(shown)}
            sheet.conditional_format(row, 0, row, 1, options)

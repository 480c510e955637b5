"""The due list as a workbook: one line for each person and thing to do, an Excel table to filter and tick off."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from hqs_xl.output.duelist import DueList
from hqs_xl.output.own_files import TABLES, mark
from hqs_xl.template.build import CREATED
from hqs_xl.template.looks import styles
from hqs_xl.template.package import finished
from hqs_xl.template.page import Looks, Page
from hqs_xl.texts import say

# What is not overdue and not within the week has no colour; the sign is seen in black and white too.
LOOKS = {"overdue": ("late", "▲ "), "today": ("soon", "● "), "week": ("soon", "● ")}
COLOURED = {"band": "wrap", "due": "date", "act_by": "date", "days": "wrap"}
DUE_LIST = TABLES[0]
# Column, width, style; "done" is left empty, to be ticked.
COLUMNS = (
    *(("done", 9, "text"), ("band", 20, "wrap"), ("person", 12, "id"), ("name", 20, "wrap")),
    *(("action", 28, "wrap"), ("due", 11, "date"), ("act_by", 11, "date"), ("days", 13, "wrap")),
    *(("whom", 26, "wrap"), ("what", 48, "wrap"), ("source", 30, "wrap")),
)


def workbook(found: DueList) -> bytes:
    """The file's bytes, the same each time."""
    lang, data = found.settings.lang, BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"title": found.title, "created": CREATED})
        mark(book, "due list")
        page = _page(found)
        page.render(book.add_worksheet(page.name), Looks(book, styles(lang)))
    return finished(data.getvalue())


def _page(found: DueList) -> Page:
    lang = found.settings.lang
    page = Page(say("due.sheet", lang), "DueList")
    page.put(0, 0, found.title, "title")
    page.height(0, 28)
    columns = [column for column in COLUMNS if column[0] != "name" or found.named]
    for place, (_, width, _) in enumerate(columns):
        page.width(place, width)
    last = len(columns) - 1
    page.put_line(1, last, found.about, "line_wrap")
    for row, line in enumerate(found.summary, 2):
        page.put_line(row, last, line, "strong_wrap")
    for row, line in enumerate(found.warnings, 2 + len(found.summary)):
        page.put_line(row, last, line, "line_wrap")
    header = 3 + len(found.summary) + len(found.warnings)
    page.put_row(header, 0, [say(f"due.column.{key}", lang) for key, _, _ in columns], "header")
    for row, (band, values) in enumerate(_rows(found), header + 1):
        look, _ = LOOKS.get(band, ("", ""))
        for place, (key, _, style) in enumerate(columns):
            page.put(row, place, values.get(key), f"{look}_{COLOURED[key]}" if look and key in COLOURED else style)
    page.fit_rows(header + 1)
    lines = max(len(found.entries), 1)
    page.add_table(DUE_LIST, header, 0, len(columns), rows=lines)
    for row, line in enumerate(found.remarks, header + lines + 2):
        page.put_line(row, last, line, "quiet")
    page.finish.append(lambda sheet, _: sheet.freeze_panes(header + 1, 0))
    page.print_wide(repeat=header)
    page.finish.append(lambda sheet, _: sheet.print_area(0, 0, len(page.cells) - 1, last))
    return page


def _rows(found: DueList) -> list[tuple[str, dict[str, Any]]]:
    """The rows with the band each is in."""
    lang = found.settings.lang
    return [
        (
            band.key,
            {
                "band": LOOKS.get(band.key, ("", ""))[1] + band.title.rpartition(":")[0],
                "person": entry.person_id or say("digest.row", lang, row=entry.row),
                "name": entry.name,
                "action": entry.action,
                "due": entry.due,
                "act_by": entry.act_by,
                "days": entry.days_in_words(lang),
                "whom": entry.whom,
                "what": entry.message,
                "source": entry.source,
            },
        )
        for band in found.bands
        for group in band.groups
        for entry in group.entries
    ]

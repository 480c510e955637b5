"""Notice data as a sheet to copy from."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter import Workbook

from hqs_xl.output.notice import Field, Notice
from hqs_xl.output.notice_words import words
from hqs_xl.output.own_files import TABLES, mark
from hqs_xl.template.build import CREATED
from hqs_xl.template.looks import styles
from hqs_xl.template.package import finished
from hqs_xl.template.page import Looks, Page
from hqs_xl.texts import say

NOTICE_DATA = TABLES[1]
COLUMNS = {"field": 48, "value": 52, "origin_or_where": 56}


def workbook(found: Notice, lang: str) -> bytes:
    """The file's bytes, the same each time."""
    data = BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"title": found.title, "created": CREATED})
        mark(book, "notice data")
        page = _page(found, lang)
        page.render(book.add_worksheet(page.name), Looks(book, styles(lang)))
    return finished(data.getvalue())


def _page(found: Notice, lang: str) -> Page:
    told, last = words(found, lang), len(COLUMNS) - 1
    page = Page(say("notice.sheet", lang), "NoticeData")
    for column, width in enumerate(COLUMNS.values()):
        page.width(column, width)
    page.put(0, 0, told.title, "title")
    page.height(0, 28)
    for row, line in enumerate(told.head, 1):
        page.put_line(row, last, line, "line_wrap")
    header = len(told.head) + 2
    page.put_row(header, 0, [say(f"notice.column.{key}", lang) for key in COLUMNS], "header")
    for row, field in enumerate((*told.filled, *told.missing), header + 1):
        _put(page, row, field, lang)
    page.fit_rows(header + 1)
    page.add_table(NOTICE_DATA, header, 0, len(COLUMNS), rows=len(found.fields))
    for row, line in enumerate(told.foot, header + len(found.fields) + 2):
        page.put_line(row, last, line, "quiet")
    page.print_wide()
    page.finish.append(lambda sheet, _: sheet.set_footer(""))
    page.finish.append(lambda sheet, _: sheet.fit_to_pages(1, 1))
    page.finish.append(lambda sheet, _: sheet.print_area(0, 0, len(page.cells) - 1, last))
    return page


def _put(page: Page, row: int, field: Field, lang: str) -> None:
    missing = field.value is None
    kind = "date" if hasattr(field.value, "year") else "wrap"
    if isinstance(field.value, float):
        kind = "number" if field.value == int(field.value) else "money"
    page.put(row, 0, field.label, "wrap")
    page.put(row, 1, say("notice.missing", lang) if missing else field.value, "late_wrap" if missing else kind)
    page.put(row, 2, field.origin, "wrap")

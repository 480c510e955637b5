"""Notice data as a sheet to copy from."""

from __future__ import annotations

from io import BytesIO

from xlsxwriter import Workbook

from hqs_xl.output.notice import Notice
from hqs_xl.output.notice_words import about, evidence
from hqs_xl.output.own_files import TABLES, mark
from hqs_xl.template.build import CREATED
from hqs_xl.template.looks import styles
from hqs_xl.template.package import finished
from hqs_xl.template.page import Looks, Page
from hqs_xl.texts import say

NOTICE_DATA = TABLES[1]
COLUMNS = {"field": 44, "value": 52, "origin": 34, "evidence": 54}


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
    page = Page(say("notice.sheet", lang), "NoticeData")
    page.put(0, 0, f"{found.person_id}: {found.title}", "title")
    page.height(0, 28)
    lines = about(found, lang, by_name=False)
    for row, line in enumerate(lines, 1):
        page.put(row, 0, line, "plain")
    head = len(lines) + 2
    page.put_row(head, 0, [say(f"notice.column.{key}", lang) for key in COLUMNS], "header")
    for row, field in enumerate(found.fields, head + 1):
        missing = field.value is None
        value = say("notice.missing", lang) if missing else field.value
        kind = "date" if hasattr(value, "year") else "number" if isinstance(value, float) else "wrap"
        page.put(row, 0, field.label, "wrap")
        page.put(row, 1, value, "answer_wrap" if missing else kind)
        page.put(row, 2, field.origin, "wrap")
        page.put(row, 3, evidence(field, lang), "wrap")
    for column, width in enumerate(COLUMNS.values()):
        page.width(column, width)
    page.fit_rows(head + 1)
    page.add_table(NOTICE_DATA, head, 0, len(COLUMNS))
    page.print_wide()
    page.finish.append(lambda sheet, _: sheet.set_footer(""))
    page.finish.append(lambda sheet, _: sheet.print_area(0, 0, head + len(found.fields), len(COLUMNS) - 1))
    return page

"""What writes a file of the kind its name ends in; asked before a roster is read: a wrong name costs no time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hqs_xl.errors import HqsError
from hqs_xl.output.files import need

if TYPE_CHECKING:
    from hqs_xl.output.duelist import DueList
    from hqs_xl.output.ics import Made
    from hqs_xl.output.notice import Notice


def due_list_writer(out: Path) -> Callable[[DueList], bytes]:
    """For .html (.htm) or .xlsx. Raises HqsError for another kind, or when a library is missing."""
    kind = out.suffix.casefold()
    if kind in {".html", ".htm"}:
        from hqs_xl.output.duelist_html import html  # noqa: PLC0415 - each kind loads its own

        return lambda found: html(found).encode()
    if kind == ".xlsx":
        need("xlsxwriter", "XlsxWriter")
        from hqs_xl.output.duelist_xlsx import workbook  # noqa: PLC0415 - needs what was looked for just now

        return workbook
    raise HqsError("due.no_pdf" if kind == ".pdf" else "due.unknown_kind", file=out)


def calendar_writer(out: Path) -> Callable[..., Made]:
    """For .ics: ``calendar_file``. Raises HqsError for another kind."""
    if out.suffix.casefold() != ".ics":
        raise HqsError("ics.unknown_kind", file=out)
    from hqs_xl.output.ics import calendar_file  # noqa: PLC0415 - each kind loads its own

    return calendar_file


def notice_writer(out: Path) -> Callable[[Notice, str], bytes]:
    """For .html (.htm) or .xlsx. Raises HqsError as above."""
    kind = out.suffix.casefold()
    if kind in {".html", ".htm"}:
        from hqs_xl.output.notice_html import html  # noqa: PLC0415 - each kind loads its own

        return lambda found, lang: html(found, lang).encode()
    if kind != ".xlsx":
        raise HqsError("notice.unknown_kind", file=out)
    need("xlsxwriter", "XlsxWriter")
    from hqs_xl.output.notice_xlsx import workbook  # noqa: PLC0415 - needs what was looked for just now

    return workbook

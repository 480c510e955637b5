"""What the tests do inside LibreOffice: documents opened, formulas typed, cells read. Run by its Python (inside.py)."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uno
from com.sun.star.beans import PropertyValue

if TYPE_CHECKING:
    from collections.abc import Iterator

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".pdf": "calc_pdf_Export", ".html": "HTML (StarCalc)"}


def _property(name: str, value: Any) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


@contextmanager
def document(desktop: Any, file: str | None = None, *, visible: bool = False) -> Iterator[Any]:
    """A document, new or opened, closed in the end; what is selected or in front needs a window (``visible``)."""
    url = uno.systemPathToFileUrl(str(Path(file).resolve())) if file else "private:factory/scalc"
    opened = desktop.loadComponentFromURL(url, "_blank", 0, (_property("Hidden", value=not visible),))
    try:
        yield opened
    finally:
        opened.close(True)  # noqa: FBT003 - UNO takes arguments by position


def save(opened: Any, file: str) -> None:
    """Save a copy as the kind that the file's name says."""
    url, kind = uno.systemPathToFileUrl(str(Path(file).resolve())), FILTERS[Path(file).suffix]
    opened.storeToURL(url, (_property("FilterName", kind),))


def version(desktop: Any) -> str:
    """What LibreOffice says of itself."""
    with document(desktop) as opened:
        opened.Sheets[0].getCellRangeByName("A1").setFormula('=INFO("release")')
        return str(opened.Sheets[0].getCellRangeByName("A1").getString())

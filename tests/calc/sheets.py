"""What the tests do inside LibreOffice: documents opened, formulas typed, cells read. Run by its Python (inside.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".pdf": "calc_pdf_Export", ".html": "HTML (StarCalc)"}


def _property(name: str, value: Any) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class document:  # noqa: N801 - as contextmanager would name it
    """A document, opened or new, closed in the end; what is selected or in front needs a window (``visible``)."""

    def __init__(self, desktop: Any, file: str | None = None, *, visible: bool = False) -> None:
        url = uno.systemPathToFileUrl(str(Path(file).resolve())) if file else "private:factory/scalc"
        self.opened = desktop.loadComponentFromURL(url, "_blank", 0, (_property("Hidden", value=not visible),))

    def __enter__(self) -> Any:
        return self.opened

    def __exit__(self, *_: object) -> None:
        # An error of UNO takes no traceback, which a context manager made of a generator would give it.
        self.opened.close(True)  # noqa: FBT003 - UNO takes arguments by position


def save(opened: Any, file: str) -> None:
    """Save a copy as the kind that the file's name says."""
    url, kind = uno.systemPathToFileUrl(str(Path(file).resolve())), FILTERS[Path(file).suffix]
    opened.storeToURL(url, (_property("FilterName", kind),))


def version(desktop: Any) -> str:
    """What LibreOffice says of itself."""
    with document(desktop) as opened:
        opened.Sheets[0].getCellRangeByName("A1").setFormula('=INFO("release")')
        return str(opened.Sheets[0].getCellRangeByName("A1").getString())

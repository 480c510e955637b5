"""LibreOffice Calc: the open document, the functions as an add-in, its package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts import face

if TYPE_CHECKING:
    from hqs_xl.hosts.calc.document import CalcBook, name_of, path_of
    from hqs_xl.hosts.calc.names import MENU
    from hqs_xl.hosts.calc.undo import OneStep

__all__ = ["MENU", "CalcBook", "OneStep", "name_of", "path_of"]

if not TYPE_CHECKING:
    __getattr__ = face(
        __name__,
        {"CalcBook": "document", "MENU": "names", "OneStep": "undo", "name_of": "document", "path_of": "document"},
    )

"""Closed workbooks edited in tests: answers by row and column in, the new file out."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

from hqs_xl.hosts.closed import ClosedBook, ClosedEdit
from hqs_xl.hosts.files.limits import LIMITS, Limits
from tests.hosts import xlsx_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from hqs_xl.roster.tables import Found

Answers = dict[int, dict[int, Any]]
Do = "Callable[[ClosedEdit], object]"


def answer(answers: Answers, sheet: str | None = None) -> Callable[[ClosedEdit], None]:
    """Answers for the rows of a sheet, the first one if it is not named."""

    def do(book: ClosedEdit) -> None:
        book.edit_rows(sheet or book.sheets[0], lambda number, _: answers.get(number, {}))

    return do


def edited(path: Path, do: Callable[[ClosedEdit], object], limits: Limits = LIMITS) -> Path:
    """The file as it is after an edit, beside the old one."""
    out = path.with_name(f"{path.stem}-edited.xlsx")
    with ClosedEdit(path, limits=limits) as book, out.open("w+b") as stream:
        do(book)
        book.write(stream)
    return out


def changes(path: Path, do: Callable[[ClosedEdit], object]) -> bool:
    """Whether an edit changes anything."""
    with ClosedEdit(path) as book:
        do(book)
        return book.changed


def part(path: Path, name: str) -> bytes:
    """A member's bytes."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def data_of(path: Path) -> str:
    """What stands between the tags of the first sheet's data."""
    sheet = part(path, xlsx_files.SHEET_PART).decode()
    return sheet.partition("<sheetData>")[2].partition("</sheetData>")[0]


def read(path: Path, sheet: str | None = None, limits: Limits = LIMITS) -> xlsx_files.Rows:
    with ClosedBook(path, limits) as book:
        return dict(book.rows(sheet or book.sheets[0]))


def replace(found: Found, rows: list[Mapping[str, Any]]) -> Callable[[ClosedEdit], None]:
    """The rows of a table written anew."""

    def do(book: ClosedEdit) -> None:
        sink = book.replace_rows(found)
        for row in rows:
            sink(row)

    return do

"""Rows of cells become records: pydantic validates them where it is installed, a reader of our own does elsewhere.

The annotated dataclasses are all the declaration there is, and both readers go by it: ``by_pydantic``, and
``by_annotations`` for LibreOffice and the page, where nothing can be installed. One suite proves that they come to the
same records and problems.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from hqs_xl.roster.records import Document, OwnDay, Person, Problem, SalaryNotice
from hqs_xl.roster.tables import TableRows

# Fewer rows are quicker read one by one.
FEW = 8

R = TypeVar("R", Person, SalaryNotice, OwnDay, Document)


@cache
def _reader() -> Any:
    """The reader; loaded with the first row, for a start that reads none has no use of it."""
    try:
        from hqs_xl.roster.reading import by_pydantic as reader  # noqa: PLC0415 - as said
    except ImportError:
        from hqs_xl.roster.reading import by_annotations  # noqa: PLC0415 - as above

        return by_annotations
    return reader


def read(kind: type[R], row: int, found: Mapping[str, Any]) -> tuple[R, list[Problem]]:
    """One record from its row's cells by column key, and the cells that were no such fact, in the order of its columns.

    Cells of columns that are no facts of the record are passed over.
    """
    record: tuple[R, list[Problem]] = _reader().read(kind, row, found)
    return record


def read_all(kind: type[R], rows: TableRows) -> list[tuple[R, list[Problem]]]:
    """The records of rows, as ``read`` reads each."""
    reader = _reader()
    few = len(rows.rows) < FEW
    records: list[tuple[R, list[Problem]]] = (
        [reader.read(kind, *row) for row in rows.each()] if few else reader.read_all(kind, rows)
    )
    return records


def read_fact(kind: type[Any], name: str, cell: Any) -> Any:
    """One fact of a record whose facts stand in a line each, as settings do. Raises BadValue."""
    return _reader().read_fact(kind, name, cell)

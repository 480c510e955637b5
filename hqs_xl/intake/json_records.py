"""An array of records in JSON as rows of cells: all keys are the header, a record's number is that of its row."""

from __future__ import annotations

import json
from typing import Any

from hqs_xl.errors import UnusableFile
from hqs_xl.rows import Row


class Nested:
    """A list or an object where a single value is expected: a cell that no column takes."""


class _Twice(Exception):
    """A key that an object has twice: of two values JSON keeps the last, without a word."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice(next(key for key, _ in pairs if sum(key == other for other, _ in pairs) > 1))
    return found


def json_rows(name: str, data: bytes) -> list[Row]:
    """The header as row 0, then a row for each record. Raises UnusableFile for what is no array of objects."""
    try:
        found = json.loads(data, object_pairs_hook=_once)
    except _Twice as fault:
        raise UnusableFile("import.key_twice", file=name, field=fault) from None
    except json.JSONDecodeError as fault:
        raise UnusableFile("import.bad_json", file=name, line=fault.lineno) from None
    except (UnicodeDecodeError, RecursionError, ValueError):  # ValueError: a number of thousands of digits
        raise UnusableFile("import.not_json", file=name) from None
    if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
        raise UnusableFile("import.no_records", file=name)
    places: dict[str, int] = {}
    for record in found:
        for key in record:
            places.setdefault(key, len(places))
    header: Row = (0, {place: key for key, place in places.items()})
    return [header, *((number, _cells(record, places)) for number, record in enumerate(found, 1))]


def _cells(record: dict[str, Any], places: dict[str, int]) -> dict[int, Any]:
    return {
        places[key]: Nested() if isinstance(value, dict | list) else value
        for key, value in record.items()
        if value is not None
    }

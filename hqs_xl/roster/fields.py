"""What the fields of a record may hold, and how a cell becomes one: annotations that pydantic reads, and others can.

``Day`` and its like are ``Annotated`` types whose mark is a ``Cell``. A record is a plain dataclass of such fields, so
that there is one declaration of it: ``records`` reads cells by the marks alone, where nothing can be installed, and
``validated`` hands the same class to pydantic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Annotated, Any

from hqs_xl.cells.ids import to_id
from hqs_xl.cells.values import BadValue, to_date, to_last_day, to_number, to_quarter, to_text, to_word, to_yes_no
from hqs_xl.law import Quarter
from hqs_xl.models.marks import Mark
from hqs_xl.roster.columns import DOCUMENT_WORDS, HOSTS, RELATIONS

Convert = Callable[[Any], Any]


# Cells of a kind and type that are remembered.
REMEMBERED = 1 << 14


class Remembered(dict[Any, Any]):
    """Cells of one type as they are read: a roster repeats its days and words, so that most readings are look-ups."""

    __slots__ = ("_convert",)

    def __init__(self, convert: Convert) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, value: Any) -> Any:
        found = self._convert(value)
        if len(self) >= REMEMBERED:
            self.clear()
        self[value] = found
        return found


class NoFact(ValueError):
    """An ``error`` of ours as one that pydantic collects; said where it is shown, and in the reader's language only."""

    def __init__(self, error: BadValue) -> None:
        super().__init__(error.key)
        self.error = error


class Cell(Mark):
    """How a cell is read, and how JSON gives the same fact.

    ``kind``: that of the columns it is for. ``ways``: the converter by the type of the cell, for a number and a yes are
    equal; anything but these as an object. ``repeats``: whether a roster repeats what such cells hold, as it does its
    days and words, so that readings are worth remembering.
    """

    def __init__(self, kind: str, convert: Convert, json: Mapping[str, Any], *, repeats: bool = False) -> None:
        self.kind, self.convert, self.json = kind, convert, json
        remembered = (int, float, str) if repeats else ()
        self.ways: Mapping[type, Convert] = {
            **{one: Remembered(convert).__getitem__ for one in remembered},
            object: convert,
        }

    def validate(self, value: Any) -> Any:
        """The fact; an error of ours as one that pydantic collects."""
        try:
            return (self.ways.get(value.__class__) or self.ways[object])(value)
        except BadValue as error:
            raise NoFact(error) from None


def _words(words: Mapping[str, str]) -> Cell:
    known: list[str | None] = [*dict.fromkeys(words.values()), None]
    return Cell("word", partial(to_word, words=words), {"enum": known}, repeats=True)


_DATE = {"type": ["string", "null"], "format": "date"}

Id = Annotated[str, Cell("id", to_id, {"type": ["string", "integer", "null"]})]
Text = Annotated[str, Cell("text", to_text, {"type": ["string", "null"]})]
Number = Annotated[float | None, Cell("number", to_number, {"type": ["number", "null"]})]
Day = Annotated[date | None, Cell("date", to_date, _DATE, repeats=True)]
# Where no end is as good as a last day.
LastDay = Annotated[date | None, Cell("date", to_last_day, _DATE, repeats=True)]
YesNo = Annotated[bool | None, Cell("yes_no", to_yes_no, {"type": ["boolean", "null"]}, repeats=True)]
InQuarter = Annotated[
    Quarter | None,
    Cell("quarter", to_quarter, {"type": ["string", "null"], "pattern": "^[0-9]{4}Q[1-4]$"}, repeats=True),
]
Relation = Annotated[str | None, _words(RELATIONS)]
Host = Annotated[str | None, _words(HOSTS)]
DocumentKind = Annotated[str | None, _words(DOCUMENT_WORDS)]


def cells(record: type[Any]) -> dict[str, Cell]:
    """The fields of a record that cells fill, and how."""
    marks = {name: getattr(kind, "__metadata__", ()) for name, kind in record.__annotations__.items()}
    return {name: mark[0] for name, mark in marks.items() if mark and isinstance(mark[0], Cell)}

"""What may stand in the decree table: its declared model. That a year adds up to its own total ``decrees`` sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from hqs_xl.models.common import Checked, DayInText, MonthAndDay, Words, whole
from hqs_xl.models.marks import STRICT, Holds, Misfit, Place, a_table, some

_A_LIST = Holds('expected a list of days such as "12-31"', lambda value: isinstance(value, list))
_A_SPAN = Holds(
    "expected the first and the last day", lambda value: isinstance(value, list) and len(value) == len("ab")
)
A_ROW = a_table("expected a row (a table)")
Absent: Any = None


@dataclass(kw_only=True)
class Fixed:
    """The holidays of every year."""

    __pydantic_config__ = STRICT

    days: Annotated[list[MonthAndDay], some('expected days such as "12-31"')]
    decree: Words
    checked: Checked


@dataclass(kw_only=True)
class Presidential:
    """The spans of days that a decree of the President calls non-working."""

    __pydantic_config__ = STRICT

    days: Annotated[list[Annotated[list[DayInText], _A_SPAN]], some("expected spans of days")]
    decree: Words
    checked: Checked


@dataclass(kw_only=True)
class OneYear:
    """The days off of a year besides weekends and fixed holidays, its weekend days made working, and its total."""

    __pydantic_config__ = STRICT

    working_days: Annotated[int, whole("the number of working days", 1)]
    off: Annotated[list[MonthAndDay], _A_LIST]
    worked: Annotated[list[MonthAndDay], _A_LIST]
    decree: Words
    checked: Checked


@dataclass(kw_only=True)
class DecreeTable:
    """Fixed holidays, the President's days, and a row a year."""

    __pydantic_config__ = STRICT

    fixed: Annotated[Fixed, A_ROW]
    presidential: Annotated[Presidential, A_ROW] = Absent
    rest: dict[str, Annotated[OneYear, A_ROW]]

    def __post_init__(self) -> None:
        """Each other row is of a year, which has the days it names."""
        for name, row in self.rest.items():
            if len(name) != len("2024") or not name.isdecimal():
                raise Misfit("expected a year such as 2024", ("rest", name))
            for place, day in _days(row):
                try:
                    date.fromisoformat(f"{name}-{day}")
                except ValueError:
                    raise Misfit(f"{name} has no such day: {day!r}", ("rest", name, *place)) from None


def _days(row: OneYear) -> Iterator[tuple[Place, str]]:
    for key in ("off", "worked"):
        for number, day in enumerate(getattr(row, key)):
            yield (key, number), day

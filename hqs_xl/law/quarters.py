"""Quarters: the event a salary notice is counted from."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from hqs_xl.bilingual import Bilingual
from hqs_xl.errors import BadEvent

# 2026Q1, 2026-Q1, Q1 2026, 1Q2026, 1 кв. 2026, 2026 1 квартал, IV кв. 2026 (in either alphabet)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DIGIT = r"[1-4]|i{1,3}|iv|[іІ]{1,3}|[іІ]v"
_NUMBER = rf"(?:(?:q|кв\.?|квартал)\s*(?P<after>{_DIGIT})|(?P<before>{_DIGIT})(?:-?й)?\s*(?:q|кв\.?|квартал))"
_YEAR = r"(?P<year>\d{4})(?:\s*г(?:\.|ода)?)?"
_SHAPES = (rf"{_YEAR}[\s\-/.]*{_NUMBER}", rf"{_NUMBER}[\s\-/.]*{_YEAR}")


class Quarter(NamedTuple):
    """A calendar quarter; sorts by time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """A quarter written 2026Q1, Q1 2026, 1 кв. 2026 or IV кв. 2026; BadEvent for anything else."""
        for shape in _SHAPES:
            if match := re.fullmatch(shape, text.strip(), re.IGNORECASE):
                number = (match["after"] or match["before"]).casefold().replace("і", "i")
                quarter = cls(int(match["year"]), _ROMAN.get(number) or int(number))
                # The notice is counted from the day after the quarter, which has to be a date.
                if MINYEAR <= quarter.year < MAXYEAR:
                    return quarter
        raise BadEvent("not_a_quarter", text=text)

    @property
    def spoken(self) -> Bilingual:
        """The quarter as people write it."""
        return Bilingual(str(self), f"{self.number} кв. {self.year}")

    @property
    def first(self) -> date:
        """The quarter's first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """The quarter's last day."""
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> Quarter:
        """The next quarter."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

"""The settings of a check: as of which day, by which edition, in which language, with which days of one's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from hqs_xl.law import RUSSIA, WorkingDays
from hqs_xl.law.workdays import presidential_days
from hqs_xl.roster.columns import labelled, normalised
from hqs_xl.roster.status import DEFAULT_BANDS
from hqs_xl.values import EDITION_WORDS, LANGUAGE_WORDS, BadValue, is_blank, to_date, to_text, to_word, to_yes_no


@dataclass(frozen=True)
class Settings:
    """How a roster is checked.

    ``bands``: reminder bands in days, widest first. ``count_presidential_days_off``: whether the "non-working days" of
    2020 and 2021 count as days off. ``own_days``: the user's own days and whether they work; they win over all.
    """

    as_of: date
    edition: str = "card"
    lang: str = "en"
    bands: tuple[int, ...] = DEFAULT_BANDS
    count_presidential_days_off: bool = False
    own_days: tuple[tuple[date, bool], ...] = ()

    @property
    def widest(self) -> int:
        """The widest reminder band, in days."""
        return max(self.bands)

    @cached_property
    def calendar(self) -> WorkingDays:
        """The working-day calendar with the user's own days."""
        calendar = RUSSIA
        if self.count_presidential_days_off:
            calendar = calendar.with_days(off=presidential_days())
        if self.own_days:
            off = [day for day, working in self.own_days if not working]
            calendar = calendar.with_days(off=off, on=[day for day, working in self.own_days if working])
        return calendar


def _bands(value: Any) -> tuple[int, ...] | None:
    """Days from "60, 30, 14, 7" or a single number, widest first."""
    if is_blank(value):
        return None
    text = to_text(value)
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,4}(?:[\s,;]+[0-9]{1,4})*", text):
        raise BadValue("not_bands")
    return tuple(sorted({int(number) for number in re.findall(r"[0-9]+", text)}, reverse=True))


READERS: Mapping[str, Callable[[Any], Any]] = {
    "as_of": to_date,
    "edition": lambda value: to_word(value, EDITION_WORDS),
    "language": lambda value: to_word(value, LANGUAGE_WORDS),
    "bands": _bands,
    "count_presidential_days_off": to_yes_no,
}


def setting_key(label: object) -> str | None:
    """The setting a label names, in either language; None for a label of something else."""
    wanted = normalised(label)
    return next((key for key in READERS if wanted == normalised(key)), None) or labelled("setting", READERS, label)


def read_setting(label: object, value: object) -> dict[str, Any]:
    """A line of the settings as a field of ``Settings``; empty for another line or a blank. Raises BadValue."""
    key = setting_key(label)
    found = READERS[key](value) if key else None
    return {} if found is None or key is None else {"lang" if key == "language" else key: found}

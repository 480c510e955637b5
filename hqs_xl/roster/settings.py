"""The settings of a check: as of which day, by which edition, in which language, with which days of one's own."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache, partial
from typing import Annotated, Any

from hqs_xl.cells.values import (
    EDITION_WORDS,
    LANGUAGE_WORDS,
    BadValue,
    is_blank,
    is_zero,
    to_date,
    to_text,
    to_word,
    to_yes_no,
)
from hqs_xl.explain.own_edition import laxer_in_words
from hqs_xl.explain.words import plural
from hqs_xl.formulas.today import Moving, settled
from hqs_xl.law import EDITIONS, RUSSIA, Deadline, WorkingDays, rulebook
from hqs_xl.law.deadlines import counted, event_day
from hqs_xl.law.rulebook import known_edition
from hqs_xl.law.workdays import presidential_days
from hqs_xl.roster.fields import Cell, cells
from hqs_xl.roster.headers.labels import label_key
from hqs_xl.roster.reading import read_fact
from hqs_xl.roster.status import DEFAULT_BANDS
from hqs_xl.texts import LANGUAGES, say, shown

# Deadlines that are remembered; a calendar has some 21,000 days.
MOST_COUNTED = 1 << 15


class Deadlines(dict[tuple[str, date, date | None], Deadline | None]):
    """Deadlines by rule, event and agreement's end; None where the edition has nothing in force on that day.

    People share their days (entries of one trip, quarters above all), so that most are counted already. Raises
    OutsideCalendar.
    """

    def __init__(self, edition: str, calendar: WorkingDays) -> None:
        super().__init__()
        self._edition, self._calendar = known_edition(edition), calendar

    def __missing__(self, key: tuple[str, date, date | None]) -> Deadline | None:
        name, event, until = key
        rule = rulebook()[name]
        last = until if rule.at_most else None
        found = counted(rule, event_day(rule, event), self._edition, self._calendar, last)
        if len(self) >= MOST_COUNTED:
            self.clear()
        self[key] = found
        return found


class ActBy(dict[date, date]):
    """The last working day on or before each day something is due. Raises OutsideCalendar."""

    def __init__(self, calendar: WorkingDays) -> None:
        super().__init__()
        self._calendar = calendar

    def __missing__(self, due: date) -> date:
        found = self[due] = self._calendar.act_by(due)
        return found


# The rosters of a folder share their days too. One is checked by two editions.
@lru_cache(maxsize=4)
def _deadlines(edition: str, calendar: WorkingDays) -> Deadlines:
    return Deadlines(edition, calendar)


@lru_cache(maxsize=4)
def _owed(_edition: str, _calendar: WorkingDays, _as_of: date, _soon: date) -> dict[Any, Any]:
    return {}


def _bands(value: Any) -> tuple[int, ...] | None:
    """Days from "60, 30, 14, 7" or a single number, widest first."""
    if is_blank(value):
        return None
    text = "0" if is_zero(value) else to_text(value)
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,4}(?:[\s,;]+[0-9]{1,4})*", text):
        raise BadValue("not_bands")
    return tuple(sorted({int(number) for number in re.findall(r"[0-9]+", text)}, reverse=True))


def _as_of(value: Any) -> date | Moving | None:
    """The day, or what moves with the day of the run."""
    if not isinstance(value, Moving):
        return to_date(value)
    return to_date(settled(value)) if value.fresh else value


_DAY = {"type": ["string", "null"], "format": "date"}
_WHOLE = {"type": "array", "items": {"type": "integer"}}
AsOf = Annotated[date, Cell("any", _as_of, _DAY)]
Edition = Annotated[str, Cell("any", partial(to_word, words=EDITION_WORDS), {"enum": [*EDITIONS]})]
Lang = Annotated[str, Cell("any", partial(to_word, words=LANGUAGE_WORDS), {"enum": [*LANGUAGES]})]
Bands = Annotated[tuple[int, ...], Cell("any", _bands, _WHOLE)]
FileName = Annotated[str, Cell("any", to_text, {"type": "string"})]
Switch = Annotated[bool, Cell("any", to_yes_no, {"type": "boolean"})]


@dataclass(frozen=True)
class Settings:
    """How a roster is checked.

    ``bands``: reminder bands in days, widest first. ``count_presidential_days_off``: whether the "non-working days" of
    2020 and 2021 count as days off. ``own_days``: the user's own days and whether they work; they win over all.
    ``age``: how many days before the day of the run ``as_of`` lies, where nobody asked for such a day; ``fixed``: it
    stands in the roster as a day that stays.
    ``authority``: whom the employer notifies, by its table; blank: the one the rules name. ``absent``: the roster's
    columns that are not there, which is said once and not with each person. ``doubled``: those of them that two headers
    mean, neither of which is read.
    """

    as_of: AsOf
    edition: Edition = "card"
    lang: Lang = "en"
    bands: Bands = DEFAULT_BANDS
    count_presidential_days_off: Switch = False
    edition_file: FileName = ""
    own_days: tuple[tuple[date, bool], ...] = ()
    age: int = 0
    fixed: bool = False
    authority: str = ""
    absent: frozenset[str] = frozenset()
    doubled: frozenset[str] = frozenset()

    def __getstate__(self) -> dict[str, Any]:
        """What is pickled: not what was counted from it, which is much, and counted anew where it is wanted."""
        return {name: vars(self)[name] for name in self.__dataclass_fields__}

    @property
    def day(self) -> str:
        """The day of the check in words, with how long ago it is where nobody asked for such a day."""
        if not self.age:
            return str(shown(self.as_of, self.lang))
        key = "as_of.ago" if self.age > 0 else "as_of.ahead"
        return say(key, self.lang, day=self.as_of, days=plural(abs(self.age), "day", self.lang))

    @property
    def reminders(self) -> tuple[str, ...]:
        """What has to be said above a report: another day than today, an own rule that is laxer than the law."""
        key = "as_of.fixed" if self.fixed else "as_of.moving"
        asked = [say(key, self.lang, day=self.day)] if self.fixed or self.age else []
        return (*asked, *laxer_in_words(self.edition, self.lang))

    @property
    def widest(self) -> int:
        """The widest reminder band, in days."""
        return max(self.bands)

    @cached_property
    def soon(self) -> date:
        """The last day of the widest reminder band."""
        return self.as_of + timedelta(days=self.widest)

    @cached_property
    def deadlines(self) -> Deadlines:
        """The deadlines by edition and calendar."""
        return _deadlines(self.edition, self.calendar)

    @cached_property
    def owed(self) -> dict[Any, Any]:
        """What was found to be owed: by the rule, the event, and the day it was done."""
        return _owed(self.edition, self.calendar, self.as_of, self.soon)

    @cached_property
    def act_by(self) -> ActBy:
        """The days to act by."""
        return ActBy(self.calendar)

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


# The keys of the settings' labels. A workbook of ours has a line for each.
LINES = tuple("language" if name == "lang" else name for name in cells(Settings))


def setting_key(label: object) -> str | None:
    """The setting a label names, in either language; None for a label of something else."""
    return label_key("setting", LINES, label)


def read_setting(label: object, value: object) -> dict[str, Any]:
    """A line of the settings as a field of ``Settings``; empty for another line or a blank. Raises BadValue."""
    key = setting_key(label)
    if key is None:
        return {}
    name = "lang" if key == "language" else key
    found = read_fact(Settings, name, value)
    return {} if found is None else {name: found}

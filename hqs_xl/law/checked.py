"""When the sources of each value of the law were last looked at, and which are to be looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from hqs_xl.bilingual import Bilingual
from hqs_xl.data import packaged
from hqs_xl.law.decrees import read_decrees
from hqs_xl.law.rulebook import rulebook
from hqs_xl.law.rules import Rule, Value

# Laws change every year: what was not looked at for so long has to be.
STAYS_FRESH = timedelta(days=400)


class Checked(NamedTuple):
    """Something the package holds of the law: its name and edition, who says so, and when that was last looked at.

    ``where``: the law to look it up in again. ``rule`` and ``value`` are None for what is no value of an edition.
    """

    name: str
    edition: str
    source: Bilingual
    evidence: str
    where: Bilingual
    checked: date
    rule: Rule | None = None
    value: Value | None = None

    def age(self, day: date) -> int:
        """How many days ago it was looked at; negative when the day lies before that, as by a clock that is wrong."""
        return (day - self.checked).days

    def is_old(self, day: date) -> bool:
        """Whether it has to be looked at again."""
        return is_old(self.checked, day)


def is_old(checked: date, day: date) -> bool:
    """Whether what was looked at on one day has to be looked at again on the other."""
    return day - checked > STAYS_FRESH


def checked_values() -> Iterator[Checked]:
    """Every value of the editions, then the decrees behind the calendar."""
    for rule in rulebook().values():
        for edition, values in rule.values.items():
            for value in values:
                if edition != "law" and value._replace(edition="law") in rule.values.get("law", ()):
                    continue  # taken over as it stands there
                where = rule.where or value.source
                yield Checked(rule.name, edition, value.source, value.evidence, where, value.checked, rule, value)
    for decree in read_decrees(packaged("law/decrees.toml")):
        yield Checked(f"calendar.{decree.name}", "", decree.source, "", decree.source, decree.checked)

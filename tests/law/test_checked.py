"""When the sources of each value were last looked at, and which have to be looked at again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hqs_xl.bilingual import Bilingual
from hqs_xl.law import decrees, rulebook
from hqs_xl.law.checked import STAYS_FRESH, Checked, checked_values, is_old

D = date.fromisoformat
LOOKED_AT = D("2026-11-28")


def one(checked: date = LOOKED_AT) -> Checked:
    law, code = Bilingual("an invented law"), Bilingual("an invented code")
    return Checked("notice.birth", "law", law, "primary", code, checked)


@pytest.mark.parametrize(
    ("days", "old"),
    [(0, False), (1, False), (399, False), (400, False), (401, True), (4000, True), (-1, False)],
)
def test_a_value_is_looked_at_again_after_400_days(days: int, old: bool) -> None:
    day = LOOKED_AT + timedelta(days=days)
    assert timedelta(days=400) == STAYS_FRESH
    assert is_old(LOOKED_AT, day) is old
    assert (one().is_old(day), one().age(day)) == (old, days)


def test_the_last_fresh_day_of_what_ships_and_the_first_one_it_is_old() -> None:
    for day, old in ((D("2028-01-02"), False), (D("2028-01-03"), True)):
        assert {value.is_old(day) for value in checked_values()} == {old}


def test_every_value_of_the_editions_is_listed_once() -> None:
    listed = [(value.name, value.edition, value.value) for value in checked_values() if value.value]
    assert len(listed) == len(set(listed))
    for name, rule in rulebook().items():
        for edition in ("card", "law"):
            for value in rule.values.get(edition, ()):
                assert (name, edition, value) in listed


def test_what_careful_takes_over_from_the_law_is_looked_at_there() -> None:
    of_careful = {value.name for value in checked_values() if value.edition == "careful"}
    assert "permit.renewal" in of_careful
    assert not of_careful & {"exempt.medical", "salary.threshold", "duty.permit"}


def test_the_decrees_behind_the_calendar_are_listed_too() -> None:
    names = [value.name for value in checked_values() if value.name.startswith("calendar.")]
    years = [f"calendar.{year}" for year in decrees.table()]
    assert names == ["calendar.fixed", *years, "calendar.presidential"]


def test_each_says_where_to_look() -> None:
    for value in checked_values():
        assert value.where
        assert value.where == (value.rule.where if value.rule else value.source)

"""What is sure of somebody with one unread cell is so whatever it says; else it is said what it was found without."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from hqs_xl.compliance.breach import VIOLATION
from hqs_xl.compliance.found import find
from hqs_xl.compliance.unread import blank, case_of
from hqs_xl.law import EDITIONS
from hqs_xl.roster.columns import facts
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.status import State
from hqs_xl.texts import say
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST, Facts, findings, settings

CASES = 200
DATES = [column.key for column in facts("roster") if column.kind == "date"]
WORDS: dict[str, list[Any]] = {
    "relation": ["HQS", "Family"],
    "host": ["Employer", "Self"],
    "visa_required": [True, False],
    "owns_housing": [True, False],
}
# From long ago to far off, more of them where terms begin and end.
DAYS = [
    AS_OF + timedelta(days=days)
    for days in (-900, -420, -200, -130, -100, -60, -30, -15, -5, -1, 0, 1, 20, 100, 400, 1000)
]
# What most of it hangs on.
OFTEN = ("terminated_on", "agreement_ends", "left_on")


def some_person(chance: random.Random) -> Person:
    facts_there = SPECIALIST if chance.random() < 0.7 else FAMILY
    person, _ = read(Person, 2, facts_there)
    changed: dict[str, Any] = {key: chance.choice([None, None, *DAYS]) for key in chance.sample(DATES, 4)}
    changed |= {key: chance.choice(DAYS) for key in OFTEN if chance.random() < 0.3}
    return replace(person, **changed)


def sure(person: Person, by: Settings) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is surely broken, overdue or late, each with the columns that it says it was found without."""
    found = find(case_of(person, by, {}, {"P1"}))
    for item in found.obligations:
        if item.state in (State.OVERDUE, State.LATE) and not item.is_untold:
            yield f"{item.code} {item.state}", item.unread
    for breach in found.breaches:
        if breach.severity == VIOLATION:
            yield breach.code, breach.unread


def unread(person: Person, key: str) -> list[Person]:
    """The person with a cell that can't be read; with a blank one too, where that says as little."""
    blanked: dict[str, Any] = {key: None}
    without = replace(person, **blanked)
    found = [replace(without, unread=frozenset({key}))]
    return [*found, without] if key in blank(without) else found


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_sure_is_so_whatever_the_cell_says(edition: str) -> None:
    chance, by, tried = random.Random(19), settings(edition=edition), 0  # noqa: S311 - any people, the same each time
    for _ in range(CASES):
        person = some_person(chance)
        key = chance.choice([one for one in [*DATES, *WORDS] if getattr(person, one) is not None])
        for less in unread(person, key):
            told = {code for code, without in sure(less, by) if key not in without}
            tried += len(told)
            for value in WORDS.get(key) or [None, *DAYS]:
                whole = {code for code, _ in sure(replace(person, **{key: value}), by)}
                assert told <= whole, (person, key, value)
    assert tried > CASES


SETTLED = {"concluded_notice_filed": date(2025, 1, 20), "terminated_notice_filed": date(2026, 3, 2)}
LATE: Facts = {"entered_on": date(2025, 11, 3), "registered_on": date(2026, 3, 3)}
BEYOND: Facts = {"registered_until": date(2028, 3, 1)}
ALL_FILED = FILED | {"2026Q1": date(2026, 3, 3)}
UNCOLLECTED: Facts = {"permit_decided": date(2024, 12, 30), "edition": "law"}
GARBLED = "#REF!"
# By what is found, the cell that would end it all, and what it is called.
HANGING: dict[str, tuple[Facts, str, str, str]] = {
    "a registration made late": (LATE, "terminated_on", "Terminated on", "registration.late"),
    "one beyond the visa": (BEYOND, "agreement_ends", "Agreement ends", "registration.beyond_visa"),
    "a permit collected late": (UNCOLLECTED, "agreement_ends", "Agreement ends", "permit.collect_late"),
}


@pytest.mark.parametrize("name", HANGING)
def test_what_would_not_be_looked_at_but_for_a_cell_says_so(name: str) -> None:
    changes, key, title, code = HANGING[name]
    given = {one: value for one, value in changes.items() if one == "edition"}
    people = {one: value for one, value in changes.items() if one not in given}
    [found] = [one for one in findings(people | {key: GARBLED}, **given) if one.code == code]
    assert f"found without «{title}»" in found.message
    [known] = [one for one in findings({**people, key: people.get(key)}, **given) if one.code == code]
    assert "found without" not in known.message


ENDED: Facts = BEYOND | SETTLED | {"terminated_on": date(2026, 3, 2)}
# Whether a case stays open whatever a cell says: facts, notices, the cell, whether what is found is doubted for it.
OPEN: dict[str, tuple[Facts, Facts, str, bool]] = {
    "no day of signing": (ENDED | {"agreement_signed": None}, FILED, "agreement_signed", False),
    "it can't be read": (ENDED | {"agreement_signed": GARBLED}, FILED, "agreement_signed", False),
    "no day of signing, and the other notice is open": (
        ENDED | {"agreement_signed": None, "terminated_notice_filed": None},
        ALL_FILED,
        "agreement_signed",
        False,
    ),
    "the mark of one notice, and a salary notice is open": (
        ENDED | {"terminated_notice_filed": GARBLED},
        FILED,
        "terminated_notice_filed",
        False,
    ),
    "the marks of both notices": (
        ENDED | {"terminated_notice_filed": GARBLED, "concluded_notice_filed": None},
        ALL_FILED,
        "terminated_notice_filed",
        False,
    ),
    "the mark of the only open one": (
        ENDED | {"terminated_notice_filed": GARBLED},
        ALL_FILED,
        "terminated_notice_filed",
        True,
    ),
    "the end itself": (ENDED | {"terminated_on": GARBLED}, FILED, "terminated_on", True),
}


@pytest.mark.parametrize("name", OPEN)
def test_what_is_open_whatever_the_cell_says_is_told_without_a_doubt(name: str) -> None:
    changes, filed, key, doubted = OPEN[name]
    [found] = [one for one in findings(changes, filed) if one.code == "registration.beyond_visa"]
    assert (say(f"header.{key}") in found.message) is doubted

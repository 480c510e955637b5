"""The second check finds what a whole check by the other edition finds: of any roster, by any two editions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from hqs_xl.bilingual import BLANK
from hqs_xl.compliance.case import Case
from hqs_xl.compliance.check import Checker, Roster, check_roster
from hqs_xl.compliance.coverage import CHECKS
from hqs_xl.compliance.other_edition import OtherEdition
from hqs_xl.compliance.second_check import SecondCheck
from hqs_xl.compliance.stricter import stricter
from hqs_xl.law import EDITIONS, rulebook
from hqs_xl.law.rules import OwnEdition, Value
from hqs_xl.law.terms import Direction, Landing, Start, Term, Unit
from hqs_xl.roster.columns import facts
from hqs_xl.roster.findings import Severity
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.roster.settings import Deadlines
from hqs_xl.texts import say
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST, settings

COUNTED = [name for name, rule in rulebook().items() if rule.counted]
DATES = [column.key for column in facts("roster") if column.kind == "date"]
QUARTERS = [*FILED, "2026Q1"]

near = st.integers(-120, 60) | st.integers(-1500, 800)
days = near.map(lambda number: AS_OF + timedelta(number))
cells = st.sampled_from([None, None, "?"]) | days | days | days
words = {
    "relation": st.sampled_from(["HQS", "HQS", "Family", None, "?"]),
    "sponsor_id": st.sampled_from([None, "P2", "P9"]),
    "visa_required": st.sampled_from(["yes", "no", None]),
    "host": st.sampled_from(["Self", "Employer", None]),
    "owns_housing": st.sampled_from(["yes", "no", None]),
}
changes = st.dictionaries(st.sampled_from(DATES), cells, max_size=8)
people = st.builds(
    lambda base, words, dates: base | words | dates,
    st.sampled_from([SPECIALIST, SPECIALIST, FAMILY]),
    st.fixed_dictionaries({}, optional=words),
    changes,
)
rosters = st.lists(st.tuples(st.sampled_from(["P2", "P3", "P4", ""]), people), min_size=1, max_size=4)
notices = st.lists(st.tuples(st.sampled_from(["P2", "P3"]), st.sampled_from(QUARTERS), cells), max_size=6)
documents = st.lists(
    st.tuples(
        st.sampled_from(["P2", "P3"]), st.sampled_from(["permit", "registration", "policy", "visa"]), cells, cells
    ),
    max_size=3,
)

terms = st.builds(
    Term,
    st.integers(1, 120),
    st.sampled_from([Unit.DAY, Unit.WORKING_DAY]),
    st.sampled_from([Direction.FORWARD, Direction.FORWARD, Direction.BACKWARD]),
    st.sampled_from(Start),
    st.sampled_from(Landing),
)


def values(drawn: list[tuple[date | None, date | None, list[Term]]]) -> tuple[Value, ...]:
    made = partial(Value, "own", BLANK, "own", date(2026, 1, 1))
    return tuple(made(first=first, last=last, terms=tuple(count)) for first, last, count in drawn)


spans = st.tuples(st.none() | days, st.none() | days | st.just(date.max), st.lists(terms, min_size=1, max_size=2))
own_values = st.dictionaries(st.sampled_from(COUNTED), st.lists(spans, min_size=1, max_size=2).map(values), min_size=1)
own = st.builds(
    lambda base, found: OwnEdition(base, "own.toml", repr((base, found)), found), st.sampled_from(EDITIONS), own_values
)
editions = st.sampled_from(EDITIONS) | own


def roster_of(
    rows: list[tuple[str, dict[str, Any]]],
    filed: list[tuple[str, str, Any]],
    papers: list[tuple[str, str, Any, Any]],
) -> Roster:
    roster = Roster([], Gathered())
    for row, (person_id, cells) in enumerate(rows, 2):
        told = {key: cell for key, cell in (cells | {"person_id": person_id}).items() if cell is not None}
        roster.people.append(read(Person, row, told))
        roster.other.take("roster", row, told)
    for row, (person_id, quarter, day) in enumerate(filed, 2):
        roster.other.take("salary", row, {"person_id": person_id, "quarter": quarter, "filed_on": day})
    for row, (person_id, kind, first, last) in enumerate(papers, 2):
        paper = {"person_id": person_id, "document": kind, "valid_from": first, "valid_until": last}
        roster.other.take("documents", row, {key: cell for key, cell in paper.items() if cell is not None})
    again = roster.other.ids.repeated_rows()
    roster.other.ids.tell_agreements(person for person, _ in roster.people if person.row in again)
    return roster


def whole_check(roster: Roster, first: str, second: str) -> tuple[Counter[str], dict[str, int]]:
    """What the second edition finds more, by checking all by both."""
    by_both = [Checker(roster.other, settings(edition=one)).check_all(roster.people) for one in (first, second)]
    more, late = Counter[str](), dict[str, int]()
    for (mine, _), (others, _) in zip(*by_both, strict=True):
        known = Counter(one.code for one in mine.findings if one.severity is Severity.VIOLATION)
        for finding in others.findings:
            if finding.severity is Severity.VIOLATION:
                known[finding.code] -= 1
                if known[finding.code] < 0:
                    more[finding.action] += 1
                    late[finding.action] = max(late.get(finding.action, 0), -(finding.days or 0))
    return more, late


def second_check(roster: Roster, first: str, second: str) -> OtherEdition:
    found = check_roster(roster, settings(edition=first), compared=OtherEdition(edition=second)).other_edition
    assert found
    return found


@tried(max_examples=35)
@given(rosters, notices, documents, editions, editions)
def test_it_finds_what_a_whole_check_by_the_other_edition_finds(
    rows: list[Any], filed: list[Any], papers: list[Any], first: str, second: str
) -> None:
    roster = roster_of(rows, filed, papers)
    for one, other in (("card", "law"), (first, second)):
        found = second_check(roster, one, other)
        assert (found.more, found.late) == whole_check(roster, one, other)
        assert found.people == len(rows)


@tried(max_examples=20)
@given(rosters, notices, editions)
def test_a_check_goes_by_the_rules_it_is_registered_with(rows: list[Any], filed: list[Any], edition: str) -> None:
    """And the first check is the same whether a second one follows it or not."""
    asked: set[str] = set()

    class Noted(Deadlines):
        def __getitem__(self, key: tuple[str, date, date | None]) -> Any:
            asked.add(key[0])
            return super().__getitem__(key)

    roster = roster_of(rows, filed, [])
    wanted = settings(edition=edition)
    alone = check_roster(roster, wanted)
    compared = check_roster(roster, wanted, compared=OtherEdition())
    assert (alone.findings, alone.agenda) == (compared.findings, compared.agenda)
    for person, _ in roster.people:
        for check in CHECKS:
            fresh = replace(wanted)
            vars(fresh).update(deadlines=Noted(edition, fresh.calendar), owed={})
            asked.clear()
            list(check.run(Case(person, fresh, roster.other.notices.of(person.person_id), {"P2"})))
            assert asked <= {*check.rules}, check.name


def test_every_rule_a_check_is_registered_with_is_one() -> None:
    assert {rule for check in CHECKS for rule in check.rules} <= rulebook().keys()


# --- Which rules are put again ---------------------------------------------------------------------------------------


def again(first: str, second: str) -> set[str]:
    checks = SecondCheck(settings(edition=first), OtherEdition(edition=second))._again
    return {check.name for check in (*checks.owed, *checks.broken)}


def test_nothing_is_checked_again_by_the_same_edition() -> None:
    for edition in EDITIONS:
        assert again(edition, edition) == set()


def test_by_the_law_only_what_it_has_and_the_card_has_not_is_checked_again() -> None:
    """Three working days became seven, or begin a day later: whoever is late by the law is late by the card."""
    medical = {"medical_exam", "medical_repeat"}
    more = {"leave", "permit_collect", "passport_change", "registration_length", "sponsor", "suspension"}
    assert again("card", "law") == more | medical
    assert {"notice_concluded", "notice_terminated", "registration"} <= again("law", "card")


def own_edition(name: str, *count: Term, base: str = "law", last: date | None = None) -> OwnEdition:
    return OwnEdition(base, "own.toml", repr((base, name, count, last)), {name: values([(None, last, [*count])])})


def three(**told: Any) -> Term:
    usual: dict[str, Any] = {"number": 3, "unit": Unit.WORKING_DAY, "start": Start.INCLUSIVE}
    return Term(**usual | told)


@pytest.mark.parametrize(
    ("changed", "is_put_again"),
    [
        (three(), False),
        (three(number=4), False),
        (three(start=Start.AFTER), False),
        (three(number=2), True),
        (three(number=4, unit=Unit.DAY), True),
        (three(number=4, landing=Landing.PREVIOUS_WORKING_DAY), True),
        (three(number=4, direction=Direction.BACKWARD), True),
    ],
    ids=["the same", "a day more", "from the next day on", "a day less", "other days", "it lands", "backward"],
)
def test_a_rule_that_only_leaves_more_time_is_not_put_again(changed: Term, is_put_again: bool) -> None:
    name = "notice.concluded"
    assert (name in stricter("card", own_edition(name, changed, base="card"))) is is_put_again


def test_more_days_before_the_event_are_stricter() -> None:
    thirty, forty = (
        own_edition("permit.renewal", three(number=days, direction=Direction.BACKWARD)) for days in (30, 40)
    )
    assert "permit.renewal" in stricter(thirty, forty)
    assert "permit.renewal" not in stricter(thirty, thirty)


@pytest.mark.parametrize(
    ("last", "is_put_again"), [(None, False), (AS_OF, True)], ids=["for ever", "and then as before"]
)
def test_a_value_that_ends_gives_way_to_the_stricter_one_below_it(last: date | None, is_put_again: bool) -> None:
    name, more = "notice.concluded", Term(9, Unit.WORKING_DAY)
    lax = own_edition(name, three(number=9), base="card")
    assert (name in stricter(lax, own_edition(name, more, base="card", last=last))) is is_put_again


def two_terms(*numbers: int) -> OwnEdition:
    return own_edition("registration.entry", *[Term(number, Unit.DAY) for number in numbers])


@pytest.mark.parametrize(("first", "second"), [((90, 3), (90,)), ((90,), (90, 3)), ((90, 3), (91, 2))])
def test_counts_of_other_lengths_are_put_again(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    assert "registration.entry" in stricter(two_terms(*first), two_terms(*second))


# --- What is counted -------------------------------------------------------------------------------------------------


UNEXAMINED: dict[str, Any] = {
    "entered_on": AS_OF - timedelta(58),
    "registered_on": AS_OF - timedelta(56),
    "medical_done": None,
}
CLOSED: dict[str, Any] = {"agreement_ends": AS_OF - timedelta(9), "terminated_on": AS_OF - timedelta(9)}


def test_a_case_closed_by_one_edition_only_is_checked_whole() -> None:
    """A count that leaves the calendar makes nothing owed: then all is said and done, by that edition."""
    endless = OwnEdition("card", "own.toml", "", {"notice.terminated": values([(None, None, [Term(40, Unit.YEAR)])])})
    facts = SPECIALIST | {"agreement_ends": date(2025, 12, 19), "visa_expires": AS_OF - timedelta(3)}
    roster = roster_of([("P2", facts)], [("P2", *filed) for filed in FILED.items()], [])
    more = {second_check(roster, *pair).more.total() for pair in ((endless, "card"), ("card", endless))}
    assert more == {0, whole_check(roster, endless, "card")[0].total()}
    assert set(second_check(roster, endless, "card").more) == set(whole_check(roster, endless, "card")[0])
    assert say("action.visa.expired", "en") in second_check(roster, endless, "card").more


def test_what_nobody_can_read_is_no_violation_of_the_other_edition() -> None:
    roster = roster_of([("P2", SPECIALIST | UNEXAMINED | {"medical_done": "?"})], [], [])
    assert second_check(roster, "card", "law").more.total() == 0


def test_people_compared_apart_are_compared_together() -> None:
    rows = [(f"P{number}", SPECIALIST | UNEXAMINED | changed) for number, changed in enumerate(({}, CLOSED, {}), 2)]
    rows[2][1]["entered_on"] = AS_OF - timedelta(90)
    together = second_check(roster_of(rows, [], []), "card", "law")
    apart = OtherEdition()
    for row in rows:
        apart.add(second_check(roster_of([row], [], []), "card", "law"))
    assert (apart.people, apart.more, apart.late) == (together.people, together.more, together.late)
    assert [*apart.more] == [*together.more]
    assert max(together.late.values()) == 60

"""Rows of the documents that can't be read whole, or are of an id near another: what they may answer is not claimed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hqs_xl.compliance.check import Roster, check_roster
from hqs_xl.roster.doubtful import Doubtful
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.texts import LANGUAGES, say
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST, Facts
from tests.roster.people import settings as by

DAY = timedelta(days=1)
# The row of the documents in doubt.
ROW = 7
SURE = (Severity.VIOLATION, Severity.LATE)
# What is said in other words where a row is in doubt.
OTHERWISE = [("insurance.missing", "insurance.gap")]
OTHERWISE += [("no permit", f"permit.{code}") for code in ("missing", "expired", "not_begun")]


def told(changes: Facts, *rows: Facts, family: bool = False, **given: Any) -> list[Finding]:
    """What is found about the specialist, or one of the family, with documents in rows 7, 8, ..."""
    roster = Roster([], Gathered())
    people = [SPECIALIST, FAMILY | changes] if family else [SPECIALIST | changes]
    for row, facts in enumerate(people, 2):
        roster.people.append(read(Person, row, facts))
        roster.other.take("roster", row, facts)
    for row, (quarter, day) in enumerate(FILED.items(), 2):
        roster.other.take("salary", row, {"person_id": "P1", "quarter": quarter, "filed_on": day})
    for row, facts in enumerate(rows, ROW):
        document = {"person_id": people[-1]["person_id"]} | facts
        roster.other.take("documents", row, {key: cell for key, cell in document.items() if cell is not None})
    return check_roster(roster, by(**given)).findings


def codes(found: list[Finding]) -> list[str]:
    return [one.code for one in found if one.table != "documents"]


def document(kind: str, first: date | None, last: Any, **more: Any) -> Facts:
    return {"document": kind, "valid_from": first, "valid_until": last} | more


# By kind: the facts by which something is broken, what that is without the row, and with it; the row, read well.
YESTERDAY = AS_OF - DAY
BROKEN: dict[str, tuple[Facts, list[str], list[str], Facts]] = {
    "a permit that has expired": (
        {"permit_expires": YESTERDAY},
        ["permit.renewal_overdue", "permit.expired"],
        ["permit.renewal_unclear", "permit.expired_untold"],
        document("permit", AS_OF, date(2028, 3, 2)),
    ),
    "no permit": (
        {"permit_starts": None, "permit_expires": None},
        ["permit.missing"],
        ["permit.missing_untold"],
        document("permit", date(2025, 3, 3), date(2028, 3, 2)),
    ),
    "a permit to come": (
        {"permit_starts": AS_OF + DAY},
        ["permit.not_begun"],
        ["permit.not_begun_untold"],
        document("permit", date(2025, 3, 3), AS_OF),
    ),
    "an agreement that outlasts the permit": (
        {"agreement_ends": date(2028, 3, 3), "renewal_filed": date(2025, 1, 23)},
        ["agreement.beyond_permit"],
        ["agreement.beyond_permit_untold"],
        document("permit", date(2028, 3, 3), date(2028, 4, 1)),
    ),
    "no visa": (
        {"visa_starts": None, "visa_expires": None},
        ["visa.missing"],
        ["visa.missing_untold"],
        document("visa", date(2025, 3, 3), date(2028, 3, 2)),
    ),
    "a visa that has expired": (
        {"visa_expires": YESTERDAY, "registered_until": None},
        ["visa.expired"],
        ["visa.expired_untold"],
        document("visa", AS_OF, date(2028, 3, 2)),
    ),
    "no policy": (
        {"policy_starts": None, "policy_ends": None},
        ["insurance.missing"],
        ["insurance.gap_untold"],
        document("policy", date(2025, 3, 3), date(2026, 12, 31)),
    ),
    "a policy that has ended": (
        {"policy_ends": YESTERDAY},
        ["insurance.gap"],
        ["insurance.gap_untold"],
        document("policy", AS_OF, date(2026, 12, 31)),
    ),
    "a policy that ends soon": (
        {"policy_ends": AS_OF + DAY},
        ["insurance.ending"],
        ["insurance.ending_untold"],
        document("policy", AS_OF, date(2026, 12, 31)),
    ),
    "not registered": (
        {"entered_on": date(2025, 11, 10), "registered_on": None, "registered_until": None},
        ["registration.overdue"],
        ["registration.unclear"],
        document("registration", date(2025, 11, 12), date(2026, 12, 31)),
    ),
    "registered late": (
        {"entered_on": date(2025, 11, 10), "registered_on": date(2026, 2, 12)},
        ["registration.late"],
        ["registration.unclear"],
        document("registration", date(2026, 2, 11), date(2026, 12, 31)),
    ),
    "a registration that lapses soon": (
        {"entered_on": date(2025, 11, 10), "registered_on": date(2025, 11, 12), "registered_until": AS_OF + DAY},
        ["registration.due"],
        ["registration.unclear"],
        document("registration", AS_OF, date(2026, 12, 31)),
    ),
}
BLURS: dict[str, Facts] = {
    "no last day": {"valid_until": None},
    "a last day that is none": {"valid_until": "soon"},
    "a last day that is an error": {"valid_until": "#REF!"},
    "days swapped": {"valid_from": date(2029, 1, 1)},
    "no kind": {"document": None},
    "an unknown kind": {"document": "paper"},
    "a near id": {"person_id": "p1"},
}
WORDS = {"permit": "permitt", "visa": "vissa", "policy": "polcy", "registration": "registratoin"}


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize("blur", [*BLURS, "a kind misspelt"])
def test_what_a_row_in_doubt_may_answer_is_not_claimed(case: str, blur: str) -> None:
    changes, without, expected, row = BROKEN[case]
    assert codes(told(changes)) == without
    assert set(codes(told(changes, row))).isdisjoint(without)
    blurred = row | BLURS.get(blur, {"document": WORDS[row["document"]]})
    found = told(changes, blurred)
    # One of no known kind may also take the place of others, of which nothing is said here.
    assert [code for code in codes(found) if code in expected or code in without] == expected
    assert all(one.severity not in SURE for one in found if one.table == "roster")
    assert [one.row for one in found if one.table == "documents"] == [ROW]
    hidden = [one for one in found if one.code in expected]
    assert all(one.message.endswith(f"put right in Documents: row {ROW}") for one in hidden)
    assert {one.action for one in hidden} == {say("action.hidden")}


@pytest.mark.parametrize("case", BROKEN)
def test_a_row_of_another_kind_or_person_changes_nothing(case: str) -> None:
    changes, without, _, row = BROKEN[case]
    for kind, word in WORDS.items():
        if kind != row["document"]:
            assert codes(told(changes, row | {"document": word})) == without
            assert codes(told(changes, row | {"document": kind, "valid_until": "soon"})) == without
    for person in ("P9", None, "#REF!"):
        assert codes(told(changes, row | {"person_id": person, "valid_until": "soon"})) == without


def test_of_the_family_too() -> None:
    row = document("policy", date(2026, 2, 1), "soon")
    assert codes(told({"policy_starts": None, "policy_ends": None}, row, family=True)) == ["insurance.gap_untold"]
    assert codes(told({"policy_ends": YESTERDAY}, row | {"person_id": "f1"}, family=True)) == ["insurance.gap_untold"]


# ---- by the day


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (AS_OF - DAY, "permit.expired_untold"),
        (AS_OF, "permit.expired_untold"),
        (AS_OF + DAY, "permit.expired"),
    ],
)
def test_one_that_begins_later_holds_today_in_no_case(first: date, expected: str) -> None:
    found = codes(told({"permit_expires": YESTERDAY}, document("permit", first, "soon")))
    assert [code for code in found if code.startswith("permit.expired")] == [expected]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (AS_OF - DAY, ["permit.expired"]),
        (AS_OF, ["permit.expired_untold"]),
        (AS_OF + DAY, ["permit.expired_untold"]),
    ],
)
def test_one_of_no_known_kind_that_ended_before_holds_today_in_no_case(last: date, expected: list[str]) -> None:
    row = document("permitt", date(2025, 3, 3), last)
    found = codes(told({"permit_expires": date(2026, 3, 1)}, row))
    assert [code for code in found if code.startswith("permit.expired")] == expected


@pytest.mark.parametrize(
    ("first", "sure", "hidden"),
    [
        (date(2026, 2, 9), "", "5, from 2026-02-10 to 2026-02-14"),
        (date(2026, 2, 10), "", "5, from 2026-02-10 to 2026-02-14"),
        (date(2026, 2, 11), "1, from 2026-02-10 to 2026-02-10", "4, from 2026-02-11 to 2026-02-14"),
        (date(2026, 2, 14), "4, from 2026-02-10 to 2026-02-13", "1, from 2026-02-14 to 2026-02-14"),
        (date(2026, 2, 15), "5, from 2026-02-10 to 2026-02-14", ""),
    ],
)
@pytest.mark.parametrize("kind", ["permit", "visa", "policy"])
def test_days_that_the_row_can_t_cover_stay_a_violation(kind: str, first: date, sure: str, hidden: str) -> None:
    names = {"permit": "permit", "visa": "visa", "policy": "insurance"}
    changes = {f"{kind}_{'ends' if kind == 'policy' else 'expires'}": date(2026, 2, 9), "registered_until": None}
    following = document(kind, date(2026, 2, 15), date(2027, 1, 1))
    found = told(changes, document(kind, first, "soon"), following)
    for code, days in ((f"{names[kind]}.gap", sure), (f"{names[kind]}.gap_untold", hidden)):
        messages = [one.message for one in found if one.code == code]
        assert len(messages) == bool(days)
        assert all(days in message for message in messages)


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (date(2025, 11, 9), "registration.late"),
        (date(2025, 11, 10), "registration.unclear"),
        (date(2026, 2, 12), "registration.unclear"),
        (date(2026, 2, 13), "registration.late"),
    ],
)
def test_a_registration_is_of_the_stay_and_in_time(first: date, expected: str) -> None:
    """Entered on 2025-11-10, so that it is due on 2026-02-11, and one that prolongs may begin on the day after."""
    changes = {"entered_on": date(2025, 11, 10), "registered_on": date(2026, 2, 16)}
    assert codes(told(changes, document("registration", first, "soon"))) == [expected]


def test_a_registration_on_no_known_day_is_no_proof_that_there_was_none() -> None:
    changes = {"entered_on": date(2025, 11, 10), "registered_on": None, "registered_until": None}
    for first in (None, "#REF!"):
        row = document("registration", first, date(2026, 12, 31))  # type: ignore[arg-type]
        assert codes(told(changes, row)) == ["registration.unclear"]
    before = document("registration", None, date(2025, 11, 9))
    assert codes(told(changes, before)) == ["registration.overdue"]


@pytest.mark.parametrize(
    ("row", "hidden"),
    [
        (document("visa", date(2027, 2, 9), "soon"), True),
        (document("visa", date(2027, 2, 10), "soon"), False),
        (document("vissa", date(2025, 2, 8), date(2027, 2, 8)), False),
        (document("vissa", date(2025, 2, 8), date(2027, 2, 9)), True),
        (document("registration", date(2026, 2, 10), "soon"), False),
        (document("registration", date(2026, 2, 11), "soon"), True),
        (document("registration", AS_OF, "soon"), True),
        (document("registration", AS_OF + DAY, "soon"), False),
        (document("permit", date(2026, 2, 11), "soon"), False),
    ],
)
def test_a_registration_beyond_the_visa_is_of_the_last_of_each(row: Facts, *, hidden: bool) -> None:
    changes = {"visa_expires": date(2027, 2, 8)}
    code = "registration.beyond_visa"
    assert codes(told(changes)) == [code]
    assert codes(told(changes, row)) == [f"{code}_untold" if hidden else code]


def test_a_renewal_that_is_filed_is_filed() -> None:
    facts = {"permit_expires": date(2026, 4, 10), "renewal_filed": date(2026, 3, 12)}
    row = document("permit", date(2026, 4, 11), "soon")
    assert codes(told(facts)) == codes(told(facts, row)) == ["permit.renewal_late"]
    assert codes(told(facts | {"renewal_filed": None}, row)) == ["permit.renewal_unclear"]
    ends = document("permitt", date(2025, 4, 11), date(2026, 4, 10))
    assert codes(told(facts | {"renewal_filed": None}, ends)) == ["permit.renewal_overdue"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_many_rows_are_named_in_order_and_not_all(lang: str) -> None:
    rows = [document("visa", date(2025, 1, number), "soon") for number in range(1, 8)]
    changes: Facts = {"visa_starts": None, "visa_expires": None}
    (one,) = [one for one in told(changes, *rows, lang=lang) if one.table == "roster"]
    assert one.message.endswith("7, 8, 9, 10, 11, ...")


# ---- whatever it may be


@st.composite
def blurred(draw: st.DrawFn) -> tuple[Facts, list[Facts], int, Facts]:
    """Some facts, documents, one of these, and how that one is blurred."""
    near = st.integers(-40, 20).map(lambda number: AS_OF + timedelta(number))
    columns = ("permit_expires", "visa_expires", "policy_ends", "registered_on", "entered_on")
    changes = draw(st.dictionaries(st.sampled_from(columns), st.none() | near, max_size=3))
    entered = changes.get("entered_on")
    if entered:
        changes["entered_on"] = entered - timedelta(95)
    registered = changes.get("registered_on")
    if registered:
        changes["registered_on"] = min(registered, AS_OF)
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        first = draw(near)
        rows.append(document(draw(st.sampled_from([*WORDS])), first, first + timedelta(draw(st.integers(0, 60)))))
    at = draw(st.integers(0, len(rows) - 1))
    blurs = [*BLURS.values(), {"document": WORDS[rows[at]["document"]]}]
    return changes, rows, at, draw(st.sampled_from(blurs))


def claims(found: list[Finding]) -> set[str]:
    """What is said for sure; that there is no permit today is one thing, however it is said."""
    today = ("permit.missing", "permit.expired", "permit.not_begun")
    return {"no permit" if one.code in today else one.code for one in found if one.severity in SURE}


@given(blurred())
@settings(max_examples=120, deadline=None, derandomize=True)
def test_nothing_is_claimed_that_the_row_read_well_refutes(case: tuple[Facts, list[Facts], int, Facts]) -> None:
    changes, rows, at, blur = case
    whole = told(changes, *rows)
    garbled = [row | blur if place == at else row for place, row in enumerate(rows)]
    found = told(changes, *garbled)
    assert claims(found) <= claims(whole)
    # What is broken without the row is said still, be it as what can't be told.
    left_out = [row for place, row in enumerate(rows) if place != at]
    untold = {
        one.code.removesuffix("unclear").removesuffix("_untold") for one in found if one.severity is Severity.DATA
    }
    for claim in claims(told(changes, *left_out)) - claims(found):
        assert any(claim.startswith(code) or (claim, code) in OTHERWISE for code in untold), claim
    assert [(one.row, one.table) for one in found if one.table == "documents" and one.row == ROW + at]


@pytest.mark.parametrize(("column", "kind"), [("permit_expires", "permit"), ("policy_ends", "policy")])
def test_whether_the_work_has_to_stop(column: str, kind: str) -> None:
    ended = {column: date(2026, 3, 1)}
    suspended = [one.code for one in told(ended, edition="law") if one.code.startswith("work.")]
    assert suspended == ["work.suspension"]
    for first, code in ((AS_OF, "work.suspension_untold"), (AS_OF + DAY, "work.suspension")):
        found = told(ended, document(kind, first, "soon"), edition="law")
        assert [one.code for one in found if one.code.startswith("work.")] == [code]


def test_what_a_doubtful_document_may_be() -> None:
    one = Doubtful(2, date(2026, 3, 2), date(2026, 3, 4))
    assert [one.may_cover(day, day) for day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 4))] == [0, 1, 1]
    assert not one.may_cover(date(2026, 3, 5), date(2026, 3, 5))
    assert one.may_follow(date(2026, 3, 1), date(2026, 3, 1))
    assert not one.may_follow(date(2026, 2, 28), date(2026, 3, 1))
    assert not one.may_follow(date(2026, 3, 4), date(2026, 3, 4))

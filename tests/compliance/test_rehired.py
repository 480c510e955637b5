"""A person hired again: two agreements of one id, one after the other, in rows of their own; and the same id twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hqs_xl.compliance.check import Checker, Report, check_roster, read_roster
from hqs_xl.compliance.open_deadlines import ended
from hqs_xl.functions import HQS_ANSWERS
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.law import Quarter
from hqs_xl.output.duelist import due_list
from hqs_xl.output.ics import Wanted, calendar_file
from hqs_xl.output.notice import notice
from hqs_xl.roster.agreements import Turn, in_turn
from hqs_xl.roster.findings import Severity
from hqs_xl.roster.records import Person
from hqs_xl.sync.book import refresh_book
from tests.output.test_ics import events
from tests.roster.books import Grid, MemoryBook
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST, Facts
from tests.roster_files import run, write

DAY = timedelta(days=1)
# An agreement of 2023 that was terminated and notified, with a permit, a visa and insurance that are long past.
FIRST: Facts = {
    "person_id": "P1",
    "relation": "HQS",
    "visa_required": "yes",
    "agreement_signed": date(2023, 1, 16),
    "agreement_starts": date(2023, 2, 1),
    "agreement_ends": date(2026, 1, 31),
    "terminated_on": date(2024, 8, 30),
    "permit_collected": date(2023, 2, 1),
    "permit_starts": date(2023, 2, 1),
    "permit_expires": date(2026, 1, 31),
    "policy_starts": date(2023, 2, 1),
    "policy_ends": date(2024, 8, 31),
    "hiring_order": date(2023, 2, 1),
    "work_started": date(2023, 2, 1),
    "concluded_notice_filed": date(2023, 1, 17),
    "terminated_notice_filed": date(2024, 9, 2),
}
FILED_FIRST = {
    "2023Q1": date(2023, 4, 20),
    "2023Q2": date(2023, 7, 20),
    "2023Q3": date(2023, 10, 20),
    "2023Q4": date(2024, 1, 20),
    "2024Q1": date(2024, 4, 20),
    "2024Q2": date(2024, 7, 20),
    "2024Q3": date(2024, 10, 20),
}


def sheets(*people: Facts, filed: dict[str, Any] | None = None, documents: Grid | None = None) -> dict[str, Grid]:
    keys = list(dict.fromkeys(key for facts in people for key in facts))
    notices = (FILED_FIRST | FILED) if filed is None else filed
    found: dict[str, Grid] = {
        "R": [[*keys, "Status", "Check"], *([facts.get(key) for key in keys] for facts in people)],
        "S": [["Person ID", "Quarter", "Filed on"], *(["P1", quarter, day] for quarter, day in notices.items())],
    }
    if documents:
        found["D"] = [["Person ID", "Document", "Number", "Valid from", "Valid until"], *documents]
    return found


def report(*people: Facts, as_of: date = AS_OF, edition: str = "card", **more: Any) -> Report:
    roster = read_roster(MemoryBook(sheets(*people, **more)))
    return check_roster(roster, roster.other.settings_for(as_of, edition=edition))


def found(one: Report, *severities: Severity) -> list[tuple[int, str]]:
    wanted = severities or (Severity.VIOLATION, Severity.DATA)
    return [(finding.row, finding.code) for finding in one.findings if finding.severity in wanted]


# ---- which rows are a rehire


def test_two_agreements_in_order_are_one_person() -> None:
    one = report(FIRST, SPECIALIST)
    assert found(one) == []
    assert [line.status for line in one.agenda] == ["Done", "Due soon"]


def test_work_begun_under_an_earlier_agreement_is_owed_once() -> None:
    one = report(FIRST, SPECIALIST | {"work_started": FIRST["work_started"]}, filed={})
    owed = [code for code in found(one) if code[1] == "notice.salary.overdue"]
    assert owed == [*[(2, "notice.salary.overdue")] * 7, *[(3, "notice.salary.overdue")] * 4]
    assert (3, "data.order") in found(one)


@pytest.mark.parametrize("edition", ["card", "law", "careful"])
def test_in_whatever_order_they_stand(edition: str) -> None:
    law = {"medical_done": date(2026, 2, 6)}
    up, down = report(FIRST, SPECIALIST | law, edition=edition), report(SPECIALIST | law, FIRST, edition=edition)
    assert [line.status for line in up.agenda] == [line.status for line in down.agenda][::-1]
    assert found(up) == found(down) == []


REHIRES: dict[str, tuple[Facts, bool]] = {
    "ended before the next was signed": ({"terminated_on": date(2025, 1, 19)}, True),
    "ended between signing and first day": ({"terminated_on": date(2025, 2, 10)}, True),
    "ended the day before the first day": ({"terminated_on": date(2025, 3, 2)}, True),
    "ended on the first day": ({"terminated_on": date(2025, 3, 3)}, False),
    "ended the day after": ({"terminated_on": date(2025, 3, 4)}, False),
    "ran out the day before": ({"terminated_on": None, "agreement_ends": date(2025, 3, 2)}, True),
    "ran out on the first day": ({"terminated_on": None, "agreement_ends": date(2025, 3, 3)}, False),
    "terminated before, though it was to last": ({"agreement_ends": date(2030, 1, 1)}, True),
    "runs on": ({"terminated_on": None, "agreement_ends": date(2030, 1, 1)}, False),
    "has no end": ({"terminated_on": None, "agreement_ends": None}, False),
    "ends never": ({"terminated_on": None, "agreement_ends": "31.12.9999"}, False),
    "its own signing is not known": ({"agreement_signed": None}, True),
    "its own beginning is not known": (
        dict.fromkeys(("agreement_signed", "agreement_starts", "work_started", "permit_collected")),
        False,
    ),
    "an end nobody can read": ({"terminated_on": "soon", "agreement_ends": None}, False),
    "of the family": ({"relation": "Family", "sponsor_id": "P1"}, False),
}


@pytest.mark.parametrize("case", REHIRES)
def test_the_earlier_one_has_to_have_ended_before_the_later_begins(case: str) -> None:
    changes, rehired = REHIRES[case]
    for rows in ([FIRST | changes, SPECIALIST], [SPECIALIST, FIRST | changes]):
        codes = [code for _, code in found(report(*rows), Severity.DATA)]
        assert ("data.duplicate_id" not in codes) is rehired


@pytest.mark.parametrize("signed", [None, "soon"])
def test_the_later_one_has_to_be_signed(signed: Any) -> None:
    codes = [code for _, code in found(report(FIRST, SPECIALIST | {"agreement_signed": signed}), Severity.DATA)]
    assert "data.duplicate_id" in codes


def test_one_without_a_first_day_begins_when_it_is_signed() -> None:
    begun = ("agreement_starts", "work_started", "permit_collected")
    second = Person(3, **(SPECIALIST | dict.fromkeys(begun)))
    for day, rehired in ((date(2025, 1, 19), True), (date(2025, 1, 20), False)):
        assert bool(in_turn([Person(2, **(FIRST | {"terminated_on": day})), second])) is rehired


def test_the_same_row_twice_is_the_same_id_twice() -> None:
    assert (3, "data.duplicate_id") in found(report(SPECIALIST, SPECIALIST))


def test_one_that_overlaps_makes_the_id_one_that_stands_twice() -> None:
    third = FIRST | {"agreement_signed": date(2024, 3, 1)}
    codes = found(report(FIRST, third, SPECIALIST), Severity.DATA)
    assert [(row, code) for row, code in codes if code == "data.duplicate_id"] == [
        (3, "data.duplicate_id"),
        (4, "data.duplicate_id"),
    ]


PEOPLE: dict[str, tuple[Facts, Facts, bool]] = {
    "one name": ({"full_name": "Ann Ash"}, {"full_name": "Ann Ash"}, True),
    "two names": ({"full_name": "Ann Ash"}, {"full_name": "Bob Birch"}, False),
    "a name changed by marriage": ({"full_name": "Ann Ash"}, {"full_name": "Ann Birch"}, False),
    "case and spaces": ({"full_name": "ANN  ASH"}, {"full_name": " Ann Ash "}, True),
    "dots on a letter": ({"full_name": "Семён Ясень"}, {"full_name": "Семен Ясень"}, True),
    "one has no name": ({"full_name": "Ann Ash"}, {"full_name": None}, True),
    "no names": ({"full_name": None}, {"full_name": None}, True),
    "one name, another citizenship": (
        {"full_name": "Ann Ash", "citizenship": "India"},
        {"full_name": "Ann Ash", "citizenship": "Brazil"},
        True,
    ),
    "two names, one citizenship": (
        {"full_name": "Ann Ash", "citizenship": "India"},
        {"full_name": "Bob Birch", "citizenship": "India"},
        False,
    ),
    "one has no name, one citizenship": (
        {"full_name": "Ann Ash", "citizenship": "India"},
        {"full_name": None, "citizenship": " INDIA"},
        True,
    ),
    "one has no name, two citizenships": (
        {"full_name": "Ann Ash", "citizenship": "India"},
        {"full_name": None, "citizenship": "Brazil"},
        False,
    ),
    "no names, two citizenships": ({"citizenship": "India"}, {"citizenship": "Brazil"}, False),
    "no names, one citizenship": ({"citizenship": "India"}, {"citizenship": None}, True),
}


@pytest.mark.parametrize("case", PEOPLE)
def test_two_people_under_one_id_are_no_rehire(case: str) -> None:
    earlier, later, rehired = PEOPLE[case]
    for rows in ([FIRST | earlier, SPECIALIST | later], [SPECIALIST | later, FIRST | earlier]):
        codes = [code for row, code in found(report(*rows), Severity.DATA) if row == 3]
        assert ("data.duplicate_id" not in codes) is rehired


def test_of_three_rows_one_with_another_name_is_enough() -> None:
    names: list[Facts] = [{"full_name": "Ann Ash"}, {}, {"full_name": "Bob Birch"}]
    days = {"agreement_signed": date(2021, 1, 11), "agreement_starts": date(2021, 2, 1)}
    oldest = FIRST | days | {"terminated_on": date(2022, 3, 4)}
    kept = [Person(row, **(facts | names[0])) for row, facts in ((2, oldest), (3, FIRST), (4, SPECIALIST))]
    assert len(in_turn(kept)) == 3
    other = [
        Person(one.row, **(facts | name))
        for one, facts, name in zip(kept, (oldest, FIRST, SPECIALIST), names, strict=True)
    ]
    assert in_turn(other) == {}


def test_what_each_of_two_people_under_one_id_owes_is_said() -> None:
    # Of the next agreement of one person the visa and permit would be asked; the first is another's and still here.
    first, second = FIRST | {"full_name": "Ann Ash"}, SPECIALIST | {"full_name": "Bob Birch"}
    both, alone = report(first, second, edition="law"), report(first, edition="law")
    owed = [(row, code) for row, code in found(alone, Severity.VIOLATION) if row == 2]
    assert "leave.overdue" in {code for _, code in owed}
    assert [one for one in found(both, Severity.VIOLATION) if one[0] == 2 and "salary" not in one[1]] == [
        one for one in owed if "salary" not in one[1]
    ]
    assert (3, "data.duplicate_id") in found(both)


def test_three_agreements_one_after_the_other() -> None:
    days = {
        "agreement_signed": date(2021, 1, 11),
        "agreement_starts": date(2021, 2, 1),
        "terminated_on": date(2022, 3, 4),
    }
    rows = [Person(4, **FIRST), Person(2, **SPECIALIST), Person(3, **(FIRST | days))]
    turns = in_turn(rows)
    assert turns == {
        3: Turn(1, None, date(2023, 2, 1), date(2023, 1, 16)),
        4: Turn(2, date(2023, 1, 16), date(2025, 3, 3), date(2025, 1, 20)),
        2: Turn(3, date(2025, 1, 20), None, None),
    }


@pytest.mark.parametrize(
    ("ended", "past_from"),
    [
        (date(2024, 8, 30), date(2025, 1, 20)),  # nothing between: when the next is signed
        (date(2025, 1, 19), date(2025, 1, 20)),
        (date(2025, 1, 20), date(2025, 1, 21)),  # signed while it ran: when it has ended
        (date(2025, 3, 2), date(2025, 3, 3)),
    ],
    ids=str,
)
def test_from_when_on_it_is_past(ended: date, past_from: date) -> None:
    turn = in_turn([Person(2, **(FIRST | {"terminated_on": ended})), Person(3, **SPECIALIST)])[2]
    assert turn.past_from == past_from
    assert [turn.is_past(past_from + step * DAY) for step in (-1, 0, 1)] == [False, True, True]


# ---- what is owed of each


def test_each_agreement_has_its_own_notices() -> None:
    one = report(FIRST | {"terminated_notice_filed": None}, SPECIALIST | {"concluded_notice_filed": None})
    assert found(one) == [(2, "notice.terminated.overdue"), (3, "notice.concluded.overdue")]
    assert [line.status for line in one.agenda] == ["Overdue", "Overdue"]


def test_of_the_earlier_one_nothing_of_stay_and_work_is_asked() -> None:
    # Its permit, visa and insurance are long past, and its notice is still to be filed.
    one = report(FIRST | {"terminated_notice_filed": None, "entered_on": date(2023, 1, 30)}, SPECIALIST)
    assert found(one) == [(2, "notice.terminated.overdue")]


def test_signing_again_is_no_leaving() -> None:
    after = {"terminated_on": date(2024, 10, 1), "terminated_notice_filed": date(2024, 10, 2)}
    alone = report(FIRST | after, edition="law", as_of=date(2025, 1, 17))
    assert "leave" in str(alone.findings)
    one = report(FIRST | after, SPECIALIST, edition="law")
    assert not [code for _, code in found(one, *Severity) if code.startswith("leave")]


@pytest.mark.parametrize(("as_of", "status"), [(date(2025, 1, 19), "Done"), (date(2025, 1, 20), "Done")])
def test_before_the_next_is_signed_the_first_stands_alone(as_of: date, status: str) -> None:
    one = report(FIRST, SPECIALIST, as_of=as_of)
    assert one.agenda[0].status == status
    assert not [code for _, code in found(one) if code == "data.duplicate_id"]


def test_salary_notices_go_to_the_agreement_of_their_quarter() -> None:
    filed = {quarter: day for quarter, day in (FILED_FIRST | FILED).items() if quarter not in {"2023Q4", "2025Q3"}}
    one = report(FIRST, SPECIALIST, filed=filed)
    assert found(one) == [(2, "notice.salary.overdue"), (3, "notice.salary.overdue")]
    assert ["2023Q4" in finding.message for finding in one.findings[:1]] == [True]
    assert found(report(FIRST, SPECIALIST, filed=FILED_FIRST | FILED | {"2024Q4": date(2025, 1, 20)})) == []


def test_a_quarter_of_both_is_owed_once() -> None:
    ended = {"terminated_on": date(2025, 1, 10), "terminated_notice_filed": date(2025, 1, 13)}
    late = {quarter: day for quarter, day in (FILED_FIRST | FILED).items() if quarter != "2025Q1"}
    one = report(FIRST | ended, SPECIALIST, filed=late | {"2024Q4": date(2025, 1, 20)})
    assert found(one) == [(3, "notice.salary.overdue")]
    begun = SPECIALIST | {"agreement_starts": date(2025, 4, 1), "work_started": date(2025, 4, 1)}
    one = report(FIRST | ended, begun, filed=late | {"2024Q4": date(2025, 1, 20)})
    assert (2, "notice.salary.overdue") in found(one)


def test_documents_of_the_earlier_one_are_none_of_the_later() -> None:
    old: Grid = [["P1", kind, "1", date(2023, 2, 1), date(2024, 8, 31)] for kind in ("permit", "policy")]
    bare = SPECIALIST | dict.fromkeys(("permit_starts", "permit_expires"))
    codes = {code for row, code in found(report(FIRST, bare, documents=old)) if row == 3}
    assert "permit.missing" in codes
    assert "permit.expired" not in codes
    new = [*old, ["P1", "permit", "77-2", date(2025, 3, 3), date(2028, 3, 2)]]
    assert found(report(FIRST, bare, documents=new)) == []


def test_the_family_goes_by_the_permit_of_the_last_agreement() -> None:
    decided = date(2026, 1, 12)
    renewed = SPECIALIST | {"renewal_filed": date(2025, 12, 1), "permit_decided": decided}
    old = FIRST | {"renewal_filed": date(2024, 1, 15), "permit_decided": date(2024, 2, 1)}
    for rows in ([old, renewed, FAMILY], [renewed, old, FAMILY], [FAMILY, old, renewed]):
        assert read_roster(MemoryBook(sheets(*rows))).other.renewals(AS_OF) == {"P1": decided}


def test_its_insurance_is_followed_by_none() -> None:
    # Not closed, for a notice is still to be filed.
    pending = FIRST | {"terminated_notice_filed": None, "policy_ends": date(2026, 6, 30), "agreement_ends": None}
    for rows, day in (([pending], None), ([pending, SPECIALIST], date(2025, 1, 20))):
        roster = read_roster(MemoryBook(sheets(*rows)))
        checker = Checker(roster.other, roster.other.settings_for(AS_OF))
        outcome = checker.check(*roster.people[0])[0]
        assert ended(outcome, AS_OF) == day


# ---- every way to look at it


def test_the_calendar_file_has_both_and_the_first_under_the_names_it_always_had() -> None:
    first = FIRST | {"terminated_notice_filed": None}
    alone = read_roster(MemoryBook(sheets(first)))
    both = read_roster(MemoryBook(sheets(SPECIALIST | {"concluded_notice_filed": None}, first)))
    before, after = (events(calendar_file(one, one.other.settings_for(AS_OF))) for one in (alone, both))
    assert calendar_file(both, both.other.settings_for(AS_OF)).left_out == 0
    uids = [event.uid.value for event in after]
    assert len(uids) == len(set(uids))
    owed = {event.uid.value for event in before if "ended agreement" in event.summary.value}
    assert owed
    assert owed <= set(uids)
    summaries = [event.summary.value for event in after if event.status.value == "CONFIRMED"]
    assert sum("ended agreement" in text for text in summaries) == 1
    assert sum("concluded agreement" in text for text in summaries) == 1


def test_with_an_event_for_each_person_each_agreement_has_its_own() -> None:
    owing = {"concluded_notice_filed": None}
    made = {}
    for name, rows in {"first": [FIRST | owing], "both": [SPECIALIST | owing, FIRST | owing]}.items():
        roster = read_roster(MemoryBook(sheets(*rows)))
        found = events(calendar_file(roster, roster.other.settings_for(AS_OF), wanted=Wanted(each=True)))
        made[name] = [event.uid.value for event in found if "concluded agreement" in event.summary.value]
    assert len(made["first"]) == 1
    assert len({*made["both"]}) == len(made["both"]) == 2
    assert made["first"][0] in made["both"]


def test_the_same_id_twice_is_left_out_of_it() -> None:
    twice = read_roster(MemoryBook(sheets(SPECIALIST, SPECIALIST)))
    assert calendar_file(twice, twice.other.settings_for(AS_OF)).left_out == 1


def test_the_due_list_has_both() -> None:
    one = report(FIRST | {"terminated_notice_filed": None}, SPECIALIST | {"concluded_notice_filed": None})
    entries = due_list(Path("r.xlsx"), one).entries
    assert {(entry.person_id, entry.row) for entry in entries} >= {("P1", 2), ("P1", 3)}


@pytest.mark.parametrize(
    ("kind", "quarter", "row"),
    [
        ("concluded", None, 3),
        ("terminated", None, 2),
        ("salary", Quarter(2024, 2), 2),
        ("salary", Quarter(2025, 2), 3),
        ("salary", None, 3),
    ],
    ids=str,
)
def test_a_notice_is_of_the_agreement_it_may_be_of(kind: str, quarter: Quarter | None, row: int) -> None:
    roster = read_roster(MemoryBook(sheets(FIRST, SPECIALIST)))
    settings = roster.other.settings_for(AS_OF)
    made = notice(roster, settings, "P1", kind, quarter)
    meant = notice(roster, settings, "P1", kind, quarter, row=row)
    assert made == meant
    assert made != notice(roster, settings, "P1", kind, quarter, row=5 - row)


def test_refresh_answers_as_check_does(tmp_path: Path) -> None:
    people = [SPECIALIST, FAMILY, FIRST | {"terminated_notice_filed": None}]
    people += [SPECIALIST | {"person_id": f"X{number}"} for number in range(9)]
    made = MemoryBook(sheets(*people))
    refresh_book(made, now=datetime(2026, 3, 16, 9))
    wanted = report(*people)
    assert [row[-2] for row in made.grids["R"][1:]] == [line.status for line in wanted.agenda]
    assert [row[-1] or "" for row in made.grids["R"][1:]] == [line.check for line in wanted.agenda]
    file = write(tmp_path / "r.xlsx", **sheets(*people))
    assert run("refresh", file, "--as-of", "2026-03-16", "--backups", "0") == 1
    with ClosedBook(file) as book:
        assert [cells.get(len(made.grids["R"][0]) - 2) for _, cells in [*book.rows("R")][1:]] == [
            line.status for line in wanted.agenda
        ]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_refresh_answers_of_two_people_under_one_id_as_check_does(tmp_path: Path, jobs: str) -> None:
    people = [FIRST | {"full_name": "Ann Ash"}, SPECIALIST | {"full_name": "Bob Birch"}]
    file = write(tmp_path / "r.xlsx", **sheets(*people))
    assert run("refresh", file, "--as-of", "2026-03-16", "--backups", "0", "--jobs", jobs) == 1
    wanted = report(*people)
    assert "same person id" in wanted.agenda[1].check
    with ClosedBook(file) as book:
        last = len({key for facts in people for key in facts}) + 1
        assert [cells.get(last) for _, cells in [*book.rows("R")][1:]] == [line.check or None for line in wanted.agenda]


def test_the_function_of_a_block_knows_two_people_apart() -> None:
    grid = sheets(FIRST | {"full_name": "Ann Ash"}, SPECIALIST | {"full_name": "Bob Birch"})
    block = [["" if cell is None else cell for cell in (*row, None, None)] for row in grid["R"][1:]]
    answers: Any = HQS_ANSWERS([grid["R"][0]], block, AS_OF, "card", "en", grid["S"], None, None)
    assert "the same person id" in str(answers[1])


def test_the_function_of_a_block_knows_it_too() -> None:
    grid = sheets(FIRST, SPECIALIST)
    block = [["" if cell is None else cell for cell in (*row, None, None)] for row in grid["R"][1:]]
    answers: Any = HQS_ANSWERS([grid["R"][0]], block, AS_OF, "card", "en", grid["S"], None, None)
    assert [row[4] for row in answers] == ["Done", "Due soon"]
    assert "the same person id" not in str(answers)

"""The calendar file, read back by another maker's reader: events, their UIDs, alarms, and a second import."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject

from hqs_xl.cells.ids import to_id
from hqs_xl.cli.program import main
from hqs_xl.compliance.check import Roster
from hqs_xl.output.ics import Made, Wanted, calendar_file
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.texts import LANGUAGES
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST, Facts, settings
from tests.roster_files import roster_file, write

EACH = Wanted(each=True)
RENEWAL, SALARY, CONCLUDED = "File for the permit's renewal", "Notify the authority of the salary", "concluded"


def made(
    *people: Facts,
    filed: Mapping[str, Any] = FILED,
    names: bool = False,
    wanted: Wanted = EACH,
    document: Facts | None = None,
    **given: Any,
) -> Made:
    """The calendar of specialists with some facts changed, an event for each person unless wanted otherwise."""
    roster = Roster([], Gathered())
    for row, changes in enumerate(people or ({},), 2):
        facts = changes if changes.get("relation") else SPECIALIST | changes
        roster.people.append(read(Person, row, facts))
        roster.other.take("roster", row, facts)
    for row, (quarter, day) in enumerate(filed.items(), 2):
        roster.other.take("salary", row, {"person_id": "P1", "quarter": quarter, "filed_on": day})
    if document:
        roster.other.take("documents", 2, {"person_id": "P1"} | document)
    known = {person.person_id: person.full_name for person, _ in roster.people} if names else None
    return calendar_file(roster, settings(**given), known, wanted)


def later(before: Made, *people: Facts, **given: Any) -> Made:
    """The calendar written over an earlier one."""
    return made(*people, wanted=EACH._replace(before=before.content), **given)


def events(found: Made) -> list[Any]:
    calendar = vobject.readOne(found.content.decode())
    calendar.validate(raiseException=True)
    return list(calendar.contents.get("vevent", []))


def event(found: Made, words: str) -> Any:
    (one,) = [one for one in events(found) if words in one.summary.value]
    return one


def imported(store: dict[str, Any], found: Made) -> dict[str, Any]:
    """As a calendar program imports: by UID, unless it holds a later one."""
    for one in events(found):
        held = store.get(one.uid.value)
        if held is None or int(one.sequence.value) >= int(held.sequence.value):
            store[one.uid.value] = one
    return store


# --- Events ----------------------------------------------------------------------------------------------------------


def test_an_event_stands_on_the_working_day_to_act_by() -> None:
    """Expiry 2026-06-28, 30 days before is Friday 2026-05-29; 2026-06-30 leads to Sunday the 31st, so Friday too."""
    for expires in (date(2026, 6, 28), date(2026, 6, 30)):
        one = event(made({"permit_expires": expires, "permit_starts": None}), RENEWAL)
        assert one.dtstart.value == date(2026, 5, 29)
        assert one.dtend.value == date(2026, 5, 30)
        assert f"legal last day {expires - timedelta(30)}" in one.description.value


@pytest.mark.parametrize(
    ("edition", "words", "authority"),
    [
        ("card", "S13: HQS procedure card", "Main Directorate for Migration"),
        ("careful", "counted as 30 full days", "Service for Citizenship and Registration of Foreign Citizens"),
    ],
)
def test_its_text_says_the_count_the_authority_and_the_source(edition: str, words: str, authority: str) -> None:
    text = event(made({"permit_expires": date(2026, 6, 28)}, edition=edition), RENEWAL).description.value
    assert words in text
    assert f"To: Ministry of Internal Affairs (MVD), {authority}" in text
    assert "from 2026-06-28" in text


def test_a_date_beyond_the_decreed_calendar_is_provisional() -> None:
    assert "provisional" in event(made(), RENEWAL).description.value
    assert "provisional" not in event(made(), "2026Q1").description.value


def test_all_that_is_owed_has_an_event_and_nothing_twice() -> None:
    found = made(FAMILY, {})
    uids = [one.uid.value for one in events(found)]
    assert len(set(uids)) == len(uids) == found.open + found.cancelled
    assert {one.summary.value for one in events(found) if one.status.value == "CONFIRMED"} == {
        "P1: File for the permit's renewal",
        "P1: Notify the authority of the salary paid (2026Q1)",
        "P1: Renew the health insurance",
        "F1: Renew the health insurance",
    }
    assert found.events == found.open == 4


def test_of_a_salary_too_low_each_quarter_s_event_tells_that_quarter() -> None:
    roster, facts = Roster([], Gathered()), SPECIALIST
    roster.people.append(read(Person, 2, facts))
    roster.other.take("roster", 2, facts)
    for row, quarter in enumerate(("2025Q2", "2025Q3", "2025Q4"), 2):
        roster.other.take("salary", row, {"person_id": "P1", "quarter": quarter, "salary_paid": 1000})
    found = calendar_file(roster, settings(edition="law"), None, EACH)
    told = {
        (one.summary.value.rpartition("(")[2], one.description.value.partition(" is below")[0])
        for one in events(found)
        if "Look at the salary" in one.summary.value
    }
    assert told == {(f"{one})", f"The salary paid for {one}") for one in ("2025Q2", "2025Q3", "2025Q4")}


def test_a_first_file_cancels_nothing() -> None:
    found = made({}, {"person_id": "P2", "renewal_filed": AS_OF, "permit_expires": date(2026, 6, 28)})
    assert {one.status.value for one in events(found)} == {"CONFIRMED"}
    assert found.cancelled == 0


# --- Together --------------------------------------------------------------------------------------------------------


THREE = [{"person_id": f"P{number}", "full_name": name} for number, name in enumerate(("Amber", "Basil", "Coral"), 2)]


def test_people_with_the_same_to_do_on_the_same_day_share_an_event() -> None:
    found = made(*THREE, wanted=Wanted(), names=True)
    one = event(found, "Renew the health insurance")
    assert one.summary.value == "Renew the health insurance: 3 people"
    lines = one.description.value.splitlines()
    assert [line.partition(":")[0] for line in lines[:3]] == ["P2 Amber", "P3 Basil", "P4 Coral"]
    assert sum("S17" in line for line in lines) == 1, "the source is said once"
    # All but the list of what is overdue.
    assert found.open == 3 * (found.events - 1)
    assert found.events == len(events(found))


def test_one_alone_is_named_and_another_day_is_another_event() -> None:
    found = made(THREE[0], THREE[1] | {"policy_ends": date(2026, 10, 1)}, wanted=Wanted())
    ends = sorted(one.summary.value for one in events(found) if "insurance" in one.summary.value)
    assert ends == ["P2: Renew the health insurance", "P3: Renew the health insurance"]


def test_who_is_done_is_taken_out_of_the_event_they_shared() -> None:
    first = made(*THREE, wanted=Wanted())
    then = made(
        THREE[0],
        THREE[1],
        THREE[2] | {"policy_ends": date(2027, 12, 30)},
        wanted=Wanted(before=first.content),
        as_of=AS_OF + timedelta(1),
    )
    store = imported(imported({}, first), then)
    words = sorted((one.summary.value, one.status.value) for one in store.values() if "insurance" in one.summary.value)
    assert words == [
        ("P4: Renew the health insurance", "CONFIRMED"),
        ("Renew the health insurance: 2 people", "CONFIRMED"),
    ]


def test_changes_alone_hold_what_differs_and_what_is_no_more() -> None:
    first = made({"permit_expires": date(2026, 6, 28)}, {"person_id": "P2"})
    changed = (
        {"permit_expires": date(2026, 6, 28), "renewal_filed": AS_OF},
        {"person_id": "P2", "policy_ends": date(2026, 12, 1)},
    )
    wanted = EACH._replace(before=first.content, changes=True)
    found = made(*changed, wanted=wanted, as_of=AS_OF + timedelta(1))
    assert sorted((one.summary.value, one.status.value) for one in events(found)) == [
        ("Cancelled: P1: File for the permit's renewal", "CANCELLED"),
        ("Overdue deadlines: 4", "CONFIRMED"),
        ("P2: Renew the health insurance", "CONFIRMED"),
    ]
    both = imported(imported({}, first), found)
    whole = imported({}, later(first, *changed, as_of=AS_OF + timedelta(1)))
    still_open = {uid: one.dtstart.value for uid, one in both.items() if one.status.value == "CONFIRMED"}
    assert still_open == {uid: one.dtstart.value for uid, one in whole.items() if one.status.value == "CONFIRMED"}
    assert events(made({"permit_expires": date(2026, 6, 28)}, {"person_id": "P2"}, wanted=wanted)) == []


@pytest.mark.parametrize(
    "content", [b"", b"no calendar", b"BEGIN:VEVENT\nUID:x@hqs-xl\nDTSTART;VALUE=DATE:20269999\nEND:VEVENT"]
)
def test_an_earlier_file_that_is_none_of_ours_cancels_nothing(content: bytes) -> None:
    assert made(wanted=EACH._replace(before=content)).content == made().content


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "CONFIRMED"),
        ({"agreement_ends": date(2027, 1, 1)}, "CONFIRMED"),
        ({"agreement_ends": date(2026, 12, 31)}, ""),
        ({"terminated_on": date(2026, 4, 1)}, ""),
    ],
    ids=str,
)
def test_the_end_of_the_insurance_matters_while_it_is_needed(changes: Facts, status: str) -> None:
    found = [one for one in events(made(changes)) if "insurance" in one.summary.value]
    expected = [(date(2026, 12, 30), status)] if status else []
    assert [(one.dtstart.value, one.status.value) for one in found] == expected


@pytest.mark.parametrize("ends", [None, AS_OF - timedelta(1)])
def test_no_policy_no_event(ends: date | None) -> None:
    assert not [one for one in events(made({"policy_ends": ends})) if "insurance" in one.summary.value]


def test_rows_without_an_id_or_with_a_second_one_are_left_out_and_counted() -> None:
    found = made({}, {"person_id": None}, {"permit_expires": date(2027, 1, 1)})
    assert found.left_out == 2
    assert event(found, RENEWAL).dtstart.value == date(2028, 2, 1)


def test_names_stand_in_events_only_when_asked_for() -> None:
    people = {"full_name": "Amber Quill"}
    assert b"Amber" not in made(people).content
    assert event(made(people, names=True), RENEWAL).summary.value.startswith("P1 Amber Quill: File")


def test_what_a_cell_holds_stays_text() -> None:
    harmful = 'P;1,\\n"\r\nBEGIN:VALARM\nйё' + "x" * 200
    (one, *_) = events(made({"person_id": harmful, "full_name": harmful}, names=True))
    assert one.summary.value.replace("\r", "").startswith(f"{to_id(harmful)} {harmful}".replace("\r", ""))
    assert len(events(made({"person_id": harmful}))) == len(events(made({"person_id": "P2"})))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_are_folded_and_end_as_the_standard_asks(lang: str) -> None:
    content = made({"permit_expires": date(2026, 6, 28)}, lang=lang).content
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


# --- Alarms ----------------------------------------------------------------------------------------------------------


def alarms(one: Any) -> list[timedelta]:
    return [alarm.trigger.value for alarm in one.contents.get("valarm", [])]


@pytest.mark.parametrize(
    ("ahead", "bands"),
    [
        (63, [60, 7]),
        (60, [60, 7]),
        (59, [30, 7]),
        (14, [14, 7]),
        (11, [7, 0]),
        (7, [7, 0]),
        (4, [0]),
        (0, [0]),
    ],
)
def test_two_alarms_at_most_at_nine_none_of_them_past(ahead: int, bands: list[int]) -> None:
    one = event(made({"policy_ends": AS_OF + timedelta(ahead)}, bands=(60, 30, 14, 7)), "insurance")
    assert one.dtstart.value == AS_OF + timedelta(ahead)
    assert alarms(one) == [timedelta(hours=9) - timedelta(days) for days in bands]


def test_what_is_overdue_rings_no_more() -> None:
    assert alarms(event(made({"concluded_notice_filed": None}), CONCLUDED)) == []


@pytest.mark.parametrize("wanted", [EACH, Wanted()], ids=["each", "together"])
@pytest.mark.parametrize(
    ("as_of", "listed"),
    [
        (date(2025, 1, 22), []),
        (date(2025, 1, 23), ["Since 2025-01-22: P1: Notify the authority of the concluded agreement."]),
    ],
    ids=["the last day", "the day after"],
)
def test_what_is_overdue_is_listed_on_the_day_of_the_export(as_of: date, listed: list[str], wanted: Wanted) -> None:
    owed = {"concluded_notice_filed": None, "permit_expires": date(2028, 3, 2)}
    found = made(owed, as_of=as_of, wanted=wanted)
    told = [one for one in events(found) if "Overdue" in one.summary.value]
    assert [line for one in told for line in one.description.value.splitlines()] == listed
    for one in told:
        assert one.summary.value == "Overdue deadlines: 1"
        assert (one.dtstart.value, alarms(one)) == (as_of, [timedelta(hours=9)])


def test_what_forbids_work_stands_first_among_it() -> None:
    facts = {"concluded_notice_filed": None, "permit_expires": AS_OF - timedelta(1), "full_name": "Amber"}
    found = made(facts, names=True)
    first = event(found, "Overdue").description.value.splitlines()[0]
    assert first == f"Since {AS_OF - timedelta(1)}: P1 Amber: Stop the work; obtain a new permit."
    assert event(found, "Stop the work").dtstart.value == date(2026, 3, 13)


def test_a_renewal_that_is_too_late_is_the_event_it_was() -> None:
    facts = {"permit_expires": AS_OF}
    first = made(facts)
    second = later(first, facts, as_of=AS_OF + timedelta(1))
    after = event(second, "it is too late to renew")
    assert after.uid.value == event(first, RENEWAL).uid.value
    assert [one.summary.value for one in events(second) if one.status.value == "CANCELLED"] == []


@pytest.mark.parametrize("ahead", [20, -5])
def test_what_cannot_be_told_is_not_told_for_sure(ahead: int) -> None:
    unread = {"document": "permit", "valid_from": AS_OF - timedelta(10), "valid_until": "soon"}
    found = made({"permit_expires": AS_OF + timedelta(ahead)}, document=unread)
    said = [line for one in events(found) for line in (one.summary.value, *one.description.value.splitlines())]
    assert not [line for line in said if RENEWAL in line or "too late to renew" in line]
    assert [line for line in said if "Documents" in line]


def test_the_list_of_the_overdue_moves_with_the_day_and_goes_when_all_is_done() -> None:
    owed: Facts = {"concluded_notice_filed": None}
    first = made(owed)
    store = imported(imported({}, first), later(first, owed, as_of=AS_OF + timedelta(1)))
    (one,) = [one for one in store.values() if "Overdue" in one.summary.value]
    assert (one.dtstart.value, one.status.value) == (AS_OF + timedelta(1), "CONFIRMED")
    store = imported(store, later(first, {}, as_of=AS_OF + timedelta(2)))
    assert [one.status.value for one in store.values() if "Overdue" in one.summary.value] == ["CANCELLED"]


# --- A second import -------------------------------------------------------------------------------------------------


def test_the_same_roster_and_day_give_the_same_bytes() -> None:
    assert made().content == made().content
    stamps = {one.dtstamp.value for one in events(made())}
    assert stamps == {datetime(2026, 3, 16, tzinfo=UTC)}


def test_a_deadline_done_is_cancelled_under_its_uid() -> None:
    first = made({"permit_expires": date(2026, 6, 28)})
    done = {"permit_expires": date(2026, 6, 28), "renewal_filed": date(2026, 3, 17)}
    store = imported(imported({}, first), later(first, done, as_of=date(2026, 3, 18)))
    (one,) = [one for one in store.values() if RENEWAL in one.summary.value]
    assert one.status.value == "CANCELLED"
    assert alarms(one) == []
    assert store.keys() == imported({}, first).keys()


@pytest.mark.parametrize(("lang", "said"), [("en", "Cancelled: "), ("ru", "Отменено: ")])
def test_a_cancelled_event_says_so_once_however_often_it_is_written(lang: str, said: str) -> None:
    """Programs that do not look at STATUS show it like the rest."""
    first = made({"permit_expires": date(2026, 6, 28)}, lang=lang)
    (before,) = [one for one in events(first) if one.dtstart.value == date(2026, 5, 29)]
    done = {"permit_expires": date(2026, 6, 28), "renewal_filed": date(2026, 3, 17)}
    second = later(first, done, as_of=date(2026, 3, 18), lang=lang)
    third = later(second, done, as_of=date(2026, 3, 19), lang=lang)
    for each in (second, third):
        (one,) = [one for one in events(each) if one.status.value == "CANCELLED"]
        assert one.summary.value == said + before.summary.value
    store = imported({}, later(third, {"permit_expires": date(2026, 6, 28)}, as_of=date(2026, 3, 20), lang=lang))
    assert store[before.uid.value].summary.value == before.summary.value


def test_a_date_corrected_moves_the_event() -> None:
    store = imported({}, made())
    store = imported(store, made({"permit_expires": date(2027, 3, 2)}, as_of=AS_OF + timedelta(1)))
    (one,) = [one for one in store.values() if RENEWAL in one.summary.value]
    assert one.dtstart.value == date(2027, 1, 29)


def test_of_two_exports_of_a_day_the_one_that_cancels_wins() -> None:
    owed = {"permit_expires": date(2026, 6, 28)}
    first = made(owed)
    store = imported({}, later(first, owed | {"renewal_filed": AS_OF}))
    store = imported(store, first)
    assert [one.status.value for one in store.values() if RENEWAL in one.summary.value] == ["CANCELLED"]
    store = imported(store, made(owed, as_of=AS_OF + timedelta(1)))
    assert [one.status.value for one in store.values() if RENEWAL in one.summary.value] == ["CONFIRMED"]


@pytest.mark.parametrize(
    "gone",
    [
        {"left_on": date(2026, 3, 1), "terminated_on": date(2026, 2, 27), "terminated_notice_filed": date(2026, 2, 27)},
        {"terminated_on": date(2026, 2, 27), "terminated_notice_filed": date(2026, 2, 27)},
    ],
    ids=["left", "agreement over"],
)
def test_who_is_gone_has_nothing_open_but_notices(gone: Facts) -> None:
    first = made(as_of=date(2026, 2, 1))
    store = imported(imported({}, first), later(first, gone, filed=FILED | {"2026Q1": AS_OF}))
    assert [one.summary.value for one in store.values() if one.status.value == "CONFIRMED"] == []


def test_who_left_while_the_agreement_runs_owes_no_registration_any_more() -> None:
    entered = {"entered_on": date(2026, 1, 12), "registered_on": None, "registered_until": None}
    first = made(entered)
    store = imported({}, first)
    assert "CONFIRMED" in [one.status.value for one in store.values() if "Register" in one.summary.value]
    store = imported(store, later(first, entered | {"left_on": date(2026, 3, 17)}, as_of=date(2026, 3, 18)))
    assert [one.status.value for one in store.values() if "Register" in one.summary.value] == ["CANCELLED"]


@pytest.mark.parametrize(("days", "kept"), [(99, 1), (100, 0)])
def test_what_was_cancelled_long_ago_is_left_out(days: int, kept: int) -> None:
    first = made({"policy_ends": AS_OF})
    found = later(first, {"policy_starts": None, "policy_ends": None}, as_of=AS_OF + timedelta(days))
    gone = [one for one in events(found) if one.status.value == "CANCELLED" and "insurance" in one.summary.value]
    assert len(gone) == kept


# --- The command -----------------------------------------------------------------------------------------------------


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


class TestCommand:
    def test_beside_the_workbook_or_where_it_is_wanted(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = roster_file(tmp_path / "r.xlsx")
        assert run("ics", file, "--as-of", "2026-03-16") == 0
        assert run("ics", file, "--as-of", "2026-03-16", "--out", tmp_path / "other.ics") == 0
        assert (tmp_path / "r.ics").read_bytes() == (tmp_path / "other.ics").read_bytes()
        assert re.search(r"r\.ics: \d+ deadlines in \d+ events, 0 cancelled", capsys.readouterr().out)

    def test_changes_are_a_file_of_their_own_once_there_is_an_earlier_one(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = roster_file(tmp_path / "r.xlsx")
        assert run("ics", file, "--as-of", "2026-03-16", "--changes") == 2
        assert "no earlier calendar file" in capsys.readouterr().err
        assert run("ics", file, "--as-of", "2026-03-16") == 0
        assert run("ics", file, "--as-of", "2026-03-16", "--changes") == 0
        assert b"BEGIN:VEVENT" not in (tmp_path / "r-changes.ics").read_bytes()
        assert b"BEGIN:VEVENT" in (tmp_path / "r.ics").read_bytes()

    def test_an_event_for_each_person(self, tmp_path: Path) -> None:
        file = roster_file(tmp_path / "r.xlsx")
        assert run("ics", file, "--as-of", "2026-03-16", "--each") == 0
        assert b"SUMMARY:P1: " in (tmp_path / "r.ics").read_bytes()

    def test_no_calendar_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = roster_file(tmp_path / "r.xlsx")
        assert run("ics", file, "--out", tmp_path / "x.html") == 2
        assert run("ics", tmp_path / "none.xlsx") == 2
        assert capsys.readouterr().err.count("\n") == 2
        assert [path.name for path in tmp_path.iterdir()] == ["r.xlsx"]

    def test_rows_left_out_are_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("ics", roster_file(tmp_path / "r.xlsx", person_id=None), "--as-of", "2026-03-16") == 0
        assert "Rows left out" in capsys.readouterr().out


NOT_READ: dict[str, tuple[list[list[Any]], list[str]]] = {
    "all is read": ([], []),
    "a cell": ([["P2", "Basil", "HQS", "soon"]], ["Cells to mend: 1."]),
    "a row that may be somebody's": ([["____", "Basil", None, date(2025, 1, 20)]], ["Cells to mend: 1."]),
    "rows below another table": ([[], ["Иванов", "Иван", "сотрудник"], ["P2", "B", "?"]], ["sheet «Roster», row 4"]),
    "a total": ([["Total", 1]], []),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_what_is_not_read_is_said(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    below, said = NOT_READ[name]
    header = ["Person ID", "Full name", "Relation", "Agreement signed"]
    file = write(tmp_path / "r.xlsx", Roster=[header, ["P1", "Amber", "HQS", date(2025, 1, 20)], *below])
    assert run("ics", file, "--as-of", "2026-03-16", "--lang", "en") == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith(("Cells", "sheet"))]
    assert [line.startswith(words) for line, words in zip(lines, said, strict=True)] == [True] * len(said)


def test_the_authority_the_employer_names_is_that_of_the_file() -> None:
    roster = Roster([read(Person, 2, SPECIALIST)], Gathered())
    roster.other.take("roster", 2, SPECIALIST)
    roster.other.take("employer", 2, {"employer_field": "Authority notified", "value": "Our office"})
    found = calendar_file(roster, roster.other.settings_for(AS_OF))
    texts = [one.description.value for one in events(found) if SALARY in one.summary.value]
    assert texts
    assert all("To: Our office" in text for text in texts)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("wanted", [EACH, Wanted()], ids=["each", "together"])
def test_every_line_is_a_sentence(lang: str, wanted: Wanted) -> None:
    people: list[Facts] = [
        {"permit_expires": date(2026, 12, 31)},
        {"person_id": "P2", "permit_expires": date(2026, 12, 31)},
    ]
    found = events(made(*people, filed={}, wanted=wanted, lang=lang))
    lines = [line for one in found for line in one.description.value.splitlines()]
    assert len(lines) > 3
    assert [line for line in lines if not line.endswith((".", "!", "?"))] == []
    assert [line for line in lines if line.endswith("..")] == []

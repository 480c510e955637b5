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
from hqs_xl.output.ics import Made, calendar_file
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.records import Person, read
from hqs_xl.texts import LANGUAGES
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST, Facts, settings
from tests.roster_files import roster_file

RENEWAL, SALARY, CONCLUDED = "File for the permit's renewal", "Notify the authority of the salary", "concluded"


def made(*people: Facts, filed: Mapping[str, Any] = FILED, names: bool = False, **given: Any) -> Made:
    """The calendar of specialists with some facts changed."""
    roster = Roster([], Gathered())
    for row, changes in enumerate(people or ({},), 2):
        facts = changes if changes.get("relation") else SPECIALIST | changes
        roster.people.append(read(Person, row, facts))
        roster.other.take("roster", row, facts)
    for row, (quarter, day) in enumerate(filed.items(), 2):
        roster.other.take("salary", row, {"person_id": "P1", "quarter": quarter, "filed_on": day})
    known = {person.person_id: person.full_name for person, _ in roster.people} if names else None
    return calendar_file(roster, settings(**given), known)


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


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "CONFIRMED"),
        ({"agreement_ends": date(2027, 1, 1)}, "CONFIRMED"),
        ({"agreement_ends": date(2026, 12, 31)}, "CANCELLED"),
        ({"terminated_on": date(2026, 4, 1)}, "CANCELLED"),
    ],
    ids=str,
)
def test_the_end_of_the_insurance_matters_while_it_is_needed(changes: Facts, status: str) -> None:
    one = event(made(changes), "insurance")
    assert (one.dtstart.value, one.status.value) == (date(2026, 12, 30), status)


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


def test_alarms_go_off_at_nine_at_each_band_and_on_the_day() -> None:
    one = event(made({"permit_expires": date(2026, 9, 1)}, bands=(60, 14)), RENEWAL)
    assert alarms(one) == [timedelta(hours=9) - timedelta(days) for days in (60, 14, 0)]


@pytest.mark.parametrize(("ahead", "bands"), [(14, [14, 7, 0]), (11, [7, 0]), (7, [7, 0]), (4, [0]), (0, [0])])
def test_an_alarm_that_would_be_past_is_left_out(ahead: int, bands: list[int]) -> None:
    one = event(made({"policy_ends": AS_OF + timedelta(ahead)}), "insurance")
    assert alarms(one) == [timedelta(hours=9) - timedelta(days) for days in bands]


def test_what_is_overdue_rings_no_more() -> None:
    assert alarms(event(made({"concluded_notice_filed": None}), CONCLUDED)) == []


# --- A second import -------------------------------------------------------------------------------------------------


def test_the_same_roster_and_day_give_the_same_bytes() -> None:
    assert made().content == made().content
    stamps = {one.dtstamp.value for one in events(made())}
    assert stamps == {datetime(2026, 3, 16, tzinfo=UTC)}


def test_a_deadline_done_is_cancelled_under_its_uid() -> None:
    first = made({"permit_expires": date(2026, 6, 28)})
    later = made({"permit_expires": date(2026, 6, 28), "renewal_filed": date(2026, 3, 17)}, as_of=date(2026, 3, 18))
    store = imported(imported({}, first), later)
    (one,) = [one for one in store.values() if RENEWAL in one.summary.value]
    assert one.status.value == "CANCELLED"
    assert alarms(one) == []
    assert store.keys() == imported({}, first).keys()


def test_a_date_corrected_moves_the_event() -> None:
    store = imported({}, made())
    store = imported(store, made({"permit_expires": date(2027, 3, 2)}, as_of=AS_OF + timedelta(1)))
    (one,) = [one for one in store.values() if RENEWAL in one.summary.value]
    assert one.dtstart.value == date(2027, 1, 29)


def test_of_two_exports_of_a_day_the_one_that_cancels_wins() -> None:
    owed = {"permit_expires": date(2026, 6, 28)}
    store = imported({}, made(owed | {"renewal_filed": AS_OF}))
    store = imported(store, made(owed))
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
    store = imported(imported({}, made(as_of=date(2026, 2, 1))), made(gone, filed=FILED | {"2026Q1": AS_OF}))
    assert [one.summary.value for one in store.values() if one.status.value == "CONFIRMED"] == []


def test_who_left_while_the_agreement_runs_owes_no_registration_any_more() -> None:
    entered = {"entered_on": date(2026, 1, 12), "registered_on": None, "registered_until": None}
    store = imported({}, made(entered))
    assert "CONFIRMED" in [one.status.value for one in store.values() if "Register" in one.summary.value]
    store = imported(store, made(entered | {"left_on": date(2026, 3, 17)}, as_of=date(2026, 3, 18)))
    assert [one.status.value for one in store.values() if "Register" in one.summary.value] == ["CANCELLED"]


def test_what_was_done_long_before_its_day_is_cancelled_while_that_is_to_come() -> None:
    found = made({"permit_expires": date(2026, 6, 28), "permit_starts": None, "renewal_filed": date(2025, 11, 3)})
    assert event(found, RENEWAL).status.value == "CANCELLED"


def test_what_was_done_long_ago_is_left_out() -> None:
    summaries = [one.summary.value for one in events(made())]
    assert not [words for words in summaries if CONCLUDED in words or "2025Q1" in words]
    assert [words for words in summaries if "2025Q4" in words]


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
        assert re.search(r"r\.ics: \d+ deadlines, \d+ cancelled", capsys.readouterr().out)

    def test_no_calendar_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = roster_file(tmp_path / "r.xlsx")
        assert run("ics", file, "--out", tmp_path / "x.html") == 2
        assert run("ics", tmp_path / "none.xlsx") == 2
        assert capsys.readouterr().err.count("\n") == 2
        assert [path.name for path in tmp_path.iterdir()] == ["r.xlsx"]

    def test_rows_left_out_are_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("ics", roster_file(tmp_path / "r.xlsx", person_id=None), "--as-of", "2026-03-16") == 0
        assert "Rows left out" in capsys.readouterr().out


def test_the_authority_the_employer_names_is_that_of_the_file() -> None:
    roster = Roster([read(Person, 2, SPECIALIST)], Gathered())
    roster.other.take("roster", 2, SPECIALIST)
    roster.other.take("employer", 2, {"employer_field": "Authority notified", "value": "Our office"})
    found = calendar_file(roster, roster.other.settings_for(AS_OF))
    texts = [one.description.value for one in events(found) if SALARY in one.summary.value]
    assert texts
    assert all("To: Our office" in text for text in texts)

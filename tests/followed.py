"""A workbook into which people are typed, checked on a day, and read in every place where the check has spoken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from hqs_xl.cells.values import to_date, to_quarter
from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.compliance.first import stops
from hqs_xl.hosts.closed import ClosedBook, ClosedEdit
from hqs_xl.output.duelist import due_list
from hqs_xl.output.ics import REMEMBERED, Wanted, calendar_file
from hqs_xl.output.ics_lines import Event, events_of
from hqs_xl.output.notice import notice
from hqs_xl.refresh.one import Job, Options, State, refresh_file
from hqs_xl.roster.columns import answers, labelled
from hqs_xl.roster.gathered import gather
from hqs_xl.roster.status import Status
from hqs_xl.roster.tables.sheet import SheetTables
from hqs_xl.sync.tally import FIGURES, MONTHS, OBLIGATIONS, month_after
from hqs_xl.template.build import build
from hqs_xl.texts import say
from tests.urgency import urgent_first

Facts = Mapping[str, Any]
Rows = dict[str, list[dict[str, Any]]]
KEYS = (*OBLIGATIONS, "insurance.ending")
# The weights of findings, and the columns of the log that count them.
LOGGED = {"violation": "violations", "late": "done_late", "due": "coming_due", "data": "data"}


class Workbook:
    """The workbook that is built for people who begin; HR types into it from chapter to chapter."""

    def __init__(self, folder: Path, lang: str) -> None:
        self.file, self.lang = folder / "roster.xlsx", lang
        # With an event for each person, or for each day: one gets all of it each time, the other only what changed.
        self.calendars = {each: (Calendar(), Calendar()) for each in (False, True)}
        build(self.file, lang=lang, macros=False, demo=False)

    def types(self, kind: str, *rows: Facts, over: Mapping[int, Facts] | None = None) -> None:
        """Type rows below those of a table, or over the facts of rows that are there."""
        with closing(ClosedEdit(self.file)) as edit:
            # Excel counts while one types; here the check does.
            edit.count_again = lambda: None  # type: ignore[method-assign]
            table = gather(edit).found[kind]
            held = [number for number, cells in edit.rows(table.sheet) if cells.get(min(table.places))]
            edit.grow(table, max(held), rows, over or {})
            typed = self.file.with_suffix(".typed")
            with typed.open("w+b") as stream:
                edit.write(stream)
        typed.replace(self.file)

    def on(self, day: date) -> Look:
        """Check it on a day, and look at it."""
        assert self.check(day, 9) is State.CHANGED
        return Look(self, day)

    def check(self, day: date, hour: int) -> State:
        """Check it; what became of it."""
        done = refresh_file(Job(self.file, Options(datetime.combine(day, time(hour)), as_of=day)))
        assert not done.message
        return done.state


class Calendar:
    """A calendar program: what is imported goes over what it has, by UID."""

    def __init__(self) -> None:
        self.file: bytes | None = None
        self.held: dict[str, Event] = {}

    def imports(self, content: bytes) -> None:
        """Import a file."""
        self.held |= events_of(content)

    @property
    def shown(self) -> set[tuple[date, str]]:
        """The day and the words of what it shows."""
        return {(one.day, one.summary) for one in self.held.values() if not one.cancelled}


class Look:
    """Every sheet and every output on one day. All that tells of the same thing has to tell the same."""

    def __init__(self, workbook: Workbook, day: date) -> None:
        self.day, self.lang, self._workbook = day, workbook.lang, workbook
        with ClosedBook(workbook.file) as book:
            self.sheets = _rows(book)
            self.roster = read_roster(book)
        self.settings = self.roster.other.settings_for(day)
        self.report = check_roster(self.roster, self.settings)
        self.due = due_list(workbook.file, self.report)
        self._compare_people()
        self._compare_findings()
        self._compare_numbers()
        self._compare_deadlines()

    # --- What the story asks for -------------------------------------------------------------------------------------

    def answer(self, place: int = 0) -> tuple[str, str, str]:
        """What a row of the roster answers: the status, what is next, by when."""
        row = self.sheets["roster"][place]
        action = labelled("action", KEYS, row.get("next_action", ""))
        return self._status(row["status"]), action or "", str(to_date(row.get("next_due")) or "")

    def _status(self, word: str) -> str:
        return labelled("status", Status, word) or word

    @property
    def found(self) -> list[tuple[str, str]]:
        """The codes of the findings, and their days."""
        return [(row["code"], str(to_date(row.get("due")))) for row in self.sheets["findings"]]

    @property
    def large_numbers(self) -> tuple[int, ...]:
        """The dashboard's: overdue, this week, this month, the year."""
        return tuple(int(row["how_many"]) for row in self.sheets["glance"][1:])

    @property
    def moved(self) -> list[str]:
        """What the last line of the log says of the people's statuses."""
        told = str(self.sheets["log"][-1].get("changed_statuses") or "").split("; ")
        return [" > ".join(map(self._status, one.partition(": ")[2].split(" → "))) for one in told if one]

    @property
    def events(self) -> list[str]:
        """What is open in the calendar file with an event for each person: the day to act by, and what."""
        words = {f"HQS-1: {say(f'action.{key}', self.lang)}": key for key in KEYS}
        told = ((day, *summary.rstrip(")").partition(" (")) for day, summary in sorted(self.open))
        return [f"{day} {words[what]} {to_quarter(quarter) or ''}".rstrip() for day, what, _, quarter in told]

    def notice(self, kind: str) -> tuple[str, str, Any]:
        """Of the notice that is written on this day: by when, of which event, and the number of the permit in it."""
        found = notice(self.roster, self.settings, "HQS-1", kind)
        assert found.deadline
        number = say("notice.field.permit_number", self.lang)
        permit = next(one.value for one in found.fields if one.label == number)
        return str(found.deadline.due), str(found.deadline.event), permit

    # --- What has to agree -------------------------------------------------------------------------------------------

    def _compare_people(self) -> None:
        keys = [column.key for column in answers("roster")]
        people, lines = (
            [[None if row.get(key) == "" else row.get(key) for key in keys] for row in self.sheets[kind]]
            for kind in ("roster", "lines")
        )
        # The block of answers grows when Excel counts it; a closed file has the lines it was built with.
        assert people[: len(lines)] == lines[: len(people)], "the roster, and the sheet its formulas look up"
        assert people == [[_cell(getattr(line, key)) for key in keys] for line in self.report.agenda], (
            "what a check finds"
        )
        first = [row["roster_line"] for row in self.sheets["urgent"] if row.get("person_id")]
        to_do = [
            (row["next_action"] not in stops(), row["next_due"], place)
            for place, row in enumerate(self.sheets["roster"], 1)
            if row.get("next_action")
        ]
        assert first == [place for _, _, place in sorted(to_do)], "those needing action first"

    def _compare_findings(self) -> None:
        rows = [(row["code"], row["row"], to_date(row.get("due")), row["message"]) for row in self.sheets["findings"]]
        ordered = urgent_first(self.report.findings, self.report.settings.as_of)
        assert rows == [(one.code, one.row, one.due, one.message) for one in ordered]
        figures, log = _labelled(self.sheets["figures"], "figure", FIGURES), self.sheets["log"][-1]
        counted = Counter(str(one.severity) for one in self.report.findings)
        for severity, of_log in LOGGED.items():
            assert figures[severity] == log[of_log] == counted[severity], severity
        assert log["people"] == figures["people"] == len(self.sheets["roster"])
        late = Counter(one.code.rpartition("_" if "_" in one.code else ".")[2] for one in self.report.findings)
        for tail, of_table in (("overdue", "overdue"), ("due", "coming_due"), ("late", "done_late")):
            assert sum(row[of_table] for row in self.sheets["by_obligation"]) == late[tail], tail

    def _compare_numbers(self) -> None:
        entries = [(band.key, entry) for band in self.due.bands for group in band.groups for entry in group.entries]
        ahead = [entry.days or 0 for key, entry in entries if key != "overdue"]
        wanted = [len(entries) - len(ahead), sum(days <= 7 for days in ahead), sum(days <= 30 for days in ahead)]
        coming = [row for row in self.sheets["deadlines"] if row["days_left"] >= 0]
        assert self.large_numbers == (*wanted, len(coming)), "the dashboard, and the due list"
        months = Counter(_first(row["due"]) for row in coming)
        assert {_first(row["month"]): row["all_deadlines"] for row in self.sheets["by_month"]} == {
            _first(row["month"]): months[_first(row["month"])] for row in self.sheets["by_month"]
        }
        dated = {(entry.due, entry.person_id) for _, entry in entries if entry.due}
        assert dated <= {(to_date(row["due"]), row["person_id"]) for row in self.sheets["deadlines"]}

    def _compare_deadlines(self) -> None:
        """Import the calendar file of the day: all of it into one calendar, only what changed into another."""
        calendars = self._workbook.calendars
        for each, (whole, changed) in calendars.items():
            made = calendar_file(self.roster, self.settings, wanted=Wanted(each, whole.file))
            only = calendar_file(
                self.roster, self.settings, wanted=Wanted(each, whole.file, changes=whole.file is not None)
            )
            whole.imports(made.content)
            changed.imports(only.content)
            whole.file = made.content
            assert whole.shown == changed.shown
            told = {(one.day, one.summary) for one in events_of(made.content).values() if not one.cancelled}
            assert {one for one in whole.shown if one[0] > self.day - REMEMBERED or one in told} == told
        table = {(_day(row["act_by"]), f"{row['person_id']}: {row['obligation']}") for row in self.sheets["deadlines"]}
        overdue = say("ics.overdue", self.lang, count="")
        self.open = {one for one in told if not one[1].startswith(overdue)}
        assert {one for one in self.open if one[0] < month_after(self.day, MONTHS)} == table, (
            "the calendar, and the table of deadlines"
        )


def _rows(book: ClosedBook) -> Rows:
    """The rows of every table of the workbook by its kind, those without a value left out."""
    found: Rows = {}
    for sheet in book.sheets:
        reader = SheetTables(book, sheet)
        for number, cells in book.rows(sheet):
            for table, row in reader.taken(number, cells):
                found.setdefault(table.kind, []).append(row)
        for table in reader.tables:
            found.setdefault(table.kind, [])
    return found


def _labelled(rows: list[dict[str, Any]], group: str, keys: tuple[str, ...]) -> dict[str | None, Any]:
    return {labelled(group, keys, row[group]): row["result"] for row in rows}


def _cell(value: Any) -> Any:
    """An answer as a cell holds it."""
    return (value - date(1899, 12, 30)).days if isinstance(value, date) else value or None if value != 0 else 0


def _day(cell: Any) -> date:
    day = to_date(cell)
    assert day
    return day


def _first(cell: Any) -> date:
    return _day(cell).replace(day=1)

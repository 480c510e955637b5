"""The dashboard counts what the due list and the calendar file hold: the same people, the same numbers."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hqs_xl.compliance.check import Checker, Roster, check_roster, read_roster
from hqs_xl.compliance.open_deadlines import GROUPS, open_deadlines
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.output.duelist import DueList, due_list
from hqs_xl.roster.columns import BY_MONTH, DEADLINES
from hqs_xl.roster.status import Status
from hqs_xl.template.build import DEMO_DAY, build
from hqs_xl.template.sheets.dashboard import HEADER_ROW
from hqs_xl.template.sheets.figures import FIRST_STATUS, MONTH
from hqs_xl.texts import LANGUAGES, say

MONTHS = 12


class Built:
    """The workbook as it is built, and its people as the commands read them."""

    def __init__(self, folder: Path, lang: str) -> None:
        file = folder / f"{lang}.xlsx"
        build(file, lang=lang, macros=False)
        self.values: Any = load_workbook(file, data_only=True)
        with ClosedBook(file) as book:
            self.roster: Roster = read_roster(book)
        self.settings = self.roster.other.settings_for(DEMO_DAY)
        self.lang = lang

    def rows(self, sheet: str, first: int, places: range, count: int) -> list[list[Any]]:
        found = self.values[say(f"sheet.{sheet}", self.lang)]
        return [[found.cell(row, place + 1).value for place in places] for row in range(first, first + count)]

    @property
    def glance(self) -> dict[str, Any]:
        return dict(self.rows("dashboard", HEADER_ROW + 2, range(2), 5))

    def due(self) -> DueList:
        return due_list(Path("file.xlsx"), check_roster(self.roster, self.settings))


@pytest.fixture(scope="module", params=LANGUAGES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("dashboard"), request.param)


def test_overdue_this_week_and_this_month_are_those_of_the_due_list(built: Built) -> None:
    entries, counts = built.due().bands, Counter[str]()
    for band in entries:
        for group in band.groups:
            for entry in group.entries:
                counts["overdue"] += band.key == "overdue"
                counts["week"] += band.key in {"today", "week"}
                counts["month"] += band.key != "overdue" and (entry.days or 0) <= 30
    assert counts["overdue"] > counts["month"] > counts["week"] > 0
    assert {key: built.glance[say(f"glance.{key}", built.lang)] for key in counts} == counts


def test_each_month_holds_the_open_events_of_the_calendar_file(built: Built) -> None:
    checker = Checker(built.roster.other, built.settings)
    expected: Counter[tuple[date, str]] = Counter()
    for person, problems in built.roster.people:
        for one in open_deadlines(checker.check(person, problems)[0], DEMO_DAY):
            if one.due >= DEMO_DAY:
                expected[one.due.replace(day=1), one.group] += 1
    rows = built.rows("figures", 4, range(MONTH, MONTH + len(BY_MONTH)), MONTHS)
    stored = {(row[0].date(), group): count for row in rows for group, count in zip(GROUPS, row[1:], strict=False)}
    assert {place: count for place, count in stored.items() if count} == {
        place: count for place, count in expected.items() if place in stored
    }
    assert [row[-1] for row in rows] == [sum(row[1:-1]) for row in rows]
    assert sum(count for (month, _), count in stored.items() if month >= date(2027, 2, 1)) > 40, "far ones too"
    assert sum(row[-1] for row in rows) == built.glance[say("glance.year", built.lang)]


def test_the_table_of_deadlines_holds_each_of_them(built: Built) -> None:
    sheet = built.values[say("sheet.deadlines", built.lang)]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    keys = [column.key for column in DEADLINES]
    lines = [dict(zip(keys, row, strict=True)) for row in rows]
    coming = [line for line in lines if line["due"].date() >= DEMO_DAY]
    assert len(coming) == built.glance[say("glance.year", built.lang)]
    assert [line["due"] for line in lines] == sorted(line["due"] for line in lines)
    people = {(person.person_id, person.full_name) for person, _ in built.roster.people}
    assert {(line["person_id"], line["full_name"]) for line in lines} <= people
    overdue = [entry for entry in built.due().entries if entry.due and entry.due < DEMO_DAY]
    assert Counter(line["person_id"] for line in lines if line["due"].date() < DEMO_DAY) <= Counter(
        entry.person_id for entry in overdue
    )


def test_the_charts_are_drawn_from_those_cells(built: Built) -> None:
    sheet = say("sheet.figures", built.lang)
    charts = built.values[say("sheet.dashboard", built.lang)]._charts
    assert len(charts) == 2
    stacked, statuses = charts
    assert stacked.grouping == "stacked"
    assert len(stacked.series) + sum(len(other.series) for other in stacked._charts[1:]) == len(GROUPS) + 1
    bars = statuses.series[0]
    area = f"!$B${FIRST_STATUS + 1}:$B${FIRST_STATUS + len(Status)}"
    assert bars.val.numRef.f in {sheet + area, f"'{sheet}'{area}"}
    words = [row[0] for row in built.rows("figures", FIRST_STATUS + 1, range(2, 3), len(Status))]
    assert words == [say(f"status.{status}", built.lang) for status in Status]


def test_the_last_month_ends_before_the_same_month_next_year(built: Built) -> None:
    rows = built.rows("figures", 4, range(MONTH, MONTH + 1), MONTHS)
    assert (rows[0][0].date(), rows[-1][0].date()) == (date(2026, 11, 1), date(2027, 10, 1))
    assert DEMO_DAY + timedelta(365) > rows[-1][0].date()

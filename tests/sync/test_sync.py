"""The sync: what it writes into a book, what it leaves alone, and that a second one changes nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from openpyxl.utils import column_index_from_string

from hqs_xl.errors import UnusableFile
from hqs_xl.roster.columns import LOG, TABLES, answers
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.sync.answering import NAMED
from hqs_xl.sync.book import Summary, refresh_book
from hqs_xl.sync.tally import FIGURES, GLANCE, OBLIGATIONS, month_after
from hqs_xl.texts import say
from tests.roster.books import Formula, Grid, MemoryBook, made_by_us
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST

NOW = datetime(2026, 3, 16, 7, 30)
KEYS = [column.key for column in TABLES["roster"]]
HEADERS = [column.header() for column in TABLES["roster"]]
OLD = ["Due", "P1", "R", 2, "Status", "AL2", date(2026, 1, 1), 3, "old", "old", None, "notice.salary.due"]
LATE = {"person_id": "P2", "concluded_notice_filed": None}


def person(**changes: Any) -> list[Any]:
    facts = SPECIALIST | changes
    return [facts.get(key) for key in KEYS]


def family(**changes: Any) -> list[Any]:
    facts = FAMILY | changes
    return [facts.get(key) for key in KEYS]


def table(kind: str, *rows: list[Any], lang: str = "en") -> Grid:
    return [[column.header(lang) for column in TABLES[kind]], *rows]


def notices(person_id: str = "P1") -> list[list[Any]]:
    return [[person_id, quarter, None, day] for quarter, day in FILED.items()]


def book(*people: list[Any], **sheets: Grid) -> MemoryBook:
    found = {"R": table("roster", *people), "S": table("salary", *notices(), *notices("P2"))}
    return made_by_us(found | sheets)


def cell(made: MemoryBook, sheet: str, row: int, key: str, kind: str = "roster") -> Any:
    place = [column.key for column in TABLES[kind]].index(key)
    value = made.grids[sheet][row - 1][place] if place < len(made.grids[sheet][row - 1]) else None
    return value.value if isinstance(value, Formula) else value


def refreshed(made: MemoryBook, **given: Any) -> Summary:
    made.changed = False
    return refresh_book(made, now=given.pop("now", NOW), **given)


def test_answers_stand_beside_the_facts() -> None:
    made = book(person(), person(**LATE))
    summary = refreshed(made)
    assert cell(made, "R", 2, "next_action") == "Notify the authority of the salary paid"
    assert cell(made, "R", 2, "next_due") == date(2026, 4, 30)
    assert cell(made, "R", 2, "status") == "Due soon"
    assert cell(made, "R", 2, "check") is None
    assert cell(made, "R", 3, "status") == "Overdue"
    assert "Notice of the concluded agreement was due" in cell(made, "R", 3, "check")
    assert (summary.people, summary.violated, summary.changed) == (2, True, True)
    assert summary.findings[Severity.VIOLATION] == 1


def test_no_fact_changes() -> None:
    made = book(person(), family(), person(person_id="P2", policy_ends="end of June"))
    before = [list(row) for row in made.grids["R"]]
    refreshed(made)
    facts = len(KEYS) - len(answers("roster"))
    assert [row[:facts] for row in made.grids["R"]] == [row[:facts] for row in before]


def test_a_second_sync_changes_nothing() -> None:
    made = book(person(), person(**LATE), F=table("log"))
    assert refreshed(made).changed
    assert len(made.grids["F"]) == 2
    assert not refreshed(made, now=NOW.replace(hour=9)).changed
    assert len(made.grids["F"]) == 2


def test_columns_that_do_not_exist_are_not_invented() -> None:
    headers = ["Status", "Person ID", "My own", "Relation", "Agreement signed"]
    made = MemoryBook({"R": [headers, [None, "P1", "x", "HQS", date(2026, 3, 12)]]})
    refreshed(made)
    assert made.grids["R"][1] == ["Due today", "P1", "x", "HQS", date(2026, 3, 12)]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_columns_are_added_when_wanted_in_the_language_of_the_others(lang: str) -> None:
    headers = [say(f"header.{key}", lang) for key in ("person_id", "relation", "agreement_signed")]
    made = MemoryBook({"R": [headers, ["P1", "HQS", date(2026, 3, 12)]]})
    refreshed(made, add_columns=True)
    assert made.grids["R"][0][3:] == [column.header(lang) for column in answers("roster")]
    assert made.grids["R"][1][4] == date(2026, 3, 16)


def test_answers_left_beside_a_deleted_person_go() -> None:
    left_over = [say("action.permit.renewal"), date(2026, 1, 1), date(2026, 1, 1), 3, "Due soon", None]
    gone = [None] * (len(KEYS) - 6) + left_over
    made = book(person(), gone)
    assert refreshed(made).people == 1
    assert made.grids["R"][2] == [None] * len(KEYS)


def test_salary_notices_get_their_day_and_status() -> None:
    odd = (["P1", "2026Q1", None, None], ["P1", "soon", None, None], ["P1", "2026Q1", None, "soon"])
    made = book(person(), S=table("salary", *notices(), *odd))
    refreshed(made)
    assert cell(made, "S", 2, "due", "salary") == date(2025, 4, 30)
    assert cell(made, "S", 2, "status", "salary") == "Done"
    assert cell(made, "S", 6, "due", "salary") == date(2026, 4, 30)
    assert cell(made, "S", 6, "status", "salary") == "Due soon"
    assert (cell(made, "S", 7, "due", "salary"), cell(made, "S", 7, "status", "salary")) == (None, "Missing data")
    due = date(2026, 4, 30)
    assert (cell(made, "S", 8, "due", "salary"), cell(made, "S", 8, "status", "salary")) == (due, "Missing data")


class TestFindings:
    def test_go_to_their_table(self) -> None:
        made = book(person(concluded_notice_filed=None), S=table("salary", *notices()), F=table("findings", OLD))
        refreshed(made)
        assert cell(made, "F", 2, "severity", "findings") == "Violation"
        assert cell(made, "F", 2, "column", "findings") == "Concluded notice filed"
        assert cell(made, "F", 2, "row", "findings") == 2
        assert len(made.grids["F"]) == 3  # that one, and the salary notice coming due

    def test_have_a_link_to_their_cell(self) -> None:
        made = book(person(concluded_notice_filed=None), F=table("findings", OLD))
        refreshed(made)
        place = [column.key for column in TABLES["findings"]].index("go_to")
        found = made.grids["F"][1][place]
        assert (found.text, found.value) == ('=HYPERLINK("#\'R\'!AG2","AG2")', "AG2")
        assert made.grids["R"][0][column_index_from_string("AG") - 1] == "Concluded notice filed"

    def test_have_none_where_there_is_no_cell_and_one_to_the_row_where_its_column_is_missing(self) -> None:
        made = made_by_us(
            {
                "R": [
                    ["Full name", "Person ID", "Relation", "Agreement signed"],
                    ["A", "P1", "HQS", date(2026, 1, 12)],
                ],
                "T": [["Setting", "Value"], ["As of", "soon"]],
                "F": table("findings"),
            }
        )
        refreshed(made)
        found = {row[-1]: row for row in made.grids["F"][1:]}
        place = [column.key for column in TABLES["findings"]].index("go_to")
        assert found["data.not_a_date"][place].text == '=HYPERLINK("#\'T\'!B2","B2")'
        assert found["notice.concluded.overdue"][place].text == '=HYPERLINK("#\'R\'!A2","A2")'

    def test_have_no_link_in_a_book_without_that_column(self) -> None:
        made = book(person(concluded_notice_filed=None), F=table("findings", OLD))
        place = [column.key for column in TABLES["findings"]].index("go_to")
        for row in made.grids["F"]:
            del row[place]
        refreshed(made)
        assert cell(made, "F", 2, "column", "findings") == "Concluded notice filed"
        assert not [value for row in made.grids["F"] for value in row if isinstance(value, Formula)]

    def test_name_the_column_as_it_stands_in_the_book(self) -> None:
        made = made_by_us(
            {
                "R": [
                    ["person_id", "RELATION", "agreement  signed", "Concluded Notice Filed"],
                    ["P1", "HQS", date(2026, 1, 12), None],
                ],
                "F": table("findings"),
            }
        )
        refreshed(made, lang="ru")
        assert cell(made, "F", 2, "column", "findings") == "Concluded Notice Filed"
        assert cell(made, "F", 2, "severity", "findings") == "Нарушение"

    def test_get_a_sheet_when_wanted(self) -> None:
        made = book(person(**LATE))
        refreshed(made)
        assert "findings" not in made.grids
        refreshed(made, findings_sheet=True)
        assert made.grids["findings"][1][0] == "Violation"

    def test_are_told_in_order(self) -> None:
        told: list[Finding] = []
        made = book(person(**LATE), S=table("salary", ["P9", "2026Q1"]), T=[["Setting", "Value"], ["As of", "soon"]])
        refreshed(made, tell=told.append, as_of=AS_OF)
        codes = [one.code for one in told]
        assert (codes[0], codes[-1]) == ("data.not_a_date", "data.unknown_person")


class TestDashboard:
    def figures(self) -> Grid:
        return table("figures", *([say(f"figure.{key}"), Formula("=1")] for key in FIGURES), ["Mine", Formula("=1")])

    def test_figures(self) -> None:
        made = book(person(), person(**LATE), D=self.figures())
        refreshed(made)
        values = {row[0]: row[1].value for row in made.grids["D"][1:]}
        assert values["People"] == 2
        assert values["Violations"] == 1
        assert values["Status: Overdue"] == 1
        assert values["Status: Due soon"] == 1
        assert values["Mine"] is None

    @pytest.mark.parametrize(
        ("as_of", "overdue", "week", "month"),
        [
            (date(2026, 3, 30), 0, 0, 0),  # 31 days ahead
            (date(2026, 3, 31), 0, 0, 1),
            (date(2026, 4, 22), 0, 0, 1),  # 8 days ahead
            (date(2026, 4, 23), 0, 1, 1),
            (date(2026, 4, 30), 0, 1, 1),  # the day itself
            (date(2026, 5, 1), 1, 0, 0),  # the day after
        ],
        ids=str,
    )
    def test_what_is_near_at_a_glance(self, as_of: date, overdue: int, week: int, month: int) -> None:
        rows = [[say(f"glance.{key}"), Formula("=1")] for key in GLANCE]
        made = book(person(entered_on=date(2025, 3, 3)), D=table("glance", *rows), S=table("salary", *notices()))
        refreshed(made, as_of=as_of)
        assert cell(made, "R", 2, "next_due") == date(2026, 4, 30)
        values = [row[1].value for row in made.grids["D"][1:]]
        assert values[:4] == [as_of, overdue, week, month]

    def test_provisional_ones_count_under_their_word(self) -> None:
        made = book(person(agreement_starts=date(2028, 1, 10)), D=self.figures(), S=table("salary"))
        refreshed(made, as_of=date(2028, 3, 20))
        assert cell(made, "R", 2, "status").startswith("Overdue")
        values = {row[0]: row[1].value for row in made.grids["D"][1:]}
        assert values["Status: Overdue"] == 1

    def test_a_cell_without_a_formula_is_left_alone(self) -> None:
        made = book(person(), D=table("figures", ["People", "about 5"]))
        refreshed(made)
        assert made.grids["D"][1] == ["People", "about 5"]

    def test_obligations(self) -> None:
        rows = [[say(f"action.{name}"), Formula("=1"), Formula("=1"), Formula("=1")] for name in OBLIGATIONS]
        made = book(person(), person(**LATE), D=table("by_obligation", *rows))
        refreshed(made)
        counts = {row[0]: [one.value for one in row[1:]] for row in made.grids["D"][1:]}
        assert counts["Notify the authority of the concluded agreement"] == [1, 0, 0]
        assert counts["Notify the authority of the salary paid"] == [0, 2, 0]

    def test_months(self) -> None:
        rows = [[Formula("=1", 1) for _ in TABLES["by_month"]] for _ in range(12)]
        made = book(person(policy_ends=date(2027, 2, 28)), person(**LATE), D=table("by_month", *rows))
        refreshed(made)
        months = {row[0].value: [one.value for one in row[1:]] for row in made.grids["D"][1:]}
        assert [*months][:2] == [date(2026, 3, 1), date(2026, 4, 1)]
        # Agreement, salary, permit, registration, medical, insurance, departure, all; what is overdue is of no month.
        assert months[date(2026, 3, 1)] == [0, 0, 0, 0, 0, 0, 0, 0]
        assert months[date(2026, 4, 1)] == [0, 2, 0, 0, 0, 0, 0, 2]
        assert months[date(2026, 12, 1)] == [0, 0, 0, 0, 0, 1, 0, 1]
        assert months[date(2027, 2, 1)] == [0, 0, 0, 0, 0, 1, 0, 1]

    def test_deadlines_the_nearest_first(self) -> None:
        made = book(person(full_name="Amber Quill"), person(**LATE), D=table("deadlines", [date(2020, 1, 1)]))
        refreshed(made)
        lines = [(row[0], row[2], row[3], row[4], row[5]) for row in made.grids["D"][1:]]
        assert lines[:2] == [
            (date(2025, 1, 22), -418, "Notify the authority of the concluded agreement", "P2", None),
            (date(2026, 4, 30), 45, "Notify the authority of the salary paid (2026Q1)", "P1", "Amber Quill"),
        ]
        assert lines == sorted(lines, key=lambda line: line[0])

    def test_a_deadline_that_nobody_can_tell_is_done_says_what_to_mend(self) -> None:
        made = book(person(concluded_notice_filed="soon"), D=table("deadlines", [date(2020, 1, 1)]))
        refreshed(made)
        assert [row[3] for row in made.grids["D"][1:] if row[0] == date(2025, 1, 22)] == [say("action.unclear")]

    def test_more_deadlines_than_a_table_takes_are_counted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("hqs_xl.sync.nearest.MOST", 2)
        made = book(*(person(person_id=f"P{n}") for n in range(3)), D=table("deadlines", [date(2020, 1, 1)]))
        refreshed(made)
        assert len(made.grids["D"]) == 1 + 2 + 1
        more = made.grids["D"][-1][3]
        assert more == "… and 14 later deadlines, which do not fit here: hqs-xl ics lists all"

    def test_those_to_see_to_first(self) -> None:
        rows = [[place, *(Formula("=1") for _ in range(7))] for place in (1, 2, 3)]
        made = book(person(), person(**LATE), D=table("urgent", *rows))
        refreshed(made)
        assert [row[1].value for row in made.grids["D"][1:]] == ["P2", "P1", ""]

    def test_first_of_all_who_may_not_work(self) -> None:
        rows = [[place, *(Formula("=1") for _ in range(7))] for place in (1, 2)]
        stopped = person(person_id="P3", permit_expires=AS_OF - timedelta(1))
        made = book(person(**LATE), stopped, D=table("urgent", *rows))
        refreshed(made)
        assert [row[1].value for row in made.grids["D"][1:]] == ["P3", "P2"]
        assert made.grids["D"][1][3].value == "Stop the work; obtain a new permit"

    def test_lines_hold_the_answers_of_their_row(self) -> None:
        rows = [[line, *(Formula("=HQS_ANSWERS()") for _ in range(6))] for line in (1, 2, 3)]
        made = book(person(), person(**LATE), L=table("lines", *rows))
        refreshed(made)
        assert [row[5].value for row in made.grids["L"][1:]] == ["Due soon", "Overdue", None]

    def test_the_same_answers_are_kept_as_values_with_whose_they_are(self) -> None:
        made = book(
            person(), [None] * len(person()), person(**LATE), K=table("kept", ["gone"], ["too"], ["all"], ["of"])
        )
        refreshed(made)
        assert [(row[0], row[5]) for row in made.grids["K"][1:]] == [
            ("P1", "Due soon"),
            (None, None),
            ("P2", "Overdue"),
        ]


class TestSettings:
    def test_today_is_what_its_formula_comes_to(self) -> None:
        made = book(person(), T=[["Setting", "Value"], ["As of", Formula("=TODAY()", date(2020, 1, 1))]])
        refreshed(made)
        assert made.grids["T"][1][1].value == date(2026, 3, 16)

    def test_a_day_asked_for_is_not_today(self) -> None:
        today = Formula("=TODAY()", date(2020, 1, 1))
        made = book(person(), T=[["Setting", "Value"], ["As of", today]])
        refreshed(made, as_of=date(2026, 5, 1))
        assert today.value == date(2020, 1, 1)

    def test_a_blank_day_stays_blank(self) -> None:
        made = book(person(), T=[["Setting", "Value"], ["As of", None], ["Edition", "law"]])
        assert refreshed(made).settings.edition == "law"
        assert made.grids["T"][1] == ["As of", None]


class TestLog:
    def test_a_line_says_what_changed(self) -> None:
        made = book(person(), F=table("log"))
        refreshed(made, who="hr")
        line = dict(zip([column.key for column in LOG], made.grids["F"][1], strict=True))
        assert line["checked_at"] == "2026-03-16 07:30"
        assert (line["checked_by"], line["people"], line["edition"]) == ("hr", 1, "card")
        assert line["changed_statuses"] == "P1: - → Due soon"

    def test_in_russian_the_day_stands_as_it_is_written_there_and_the_line_is_known_again(self) -> None:
        made = book(person(), F=table("log"))
        refreshed(made, lang="ru")
        assert made.grids["F"][1][0] == "16.03.2026 07:30"
        refreshed(made, lang="ru", now=NOW + timedelta(days=1))
        assert [row[0] for row in made.grids["F"][1:3]] == ["16.03.2026 07:30", "17.03.2026 07:30"]

    def test_many_changes_are_counted(self) -> None:
        made = book(*(person(person_id=f"P{n}") for n in range(NAMED + 5)), F=table("log"))
        refreshed(made)
        assert cell(made, "F", 2, "changed_statuses", "log").endswith("and 5 more")

    def test_keeps_the_newest_thousand_lines(self) -> None:
        old = [[f"line {n}", *[None] * (len(LOG) - 2), "x"] for n in range(1_005)]
        made = book(person(), F=table("log", *old))
        refreshed(made)
        assert len(made.grids["F"]) == 1_001
        assert made.grids["F"][1][0] == "line 6"
        assert made.grids["F"][-1][0] == "2026-03-16 07:30"

    def test_the_last_check_is_noted(self) -> None:
        made = book(person(), T=[["Last check", "Result"], ["Checked at", None], ["People", 7], ["Mine", "x"]])
        refreshed(made)
        assert made.grids["T"][1:] == [["Checked at", "2026-03-16 07:30"], ["People", 1], ["Mine", "x"]]

    def test_a_check_that_changed_nothing_is_not_noted(self) -> None:
        made = book(person(), T=[["Last check", "Result"], ["Checked at", None]], F=table("log"))
        refreshed(made)
        assert not refreshed(made, now=NOW.replace(hour=9)).changed
        assert made.grids["T"][1] == ["Checked at", "2026-03-16 07:30"]


def test_a_formula_of_ours_keeps_standing() -> None:
    made = book(person())
    made.grids["R"][1][-2] = Formula("=INDEX(HQS_LINES,1,5)")
    refreshed(made)
    assert cell(made, "R", 2, "status") == "Due soon"
    assert isinstance(made.grids["R"][1][-2], Formula)


@pytest.mark.parametrize("day", [date(2002, 1, 1), date(2002, 1, 2), date(2002, 1, 3), date(2060, 12, 31)], ids=str)
def test_no_day_of_the_calendar_refuses_the_roster(day: date) -> None:
    made = book(person(permit_expires=day), person(person_id="P2"))
    assert refreshed(made).people == 2
    assert cell(made, "R", 3, "status") is not None


def test_a_formula_of_the_users_own_is_refused() -> None:
    made = book(person())
    made.grids["R"][1][-2] = Formula("=A1")
    with pytest.raises(UnusableFile, match="cell AM2: a formula of your own"):
        refreshed(made)


def test_the_roster_is_taken_from_the_sheet_named() -> None:
    made = book(person(), R2=table("roster", person(**LATE)))
    assert refreshed(made, sheet="R2").people == 1
    assert cell(made, "R", 2, "status") is None
    assert cell(made, "R2", 2, "status") == "Overdue"


def test_progress_runs_from_nothing_to_all() -> None:
    shares: list[float] = []
    refreshed(book(person()), progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize(
    ("day", "months", "first"),
    [
        ("2026-11-28", 0, "2026-11-01"),
        ("2026-11-30", 1, "2026-12-01"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2027-01-31", 1, "2027-02-01"),
        ("2028-02-29", 12, "2029-02-01"),
        ("2026-11-28", 40, "2030-03-01"),
    ],
)
def test_months_of_the_forecast_begin_on_their_first_day(day: str, months: int, first: str) -> None:
    assert month_after(date.fromisoformat(day), months) == date.fromisoformat(first)

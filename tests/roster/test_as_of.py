"""The day of the check: asked for, typed, or moving with the day of the run; and how long ago a typed one is."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.formulas.today import movement
from hqs_xl.hosts.closed import open_book
from hqs_xl.roster.settings import Settings
from hqs_xl.texts import LANGUAGES
from tests.hosts.ods_files import book, cell, row, table, text
from tests.roster.books import Formula, MemoryBook

TODAY = date(2026, 11, 28)
ROSTER: list[list[Any]] = [["Person ID", "Relation", "Agreement signed"], ["P1", "HQS", date(2026, 11, 27)]]
DAY = timedelta(days=1)
# What stands in the cell, and which day of the check that is; None: the day of the run, with a finding.
FORMULAS = [
    ("=TODAY()", TODAY),
    ("=NOW()", TODAY),
    ("=TODAY()-1", TODAY - DAY),
    ("=INT(NOW())", TODAY),
    ("=DATE(YEAR(TODAY()),MONTH(TODAY()),DAY(TODAY()))", TODAY),
    ("=MAX(TODAY(),A1)", None),
    ("=EOMONTH(TODAY(),0)", None),
]


def in_memory(_: Path, formula: str) -> Any:
    return MemoryBook({"R": ROSTER, "S": [["Setting", "Value"], ["As of", Formula(formula, 45_000)]]})


def in_xlsx(path: Path, formula: str, options: dict[str, Any] | None = None) -> Any:
    with xlsxwriter.Workbook(path / "r.xlsx", {"default_date_format": "yyyy-mm-dd", **(options or {})}) as made:
        sheet = made.add_worksheet("R")
        for number, line in enumerate(ROSTER):
            sheet.write_row(number, 0, line)
        settings = made.add_worksheet("S")
        settings.write_row(0, 0, ["Setting", "Value"])
        settings.write(1, 0, "As of")
        settings.write_formula(1, 1, formula, None, 45_000)
    return path / "r.xlsx"


def of_1904(path: Path, formula: str) -> Any:
    return in_xlsx(path, formula, {"date_1904": True})


def in_ods(path: Path, formula: str) -> Any:
    heads, *people = (row(*(text(str(value)) for value in line)) for line in ROSTER)
    said = cell("<text:p>x</text:p>", table_formula=f"of:{formula.replace(',', ';')}", office_value_type="date")
    said = said.replace(" office:value-type", ' office:date-value="2023-03-15" office:value-type')
    settings = table(row(text("Setting"), text("Value")) + row(text("As of"), said), "S")
    book(table(heads + "".join(people), "R") + settings)(path / "r.ods")
    return path / "r.ods"


@pytest.mark.parametrize("make", [in_memory, in_xlsx, of_1904, in_ods])
@pytest.mark.parametrize(("formula", "day"), FORMULAS)
def test_a_formula_on_today_is_counted_from_the_day_of_the_run(
    make: Any, formula: str, day: date | None, tmp_path: Path
) -> None:
    if make is in_memory and day is None:
        return  # a program that has the book open knows its value of today
    made = make(tmp_path, formula)
    with open_book(made) if isinstance(made, Path) else nullcontext(made) as opened:
        roster = read_roster(opened)
    settings = roster.other.settings_for(TODAY)
    assert (settings.as_of, settings.fixed) == (day or TODAY, False)
    odd = [one for one in check_roster(roster, settings).findings if one.table == "settings"]
    assert [(one.code, one.column, one.row) for one in odd] == ([] if day else [("data.not_a_date", "value", 2)])
    assert all("the day of the run was taken" in one.message for one in odd)


def settings(value: Any, **given: Any) -> Settings:
    made = MemoryBook(
        {"R": ROSTER, "S": [["Setting", "Value"], ["As of", value], ["Language", given.pop("lang", "en")]]}
    )
    return read_roster(made).other.settings_for(TODAY, **given)


class TestAFixedDay:
    def test_in_the_past_says_how_long_ago(self) -> None:
        found = settings(date(2026, 6, 1))
        assert (found.age, found.fixed, found.day) == (180, True, "2026-06-01, 180 days ago")
        assert "fixed in the workbook: 2026-06-01, 180 days ago" in found.reminders[0]

    def test_in_the_future_says_so_too(self) -> None:
        assert settings(date(2026, 11, 29)).day == "2026-11-29, 1 day ahead"

    def test_of_today_is_no_matter(self) -> None:
        found = settings(TODAY)
        assert (found.age, found.day, found.reminders) == (0, "2026-11-28", ())

    def test_that_is_asked_for_is_no_matter(self) -> None:
        found = settings(date(2026, 6, 1), as_of=date(2026, 5, 1))
        assert (found.age, found.day, found.reminders) == (0, "2026-05-01", ())

    @pytest.mark.parametrize(("days", "day"), [(1, "2026-11-27, 1 day ago"), (30, "2026-10-29, 30 days ago")])
    def test_another_one_by_a_formula_is_asked_about(self, days: int, day: str) -> None:
        found = settings(Formula(f"=TODAY()-{days}"))
        assert (found.age, found.fixed, found.day) == (days, False, day)
        assert f"of another day than today: {day}, as the formula" in found.reminders[0]

    @pytest.mark.parametrize("value", [None, 0, "", "01.01.0001"])
    def test_none_is_the_day_of_the_run(self, value: Any) -> None:
        assert (settings(value).as_of, settings(value).reminders) == (TODAY, ())

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_is_said_in_both_languages(self, lang: str) -> None:
        found = settings(date(2026, 6, 1), lang=lang)
        assert found.day == {"en": "2026-06-01, 180 days ago", "ru": "01.06.2026, 180 дней назад"}[lang]
        assert found.day in found.reminders[0]


@pytest.mark.parametrize(
    "formula",
    ["=TODAY()", "=NOW()", "=TODAY()+30", '=IF(Z2="yes",TODAY(),"")', "=EDATE(TODAY(),24)", "=MIN(Z2,TODAY())"],
)
def test_a_fact_that_moves_with_the_day_is_none(formula: str) -> None:
    made = MemoryBook({"R": [ROSTER[0], ["P1", "HQS", Formula(formula, 46_000)]]})
    roster = read_roster(made)
    found = [one for one in check_roster(roster, Settings(TODAY)).findings if one.column == "agreement_signed"]
    assert [one.code for one in found] == ["data.not_a_date"]
    assert "another day tomorrow" in found[0].message


def test_a_fact_that_is_only_compared_with_the_day_stays_one() -> None:
    made = MemoryBook({"R": [ROSTER[0], ["P1", "HQS", Formula('=IF(Z2<TODAY(),Z2,"")', 46_000)]]})
    person, problems = read_roster(made).people[0]
    assert (person.agreement_signed, problems) == (date(2025, 12, 9), [])


def test_a_day_of_the_check_that_an_open_program_counted_is_that_day() -> None:
    assert settings(moving_now("=EOMONTH(TODAY(),0)")).as_of == date(2025, 12, 9)


def moving_now(formula: str) -> Any:
    return movement(formula).of_now(46_000)  # type: ignore[union-attr]

"""Years our own decree table does not hold: the holidays library before it, a projection after it."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import holidays
import pytest

from hqs_xl.bilingual import Bilingual
from hqs_xl.data import packaged
from hqs_xl.errors import EditionError
from hqs_xl.kept import keep, kept
from hqs_xl.law import RUSSIA, WorkingDays, decrees, due, library

from .oracle import YEARS, days, every_day

D = date.fromisoformat
LIBRARY = f"holidays {version('holidays')}, country RU"


# --- Our own table -----------------------------------------------------------------------------------------------


def test_the_table_holds_2010_to_2027_and_cites_each_decree() -> None:
    assert list(decrees.table()) == list(YEARS)
    assert all(year.decreed and "decree" in year.source for year in decrees.table().values())


@pytest.mark.parametrize("year", YEARS)
def test_each_row_of_the_table_is_that_of_the_calendar_page(year: int) -> None:
    _, off, worked = YEARS[year]
    assert decrees.table()[year].moved == days(off, year)
    assert decrees.table()[year].worked == days(worked, year)


ROW = """
[fixed]
days = ["01-01", "05-01"]
decree = "an invented code"
checked = 2026-11-28
[2024]
working_days = {total}
off = {off}
worked = {worked}
decree = "an invented decree"
checked = 2026-11-27
"""


def row(total: int = 260, off: str = '["05-02"]', worked: str = '["05-04"]') -> str:
    """262 weekdays, two holidays on weekdays, one weekday off, one Saturday worked."""
    return ROW.format(total=total, off=off, worked=worked)


def test_a_row_that_adds_up_is_read() -> None:
    year = decrees.read_table(row())[2024]
    assert (sorted(year.moved), sorted(year.worked)) == ([D("2024-05-02")], [D("2024-05-04")])
    assert year.source == "an invented decree"
    assert [year.is_working(D(f"2024-05-0{n}")) for n in range(1, 6)] == [False, False, True, True, False]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(row(total=259), id="one working day too few"),
        pytest.param(row(total=261), id="one working day too many"),
        pytest.param(row(off="[]"), id="a day off forgotten"),
        pytest.param(row(off='["05-02", "05-03"]'), id="a day off too many"),
        pytest.param(row(worked="[]"), id="a working Saturday forgotten"),
        pytest.param(row(worked='["05-04", "05-05"]'), id="a working Sunday too many"),
    ],
)
def test_a_row_that_does_not_add_up_to_its_total_is_refused(text: str) -> None:
    with pytest.raises(EditionError, match=r"decrees\.toml: 2024: .* working days"):
        decrees.read_table(text)


@pytest.mark.parametrize(
    "spoiled",
    ["", 'checked = "2026-11-27"', "checked = 2026-11-27T08:00:00", "checked = 2026"],
    ids=["never looked at", "a text", "a moment", "a year"],
)
def test_a_row_that_does_not_say_when_it_was_looked_at_is_refused(spoiled: str) -> None:
    for read in (decrees.read_table, decrees.read_decrees):
        with pytest.raises(EditionError, match=r"decrees\.toml: 2024\.checked: expected the day"):
            read(row().replace("checked = 2026-11-27", spoiled))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("working_days = 260", "", "2024.working_days"),
        ("working_days = 260", "working_days = 260.0", "2024.working_days"),
        ("working_days = 260", "working_days = 260\nworking = 1", "2024.working"),
        ('off = ["05-02"]', 'off = "05-02"', "2024.off"),
        ('off = ["05-02"]', 'off = ["05-02", "5-3"]', "2024.off[1]"),
        ('off = ["05-02"]', 'off = ["13-01"]', "2024.off[0]"),
        ('off = ["05-02"]', "off = [502]", "2024.off[0]"),
        ('decree = "an invented decree"', "", "2024.decree"),
        ('decree = "an invented decree"', 'decree.en = "a decree"', "2024.decree"),
        ("[2024]", "[year]", "year"),
        ("[2024]", "[24]", "24"),
        ('["01-01", "05-01"]', "[]", "fixed.days"),
        ("[fixed]", "[fixes]", "fixes.days"),
        ("[2024]", "[presidential]", "presidential.working_days"),
    ],
    ids=str,
)
@pytest.mark.parametrize("reader", ["pydantic", "the standard library"])
def test_a_broken_table_is_refused_with_file_and_key(
    old: str, new: str, key: str, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if reader != "pydantic":
        monkeypatch.setitem(sys.modules, "hqs_xl.models.by_pydantic", None)
    assert row().count(old) == 1
    with pytest.raises(EditionError) as raised:
        decrees.read_table(row().replace(old, new))
    assert str(raised.value).startswith(f"decrees.toml: {key}: ")


def test_a_day_that_a_year_has_not_is_refused() -> None:
    """29 February of a common year."""
    with pytest.raises(EditionError, match=r"^decrees\.toml: 2023\.off\[0\]: 2023 has no such day: '02-29'$"):
        decrees.read_table(row(off='["02-29"]').replace("[2024]", "[2023]"))


def test_each_row_says_what_it_rests_on_and_when_that_was_looked_at() -> None:
    assert decrees.read_decrees(row()) == [
        ("fixed", "an invented code", D("2026-11-28")),
        ("2024", "an invented decree", D("2026-11-27")),
    ]


@pytest.mark.parametrize(
    ("year", "number"),
    [
        *((2011, "No 600 of 2010-08-05"), (2013, "No 1048 of 2012-10-15"), (2014, "No 444 of 2013-05-28")),
        *((2015, "No 860 of 2014-08-27"), (2016, "No 1017 of 2015-09-24"), (2017, "No 756 of 2016-08-04")),
        *((2019, "No 1163 of 2018-10-01"), (2020, "No 875 of 2019-07-10"), (2021, "No 1648 of 2020-10-10")),
        *((2022, "No 1564 of 2021-09-16"), (2023, "No 1505 of 2022-08-29"), (2024, "No 1314 of 2023-08-10")),
        *((2025, "No 1335 of 2024-10-04"), (2026, "No 1466 of 2025-09-24"), (2027, "No 1187 of 2026-09-17")),
    ],
)
def test_the_number_of_a_decree(year: int, number: str) -> None:
    assert decrees.table()[year].source == f"Government decree {number}"


def test_a_decree_whose_number_was_not_found_has_none() -> None:
    for year in (2010, 2018):
        assert "No " not in decrees.table()[year].source


# --- 2002 to 2009 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(2002, 2010))
def test_a_year_before_the_table_is_the_library_s(year: int) -> None:
    library: Any = holidays.country_holidays("RU", years=year)
    for day in every_day(date(year, 1, 1), date(year, 12, 31)):
        assert RUSSIA.is_working(day) == library.is_working_day(day), day
    assert decrees.year(year).source.startswith(LIBRARY)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        pytest.param("2009-01-09", False, id="day off moved by decree"),
        pytest.param("2009-01-11", True, id="the Sunday worked for it"),
        pytest.param("2008-11-03", False, id="bridge day before Unity Day"),
        pytest.param("2008-11-01", True, id="the Saturday worked for it"),
        pytest.param("2004-05-10", False, id="9 May 2004 was a Sunday"),
        pytest.param("2004-11-08", False, id="7 November 2004 was a Sunday"),
        pytest.param("2004-11-04", True, id="no Unity Day yet"),
        pytest.param("2005-11-04", False, id="the first Unity Day"),
        pytest.param("2005-11-07", True, id="no 7 November any more"),
    ],
)
def test_days_of_the_years_before_the_table(day: str, working: bool) -> None:
    assert RUSSIA.is_working(D(day)) is working


@pytest.mark.parametrize("year", range(2002, 2010))
def test_no_year_of_the_past_is_provisional(year: int) -> None:
    """Provisional means: beyond the last known decree. 2004 had no transfers, which is knowledge too."""
    assert RUSSIA.is_known(date(year, 6, 15))
    assert not due("permit.decision", date(year, 6, 15)).provisional


@pytest.mark.parametrize("day", ["2009-01-09", "2008-11-03", "2008-06-13"])
def test_a_day_moved_by_decree_is_no_holiday_of_the_labour_code(day: str) -> None:
    status = RUSSIA.status(D(day))
    assert (status.working, status.kind) == (False, "moved_day_off")
    assert status.source.startswith(LIBRARY)


def test_a_weekend_day_worked_before_the_table_cites_the_library() -> None:
    status = RUSSIA.status(D("2009-01-11"))
    assert (status.working, status.kind) == (True, "worked_weekend")
    assert status.source.startswith(LIBRARY)


# --- Beyond every decree -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", range(2028, 2061))
def test_a_year_beyond_every_decree_is_projected(year: int) -> None:
    projected = decrees.year(year)
    assert (projected.decreed, projected.worked) == (False, frozenset())
    assert "projected" in projected.source
    assert len(projected.holidays) == 14


@pytest.mark.parametrize(
    ("year", "moved"),
    [
        pytest.param(2028, ["2028-11-06"], id="4 November on a Saturday"),
        pytest.param(2031, ["2031-02-24", "2031-03-10"], id="23 February on a Sunday, 8 March on a Saturday"),
        pytest.param(2032, ["2032-05-03", "2032-05-10", "2032-06-14"], id="1 and 9 May, 12 June on weekends"),
        pytest.param(2035, ["2035-11-05"], id="4 November on a Sunday"),
        pytest.param(2041, ["2041-02-25"], id="23 February on a Saturday"),
    ],
)
def test_a_holiday_on_a_weekend_moves_to_the_next_working_day(year: int, moved: list[str]) -> None:
    assert sorted(map(str, decrees.year(year).moved)) == moved


@pytest.mark.parametrize("year", range(2028, 2061))
def test_january_holidays_on_weekends_are_not_moved_without_a_decree(year: int) -> None:
    assert all(day.month != 1 for day in decrees.year(year).moved)
    assert not any(RUSSIA.is_working(date(year, 1, n)) for n in range(1, 9))


@pytest.mark.parametrize("year", range(2013, 2028))
def test_a_projection_is_wrong_on_2_to_8_days_a_year(year: int) -> None:
    """Why a projected year is marked: the figure the docs give, on the years that can be checked."""
    projected, decreed = decrees._projected(year), decrees.table()[year]
    wrong = sum(projected.is_working(day) != decreed.is_working(day) for day in decrees.days_of(year))
    assert 2 <= wrong <= 8


# --- Where the library can't be taken to ----------------------------------------------------------------------------


ALL = range(2002, 2061)


def forget() -> None:
    decrees.year.cache_clear()
    decrees._learnt.clear()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The user's cache folder, which is not there yet."""
    folder = tmp_path / "cache"
    monkeypatch.setattr("hqs_xl.kept._folder", lambda: folder)
    forget()
    yield folder
    forget()


@pytest.fixture
def no_library(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As in LibreOffice: the library can't be had."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    monkeypatch.setattr(library, "installed_version", lambda: None)
    return cache


def test_the_years_written_out_are_those_of_the_library() -> None:
    """For another version of the library run ``python docs/make_data.py``, and look at what differs."""
    assert packaged(library.YEARS_BEFORE) == library.written_out(library.asked(range(2002, 2010)))


@pytest.mark.usefixtures("no_library")
def test_they_are_known_without_it() -> None:
    assert [decrees.year(number).decreed for number in range(2002, 2010)] == [True] * 8
    assert RUSSIA.known_through == date(2027, 12, 31)


def test_another_process_learns_them_without_the_library() -> None:
    code = """
import pickle, sys
from hqs_xl.law import decrees
years = pickle.loads(sys.stdin.buffer.read())
decrees.learn(years)
assert decrees.years_beyond() == years
assert "holidays" not in sys.modules
"""
    known = decrees.years_beyond()
    assert sorted([*decrees.table(), *known]) == list(ALL)
    root, data = Path(__file__).parents[2], pickle.dumps(known)
    done = subprocess.run([sys.executable, "-c", code], cwd=root, input=data, capture_output=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.usefixtures("no_library")
@pytest.mark.parametrize("year", [2028, 2060])
def test_without_it_a_year_beyond_the_table_is_projected_and_says_so(year: int) -> None:
    found = decrees.year(year)
    assert (found.decreed, "projected" in found.source) == (False, True)


# --- The library is asked once -----------------------------------------------------------------------------------


VERSION = version("holidays")
KEPT = f"days-off-after-2027-holidays-{VERSION}.json"
ASK = """
import sys
from datetime import date
from hqs_xl.law import RUSSIA
print(RUSSIA.is_working(date({year}, 6, 16)), "holidays" in sys.modules)
"""


def asked_in_a_process(year: int, cache: Path) -> str:
    root, environment = Path(__file__).parents[2], os.environ | dict.fromkeys(CACHE_FOLDERS, str(cache))
    code = [sys.executable, "-c", ASK.format(year=year)]
    return subprocess.run(code, cwd=root, env=environment, capture_output=True, text=True, check=True).stdout  # noqa: S603


# Where the systems keep what a user's programs need not keep.
CACHE_FOLDERS = ("XDG_CACHE_HOME", "HOME", "LOCALAPPDATA")


def test_the_version_is_told_without_loading_the_library() -> None:
    assert library.installed_version() == VERSION


def test_no_library_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    assert library.installed_version() is None


@pytest.mark.parametrize("beside", [[], ["holidays-0.1.dist-info", "holidays-0.2.dist-info"]], ids=["none", "two"])
def test_a_library_with_no_one_version_beside_it_has_none(
    beside: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("holidays", *beside):
        (tmp_path / name).mkdir()
    (tmp_path / "holidays" / "__init__.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert library.installed_version() is None


def test_a_day_of_our_table_asks_nobody(tmp_path: Path) -> None:
    assert asked_in_a_process(2026, tmp_path) == "True False\n"
    assert not [*tmp_path.iterdir()]


def test_a_day_beyond_it_asks_the_library_once(tmp_path: Path) -> None:
    assert [asked_in_a_process(2031, tmp_path) for _ in range(3)] == ["True True\n", "True False\n", "True False\n"]


def test_its_answer_is_kept_under_its_version(cache: Path) -> None:
    assert decrees.year(2028).decreed is False
    assert [file.name for file in cache.iterdir()] == [KEPT]


def test_the_answer_of_another_version_is_not_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decrees.year(2028)
    (cache / KEPT).rename(cache / KEPT.replace(VERSION, "0.1"))
    monkeypatch.setattr(library, "asked", lambda _numbers: {2028: decrees.table()[2027]})
    forget()
    assert decrees.year(2028) is decrees.table()[2027]


def kept_year(**changed: object) -> str:
    source = [f"holidays {VERSION}, country RU", f"библиотека holidays {VERSION}, Россия"]
    year = {"holidays": [], "moved": ["2028-05-02"], "worked": [], "source": source}
    return json.dumps({"2028": year | changed})


def test_what_is_kept_is_used(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    cache.mkdir()
    (cache / KEPT).write_text(kept_year(), "utf-8")
    assert decrees.year(2028) == decrees.Year(
        frozenset(),
        frozenset({date(2028, 5, 2)}),
        frozenset(),
        Bilingual(f"holidays {VERSION}, country RU"),
        decreed=True,
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(kept_year()[:-9], id="half of it"),
        pytest.param("[]", id="a list"),
        pytest.param('{"2028": 1}', id="a number for a year"),
        pytest.param('{"2028": {}}', id="a year without days"),
        pytest.param(kept_year(moved=["2029-05-02"]), id="a day of another year"),
        pytest.param(kept_year(moved=["soon"]), id="no day"),
        pytest.param(kept_year(source=["holidays 0.1, country RU", ""]), id="of another version"),
        pytest.param(kept_year().replace('"2028":', '"2027":').replace("2028-", "2027-"), id="a year of our table"),
        pytest.param("\ud800", id="no UTF-8"),
    ],
)
def test_what_can_not_be_read_back_is_asked_anew_and_kept_anew(text: str, cache: Path) -> None:
    cache.mkdir()
    (cache / KEPT).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert decrees.year(2028).decreed is False
    assert (cache / KEPT).read_text("utf-8") == "{}\n"


def test_a_folder_that_can_not_be_written_to_does_no_harm(cache: Path) -> None:
    cache.write_text("a file stands in its place")
    assert decrees.year(2028).decreed is False


def test_without_the_library_of_folders_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    keep("name", "text")
    assert kept("name") is None


# --- A newer library ---------------------------------------------------------------------------------------------


class Russia(dict[date, str]):
    """A country of the holidays library as this package reads it: a newer one, that has a decree for 2028."""

    special_public_holidays = {2024: (), 2028: ((1, 10, 1, 8), (12, 29, 2, 26))}  # noqa: RUF012 - as the library's

    def __init__(self, years: Iterable[int]) -> None:
        fixed = {day.replace(year=year): "holiday" for year in years for day in decrees.table()[2027].holidays}
        super().__init__(fixed)
        self.weekend_workdays = set()
        if 2028 in years:
            self.update({D(day): "day off" for day in ("2028-01-10", "2028-11-06", "2028-12-29")})
            self.weekend_workdays = {D("2028-02-26")}
        if 2024 in years:
            self[D("2024-03-04")] = "an error of the library"


@pytest.fixture
def newer_library(cache: Path, monkeypatch: pytest.MonkeyPatch) -> WorkingDays:  # noqa: ARG001 - a fresh cache
    fake: Any = ModuleType("holidays")
    fake.__version__ = "9.9"
    fake.country_holidays = lambda _country, years=None: Russia([years] if years else [])
    monkeypatch.setitem(sys.modules, "holidays", fake)
    monkeypatch.setattr(library, "installed_version", lambda: "9.9")
    return WorkingDays()


def test_a_newer_library_extends_the_horizon(newer_library: WorkingDays) -> None:
    assert newer_library.known_through == D("2028-12-31")
    assert [newer_library.is_known(D(day)) for day in ("2027-12-31", "2028-12-31", "2029-01-01")] == [True, True, False]


@pytest.mark.parametrize(
    ("day", "working", "kind", "source"),
    [
        pytest.param("2028-01-07", False, "holiday", "Labour Code art. 112", id="fixed holiday"),
        pytest.param("2028-01-10", False, "moved_day_off", "holidays 9.9", id="moved from a January Saturday"),
        pytest.param("2028-12-29", False, "moved_day_off", "holidays 9.9", id="moved from a worked Saturday"),
        pytest.param("2028-02-26", True, "worked_weekend", "holidays 9.9", id="worked Saturday"),
        pytest.param("2028-02-28", True, "working_day", "", id="plain Monday"),
        pytest.param("2028-03-04", False, "saturday", "", id="plain Saturday"),
    ],
)
def test_the_days_of_a_newer_decree(
    newer_library: WorkingDays, day: str, working: bool, kind: str, source: str
) -> None:
    assert newer_library.is_working(D(day)) is working
    status = newer_library.status(D(day))
    assert (status.working, status.kind) == (working, kind)
    assert status.source.startswith(source)


def test_deadlines_of_a_newer_decree_are_sure(newer_library: WorkingDays) -> None:
    deadline = due("permit.decision", D("2027-12-30"), calendar=newer_library)
    assert (deadline.due, deadline.provisional) == (D("2028-01-28"), False)
    assert due("permit.decision", D("2028-12-28"), calendar=newer_library).provisional


def test_our_own_table_goes_before_the_library(newer_library: WorkingDays) -> None:
    assert newer_library.is_working(D("2024-03-04"))


def test_a_library_that_names_no_decrees_decrees_nothing(
    newer_library: WorkingDays, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Russia, "special_public_holidays")
    assert newer_library.known_through == D("2027-12-31")
    assert not newer_library.is_known(D("2028-01-10"))
    assert newer_library.is_working(D("2028-01-10"))


def test_a_newer_decree_is_kept_as_it_was_found(newer_library: WorkingDays, monkeypatch: pytest.MonkeyPatch) -> None:
    assert newer_library.is_known(D("2028-06-01"))
    found = decrees.year(2028)
    forget()
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert decrees.year(2028) == found

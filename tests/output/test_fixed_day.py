"""A day of the check that is fixed in the workbook: said in every output, and a warning in a scheduled run's log."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from hqs_xl.buttons.acts import summary_in_words
from hqs_xl.output.beside import write_calendar, write_due_list, write_notice
from hqs_xl.roster.settings import Settings
from hqs_xl.sync.book import refresh_book
from tests.roster.books import MemoryBook
from tests.roster.people import FILED, SPECIALIST
from tests.roster_files import run, write

AGO = r"2026-02-16, \d+ days ago"
ASKED = re.compile(rf"fixed in the workbook: {AGO}")


def sheets(as_of: object = date(2026, 2, 16)) -> dict[str, list[list[object]]]:
    return {
        "Roster": [list(SPECIALIST), list(SPECIALIST.values())],
        "Salary": [["Person ID", "Quarter", "Filed on"], *(["P1", quarter, day] for quarter, day in FILED.items())],
        "Settings": [["Setting", "Value"], ["As of", as_of], ["Language", "en"]],
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write(tmp_path / "r.xlsx", **sheets())


@pytest.mark.parametrize(
    "command",
    [
        ("check", "{file}"),
        ("due", "{file}"),
        ("due", "{file}", "--out", "{folder}/d.html"),
        ("ics", "{file}"),
        ("notice", "{file}", "P1", "--kind", "salary"),
        ("refresh", "{file}", "--findings-sheet"),
    ],
    ids=" ".join,
)
def test_is_said_and_asked_about(command: tuple[str, ...], file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(*(part.format(file=file, folder=file.parent) for part in command))
    assert ASKED.search(" ".join(capsys.readouterr().out.split()))


def test_is_no_matter_where_it_was_asked_for(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("check", "due", "refresh"):
        run(command, file, "--as-of", "2026-02-16")
        assert "fixed" not in capsys.readouterr().out


@pytest.mark.parametrize("command", ["check", "refresh"])
def test_is_a_field_of_the_json(command: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(command, file, "--json")
    found = json.loads(capsys.readouterr().out)
    [one] = found.get("files", [found])
    assert one["as_of"] == "2026-02-16"
    assert one["as_of_days_ago"] > 0
    run(command, file, "--json", "--as-of", "2026-02-16")
    found = json.loads(capsys.readouterr().out)
    assert [one["as_of_days_ago"] for one in found.get("files", [found])] == [0]


def test_stands_in_the_files(file: Path) -> None:
    run("due", file, "--out", file.parent / "d.html")
    assert ASKED.search((file.parent / "d.html").read_text("utf-8"))
    run("ics", file)
    calendar = file.with_suffix(".ics").read_text("utf-8").replace("\n ", "").replace("\\,", ",")
    assert re.search(rf"X-WR-CALDESC:.*fixed in the workbook: {AGO}", calendar)


def test_is_a_warning_of_a_scheduled_run_and_stands_in_its_due_list(file: Path) -> None:
    log, digest = file.parent / "log.txt", file.parent / "due"
    run("refresh", file, "--scheduled", "--log", log, "--digest", digest)
    assert re.search(r"WARNING r\.xlsx: As of is fixed in the workbook on 2026-02-16, \d+ days ago", log.read_text())
    [text] = [found.read_text("utf-8") for found in digest.iterdir()]
    assert ASKED.search(text)


def test_is_said_by_the_buttons(tmp_path: Path) -> None:
    now = datetime(2026, 8, 15, 9, 0)
    summary = refresh_book(MemoryBook(sheets()), now=now)
    words = summary_in_words(summary, "r.xlsx")
    assert "as of 2026-02-16, 180 days ago" in words
    assert ASKED.search(words)
    book = MemoryBook(sheets())
    for write_one in (write_due_list, write_calendar):
        assert ASKED.search(write_one(book, str(tmp_path / "r.xlsx"), now.date()))
    assert ASKED.search(write_notice(book, str(tmp_path / "r.xlsx"), now.date(), ("Roster", 2, 0)))


@pytest.mark.parametrize(("formula", "said"), [("=TODAY()-30", "30 days ago"), ("=TODAY()+5", "5 days ahead")])
@pytest.mark.parametrize(
    "command",
    [("check", "{file}"), ("due", "{file}"), ("ics", "{file}"), ("notice", "{file}", "P1", "--kind", "salary")],
    ids=" ".join,
)
def test_a_formula_that_makes_it_another_day_is_asked_about(
    tmp_path: Path, command: tuple[str, ...], formula: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "r.xlsx", **sheets(formula))
    run(*(part.format(file=file) for part in command))
    out = " ".join(capsys.readouterr().out.split())
    assert re.search(rf"of another day than today: \d{{4}}-\d\d-\d\d, {said}, as the formula", out)


def test_what_happened_since_such_a_day_was_not_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("check", write(tmp_path / "r.xlsx", **sheets("=TODAY()-30")), "--json")
    found = json.loads(capsys.readouterr().out)
    assert [one["number"] for one in found["not_checked"] if one["what"] == "as_of"] == [30]
    assert "as the formula" in found["warnings"][0]


def test_of_such_a_day_a_scheduled_run_warns(tmp_path: Path) -> None:
    file, log = write(tmp_path / "r.xlsx", **sheets("=TODAY()-30")), tmp_path / "log.txt"
    run("refresh", file, "--scheduled", "--log", log)
    assert re.search(r"WARNING r\.xlsx: As of is a formula .* 30 days ago", log.read_text())


def test_today_by_a_formula_is_no_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("check", write(tmp_path / "r.xlsx", **sheets("=TODAY()")))
    assert "as the formula" not in capsys.readouterr().out


def test_none_is_asked_about_where_the_day_moves(tmp_path: Path) -> None:
    summary = refresh_book(MemoryBook(sheets(None)), now=datetime(2026, 2, 16, 9, 0))
    assert "ago" not in summary_in_words(summary, "r.xlsx")
    assert Settings(date(2026, 2, 16)).reminders == ()
    assert not list(tmp_path.iterdir())

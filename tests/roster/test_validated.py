"""Rows are validated by pydantic behind every door of a host that has it: cells, the button, commands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hqs_xl.buttons import excel
from hqs_xl.functions import HQS_ANSWERS, HQS_CHECK, HQS_NEXT
from hqs_xl.roster.employer import Employer
from hqs_xl.roster.reading import by_pydantic
from hqs_xl.roster.records import Document, OwnDay, Person, SalaryNotice
from hqs_xl.roster.settings import Settings
from tests.roster.people import FILED, SPECIALIST
from tests.roster_files import run, write
from tests.rosters import NOW
from tests.rosters import roster as open_roster

SALARY = [["Person ID", "Quarter", "Filed on"], *(["P1", quarter, day] for quarter, day in FILED.items())]
DAYS = [["Date", "Working"], ["2026-03-17", "no"]]
DOCUMENTS = [["Person ID", "Document", "Valid until"], ["P1", "policy", "2027-12-31"]]
SETTINGS = [["Setting", "Value"], ["As of", "2026-03-16"]]
EMPLOYER = [["Employer", "Value"], ["Name", "Romashka"]]
BOOK = {"Salary": SALARY, "Days": DAYS, "Documents": DOCUMENTS, "Settings": SETTINGS, "Employer": EMPLOYER}
ALL = {Person, SalaryNotice, OwnDay, Document, Settings, Employer}


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> set[type[Any]]:
    """The records that pydantic has validated."""
    kinds: set[type[Any]] = set()

    def noting(validator: Callable[..., Any]) -> Callable[..., Any]:
        def noted(kind: type[Any], *name: str) -> Any:
            kinds.add(kind)
            return validator(kind, *name)

        return noted

    for name in ("_record", "_facts", "_fact"):
        monkeypatch.setattr(by_pydantic, name, noting(getattr(by_pydantic, name)))
    return kinds


@pytest.mark.parametrize(
    "line",
    [
        "check roster.xlsx",
        "due roster.xlsx",
        "ics roster.xlsx --out days.ics",
        "law changes --roster roster.xlsx",
        "notice roster.xlsx P1 --kind concluded",
        "refresh roster.xlsx",
        "import people.csv --into roster.xlsx",
    ],
)
def test_of_a_command(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seen: set[type[Any]]) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "roster.xlsx", Roster=[list(SPECIALIST), list(SPECIALIST.values())], **BOOK)
    (tmp_path / "people.csv").write_text("Person ID;Relation\nP9;HQS\n", "utf-8")
    assert run(*line.split()) in (0, 1)
    assert seen == ALL


CALL: list[Any] = [[[*SPECIALIST]], [[*SPECIALIST.values()]], "2026-03-16", "card", "en"]


@pytest.mark.parametrize("function", [HQS_CHECK, HQS_NEXT])
def test_of_a_cell(function: Any, seen: set[type[Any]]) -> None:
    function(*CALL)
    assert seen == {Person}


def test_of_a_cell_that_is_given_the_other_tables(seen: set[type[Any]]) -> None:
    HQS_ANSWERS(*CALL, SALARY, SETTINGS, DAYS, DOCUMENTS)
    assert seen == ALL - {Employer}


def test_of_the_button_of_excel(seen: set[type[Any]]) -> None:
    excel.sync_roster(open_roster(Days=DAYS, Documents=DOCUMENTS, Employer=EMPLOYER), now=NOW)
    assert seen == ALL

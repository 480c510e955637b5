"""Links from findings to their cells in LibreOffice: written, undone, saved in both formats, and followed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from hqs_xl.formulas.links import Link
from hqs_xl.roster.tables import Found
from tests.calc.office import Office
from tests.hosts.edits import changes, replace

LINKS = "tests.calc.links"
SHEETS = ["Roster", "Our people", "O'Brien's", 'the "new" ones', "Реестр", "A1", "50% of us", "A#1", "a.b", "x!y"]
CELL = "AD12"
FOUND = Found("findings", "Findings", 1, {0: "severity", 1: "go_to"}, {"severity": "Severity", "go_to": "Go to"})


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("links")
    return [folder / f"book.{kind}" for kind in ("xlsx", "ods")]


@pytest.fixture(scope="module")
def done(office: Office, files: list[Path]) -> Any:
    return office.run(LINKS, "written", sheets=SHEETS, cell=CELL, files=[str(file) for file in files])


def expected(count: int) -> list[list[str]]:
    shown = [[Link(sheet, CELL).formula(";"), CELL] for sheet in SHEETS[:count]]
    return shown + [["", ""]] * (len(SHEETS) + 1 - count)


def test_links_are_written_as_one_step(done: Any) -> None:
    assert done["shown"] == expected(len(SHEETS))
    assert done["undone"] == expected(0)
    assert done["redone"] == expected(len(SHEETS))
    assert done["again"] is False
    assert done["note"] == "a note"


def test_links_of_findings_that_are_gone_go(done: Any) -> None:
    assert done["fewer"] == expected(1)


@pytest.mark.parametrize("place", [0, 1], ids=["xlsx", "ods"])
@pytest.mark.usefixtures("done")
def test_a_saved_link_leads_to_the_cell(office: Office, files: list[Path], place: int) -> None:
    found = office.run(LINKS, "followed", file=str(files[place]), sheets=SHEETS, cell=CELL)
    assert found["found"] == {sheet: f"{sheet}!{CELL}" for sheet in SHEETS}
    assert found["shown"] == expected(len(SHEETS))
    assert found["again"] is False


@pytest.mark.usefixtures("done")
def test_a_refresh_of_the_closed_file_knows_the_links_that_libreoffice_saved(files: list[Path]) -> None:
    rows: list[Mapping[str, Any]] = [{"severity": "Due", "go_to": Link(sheet, CELL)} for sheet in SHEETS]
    rows.append({"severity": "Due"})
    assert not changes(files[0], replace(FOUND, rows))
    assert changes(files[0], replace(FOUND, [*rows[1:], rows[0]]))

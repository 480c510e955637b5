"""The tests' own LibreOffice."""

from __future__ import annotations

from tests.calc.office import Office


def test_it_runs_and_counts(office: Office) -> None:
    assert office.run("tests.calc.sheets", "version")

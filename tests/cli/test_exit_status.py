"""The exit statuses are those of the docs' table, the same for each command that checks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hqs_xl.cli.terminal import FOUND, INTERRUPTED, OK, UNUSABLE
from tests.roster_files import roster_file, run

PAGE = Path(__file__).parents[2] / "docs" / "terminal.md"
DAY = ("--as-of", "2026-02-16")
COMMANDS = ("check", "due", "refresh")


def test_the_table_names_each_status_once() -> None:
    table = PAGE.read_text("utf-8").partition("<!-- table: exit -->")[2].partition("<!-- /table -->")[0]
    assert [int(status) for status in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)] == [
        OK,
        FOUND,
        UNUSABLE,
        INTERRUPTED,
    ]
    assert all(f"`{command}`" in table for command in (*COMMANDS, "schedule"))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_answers_as_the_table_says(command: str, tmp_path: Path) -> None:
    clean = roster_file(tmp_path / "clean.xlsx")
    assert run(command, clean, *DAY) == OK
    assert run(command, clean, *DAY, "--strict") == FOUND  # it lacks columns
    assert run(command, roster_file(tmp_path / "broken.xlsx", hiring_order=None), *DAY) == FOUND
    assert run(command, roster_file(tmp_path / "data.xlsx", host="Landlord"), *DAY) == FOUND
    no_book = tmp_path / "no book.xlsx"
    no_book.write_text("no book")
    assert run(command, no_book, *DAY) == UNUSABLE

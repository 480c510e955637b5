"""Tables in plain text, as files and pipes get them."""

from __future__ import annotations

import sys

import pytest

from hqs_xl.cli.screen.console import PIPE_WIDTH, console, table
from hqs_xl.cli.screen.grid import Grid, Styled


def lines(grid: Grid, width: int = 40) -> list[str]:
    return [*grid.lines(width)]


def test_columns_are_as_wide_as_their_longest_line() -> None:
    grid = Grid(["Day", "Why"], "Days")
    grid.add_row("2026-11-28", Styled("Saturday", "bold"))
    grid.add_row("2026-11-29", "")
    assert lines(grid) == [
        "Days",
        "",
        " Day          Why",
        " " + "─" * 21,
        " 2026-11-28   Saturday",
        " 2026-11-29",
        "",
    ]


def test_what_does_not_fit_is_folded_the_widest_first() -> None:
    grid = Grid(["Who", "What"])
    grid.add_row("HQS-00001", "Notify the authority of the agreement concluded")
    found = lines(grid)
    assert all(len(line) <= 40 for line in found)
    assert found[3:] == [
        " HQS-00001   Notify the authority of the",
        "             agreement concluded",
        "",
    ]


def test_a_word_longer_than_its_column_is_cut_and_nothing_is_lost() -> None:
    grid = Grid(["A"])
    grid.add_row("x" * 100)
    assert "".join("".join(lines(grid, 30)).split()).count("x") == 100


def test_a_column_on_one_line_stays_so_and_shares_of_room_are_kept() -> None:
    grid = Grid(["One", "Much", "Little"])
    grid.columns[0].no_wrap, grid.columns[1].ratio, grid.columns[2].ratio = True, 3, 1
    grid.add_row("2026-11-28 2026-11-29", "word " * 40, "word " * 40)
    found = lines(grid, 80)
    assert "2026-11-28 2026-11-29" in found[3]
    assert found[1].index("Little") - found[1].index("Much") - 3 > 2 * len(found[2][found[1].index("Little") :])


def test_lines_within_a_cell_stay_lines() -> None:
    grid = Grid(["A", "B"])
    grid.add_row("one\n\ntwo", "x")
    assert lines(grid)[3:] == [" one   x", "", " two", ""]


def test_into_a_pipe_no_library_draws(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setitem(sys.modules, "rich.console", None)
    grid = table(["A"])
    grid.add_row("word " * 60)
    console().print(grid)
    console().print("long " * 60, style="bold")
    table_lines, line = capsys.readouterr().out.split("\n\nlong")
    assert max(map(len, table_lines.split("\n"))) <= PIPE_WIDTH
    assert len(line) > PIPE_WIDTH

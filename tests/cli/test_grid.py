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
    found = lines(grid, 120)
    assert "2026-11-28 2026-11-29" in found[3]
    assert found[1].index("Little") - found[1].index("Much") - 3 > 2 * len(found[2][found[1].index("Little") :])


WIDE = ["HQS-00001", "2026-11-28", "word " * 40, "words " * 40]


def test_where_days_and_ids_would_be_broken_each_row_is_a_paragraph() -> None:
    grid = Grid(["Who", "When", "What", "Why"])
    grid.add_row("HQS-00001", "2026-11-28", "Notify the authority", "three working days, that day included")
    grid.add_row("HQS-00002", "2026-11-29", Styled("Register", "bold"), "")
    assert lines(grid, 40) == [
        "",
        "HQS-00001",
        "  When: 2026-11-28",
        "  What: Notify the authority",
        "  Why: three working days, that day",
        "    included",
        "",
        "HQS-00002",
        "  When: 2026-11-29",
        "  What: Register",
        "",
    ]


@pytest.mark.parametrize(("width", "paragraphs"), [(119, True), (120, False)])
def test_on_little_room_no_table_is_long_and_thin(width: int, paragraphs: bool) -> None:
    grid = Grid(["Who", "When", "What", "Why"])
    grid.add_row(*WIDE[:2], "word " * 70, "words " * 70)
    assert (grid.widths(width) is None) is paragraphs


def test_the_leading_columns_stand_in_the_first_line() -> None:
    grid = Grid(["Who", "When", "What", "Why"])
    for column in (grid.columns[0], grid.columns[1]):
        column.lead = True
    grid.add_row(*WIDE)
    assert lines(grid)[1] == "HQS-00001  2026-11-28"


@pytest.mark.parametrize("width", range(20, 160, 7))
def test_whatever_the_width_no_day_and_no_id_is_broken(width: int) -> None:
    grid = Grid(["Who", "When", "What", "Why"])
    grid.add_row(*WIDE)
    shown = "\n".join(lines(grid, width))
    assert all(part in shown for part in WIDE[:2])
    assert shown.split().count("word") == shown.split().count("words") == 40
    assert max(map(len, shown.split("\n"))) <= width


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

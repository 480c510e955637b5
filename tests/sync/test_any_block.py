"""A property: whatever stands on the roster's own sheet, above, below or beside it, no cell of it changes."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from hqs_xl.errors import UnusableFile
from hqs_xl.roster.columns import TABLES
from hqs_xl.roster.tables.no_rows import is_no_row
from tests.roster.books import Grid, MemoryBook
from tests.sync.test_own_cells import answered, refreshed, sheets

WIDTH = len(TABLES["roster"])
ANSWERS = [place for place, column in enumerate(TABLES["roster"]) if column.answer]
WORDS = ["Name", "Sales", "Итого", "Smith", "P9", "HQS", "Family", "card", "2026Q1", "0012", "=A1", "12 days", "#N/A"]
# Nothing here is a word of an answer: what says one of those words may be an answer of an earlier check.
values = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.sampled_from([column.header() for column in TABLES["roster"] if not column.answer]),
    st.integers(-3, 50_000),
    st.floats(0, 60_000),
    st.booleans(),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.text("abc йфя.;-1 ", min_size=1, max_size=12).map(lambda text: f"{text}."),
)


# A row with few cells, half of them where answers stand: one with many is refused for any of them.
rows = st.dictionaries(st.sampled_from(ANSWERS) | st.integers(0, WIDTH + 1), values, min_size=1, max_size=4)
blocks = st.lists(rows, min_size=1, max_size=5).map(
    lambda found: [[row.get(column) for column in range(WIDTH + 2)] for row in found]
)


# An error alone where answers stand: somebody's sum may come to it.
AN_ERROR: Grid = [[None] * ANSWERS[0] + ["#N/A"] + [None] * (WIDTH + 1 - ANSWERS[0])]
AND_A_NUMBER: Grid = [[None] * ANSWERS[0] + ["#N/A", 5] + [None] * (WIDTH - ANSWERS[0])]
A_TOTAL: Grid = [["Итого", *AN_ERROR[0][1:]]]


def is_lost_answer(row: Sequence[Any], place: int) -> bool:
    """Whether it is an error, or a figure beside one, where answers to a person stand: formulas of ours lost."""
    facts = {
        column.key: value
        for column, value in zip(TABLES["roster"], row, strict=False)
        if not column.answer and value is not None
    }
    is_answer = place in ANSWERS and (row[place] == "#N/A" or not isinstance(row[place], str))
    shows_error = any(row[other] == "#N/A" for other in ANSWERS)
    return is_answer and shows_error and bool(facts) and not is_no_row("roster", facts)


A_PERSON: Grid = [["Smith", *AN_ERROR[0][1:]]]


@settings(max_examples=100, deadline=None)
@example(block=A_PERSON, where="below", gap=0, earlier=False)
@example(block=AN_ERROR, where="below", gap=0, earlier=False)
@example(block=AND_A_NUMBER, where="below", gap=0, earlier=False)
@example(block=A_TOTAL, where="below", gap=1, earlier=True)
@given(
    block=blocks,
    where=st.sampled_from(["below", "below", "beside", "above"]),
    gap=st.integers(0, 2),
    earlier=st.booleans(),
)
def test_a_block_of_any_values_on_the_roster_s_sheet_stays(block: Grid, where: str, gap: int, earlier: bool) -> None:
    grids = answered() if earlier else sheets()
    roster: Grid = grids["Roster"]
    blank: Grid = [[None] * WIDTH for _ in range(gap)]
    if where == "below":
        grids["Roster"] = [*roster, *blank, *block]
        mine = range(len(roster), len(roster) + gap + len(block))
    elif where == "above":
        grids["Roster"] = [*block, *blank, *roster]
        mine = range(len(block))
    else:
        wide = WIDTH + gap
        longest = max(len(roster), len(block))
        grids["Roster"] = [
            [*(roster[row] if row < len(roster) else []), *[None] * wide][:wide]
            + (block[row] if row < len(block) else [])
            for row in range(longest)
        ]
        mine = range(longest)
    typed = {
        (row, column): value
        for row in mine
        for column, value in enumerate(grids["Roster"][row])
        if value is not None and (where != "beside" or column >= WIDTH + gap)
        if not (where == "below" and is_lost_answer(grids["Roster"][row], column))
    }
    made = MemoryBook(deepcopy(grids))
    try:
        refreshed(made)
    except UnusableFile as error:
        event(f"{where}: {error.code}")
    else:
        event(f"{where}: answered")
    after = made.grids["Roster"]
    kept = {place: after[place[0]][place[1]] for place in typed if len(after[place[0]]) > place[1]}
    assert kept == typed

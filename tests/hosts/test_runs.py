"""Rows as runs, and spans of rows with what stands in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.hosts.sheets.runs import meeting, merged
from hqs_xl.hosts.sheets.spans import Span, Spans

ROWS = st.integers(1, 30)
PAIRS = st.tuples(ROWS, ROWS).map(sorted).map(tuple)
SOME = st.lists(PAIRS, max_size=9)


@given(SOME, PAIRS)
def test_runs_that_meet_rows_are_those_found_one_by_one(runs: list[tuple[int, int]], rows: tuple[int, int]) -> None:
    kept = merged(runs)
    assert [*meeting(kept, *rows)] == [run for run in kept if run[0] <= rows[1] and run[1] >= rows[0]]


@given(SOME, PAIRS)
def test_spans_that_meet_rows_are_those_found_one_by_one(runs: list[tuple[int, int]], rows: tuple[int, int]) -> None:
    spans = [Span(*run, place) for place, run in enumerate(runs)]
    met = sorted(span for span in spans if span.first <= rows[1] and span.last >= rows[0])
    assert sorted(Spans(spans).meeting(*rows)) == met


def test_spans_that_overlap_are_all_found() -> None:
    """A formula that fills an area may stand beside cells with their own."""
    area, own = Span(1, 9, "area"), Span(3, 3, "own")
    assert [*Spans([own, area]).meeting(3, 3)] == [area, own]
    assert [*Spans([own, area]).meeting(5, 5)] == [area]
    assert [*Spans([own, area]).meeting(10, 10)] == []

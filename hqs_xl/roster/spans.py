"""Documents of one kind as they follow each other: which run of them holds on a day, and where days lie between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from hqs_xl.law.deadlines import Span, uncovered
from hqs_xl.law.workdays import FIRST_DAY, LAST_DAY

ONE_DAY = timedelta(days=1)


def in_force(spans: Collection[Span], as_of: date) -> Span:
    """Of permits, visas or policies: the end of their unbroken run, and when the one that ends then began.

    The run is the one that covers the day; else the last one before it, else the first one after.
    """
    run = _run_of(spans, as_of)
    return _open(run.first, run.last, spans)


def began_before(spans: Iterable[Span], as_of: date) -> date | None:
    """When that run began, where the document that ends it followed another one.

    Two that end on one day are one document, typed twice.
    """
    begins = {last: first for first, last in reversed(bounded(spans))}
    run = _run_of([(first, last) for last, first in begins.items()], as_of)
    return run.begins if run.begins < run.first else None


def _run_of(spans: Iterable[Span], as_of: date) -> _Run:
    runs: list[_Run] = []
    for first, last in bounded(spans):
        if runs and first <= runs[-1].last + ONE_DAY:
            if last >= runs[-1].last:
                runs[-1] = _Run(runs[-1].begins, first, last)
        else:
            runs.append(_Run(first, first, last))
    return next((run for run in reversed(runs) if run.begins <= as_of), runs[0])


def newest(spans: Collection[Span], as_of: date) -> Span:
    """Of registrations: the one made last, for each entry needs its own, prolonged by those that follow it at once."""
    ordered = bounded(spans)
    first, last = next((span for span in reversed(ordered) if span[0] <= as_of), ordered[0])
    for begins, ends in ordered:
        if first <= begins <= last + ONE_DAY:
            last = max(last, ends)
    return _open(first, last, spans)


class Gaps(NamedTuple):
    """Days that nothing covers: those known for sure, and those of which a blank first or last day hides it."""

    sure: Sequence[tuple[date, date]]
    untold: Sequence[tuple[date, date]]


def gaps(cover: tuple[date, date], spans: Sequence[Span]) -> Gaps:
    """The days of ``cover`` without a document; one without a first or last day surely covers the other day alone."""
    sure = uncovered(cover, spans)
    if all(first and last for first, last in spans):
        return Gaps(sure, ())
    known = [(first or last, last or first) for first, last in spans if first or last]
    return Gaps(sure, [gap for gap in uncovered(cover, known) if gap not in sure])


def gaps_between(spans: Sequence[Span], since: date, as_of: date) -> Gaps:
    """The days since a day that lie between two documents: not those before the first one, or after the last.

    One without a first day surely holds on its last one alone.
    """
    known = [day for first, last in spans if (day := first or last)]
    begins = [first or min(last or as_of, as_of) for first, last in spans]
    begun = max(since, min(known, default=as_of))
    last_begun = max((day for day in begins if day <= as_of), default=begun)
    return gaps((begun, last_begun), spans) if begun < last_begun else Gaps((), ())


class _Run(NamedTuple):
    """Documents without a day between them: the run's first day, that of its last document, and its last day."""

    begins: date
    first: date
    last: date


def bounded(spans: Iterable[Span]) -> list[tuple[date, date]]:
    """In order; what is open reaches as far as the calendar."""
    return sorted((first or FIRST_DAY, last or LAST_DAY) for first, last in spans)


def _open(first: date, last: date, spans: Iterable[Span]) -> Span:
    """A first and last day as they were written; for good is a last day too, and a blank is none."""
    open_ended = last == LAST_DAY and all(until != LAST_DAY for _, until in spans)
    return None if first == FIRST_DAY else first, None if open_ended else last

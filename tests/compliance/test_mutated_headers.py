"""Whatever is written above a column, and whatever becomes of a cell: nothing vanishes from a report without a word."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hqs_xl.compliance.check import Report, check_roster, read_roster
from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.memory import Grid, MemoryBook
from hqs_xl.roster.columns import TABLES, facts
from hqs_xl.roster.headers.row import headed
from hqs_xl.texts import LANGUAGES
from tests.compliance.mutations import AS_OF, PEOPLE, demo, in_two_rows, mutated

SEED = 20261128
KINDS = ("roster", "salary", "settings", "documents", "own_days")
# Of the headers written otherwise so many are understood at once, at least.
AT_ONCE = 0.85


def report(sheets: dict[str, Grid]) -> Report:
    roster = read_roster(MemoryBook(sheets))
    return check_roster(roster, roster.other.settings_for(AS_OF))


@cache
def whole(lang: str) -> tuple[dict[str, Grid], Report]:
    sheets = demo(lang)
    return sheets, report(sheets)


def unexplained(before: Report, sheets: dict[str, Grid]) -> list[Any]:
    """The findings that are gone although nothing new is said, neither by a finding nor of what was not looked at."""
    try:
        after = report(sheets)
    except UnusableFile:
        return []  # said in a line of its own
    was, now = ({(one.code, one.person_id, one.message) for one in some.findings} for some in (before, after))
    said, says = ({one.message for one in some.coverage.not_checked} for some in (before, after))
    gone = {one[:2] for one in was} - {one[:2] for one in now}
    return [] if now - was or says - said else sorted(gone)


def headers(lang: str) -> Iterator[tuple[str, int, str]]:
    """Each header of the demo roster written in some other ways."""
    random = Random(f"{SEED} {lang}")  # noqa: S311
    sheets, _ = whole(lang)
    for kind in KINDS:
        for place, column in enumerate(facts(kind)):
            for text in mutated(kind, column.key, sheets[kind][0][place], lang, random):
                yield kind, place, text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_finding_vanishes_without_a_word_when_a_header_is_written_otherwise(lang: str) -> None:
    sheets, before = whole(lang)
    understood, count = 0, 0
    for kind, place, text in headers(lang):
        count += 1
        row = [*sheets[kind][0]]
        row[place] = text
        wanted = headed(kind, dict(enumerate(sheets[kind][0]))).places
        if headed(kind, dict(enumerate(row))).places == wanted:
            understood += 1  # then it is the same table
        else:
            other = {**sheets, kind: [row, *sheets[kind][1:]]}
            assert unexplained(before, other) == [], text
    print(f"\n{lang}: {count} headers written otherwise, {understood / count:.0%} understood at once")  # noqa: T201
    assert count >= 200
    assert understood / count >= AT_ONCE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_header_of_two_rows_is_understood(lang: str, kind: str) -> None:
    sheets, before = whole(lang)
    after = report({**sheets, kind: in_two_rows(sheets[kind])})
    assert [(one.code, one.person_id) for one in after.findings] == [
        (one.code, one.person_id) for one in before.findings
    ]
    assert after.coverage.rules == before.coverage.rules


@pytest.mark.parametrize("kind", KINDS)
def test_a_title_above_the_header_changes_nothing(kind: str) -> None:
    sheets, before = whole("en")
    titles: list[list[Any]] = [["Visa and permit register of our people"], ["Permit"], [None, "As of today", "Draft 2"]]
    for title in titles:
        after = report({**sheets, kind: [title, *sheets[kind]]})
        assert [one.code for one in after.findings] == [one.code for one in before.findings]


GARBLED = st.one_of(
    st.none(),
    st.sampled_from(["???", "xx", "n/a", "31.02.2026", "soon", "Permit", "yes", "-", "#N/A", True, 0, 12345678]),
    st.text(max_size=12),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_disappears_is_explained(data: st.DataObject) -> None:
    """One cell or header of a roster blanked or garbled."""
    lang = data.draw(st.sampled_from(LANGUAGES))
    some = data.draw(st.lists(st.integers(1, PEOPLE), min_size=3, max_size=8, unique=True))
    sheets = deepcopy(whole(lang)[0])
    sheets["roster"] = [sheets["roster"][0], *(sheets["roster"][row] for row in sorted(some))]
    ids = {row[0] for row in sheets["roster"]}
    sheets["salary"] = [row for row in sheets["salary"] if row[0] in ids]
    before = report(sheets)
    kind = data.draw(st.sampled_from(KINDS))
    row = data.draw(st.integers(0, len(sheets[kind]) - 1))
    place = data.draw(st.integers(0, len(facts(kind)) - 1))
    cells = sheets[kind][row]
    cells += [None] * (len(TABLES[kind]) - len(cells))
    cells[place] = data.draw(GARBLED)
    assert unexplained(before, sheets) == []

"""Whatever is written above a column, and whatever becomes of a cell: nothing vanishes from a report without a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hqs_xl.compliance.check import Report, Roster, check_roster, read_roster
from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import open_book
from hqs_xl.hosts.memory import Grid, MemoryBook
from hqs_xl.roster.columns import TABLES, facts
from hqs_xl.roster.headers.row import headed
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.texts import LANGUAGES
from tests.compliance.mutations import AS_OF, OTHERWISE, PEOPLE, demo, in_two_rows, mutated
from tests.hosts.ods_files import book as ods_book
from tests.hosts.ods_files import cell, day, number, row, table, text, truth
from tests.roster_files import write

# A book read from sheets, in memory or by way of a file.
Host = Callable[[dict[str, Grid]], Roster]

SEED = 20261128
KINDS = ("roster", "salary", "settings", "documents", "own_days", "employer", "means")
# Of the ways to write a header so many are tried with each.
WAYS = 9
# Of the headers written otherwise so many are understood at once, at least.
AT_ONCE = 0.85


def in_memory(sheets: dict[str, Grid]) -> Roster:
    return read_roster(MemoryBook(sheets))


def as_xlsx(sheets: dict[str, Grid]) -> Roster:
    with TemporaryDirectory() as folder, open_book(write(Path(folder) / "r.xlsx", **sheets)) as book:
        return read_roster(book)


def ods_cell(value: Any) -> str:
    if isinstance(value, bool):
        return truth(str(value).lower())
    if isinstance(value, date):
        return day(value.isoformat())
    if isinstance(value, int | float):
        return number(value)
    return cell() if value is None else text(value)


def as_ods(sheets: dict[str, Grid]) -> Roster:
    tables = [table("".join(row(*map(ods_cell, line)) for line in grid), name) for name, grid in sheets.items()]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.ods"
        ods_book("".join(tables))(path)
        with open_book(path) as book:
            return read_roster(book)


def report(sheets: dict[str, Grid], host: Host = in_memory) -> Report:
    roster = host(sheets)
    return check_roster(roster, roster.other.settings_for(AS_OF))


@cache
def whole(lang: str) -> tuple[dict[str, Grid], Report]:
    sheets = demo(lang)
    return sheets, report(sheets)


def unexplained(before: Report, sheets: dict[str, Grid], host: Host = in_memory) -> list[Any]:
    """The findings that are gone although nothing new is said, neither by a finding nor of what was not looked at."""
    try:
        after = report(sheets, host)
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
    other = next(one for one in LANGUAGES if one != lang)
    for kind in KINDS:
        for place, column in enumerate(facts(kind)):
            text = str(sheets[kind][0][place])
            for text_otherwise in mutated(kind, column.key, text, lang, random):
                yield kind, place, text_otherwise
            for way in random.sample(OTHERWISE, WAYS):
                yield kind, place, way(text, column.header(other))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_finding_vanishes_without_a_word_when_a_header_is_written_otherwise(lang: str) -> None:
    sheets, before = whole(lang)
    understood, count = 0, 0
    for kind, place, header in headers(lang):
        count += 1
        heads = [*sheets[kind][0]]
        heads[place] = header
        wanted = headed(kind, dict(enumerate(sheets[kind][0]))).places
        if headed(kind, dict(enumerate(heads))).places == wanted:
            understood += 1  # then it is the same table
        else:
            other = {**sheets, kind: [heads, *sheets[kind][1:]]}
            assert unexplained(before, other) == [], header
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


def test_a_header_of_two_rows_leaves_nothing_to_be_said_of_its_first_row() -> None:
    # Alone the first row looks much like a roster's header that lacks a column.
    above = ["Person ID", "Full name", "Relation", "Agreement", None, "Permit", None]
    below = [None, None, None, "signed", "ends", "from", "to"]
    person = ["P1", "Amber", "HQS", AS_OF, None, AS_OF, None]
    found = report({"roster": [above, below, person]})
    assert [one.person_id for one in found.agenda] == ["P1"]
    assert not [one for one in found.findings if one.code == "data.header"]


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
    st.sampled_from([AS_OF, date(2002, 1, 1), date(2060, 12, 31), 46200.5, -1, "0", "HQS", "Family", "2026Q1", "law"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=12),
)
# Beside the person whose row it is, others are touched by these: family by their specialist, and people of one id.
TOUCHING = {"person_id", "relation", "sponsor_id", "renewal_filed", "permit_decided", "terminated_on", "agreement_ends"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_disappears_is_explained(data: st.DataObject) -> None:
    """One cell or header of any table blanked or garbled, in a book in memory and in files."""
    lang = data.draw(st.sampled_from(LANGUAGES))
    host = data.draw(st.sampled_from([in_memory, as_xlsx, as_ods]))
    some = data.draw(st.lists(st.integers(1, PEOPLE), min_size=3, max_size=8, unique=True))
    sheets = deepcopy(whole(lang)[0])
    sheets["roster"] = [sheets["roster"][0], *(sheets["roster"][row] for row in sorted(some))]
    ids = {row[0] for row in sheets["roster"]}
    sheets["salary"] = [row for row in sheets["salary"] if row[0] in ids]
    before = report(sheets, host)
    kind = data.draw(st.sampled_from(KINDS))
    row = data.draw(st.integers(0, len(sheets[kind]) - 1))
    place = data.draw(st.integers(0, len(facts(kind)) - 1))
    cells = sheets[kind][row]
    cells += [None] * (len(TABLES[kind]) - len(cells))
    person_id, was, now = cells[0], cells[place], data.draw(GARBLED)
    cells[place] = now
    assume(not (was is None and now == AS_OF and facts(kind)[place].key == "hiring_order"))  # an order is an order
    assert unexplained(before, sheets, host) == []
    if kind == "roster" and row and facts(kind)[place].key not in TOUCHING:
        # Of everybody else nothing at all has changed.
        others = [
            {(one.code, one.person_id, one.message) for one in some.findings if one.person_id != person_id}
            for some in (before, report(sheets, host))
        ]
        assert others[0] == others[1], (was, now)
        _, problems = read(Person, row, {facts(kind)[place].key: now})
        if now is None or problems:
            assert [*_gone_of(person_id, before, report(sheets, host))] == [], (was, now)


def _gone_of(person_id: str, before: Report, after: Report) -> Iterator[str]:
    """What is no longer said of a person though nothing else is, neither of them nor of what is blank."""
    was, now = (
        {(one.code, one.due) for one in some.findings if one.person_id == person_id} for some in (before, after)
    )
    said, says = ({(one.kind, one.message) for one in some.coverage.not_checked} for some in (before, after))
    if not (now - was or says - said):
        yield from (code for code, _ in was - now)


# What hides most of a report without being wrong: found with few people, where nothing else changes.
HIDING: list[tuple[int, Any, tuple[int, ...]]] = [
    (1, date(2002, 1, 1), (20, 40, 41)),
    (1, date(2002, 1, 1), (5, 17, 60)),
    (2, 0, (1, 2, 3)),
    (2, 0, (20, 40, 41)),
    (4, 0, (1, 2, 3)),
    (4, "0", (5, 17, 60)),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("row", "value", "some"), HIDING)
def test_a_setting_that_hides_most_of_a_report_is_named(row: int, value: Any, some: tuple[int, ...], lang: str) -> None:
    sheets = deepcopy(whole(lang)[0])
    sheets["roster"] = [sheets["roster"][0], *(sheets["roster"][one] for one in some)]
    before = report(sheets)
    sheets["settings"][row][1] = value
    assert unexplained(before, sheets) == []
    [said] = [one for one in report(sheets).coverage.not_checked if one.kind == "setting"]
    assert (said.what, said.counts) == {
        1: ("as_of", True),
        2: ("edition", False),
        4: ("bands", True),
    }[row]


def test_a_day_of_the_check_that_is_asked_for_or_is_today_is_not_named() -> None:
    roster = in_memory(whole("en")[0])
    for settings_of in (roster.other.settings_for(AS_OF), roster.other.settings_for(AS_OF, as_of=date(2020, 1, 1))):
        found = check_roster(roster, settings_of).coverage.not_checked
        assert not [one for one in found if one.kind == "setting"]

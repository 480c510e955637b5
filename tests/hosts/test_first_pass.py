"""The first pass reads few cells of a row: however all are written, it comes to what a whole reading comes to."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.hosts.closed import ClosedBook, ClosedEdit
from hqs_xl.hosts.files.limits import Limits
from hqs_xl.roster.columns import TABLES
from hqs_xl.roster.findings import Finding
from hqs_xl.sync.book import refresh_book
from tests.hosts.block_books import (
    AS_OF,
    KEYS,
    NOW,
    OWN_DAYS,
    SMALL,
    Row,
    checked,
    in_row,
    outcome,
    rewritten,
    rows,
    written,
)

DAYS_OFF = [column.header() for column in TABLES["own_days"]]
# Row 22 of the sheet.
HALF_WAY = 20


def own_days_beside() -> list[Row]:
    """Half-way down, to the right of the roster, begin days off, which move deadlines."""
    days: list[Row] = [DAYS_OFF, *([AS_OF + timedelta(days=number), "no", "off"] for number in range(-20, 60))]
    found = rows()
    for row, beside in zip(found[HALF_WAY:], days, strict=False):
        row += [None, *beside]
    return found


def inline(number: int, cell: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """The own days' headers, the last cells of a row, written in some other way."""

    def change(sheet: bytes) -> bytes:
        start = sheet.index(b'<row r="%d"' % number)
        end = sheet.index(b"</row>", start)
        *before, one, two, three = re.split(rb"(?=<c )", sheet[start:end])
        for old, text in zip((one, two, three), DAYS_OFF, strict=True):
            new, count = re.subn(rb't="s"><v>\d+</v>', lambda _, text=text: cell(text.encode()), old)
            assert count == 1
            before.append(new)
        return sheet[:start] + b"".join(before) + sheet[end:]

    return change


HEADERS: dict[str, Callable[[bytes], bytes]] = {
    "as usual": lambda text: b't="inlineStr"><is><t>%b</t></is>' % text,
    "a format behind the type": lambda text: b't="inlineStr" s="0"><is><t>%b</t></is>' % text,
    "in single quotes": lambda text: b"t='inlineStr'><is><t>%b</t></is>" % text,
    "a space before the sign": lambda text: b't ="inlineStr"><is><t>%b</t></is>' % text,
    "a space behind the sign": lambda text: b't= "inlineStr"><is><t>%b</t></is>' % text,
    "a line's end before the sign": lambda text: b't\n="inlineStr"><is><t>%b</t></is>' % text,
    "a space at the tag's end": lambda text: b't="inlineStr" ><is><t>%b</t></is>' % text,
    "an entity in the type": lambda text: b't="inline&#83;tr"><is><t>%b</t></is>' % text,
    "a space at the text's end": lambda text: b't="inlineStr"><is><t>%b</t ></is>' % text,
    "rich": lambda text: b't="inlineStr"><is><r><t>%b</t></r></is>' % text,
    "a formula's result": lambda text: b't="str"><f>"x"</f><v>%b</v>' % text,
    "a result with its format behind": lambda text: b't="str" s="0"><v>%b</v>' % text,
}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> object:
    """What a whole reading of the roster alone comes to."""
    file = tmp_path_factory.mktemp("usual") / "roster.xlsx"
    written(rows(), file)
    return checked(file)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("cell", HEADERS.values(), ids=list(HEADERS))
def test_a_header_beside_is_met(cell: Callable[[bytes], bytes], usual: object, tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    written(own_days_beside(), file)
    rewritten(file, inline(HALF_WAY + 2, cell))
    whole = checked(file)
    assert whole != usual
    assert [outcome(file, processes)["told"] for processes in (1, 2)] == [whole, whole]


# The only row of somebody whom another names as sponsor.
SPONSOR = 60
IDS = {
    "small letters": (b'<c r="A60"', b'<c r="a60"'),
    "a tab in the tag": (b'<c r="A60"', b'<c\tr="A60"'),
    "single quotes": (b'<c r="A60"', b"<c r='A60'"),
    "a number with a zero before it": (b'<c r="A60"', b'<c r="A060"'),
    "an entity in the place": (b'<c r="A60"', b'<c r="&#65;60"'),
    "the type first": (b'<c r="A60" t="s"', b'<c t="s" r="A60"'),
}


def prefixed(sheet: bytes) -> bytes:
    """The sponsor's id in a cell by the sheet's other name."""
    root = b"<worksheet "
    named = sheet.replace(root, root + b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ', 1)
    cell = rb'<c r="A60" t="s"><v>(\d+)</v></c>'
    found, count = re.subn(cell, rb'<x:c r="A60" t="s"><x:v>\1</x:v></x:c>', named)
    assert count == 1
    return found


@pytest.mark.usefixtures("small_blocks")
def test_an_id_by_the_sheet_s_other_name_is_met(usual: object, tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    rewritten(file, prefixed)
    assert checked(file) == usual
    assert [outcome(file, processes)["told"] for processes in (1, 2)] == [usual, usual]


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("change", IDS.values(), ids=list(IDS))
def test_an_id_is_met(change: tuple[bytes, bytes], usual: object, tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    rewritten(file, in_row(SPONSOR, *change))
    assert checked(file) == usual
    assert [outcome(file, processes)["told"] for processes in (1, 2)] == [usual, usual]


MEANT = {"Day off": "date", "At work?": "working"}
SAID: list[Row] = [["Column", "Means"], ["Day off", "Date"], ["At work?", "Working"]]


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("typed", [True, False], ids=["by the command", "by the book"])
def test_a_header_is_met_whose_words_only_the_user_knows(typed: bool, processes: int, tmp_path: Path) -> None:
    file, wide = tmp_path / "roster.xlsx", [None] * (len(KEYS) - 3)
    means: list[Row] = [] if typed else [[*row, *wide, "x"] for row in SAID]
    written([*rows(), [*MEANT, *wide, "x"], *OWN_DAYS, *means], file)
    meanings = MEANT if typed else {}
    with ClosedBook(file) as book:
        roster = read_roster(book, meanings=meanings)
    found = check_roster(roster, roster.other.settings_for(AS_OF, as_of=AS_OF)).findings
    assert roster.other.found["own_days"].header_row == len(rows()) + 2
    told: list[Finding] = []
    with ClosedEdit(file, processes, Limits(chunk=SMALL)) as edited:
        refresh_book(edited, now=NOW, as_of=AS_OF, meanings=meanings, tell=told.append)
    assert told == found

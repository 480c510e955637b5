"""Rows answered block by block, here and in other processes: bytes, findings and figures are those of row by row."""

from __future__ import annotations

import os
import re
import signal
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from shutil import disk_usage
from typing import Any, cast

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.demo import people
from hqs_xl.errors import UnusableFile
from hqs_xl.hosts import blocks, edit, plain_rows, processes
from hqs_xl.hosts.block_rows import Block, Kept
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.hosts.edit import ClosedEdit
from hqs_xl.hosts.reach import Reach
from hqs_xl.roster import sync
from hqs_xl.roster.check import check_roster, read_roster
from hqs_xl.roster.columns import TABLES

AS_OF = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 7, 30)
SHEET = "xl/worksheets/sheet1.xml"
KEYS = [column.key for column in TABLES["roster"]]
HEADERS = [column.header() for column in TABLES["roster"]]
PEOPLE = 60
# Some rows: a block is sent long before the sheet's end is read.
SMALL = 3_000

Row = list[Any]


class Shared:
    """Two processes for all tests, as a book would start them for itself."""

    def __init__(self) -> None:
        self.helpers = blocks.Helpers(2)

    def __call__(self, _processes: int) -> Shared:
        return self

    @property
    def processes(self) -> int:
        return self.helpers.processes

    @property
    def pool(self) -> Any:
        return self.helpers.pool

    def tell_calendar(self) -> None:
        self.helpers.tell_calendar()

    def close(self) -> None:
        """They are wanted again."""


@pytest.fixture(scope="module")
def shared() -> Iterator[Shared]:
    found = Shared()
    yield found
    found.helpers.close()


def facts() -> list[dict[str, Any]]:
    found = [dict(person.facts) for person in people(AS_OF, PEOPLE, "en")]
    found[40]["person_id"] = found[3]["person_id"]
    found[41]["person_id"] = None
    found[-1]["relation"], found[-1]["sponsor_id"] = "Family", found[0]["person_id"]
    found[5]["relation"], found[5]["sponsor_id"] = "Family", found[-2]["person_id"]
    found[6]["relation"], found[6]["sponsor_id"] = "Family", "nobody"
    return found


def rows() -> list[Row]:
    return [[person.get(key) for key in KEYS] for person in facts()]


def below(title: str, lines: list[Row]) -> Callable[[], list[Row]]:
    """The roster with another table below it."""
    return lambda: [*rows(), [], [column.header() for column in TABLES[title]], *lines]


def beside() -> list[Row]:
    """Half-way down, settings begin to the right of the roster."""
    found = rows()
    for row, settings in zip(found[30:], [["Setting", "Value"], ["x", "y"], ["Edition", "law"]], strict=False):
        row += [None, *settings]
    return found


def with_notices() -> list[Row]:
    filed = [(person.facts["person_id"], person.filed) for person in people(AS_OF, PEOPLE, "en")]
    return [[who, str(quarter), 100_000, day] for who, days in filed for quarter, day in days.items()]


def headed_again() -> list[Row]:
    found = rows()
    return [*found[:30], HEADERS, *found[30:]]


def own_days_below() -> list[Row]:
    """Their header too is as wide as the roster's rows."""
    header = [column.header() for column in TABLES["own_days"]]
    return [*rows(), [*header, *[None] * (len(KEYS) - 1 - len(header)), "x"], *OWN_DAYS]


def headed_often() -> list[Row]:
    """As a print title does that was copied."""
    found = rows()
    return [*found[:20], HEADERS, *found[20:35], HEADERS, *found[35:50], HEADERS, *found[50:]]


def answered() -> list[Row]:
    """Answers of an earlier day, in formats that come by turns."""
    return [[*row[: KEYS.index("next_action")], "Old", AS_OF, AS_OF, 3, "OK", None] for row in rows()]


def answered_here_and_there() -> list[Row]:
    """Some rows without answers, which then look like those above them."""
    return [
        new if number % 7 in {0, 3, 4} else old
        for number, (new, old) in enumerate(zip(rows(), answered(), strict=True))
    ]


def first_faults_last() -> list[Row]:
    """What does not comply stands at the end, so that column Check is filled late."""
    return rows()[::-1]


# As wide as the roster, so that the parser need not meet them to know their start tags.
OWN_DAYS: list[Row] = [
    [AS_OF + timedelta(days=number), "no", "a day off", *[None] * (len(KEYS) - 4), "x"] for number in range(90)
]
BESIDE: dict[str, list[Row]] = {
    "salary": with_notices(),
    "findings": [],
    "log": [],
    "lines": [[number] for number in range(1, PEOPLE + 1)],
}


def written(lines: list[Row], file: Path, *, date1904: bool = False, banded: bool = False, column: int = 0) -> None:
    """A workbook; ``column``: one that has a format of its own."""
    with xlsxwriter.Workbook(file, {"date_1904": date1904}) as book:
        dates = [book.add_format({"num_format": "dd.mm.yyyy", "bold": bold}) for bold in (False, banded)]
        plain = [None, book.add_format({"italic": True}) if banded else None]
        sheet = book.add_worksheet("Roster")
        if column:
            sheet.set_column(column, column, 20, book.add_format({"bold": True}))
        _write(sheet, [HEADERS, *lines], dates, plain)
        for kind, beside in BESIDE.items():
            header = [column.header() for column in TABLES[kind]]
            _write(book.add_worksheet(kind), [header, *beside], dates, [None, None])
        urgent = book.add_worksheet("urgent")
        _write(urgent, [[column.header() for column in TABLES["urgent"]]], dates, [None, None])
        for number in range(1, 31):
            urgent.write(number, 0, number)
            for place in range(1, len(TABLES["urgent"])):
                urgent.write_formula(number, place, "=HQS_X()", None, "")


def _write(sheet: Any, lines: list[Row], dates: list[Any], plain: list[Any]) -> None:
    for number, line in enumerate(lines):
        for place, value in enumerate(line):
            if isinstance(value, date):
                moment = datetime(value.year, value.month, value.day)
                sheet.write_datetime(number, place, moment, dates[number % 2])
            elif value is not None:
                sheet.write(number, place, value, plain[number % 2])


Change = Callable[[bytes], bytes]


def rewritten(file: Path, change: Change) -> None:
    with zipfile.ZipFile(file) as source:
        members = {name: source.read(name) for name in source.namelist()}
    members[SHEET] = change(members[SHEET])
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def before_row(number: int, data: bytes) -> Change:
    return lambda sheet: sheet.replace(b'<row r="%d"' % number, data + b'<row r="%d"' % number)


def in_row(number: int, old: bytes, new: bytes) -> Change:
    def change(sheet: bytes) -> bytes:
        start = sheet.index(b'<row r="%d"' % number)
        end = sheet.index(b"</row>", start)
        assert old in sheet[start:end]
        return sheet[:start] + sheet[start:end].replace(old, new) + sheet[end:]

    return change


def taller(sheet: bytes) -> bytes:
    """Every third row has a start tag the parser has not met above."""
    return re.sub(
        rb'<row r="(\d+)"', lambda row: row[0] + (b' ht="2%b"' % row[1] if int(row[1]) % 3 == 0 else b""), sheet
    )


def status_of_an_array(sheet: bytes) -> bytes:
    """A formula of ours fills the statuses of some rows."""
    formula = b'<c r="AM45" t="str"><f t="array" ref="AM45:AM55">HQS_STATUS(A1)</f><v>OK</v></c>'
    found, count = re.subn(rb'<c r="AM45"[^>]*>.*?</c>', formula, sheet)
    assert count == 1
    return found


def commented(sheet: bytes) -> bytes:
    """Some rows are no rows."""
    return before_row(51, b"-->")(before_row(33, b"<!--")(sheet))


def merged(sheet: bytes) -> bytes:
    """Cells of the answers are merged far below."""
    return sheet.replace(
        b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="AI55:AJ55"/></mergeCells>'
    )


def renumbered(number: int, other: int) -> Change:
    """A row, and each of its cells, says another number."""

    def change(sheet: bytes) -> bytes:
        found, count = re.subn(rb' r="([A-Z]*)%d"' % number, rb' r="\g<1>%d"' % other, sheet)
        assert count > 1
        return found

    return change


def in_the_row(number: int, headers: list[str]) -> Change:
    """A header row whose texts stand in the row itself."""

    def change(sheet: bytes) -> bytes:
        start = sheet.index(b'<row r="%d"' % number)
        end = sheet.index(b"</row>", start)
        texts = iter(headers)
        row, count = re.subn(
            rb't="s"><v>\d+</v>',
            lambda _: b't="inlineStr"><is><t>%b</t></is>' % next(texts).encode(),
            sheet[start:end],
        )
        assert count == len(headers)
        return sheet[:start] + row + sheet[end:]

    return change


def with_zeros(sheet: bytes) -> bytes:
    """Shared strings by indexes of many digits."""
    return sheet.replace(b't="s"><v>', b't="s"><v>000000')


NOTHING: Change = bytes
CHECK = KEYS.index("check")
Case = tuple[Callable[[], list[Row]], Change, dict[str, Any]]
CASES: dict[str, Case] = {
    "as it is": (rows, NOTHING, {}),
    "days since 1904": (rows, NOTHING, {"date1904": True}),
    "answers there already": (answered, NOTHING, {}),
    "answers in formats that come by turns": (answered, NOTHING, {"banded": True}),
    "answers here and there": (answered_here_and_there, NOTHING, {"banded": True}),
    **{
        f"and an odd row {number}": (answered_here_and_there, before_row(number, b"<?odd?>"), {"banded": True})
        for number in (37, 40, 41, 44, 47, 48)
    },
    "a column of its own format": (first_faults_last, NOTHING, {"column": CHECK}),
    "a header again": (headed_again, NOTHING, {}),
    "a header again, by other indexes": (headed_again, with_zeros, {}),
    "a header again, in its row": (headed_again, in_the_row(32, HEADERS), {}),
    "a header every some rows": (headed_often, NOTHING, {}),
    "own days below": (below("own_days", OWN_DAYS), NOTHING, {}),
    "own days below, headed in their row": (
        below("own_days", OWN_DAYS),
        in_the_row(PEOPLE + 3, [column.header() for column in TABLES["own_days"]]),
        {},
    ),
    "settings below": (below("settings", [["Edition", "law"]]), NOTHING, {}),
    "settings far below": (below("settings", [*[["x", "y"]] * 70, ["Edition", "law"]]), NOTHING, {}),
    "own days below, by other indexes": (own_days_below, with_zeros, {}),
    "a table beside": (beside, NOTHING, {}),
    "start tags of many kinds": (rows, taller, {}),
    "a comment with rows": (rows, before_row(33, b'<!-- <row r="32"><c r="A32"/></row> -->'), {}),
    "rows in a comment": (rows, commented, {}),
    "a row in single quotes": (rows, in_row(35, b'r="A35"', b"r='A35'"), {}),
    "an instruction between rows": (rows, before_row(34, b"<?odd?>"), {}),
    "cells without a place": (rows, in_row(36, b'<c r="A36"', b"<c"), {}),
    "a row twice": (rows, renumbered(44, 43), {}),
    "a cell out of its row": (rows, in_row(44, b'r="C44"', b'r="C45"'), {}),
    "broken further down": (rows, in_row(50, b"<v>", b"<v"), {}),
    "merged further down": (rows, merged, {}),
    "a foreign formula": (answered, in_row(45, b"<v>3</v>", b"<f>1+2</f><v>3</v>"), {}),
    "a formula of ours": (answered, in_row(45, b"<v>3</v>", b"<f>HQS_DAYS_LEFT(A1,B1)</f><v>3</v>"), {}),
    "an array of ours": (answered, status_of_an_array, {}),
    "an error in a cell": (rows, in_row(46, b"<v>", b"<v>9"), {}),
}


def outcome(file: Path, processes: int, *, tell: bool = True) -> dict[str, Any]:
    """What a refresh writes, finds and counts; or why it is refused."""
    told: list[Any] = []
    try:
        with ClosedEdit(file, processes) as book:
            summary = sync.refresh_book(book, now=NOW, as_of=AS_OF, tell=told.append if tell else None)
            out = file.with_name("out.xlsx")
            with out.open("w+b") as stream:
                book.write(stream)
    except UnusableFile as refused:
        return {"refused": refused.code, **refused.fields}
    members = zipfile.ZipFile(out)
    parts = {name: members.read(name) for name in members.namelist()}
    counted = summary.people, dict(summary.findings), summary.changed
    return {"parts": parts, "bytes": out.read_bytes(), "told": told, "counted": counted}


def checked(file: Path) -> list[Any]:
    """What a check of the file, which reads all its rows whole, finds."""
    with ClosedBook(file) as book:
        roster = read_roster(book)
    return check_roster(roster, roster.other.settings_for(AS_OF, as_of=AS_OF)).findings


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "BLOCK", SMALL)
    monkeypatch.setattr(blocks, "BIG_SHEET", 0)
    monkeypatch.setattr(edit, "BIG_SHEET", 0)
    # The first chunk is done row by row, and should not be all there is.
    monkeypatch.setattr("hqs_xl.hosts.zip_guard.CHUNK", SMALL)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each block was answered as one, in the order of their turns."""
    found: list[bool] = []
    take = blocks.BlockStream._take_next

    def noted(self: blocks.BlockStream) -> None:
        sent = self._sent[0]
        answer = sent.answer.result()
        self._sent[0] = sent._replace(answer=blocks._Here(answer))
        found.append(answer is not None and self._holds(sent.block, answer))
        take(self)

    monkeypatch.setattr(blocks.BlockStream, "_take_next", noted)
    return found


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_whoever_answers_the_bytes_are_the_same(
    case: Case,
    shared: Shared,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines, change, options = case
    file = tmp_path / "roster.xlsx"
    written(lines(), file, **options)
    rewritten(file, change)
    with monkeypatch.context() as row_by_row:
        row_by_row.setattr(sync._SheetEdit, "apart", lambda _: None)
        expected = outcome(file, 1)
    if "told" in expected:
        assert expected["told"] == checked(file)
    at_once = counted(monkeypatch)
    assert outcome(file, 1) == expected
    assert not at_once or True in at_once or "refused" in expected
    with monkeypatch.context() as like_a_big_sheet:
        like_a_big_sheet.setattr(plain_rows, "_MANY_WORDS", 1)
        assert outcome(file, 1) == expected
    monkeypatch.setattr(edit, "Helpers", shared)
    assert outcome(file, 2) == expected


@pytest.mark.usefixtures("small_blocks")
def test_most_blocks_of_a_usual_roster_are_answered_as_one(
    shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    monkeypatch.setattr(edit, "Helpers", shared)
    at_once = counted(monkeypatch)
    outcome(file, 2)
    # Those sent before the first answers are written know no format of the cells above.
    assert len(at_once) > 16
    assert all(at_once[8:])


@pytest.mark.usefixtures("small_blocks")
def test_a_second_refresh_changes_nothing_whoever_answers(
    shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    monkeypatch.setattr(edit, "Helpers", shared)
    file.write_bytes(outcome(file, 2)["bytes"])
    at_once = counted(monkeypatch)
    for workers in (1, 2):
        at_once.clear()
        again = outcome(file, workers)
        # A status that is a header of the dashboard's too makes no row a header.
        assert all(at_once[8:])
        assert again["counted"][2] is False
        assert again["parts"][SHEET] == zipfile.ZipFile(file).read(SHEET)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("after", [0, 3, 8])
def test_a_process_that_dies_leaves_its_rows_to_this_one(
    after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    expected = outcome(file, 1)
    sent = 0
    submit = blocks.HelpersOffice.submit

    def killing(self: blocks.HelpersOffice, block: Block) -> Any:
        nonlocal sent
        sent += 1
        if sent > after:
            for process in cast("Any", self._helpers.pool)._processes or ():
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        return submit(self, block)

    monkeypatch.setattr(blocks.HelpersOffice, "submit", killing)
    assert outcome(file, 2) == expected
    assert sent > after


@pytest.mark.usefixtures("small_blocks")
def test_without_memory_to_share_all_is_done_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    expected = outcome(file, 1)

    def none(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(processes, "SharedMemory", none)
    assert outcome(file, 2) == expected


def test_memory_there_is_no_room_for_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_SHARED", tmp_path)
    monkeypatch.setattr(processes, "SharedMemory", lambda *_, **__: pytest.fail("taken"))
    with pytest.raises(OSError, match="No space"):
        processes.Seen(size=disk_usage(tmp_path).total + 1)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("slot", [0, 2_900, 3_200, 3_600, 4_000, 5_000])
def test_blocks_and_answers_too_big_for_their_place_in_memory(
    slot: int, shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    expected = outcome(file, 1)
    monkeypatch.setattr(edit, "Helpers", shared)
    monkeypatch.setattr(blocks, "SLOT", slot)
    assert outcome(file, 2) == expected


@pytest.mark.usefixtures("small_blocks")
def test_a_fault_of_ours_in_a_block_is_told_where_it_is_done_row_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    expected = outcome(file, 1)
    for name in ("_rows", "_read"):
        monkeypatch.setattr(Kept, name, lambda *_: 1 / 0)
    assert outcome(file, 1) == expected


class Nothing:
    """An edit that answers nothing and takes whatever comes."""

    def __call__(self, _number: int, _cells: object, /) -> dict[int, Any]:
        return {}

    def apart(self) -> Nothing:
        return self

    def errand(self, _first: int, _last: int) -> None:
        return None

    def holds(self, _errand: object) -> bool:
        return True

    def take(self, _came: object) -> None:
        return None

    def answers(self, _errand: object, rows: list[Any]) -> tuple[list[dict[int, Any]], None]:
        return [{} for _ in rows], None


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("number", range(40, 50))  # wherever a block begins
def test_rows_out_of_order_are_refused_whoever_reads_them(number: int, tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    rewritten(file, renumbered(number, 9))
    with ClosedEdit(file) as book, pytest.raises(UnusableFile) as refused:
        book.edit_rows("Roster", Nothing())
    assert (refused.value.code, refused.value.fields["row"]) == ("unordered", 9)


@given(st.lists(st.tuples(st.sets(st.integers(0, 40)), st.booleans(), st.booleans()), max_size=30))
def test_what_is_reached_in_parts_is_what_is_reached(answers: list[tuple[set[int], bool, bool]]) -> None:
    whole, parts = Reach(), [Reach()]
    for number, (columns, new, cut) in enumerate(answers, 5):
        if cut:
            parts.append(Reach())
        for reach in (whole, parts[-1]):
            if columns:
                reach.add(number, columns)
                if new:
                    reach.add_new(number, *columns)
    taken = Reach()
    for part in parts:
        taken.take(part)
    dimension = b'<dimension ref="A1:C9"/>'
    assert vars(taken) == vars(whole)
    assert taken.widened(dimension) == whole.widened(dimension)


def test_nothing_is_left_of_the_memory_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    monkeypatch.setattr(blocks, "BIG_SHEET", 0)
    monkeypatch.setattr(edit, "BIG_SHEET", 0)
    made: list[Any] = []
    memory = SharedMemory

    def noted(*given: Any, **named: Any) -> Any:
        made.append(memory(*given, **named))
        return made[-1]

    monkeypatch.setattr(processes, "SharedMemory", noted)
    outcome(file, 2)
    assert made
    for one in made:
        with pytest.raises(FileNotFoundError):
            memory(one.name)

"""Rosters to be refreshed in blocks: of many shapes, small enough for a test; and what a refresh makes of them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.demo.people import people
from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import ClosedBook, ClosedEdit
from hqs_xl.hosts.files.limits import Limits
from hqs_xl.roster.columns import TABLES
from hqs_xl.roster.tables.marks import CELL_NAMES, TABLE_NAMES
from hqs_xl.sync import book as sync
from hqs_xl.texts import say
from tests.hosts.strict_files import EPOCH_1904, with_iso_days

AS_OF = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 7, 30)
SHEET = "xl/worksheets/sheet1.xml"
KEYS = [column.key for column in TABLES["roster"]]
HEADERS = [column.header() for column in TABLES["roster"]]
PEOPLE = 60
# Some rows: a block is sent long before the sheet's end is read.
SMALL = 3_000

OLD = say("action.permit.renewal")

Row = list[Any]


def facts() -> list[dict[str, Any]]:
    found = [dict(person.facts) for person in people(AS_OF, PEOPLE, "en")]
    found[40]["person_id"] = found[3]["person_id"]
    found[41]["person_id"] = None
    # Hired again: the earlier agreement stands further down.
    found[51] |= {"person_id": found[8]["person_id"], "relation": "HQS", "terminated_on": date(2020, 2, 3)}
    found[51] |= {"agreement_signed": date(2019, 1, 14), "agreement_starts": date(2019, 2, 1)}
    found[44]["person_id"] = found[9]["person_id"].lower()
    found[46] |= {"relation": "Family", "sponsor_id": found[10]["person_id"].lower()}
    found[-1]["relation"], found[-1]["sponsor_id"] = "Family", found[0]["person_id"]
    found[5]["relation"], found[5]["sponsor_id"] = "Family", found[-2]["person_id"]
    found[6]["relation"], found[6]["sponsor_id"] = "Family", "nobody"
    return found


def rows() -> list[Row]:
    return [[person.get(key) for key in KEYS] for person in facts()]


def below(title: str, lines: list[Row]) -> Callable[[], list[Row]]:
    """The roster with another table below it."""
    return lambda: [*rows(), [], [column.header() for column in TABLES[title]], *lines]


def families() -> list[Row]:
    """Families of specialists above and below them whose permits were renewed, which matters by the law."""
    found = facts()
    for sponsor, member in ((10, 50), (55, 2), (10, 25), (55, 30), (10, 35)):
        renewed = {"renewal_filed": AS_OF - timedelta(days=90), "permit_decided": AS_OF - timedelta(days=60)}
        found[sponsor] |= renewed
        stay = {"entered_on": AS_OF - timedelta(days=100), "medical_done": AS_OF - timedelta(days=95)}
        found[member] |= {"relation": "Family", "sponsor_id": found[sponsor]["person_id"]} | stay
    return [[person.get(key) for key in KEYS] for person in found]


def left_behind() -> list[Row]:
    """Families of specialists above and below them whose agreements have ended, end today, or nobody knows."""
    found = facts()
    yesterday = AS_OF - timedelta(days=1)
    for sponsor, member, last in ((10, 50, yesterday), (55, 2, "soon"), (10, 25, yesterday), (13, 30, AS_OF)):
        found[sponsor] |= {"agreement_ends": last, "terminated_on": None}
        found[member] |= {"relation": "Family", "sponsor_id": found[sponsor]["person_id"], "left_on": None}
    return [[person.get(key) for key in KEYS] for person in found]


def beside() -> list[Row]:
    """Half-way down, settings begin to the right of the roster."""
    found = rows()
    for row, settings in zip(found[30:], [["Setting", "Value"], ["x", "y"], ["Edition", "law"]], strict=False):
        row += [None, *settings]
    return found


def with_notices() -> list[Row]:
    filed = [(person.facts["person_id"], person.filed) for person in people(AS_OF, PEOPLE, "en")]
    return [[who, str(quarter), 100_000, day] for who, days in filed for quarter, day in days.items()]


def another_between() -> list[Row]:
    """Below a blank line another table begins, and the roster goes on below that, and once more."""
    found, width = rows(), len(KEYS)
    tools: list[Row] = [
        ["Tool", "Owner", "Given to", "Since"],
        *([f"T{place}", "Anna", "Basil", AS_OF] for place in range(12)),
    ]
    between = [[], *([*row, *[None] * (width - len(row) - 1), "x"] for row in tools)]
    return [*found[:20], *between, *found[20:45], *between, *found[45:]]


def notices_between() -> list[Row]:
    """Salary notices stand among the people, who go on below them, twice."""
    found, width = rows(), len(KEYS)
    header = [column.header() for column in TABLES["salary"] if not column.answer]
    lines = [[*row, *[None] * (width - len(row) - 1), "x"] for row in (header, *with_notices()[:12])]
    return [*found[:20], *lines, *found[20:45], [], *lines[1:], *found[45:]]


def moved_between() -> list[Row]:
    """A header with some columns elsewhere stands among the people, who go on in their own."""
    moved: Row = [None] * len(KEYS)
    moved[:2] = ["Full name", "Relation"]
    return [*rows()[:20], moved, ["Anna", "Family", *moved[2:-1], "x"], *rows()[20:]]


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
    return [[*row[: KEYS.index("next_action")], OLD, AS_OF, AS_OF, 3, "OK", None] for row in rows()]


def with_words(typed: object) -> Callable[[], list[Row]]:
    """Somebody has typed something over one of those answers."""

    def typed_over() -> list[Row]:
        found = answered()
        found[44][KEYS.index("status")] = typed
        return found

    return typed_over


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
    "deadlines": [],
    "log": [],
    "lines": [[number] for number in range(1, PEOPLE + 1)],
    "kept": [],
}


def written(
    lines: list[Row], file: Path, *, date1904: bool = False, banded: bool = False, column: int = 0, edition: str = ""
) -> None:
    """A workbook; ``column``: one that has a format of its own; ``edition``: by which it is checked, on a sheet."""
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
            if kind in {"deadlines", "log"}:
                columns = [{"header": title} for title in header]
                named = {"name": TABLE_NAMES[kind], "columns": columns}
                book.worksheets()[-1].add_table(0, 0, 1, len(header) - 1, named)
        if edition:
            settings = [[column.header() for column in TABLES["settings"]], ["Edition", edition]]
            _write(book.add_worksheet("settings"), settings, dates, [None, None])
        urgent = book.add_worksheet("urgent")
        _write(urgent, [[column.header() for column in TABLES["urgent"]]], dates, [None, None])
        for number in range(1, 31):
            urgent.write(number, 0, number)
            for place in range(1, len(TABLES["urgent"])):
                urgent.write_formula(number, place, "=HQS_X()", None, "")
        for kind, name in CELL_NAMES.items():
            if kind in {*BESIDE, "urgent"}:
                book.define_name(name, f"={kind}!$A$1")


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


def facts_merged(sheet: bytes) -> bytes:
    """One day of entry for several people, far above and far below."""
    column = xl_col_to_name(KEYS.index("entered_on"))
    areas = b"".join(b'<mergeCell ref="%s"/>' % f"{column}{row}:{column}{row + 5}".encode() for row in (5, 30, 50))
    return sheet.replace(b"</sheetData>", b'</sheetData><mergeCells count="3">' + areas + b"</mergeCells>")


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
    "days since 1904 by ISO 8601": (rows, with_iso_days({1}, EPOCH_1904), {"date1904": True}),
    "answers there already by ISO 8601": (answered, with_iso_days({1}), {}),
    "answers there already": (answered, NOTHING, {}),
    "answers in formats that come by turns": (answered, NOTHING, {"banded": True}),
    "answers here and there": (answered_here_and_there, NOTHING, {"banded": True}),
    **{
        f"and an odd row {number}": (answered_here_and_there, before_row(number, b"<?odd?>"), {"banded": True})
        for number in (37, 40, 41, 44, 47, 48)
    },
    "one day for several people": (rows, facts_merged, {}),
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
    "families of the renewed": (families, NOTHING, {"edition": "law"}),
    "families of the renewed, days since 1904": (families, NOTHING, {"edition": "law", "date1904": True}),
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
    "another table between": (another_between, NOTHING, {}),
    "notices between": (notices_between, NOTHING, {}),
    "columns elsewhere between": (moved_between, NOTHING, {}),
    "words in an answer": (with_words("ask Anna"), NOTHING, {}),
    "a figure in an answer": (with_words(7), NOTHING, {}),
    "a foreign formula": (answered, in_row(45, b"<v>3</v>", b"<f>1+2</f><v>3</v>"), {}),
    "a formula of ours": (answered, in_row(45, b"<v>3</v>", b"<f>HQS_DAYS_LEFT(A1,B1)</f><v>3</v>"), {}),
    "an array of ours": (answered, status_of_an_array, {}),
    "an error in a cell": (rows, in_row(46, b"<v>", b"<v>9"), {}),
}


def outcome(file: Path, processes: int, *, tell: bool = True) -> dict[str, Any]:
    """What a refresh writes, finds and counts; or why it is refused."""
    told: list[Any] = []
    try:
        # The first chunk is done row by row, and should not be all there is.
        with ClosedEdit(file, processes, Limits(chunk=SMALL)) as book:
            summary = sync.refresh_book(book, now=NOW, as_of=AS_OF, tell=told.append if tell else None)
            out = file.with_name("out.xlsx")
            with out.open("w+b") as stream:
                book.write(stream)
    except UnusableFile as refused:
        return {"refused": refused.code, **refused.fields}
    members = zipfile.ZipFile(out)
    parts = {name: members.read(name) for name in members.namelist()}
    counted = summary.people, dict(summary.findings), summary.changed
    by_law = summary.other_edition and summary.other_edition.as_json()
    return {"by_law": by_law, "parts": parts, "bytes": out.read_bytes(), "told": told, "counted": counted}


def checked(file: Path) -> list[Any]:
    """What a check of the file, which reads all its rows whole, finds."""
    with ClosedBook(file) as book:
        roster = read_roster(book)
    return check_roster(roster, roster.other.settings_for(AS_OF, as_of=AS_OF)).findings


class NothingInWorker:
    """Answers nothing."""

    def answers(self, _task: object, rows: Sequence[object]) -> tuple[list[dict[int, Any]], None]:
        return [{} for _ in rows], None


class Failing:
    """A fault of ours."""

    def answers(self, _task: object, _rows: Sequence[object]) -> tuple[list[dict[int, Any]], None]:
        raise ZeroDivisionError


class Nothing:
    """An edit that answers nothing and takes whatever comes."""

    def __call__(self, _number: int, _cells: object, /) -> dict[int, Any]:
        return {}

    def answers(self, rows: Sequence[object]) -> list[dict[int, Any]]:
        return [{} for _ in rows]

    def for_workers(self) -> NothingInWorker:
        return NothingInWorker()

    def task(self, _first: int, _last: int) -> None:
        return None

    def is_valid(self, _task: object) -> bool:
        return True

    def merge(self, _result: object) -> None:
        return None

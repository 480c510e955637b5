"""What the ribbon's output buttons write beside the open workbook: due list, calendar file, notice data."""

from __future__ import annotations

import re
from datetime import date
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import NamedTuple

from hqs_xl.cells.ids import to_id
from hqs_xl.cells.values import BadValue, to_quarter
from hqs_xl.compliance.check import Roster, check_roster, read_roster
from hqs_xl.compliance.other_edition import other_edition
from hqs_xl.errors import HqsError
from hqs_xl.explain.words import plural
from hqs_xl.law import Quarter
from hqs_xl.output.files import earlier_file, write_out
from hqs_xl.roster.records import Person
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.tables import RosterBook
from hqs_xl.roster.tables.sheet import SheetTables
from hqs_xl.texts import say

# The columns whose cells ask for one notice; every other cell of a person asks for the next one that is owed.
ASKING = {
    **dict.fromkeys(("agreement_signed", "agreement_starts", "concluded_notice_filed"), "concluded"),
    **dict.fromkeys(("agreement_ends", "terminated_on", "terminated_notice_filed"), "terminated"),
}

# Sheet, row (from 1), column (from 0).
Cell = tuple[str, int, int]


class _Asked(NamedTuple):
    """Whose notice is asked for, which, of what quarter, and in which row of the roster, where it matters."""

    person_id: str
    kind: str
    quarter: Quarter | None
    row: int | None = None


def write_due_list(book: RosterBook, fullname: str, today: date) -> str:
    """Write ``<workbook>-due.html``; what to tell about it. Raises HqsError."""
    from hqs_xl.output.duelist import due_list  # noqa: PLC0415 - each button loads its own
    from hqs_xl.output.duelist_html import html  # noqa: PLC0415

    out = _beside(fullname, "-due.html")
    roster, settings = _read(book, today)
    compared = other_edition(roster.other, settings, None)
    found = due_list(Path(book.name), check_roster(roster, settings, compared=compared))
    write_out(out, html(found).encode())
    count = plural(len(found.entries), "to do", settings.lang)
    return _told(say("beside.due", settings.lang, file=out, count=count), settings, roster)


def write_calendar(book: RosterBook, fullname: str, today: date) -> str:
    """Write ``<workbook>.ics``; what to tell about it. Raises HqsError."""
    from hqs_xl.output.ics import Wanted, calendar_file  # noqa: PLC0415 - each button loads its own

    out = _beside(fullname, ".ics")
    roster, settings = _read(book, today)
    made = calendar_file(roster, settings, wanted=Wanted(before=earlier_file(out)))
    write_out(out, made.content)
    lines = [say("beside.calendar", settings.lang, file=out, open=plural(made.open, "deadline", settings.lang))]
    lines += [say("ics.left_out", settings.lang, count=made.left_out)] if made.left_out else []
    return _told("\n".join(lines), settings, roster)


def write_notice(book: RosterBook, fullname: str, today: date, cell: Cell) -> str:
    """Write ``<workbook>-notice-<person>-<kind>.xlsx`` for the person of a cell, ``.html`` where nothing writes .xlsx.

    What to tell about it, or what to select. Raises HqsError.
    """
    from hqs_xl.output.notice import notice  # noqa: PLC0415 - each button loads its own
    from hqs_xl.output.writers import notice_writer  # noqa: PLC0415

    roster, settings = _read(book, today)
    asked = _asked(book, roster, settings, cell)
    if asked is None:
        return say("beside.select", settings.lang)
    person_id, kind, quarter, at = asked
    found = notice(roster, settings, person_id, kind, quarter, row=at)
    name = re.sub(r"[^\w.-]", "_", person_id)
    # LibreOffice's Python has no library of workbooks.
    ending = ".xlsx" if find_spec("xlsxwriter") else ".html"
    out = _beside(fullname, f"-notice-{name}-{kind}{ending}")
    write_out(out, notice_writer(out)(found, settings.lang))
    known, fields = len(found.fields) - len(found.missing), len(found.fields)
    return _told(say("beside.notice", settings.lang, file=out, known=known, fields=fields), settings, roster)


def _read(book: RosterBook, today: date) -> tuple[Roster, Settings]:
    roster = read_roster(book)
    return roster, roster.other.settings_for(today)


def _told(text: str, settings: Settings, roster: Roster) -> str:
    """What to tell, with what has to be said above all, and what of the settings could not be read."""
    return "\n".join((text, *settings.reminders, *roster.other.first_in_words(settings.lang)))


def _beside(fullname: str, ending: str) -> Path:
    path = Path(fullname)
    if not path.is_absolute() or not path.parent.is_dir():
        raise HqsError("beside.not_saved", file=PurePath(fullname).name)
    return path.with_name(path.stem + ending)


def _asked(book: RosterBook, roster: Roster, settings: Settings, cell: Cell) -> _Asked | None:
    """What notice a cell asks for; None for a cell of nobody."""
    sheet, row, place = cell
    reader = SheetTables(book, sheet, roster.other.how)
    for number, cells in book.rows(sheet):
        for table, found in reader.taken(number, cells):
            if number != row or place not in table.places or table.kind not in {"roster", "salary"}:
                continue
            try:
                person_id, quarter = to_id(found.get("person_id")), to_quarter(found.get("quarter"))
            except BadValue:
                return None
            mine = [one for one, _ in roster.people if one.person_id == person_id]
            if not person_id or not mine:
                return None
            if table.kind == "salary":
                return _Asked(person_id, "salary", quarter)
            # Of a person hired again the agreement of this row.
            person = next((one for one in mine if one.row == number), mine[0])
            kind = ASKING.get(table.places[place]) or _next(person, settings)
            return _Asked(person_id, kind, quarter, person.row)
    return None


def _next(person: Person, settings: Settings) -> str:
    """The notice that is still to be filed about a person; of the salary when no other is."""
    ended = person.agreement_until
    if ended and ended <= settings.as_of and person.terminated_notice_filed is None:
        return "terminated"
    return "concluded" if person.concluded_notice_filed is None else "salary"

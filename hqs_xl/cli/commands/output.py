"""``hqs-xl due``, ``ics`` and ``notice``: what HR gets out of a roster."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hqs_xl.cli.terminal import OK, VIOLATIONS, Parser, day, progress
from hqs_xl.errors import HqsError
from hqs_xl.law import Quarter
from hqs_xl.texts import say, shown

if TYPE_CHECKING:
    from rich.table import Table

    from hqs_xl.compliance.check import Roster
    from hqs_xl.output.duelist import Band, DueList
    from hqs_xl.output.notice import Notice
    from hqs_xl.roster.settings import Settings

Clock = Callable[[], datetime]
LONGEST = 3660


def add_output_commands(commands: Any, parents: Sequence[Parser], clock: Clock) -> None:
    """Register them; ``parents`` bring --edition and --lang, ``clock`` tells the moment of a run."""
    due: Parser = commands.add_parser(
        "due",
        parents=parents,
        help="list what is overdue and what comes due",
        description="One list for whoever sees to it all: overdue, today, this week, later, by what is to be done, "
        "with whom, by which day and who says so. To the terminal, or to an .html file for A4 paper or an .xlsx file.",
        epilog="Exit status: 0 no violation, 1 violations, 2 the file can't be used.",
    )
    _add_file(due)
    due.add_argument(
        "--within", type=_days, metavar="DAYS", help="days ahead (default: the file's widest reminder band, or 60)"
    )
    due.add_argument("--out", type=Path, metavar="FILE", help="write .html or .xlsx instead of showing it")
    due.add_argument("--names", action="store_true", help="with names; without: person ids only")
    due.set_defaults(run=lambda options: _due(options, clock()))

    ics: Parser = commands.add_parser(
        "ics",
        parents=parents,
        help="write the deadlines as a calendar file",
        description="One event for each deadline, on the working day to act by, with alarms at the reminder bands. A "
        "second import of a later file updates the events instead of doubling them; what is done is cancelled.",
    )
    _add_file(ics)
    ics.add_argument("--out", type=Path, metavar="FILE", help="the .ics file to write (default: beside the workbook)")
    ics.add_argument("--names", action="store_true", help="with names; without: person ids only")
    ics.set_defaults(run=lambda options: _ics(options, clock()))

    notice: Parser = commands.add_parser(
        "notice",
        parents=parents,
        help="put together the data of a notice to the authority",
        description="The fields a notice about one person asks for, filled from the roster and the employer table, "
        "with what is missing, the day it is due, and the order that has the form. No official form is imitated.",
    )
    _add_file(notice)
    notice.add_argument("person", metavar="PERSON", help="the person id")
    notice.add_argument("--kind", choices=("concluded", "terminated", "salary"), required=True, help="which notice")
    notice.add_argument(
        "--quarter", type=_quarter, metavar="QUARTER", help="of the salary, such as 2026Q1 (default: the last one over)"
    )
    notice.add_argument("--out", type=Path, metavar="FILE", help="write an .xlsx file to copy from")
    notice.set_defaults(run=lambda options: _notice(options, clock()))


def _add_file(command: Parser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="the workbook; its roster may stand on any sheet")
    command.add_argument("--sheet", help="the sheet of the roster, when several hold one")
    command.add_argument("--as-of", type=day, metavar="DATE", help="as of that day (default: the file's, or today)")


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LONGEST:
        raise argparse.ArgumentTypeError(f"«{text}» is no number of days from 1 to {LONGEST}")
    return int(text)


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text)
    except HqsError:
        raise argparse.ArgumentTypeError(f"«{text}» is no quarter such as 2026Q1") from None


def _read(options: argparse.Namespace, now: datetime) -> tuple[Roster, Settings]:
    """The roster of a closed file, and the settings it is looked at by."""
    from hqs_xl.compliance.check import read_roster  # noqa: PLC0415
    from hqs_xl.hosts.opened import open_book  # noqa: PLC0415 - what runs is loaded when it runs

    with open_book(options.file) as book, progress(say("check.reading", options.lang or "en")) as share:
        roster = read_roster(book, options.sheet, share)
    given = {"as_of": options.as_of, "edition": options.edition, "lang": options.lang}
    return roster, roster.other.settings_for(now.date(), **given)


def _names(roster: Roster) -> dict[str, str]:
    return {person.person_id: person.full_name for person, _ in roster.people}


def _due(options: argparse.Namespace, now: datetime) -> int:
    from hqs_xl.compliance.check import check_roster  # noqa: PLC0415
    from hqs_xl.output.duelist import due_list, within  # noqa: PLC0415

    write = _writer(options.out) if options.out else None
    roster, settings = _read(options, now)
    with progress(say("check.checking", settings.lang)) as share:
        report = check_roster(roster, within(settings, options.within), share)
    found = due_list(options.file.name, report, _names(roster) if options.names else None)
    if write:
        from hqs_xl.output.files import write_out  # noqa: PLC0415

        write_out(options.out, write(found), options.file)
        sys.stdout.write(say("due.written", settings.lang, file=options.out, count=len(found.entries)) + "\n")
    else:
        _show(found)
    return VIOLATIONS if report.violated else OK


def _ics(options: argparse.Namespace, now: datetime) -> int:
    from hqs_xl.output.files import need, write_out  # noqa: PLC0415

    out = options.out or options.file.with_suffix(".ics")
    if out.suffix.casefold() != ".ics":
        raise HqsError("ics.unknown_kind", file=out)
    need("icalendar", "icalendar")
    from hqs_xl.output.ics import calendar_file  # noqa: PLC0415 - needs what was looked for just now

    roster, settings = _read(options, now)
    made = calendar_file(roster, settings, _names(roster) if options.names else None)
    write_out(out, made.content, options.file)
    sys.stdout.write(say("ics.written", settings.lang, file=out, open=made.open, cancelled=made.cancelled) + "\n")
    if made.left_out:
        sys.stdout.write(say("ics.left_out", settings.lang, count=made.left_out) + "\n")
    return OK


def _notice(options: argparse.Namespace, now: datetime) -> int:
    from hqs_xl.output.files import need, write_out  # noqa: PLC0415
    from hqs_xl.output.notice import notice  # noqa: PLC0415

    if options.out:
        if options.out.suffix.casefold() != ".xlsx":
            raise HqsError("notice.unknown_kind", file=options.out)
        need("xlsxwriter", "XlsxWriter")
    roster, settings = _read(options, now)
    found = notice(roster, settings, options.person, options.kind, options.quarter)
    if options.out:
        from hqs_xl.output.notice_xlsx import workbook  # noqa: PLC0415 - needs what was looked for just now

        write_out(options.out, workbook(found, settings.lang), options.file)
        words = {"file": options.out, "known": len(found.fields) - len(found.missing), "fields": len(found.fields)}
        sys.stdout.write(say("notice.written", settings.lang, **words) + "\n")
    else:
        _show_notice(found, settings.lang)
    return OK


def _show_notice(found: Notice, lang: str) -> None:
    from hqs_xl.cli.screen import console  # noqa: PLC0415
    from hqs_xl.output.notice_words import about, evidence  # noqa: PLC0415

    out = console()
    out.print(f"{found.person_id}: {found.title}", style="bold")
    rows = [[one.label, _shown(one.value, lang), one.origin, evidence(one, lang)] for one in found.fields]
    out.print(_grid([say(f"notice.column.{key}", lang) for key in ("field", "value", "origin", "evidence")], rows))
    for line in about(found, lang):
        out.print(line)


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _writer(out: Path) -> Callable[[DueList], bytes]:
    """What makes the kind of file a name ends in; HqsError for a kind there is none for."""
    kind = out.suffix.casefold()
    if kind in {".html", ".htm"}:
        from hqs_xl.output.duelist_html import html  # noqa: PLC0415

        return lambda found: html(found).encode()
    if kind == ".xlsx":
        from hqs_xl.output.files import need  # noqa: PLC0415

        need("xlsxwriter", "XlsxWriter")
        from hqs_xl.output.duelist_xlsx import workbook  # noqa: PLC0415 - needs what was looked for just now

        return workbook
    raise HqsError("due.no_pdf" if kind == ".pdf" else "due.unknown_kind", file=out)


def _show(found: DueList) -> None:
    from hqs_xl.cli.screen import console  # noqa: PLC0415

    out = console()
    out.print(found.title, style="bold")
    out.print(found.about)
    for band in found.bands:
        out.print()
        out.print(band.title, style="bold")
        out.print(_table(band, found))
    for note in found.notes:
        out.print(note)


def _table(band: Band, found: DueList) -> Table:
    lang = found.settings.lang
    heads = ("person", *(("name",) if found.named else ()), "due", "act_by", "days", "action", "whom", "source")
    rows = []
    for group in band.groups:
        for entry in group.entries:
            cells = entry._asdict() | {"person": entry.person_id or say("digest.row", lang, row=entry.row)}
            rows.append([_shown(cells[head], lang) for head in heads])
    table = _grid([say(f"due.column.{head}", lang) for head in heads], rows)
    for head, column in zip(heads, table.columns, strict=True):
        column.no_wrap = head in {"due", "act_by", "days"}
    return table


def _shown(value: object, lang: str) -> str:
    return "" if value is None else str(shown(value, lang))

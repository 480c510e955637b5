"""``hqs-xl import``: people of another system taken into a roster."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from hqs_xl.cli.arguments import DAY_SECONDS, add_lang, add_sheet, number
from hqs_xl.cli.refresh_options import MOST
from hqs_xl.cli.terminal import FOUND, OK


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where, into which roster, and what may be written."""
    parser.description = (
        "Takes people from a .csv, .json, .xlsx or .ods file of another system into a roster: first it shows what "
        "would change, by person id and column only; --yes writes it, in one step and with a backup. Facts that are in "
        "the roster and not in the source stay; facts that differ stay too, unless --replace is given. A roster that "
        "does not exist is made."
    )
    parser.epilog = (
        "Exit status: 0 all rows are taken or would be; 1 some rows are left out, and named; 2 a file or the request "
        "can't be used."
    )
    parser.add_argument("source", type=Path, metavar="SOURCE", help="the file of the other system")
    parser.add_argument("--into", type=Path, required=True, metavar="ROSTER", help="the roster: an .xlsx or .xlsm")
    parser.add_argument("--into-sheet", metavar="SHEET", help="the sheet of the roster, when several hold one")
    parser.add_argument(
        "--map",
        type=Path,
        metavar="FILE",
        help="a TOML file that says what headers mean ([columns]) and what holds for everybody ([always])",
    )
    add_sheet(parser, "the sheet of the other system's file, when several hold people")
    parser.add_argument("--yes", action="store_true", help="write it")
    parser.add_argument("--replace", action="store_true", help="write over facts that differ, too")
    parser.add_argument("--strict", action="store_true", help="take all rows or none")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of words")
    wait = number(0, DAY_SECONDS)
    parser.add_argument(
        "--wait", type=wait, default=0, metavar="SECONDS", help="wait for a file that is open elsewhere"
    )
    parser.add_argument("--backups", type=number(0, MOST), metavar="N", help="backups kept, 0 for none (default: 5)")
    add_lang(parser)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Compare, show, and write when that was asked for."""
    from hqs_xl.hosts.files import BACKUPS
    from hqs_xl.intake.mapping import NOTHING_MAPPED, read_mapping
    from hqs_xl.intake.taking import Wanted, take_in

    mapped = read_mapping(options.map) if options.map else NOTHING_MAPPED
    wanted = Wanted(
        now,
        mapped._replace(columns={**mapped.columns, **dict(options.column)}),
        sheet=options.sheet,
        into_sheet=options.into_sheet,
        write=options.yes,
        replace=options.replace,
        strict=options.strict,
        wait=options.wait,
        backups=BACKUPS if options.backups is None else options.backups,
        lang=options.lang,
    )
    taken = take_in(options.source, options.into, wanted)
    if options.json:
        from hqs_xl.output.contract.import_json import import_json

        sys.stdout.write(import_json(options.source, options.into, taken))
    else:
        from hqs_xl.cli.screen.taken_in import taken_lines

        sys.stdout.writelines(f"{line}\n" for line in taken_lines(options.into, taken, wanted))
    return FOUND if taken.bad else OK

"""The roster of a closed file, read and checked, with a bar on a terminal that shows how far it is."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from hqs_xl.cli.arguments import language
from hqs_xl.cli.terminal import progress
from hqs_xl.compliance.check import Report, Roster, check_roster, read_roster
from hqs_xl.compliance.other_edition import OtherEdition, other_edition
from hqs_xl.hosts.closed import open_book
from hqs_xl.roster.settings import Settings
from hqs_xl.texts import say


def read_file(file: Path, options: argparse.Namespace, now: datetime) -> tuple[Roster, Settings]:
    """The roster, and the settings it is looked at by: those asked for, else the file's own."""
    with open_book(file) as book, progress(say("check.reading", language(options))) as share:
        roster = read_roster(book, options.sheet, share, dict(options.column))
    given = {"as_of": options.as_of, "edition": options.edition, "lang": options.lang}
    return roster, roster.other.settings_for(now.date(), **given)


def check(roster: Roster, settings: Settings, compared: OtherEdition | None = None) -> Report:
    """What does not comply; by another edition too when there is something to compare into."""
    with progress(say("check.checking", settings.lang)) as share:
        return check_roster(roster, settings, share, compared)


def compared_edition(roster: Roster, settings: Settings, options: argparse.Namespace) -> OtherEdition | None:
    """What to compare with the edition `law` into; None where an edition was chosen."""
    return other_edition(roster.other, settings, options.edition, options.as_of)


def check_file(file: Path, options: argparse.Namespace, now: datetime) -> Report:
    """Both at once, by the edition `law` too where none was chosen."""
    roster, settings = read_file(file, options, now)
    return check(roster, settings, compared_edition(roster, settings, options))

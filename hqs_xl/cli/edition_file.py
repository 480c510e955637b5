"""The edition that a command goes by: one of ours by its name, or that of a file of the user's own."""

from __future__ import annotations

import argparse
import sys

from hqs_xl.cli.spoken import spoken
from hqs_xl.errors import EditionError, HqsError
from hqs_xl.texts import say


def edition_of(options: argparse.Namespace) -> str | None:
    """The edition asked for; a file where it is laxer than the law is said to the errors. Raises HqsError."""
    path = getattr(options, "edition_file", None)
    if path is None:
        return getattr(options, "edition", None)
    if options.edition:
        raise HqsError("edition_twice")
    from hqs_xl.hosts.closed import read_text  # noqa: PLC0415 - few commands are given a file
    from hqs_xl.law.own_edition import read_own  # noqa: PLC0415 - as above

    try:
        edition, laxer = read_own(path.name, read_text(path))
    except EditionError as error:
        raise HqsError("edition_file", problem=error) from None
    lang = options.lang or spoken()
    for one in laxer:
        key = "own_edition.later" if one.own else "own_edition.laxer"
        said = say(key, lang, file=path.name, rule=one.rule, event=one.event, own=one.own or "", law=one.law or "")
        sys.stderr.write(f"hqs-xl: {said}\n")
    return edition

"""The edition that a command goes by: one of ours by its name, or that of a file of the user's own."""

from __future__ import annotations

import argparse

from hqs_xl.cli.wrapping import complain
from hqs_xl.errors import EditionError, HqsError
from hqs_xl.explain.own_edition import laxer_in_words


def edition_of(options: argparse.Namespace) -> str | None:
    """The edition asked for. Raises HqsError."""
    path = getattr(options, "edition_file", None)
    if path is None:
        return getattr(options, "edition", None)
    if options.edition:
        raise HqsError("edition_twice")
    from hqs_xl.hosts.closed import read_text  # noqa: PLC0415 - few commands are given a file
    from hqs_xl.law.own_edition import read_own  # noqa: PLC0415 - as above

    try:
        return read_own(path.name, read_text(path))
    except EditionError as error:
        raise HqsError("edition_file", problem=error) from None


def warn(edition: str | None, lang: str) -> None:
    """Say to the errors where an edition of a file is laxer than the law: for what has no report to say it in."""
    for line in laxer_in_words(edition, lang):
        complain(line)

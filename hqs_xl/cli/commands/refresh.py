"""``hqs-xl refresh``: closed workbooks brought up to date, and what is said about them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hqs_xl.cli.arguments import language
from hqs_xl.cli.refresh_options import add_refresh_options
from hqs_xl.cli.spoken import words
from hqs_xl.cli.terminal import EXIT_STATUS, INTERRUPTED, OK, UNUSABLE, progress, status_of
from hqs_xl.errors import HqsError
from hqs_xl.texts import say

if TYPE_CHECKING:
    from hqs_xl.refresh.one import Job, Refreshed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files, what may be added to them, and how to go about it."""
    parser.description = (
        "Checks the roster of closed .xlsx or .xlsm files and writes answers and findings into the same file; all else "
        "in it stays byte for byte. A file in which nothing changes is not written. Before it is replaced, the old one "
        "is copied to the folder hqs-backups beside it."
    )
    parser.epilog = f"{words(EXIT_STATUS)} {words('Of several files the worst.')}"
    parser.add_argument("files", nargs="+", metavar="FILE", help="workbooks, folders, or patterns such as *.xlsx")
    add_refresh_options(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a line a file")
    parser.add_argument("--scheduled", action="store_true", help="as a scheduler runs it: nothing said, all logged")


def run(options: argparse.Namespace, now: datetime) -> int:
    """Refresh the files; the worst of their exit statuses."""
    from hqs_xl.cli.wrapping import complain, fitted
    from hqs_xl.refresh.files import expanded
    from hqs_xl.refresh.log import default_log, log_file, run_log
    from hqs_xl.refresh.one import shown
    from hqs_xl.refresh.summary import (
        card_lines,
        language_of_all,
        passed_over_line,
        summary_json,
        summary_line,
        write_due_lists,
    )

    lang = language(options)
    files, passed_over = expanded(options.files)
    jobs = _jobs(files, options, now)
    done: list[Refreshed] = []
    log = options.log or (default_log() if options.scheduled else None)
    with run_log(None if options.dry_run else log) as logger:
        for file in passed_over:
            logger.info(say("log.passed_over", lang, file=shown(Path(file.name))))
        try:
            for one in _refreshed(jobs, options.jobs, lang):
                done.append(one)
                log_file(logger, one, lang)
                _tell(one, options, lang)
        except KeyboardInterrupt:
            logger.warning(say("log.stopped", lang, done=len(done), files=len(jobs)))
            complain(say("refresh.stopped", lang, done=len(done), files=len(jobs)))
            return INTERRUPTED
        order = {job.path: place for place, job in enumerate(jobs)}
        done.sort(key=lambda one: order[one.path])
        if options.digest and not options.dry_run:
            try:
                write_due_lists(options.digest, done, options.as_of, now.date(), options.lang, spoken=lang)
            except HqsError as refused:
                logger.warning("%s", refused.message(lang))
                raise
    if options.json:
        sys.stdout.write(summary_json(done, passed_over, _status(done, strict=options.strict)))
    elif not options.scheduled:
        of_all = language_of_all(done, options.lang, lang)
        lines = card_lines(done, of_all)
        lines += [summary_line(done, of_all)] if len(jobs) > 1 else []
        lines += [passed_over_line(passed_over, of_all)] if passed_over else []
        sys.stdout.writelines(f"{fitted(line)}\n" for line in lines)
    return _status(done, strict=options.strict)


def _jobs(files: Sequence[Path], options: argparse.Namespace, now: datetime) -> list[Job]:
    from hqs_xl.hosts.files import BACKUPS
    from hqs_xl.refresh.files import places
    from hqs_xl.refresh.many import processes
    from hqs_xl.refresh.one import Job, Options

    how = Options(
        now,
        sheet=options.sheet,
        meanings=tuple(options.column),
        as_of=options.as_of,
        edition=options.edition,
        lang=options.lang,
        spoken=language(options),
        wait=options.wait,
        backups=BACKUPS if options.backups is None else options.backups,
        add_columns=options.add_columns,
        findings_sheet=options.findings_sheet,
        due=options.digest is not None,
        dry_run=options.dry_run,
        # Several files keep the processors busy as they are.
        processes=processes(os.cpu_count() or 1, options.jobs) if len(files) == 1 else 1,
    )
    return [Job(file, how, out) for file, out in zip(files, places(files, options.out), strict=True)]


def _refreshed(jobs: Sequence[Job], wanted: int | None, lang: str) -> Iterator[Refreshed]:
    """Each file as it is done, with a bar on a terminal: the share of one file, or of all files."""
    from hqs_xl.refresh.many import interruptible, processes, refresh_files
    from hqs_xl.refresh.one import refresh_file

    title = say("refresh.working", lang)
    if len(jobs) == 1:
        with progress(title) as share:
            yield interruptible(refresh_file, jobs[0], share)
        return
    with progress(title) as share:
        for count, one in enumerate(refresh_files(jobs, processes(len(jobs), wanted)), 1):
            share(count / len(jobs))
            yield one


def _tell(one: Refreshed, options: argparse.Namespace, lang: str) -> None:
    """A line about a file: of one that was not refreshed to the errors, and even when nobody watches."""
    from hqs_xl.cli.wrapping import complain, fitted
    from hqs_xl.refresh.one import State
    from hqs_xl.refresh.summary import file_line

    if options.json:
        return
    if one.code or one.state is State.INTERRUPTED:
        complain(file_line(one, lang))
    elif not options.scheduled:
        # Not by the console: a bar that is drawn meanwhile makes room for what goes to the standard output.
        sys.stdout.write(fitted(file_line(one, lang)) + "\n")


def _status(done: Sequence[Refreshed], *, strict: bool) -> int:
    from hqs_xl.refresh.one import State

    if any(one.state is State.INTERRUPTED for one in done):
        return INTERRUPTED
    if any(one.state is State.REFUSED for one in done):
        return UNUSABLE
    return max((status_of(one.findings, one.coverage, strict=strict) for one in done), default=OK)

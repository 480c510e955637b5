"""``hqs-xl refresh``: closed workbooks brought up to date, and what is said about them."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from hqs_xl.cli.terminal import INTERRUPTED, OK, UNUSABLE, VIOLATIONS, progress
from hqs_xl.hosts.files.save import BACKUPS
from hqs_xl.output.digest import write_digest
from hqs_xl.refresh.files import expanded, places
from hqs_xl.refresh.log import default_log, log_file, run_log
from hqs_xl.refresh.many import interruptible, processes, refresh_files
from hqs_xl.refresh.one import Job, Options, Refreshed, State, refresh_file, shown
from hqs_xl.roster.findings import Severity
from hqs_xl.texts import say


def run(options: argparse.Namespace, now: datetime) -> int:
    """Refresh the files; the worst of their exit statuses."""
    lang = options.lang or "en"
    jobs = _jobs(options, now)
    done: list[Refreshed] = []
    with run_log(options.log or (default_log() if options.scheduled else None)) as logger:
        try:
            for one in _refreshed(jobs, processes(len(jobs), options.jobs), lang):
                done.append(one)
                log_file(logger, one)
                _tell(one, options, lang)
        except KeyboardInterrupt:
            logger.warning("stopped, %d of %d files done", len(done), len(jobs))
            sys.stderr.write(f"hqs-xl: {say('refresh.stopped', lang, done=len(done), files=len(jobs))}\n")
            return INTERRUPTED
    order = {job.path: place for place, job in enumerate(jobs)}
    done.sort(key=lambda one: order[one.path])
    if options.digest:
        _write_digest(options, done, now, lang)
    if options.json:
        _print_json(done)
    elif not options.scheduled and len(jobs) > 1:
        sys.stdout.write(_summary(done, lang) + "\n")
    return _status(done)


def _jobs(options: argparse.Namespace, now: datetime) -> list[Job]:
    files = expanded(options.files)
    how = Options(
        now,
        sheet=options.sheet,
        as_of=options.as_of,
        edition=options.edition,
        lang=options.lang,
        wait=options.wait,
        backups=BACKUPS if options.backups is None else options.backups,
        add_columns=options.add_columns,
        findings_sheet=options.findings_sheet,
        due=options.digest is not None,
        # Several files keep the processors busy as they are.
        processes=processes(os.cpu_count() or 1, options.jobs) if len(files) == 1 else 1,
    )
    return [Job(file, how, out) for file, out in zip(files, places(files, options.out), strict=True)]


def _refreshed(jobs: Sequence[Job], workers: int, lang: str) -> Iterator[Refreshed]:
    """Each file as it is done, with a bar on a terminal: the share of one file, or of all files."""
    title = say("refresh.working", lang)
    if len(jobs) == 1:
        with progress(title) as share:
            yield interruptible(refresh_file, jobs[0], share)
        return
    with progress(title) as share:
        for number, one in enumerate(refresh_files(jobs, workers), 1):
            share(number / len(jobs))
            yield one


def _tell(one: Refreshed, options: argparse.Namespace, lang: str) -> None:
    if options.json:
        return
    if one.state is State.INTERRUPTED:
        sys.stderr.write(f"hqs-xl: {say('refresh.interrupted', lang, file=shown(one.path))}\n")
    elif one.code:
        sys.stderr.write(f"hqs-xl: {one.message}\n")
    elif not options.scheduled:
        what = say(f"refresh.{one.state}", lang)
        counts = say("check.summary", lang, people=one.people, **_counts(one.findings))
        sys.stdout.write(f"{shown(one.path)}: {what}. {counts}\n")


def _counts(findings: Any) -> dict[str, int]:
    return {str(severity): findings.get(severity, 0) for severity in Severity}


def _summary(done: Sequence[Refreshed], lang: str) -> str:
    states = Counter(one.state for one in done)
    findings = sum((Counter(one.findings) for one in done), Counter[str]())
    people = sum(one.people for one in done)
    files = say(
        "refresh.summary",
        lang,
        files=len(done),
        changed=states[State.CHANGED],
        same=states[State.SAME],
        refused=states[State.REFUSED] + states[State.INTERRUPTED],
    )
    return f"{files} {say('check.summary', lang, people=people, **_counts(findings))}"


def _write_digest(options: argparse.Namespace, done: Sequence[Refreshed], now: datetime, lang: str) -> None:
    """Of the files that were read; one that was not is named too, or it would seem to owe nothing."""
    read = [one for one in done if one.as_of]
    as_of = options.as_of or next((one.as_of for one in read if one.as_of), now.date())
    lists = {shown(one.path): one.due for one in read}
    missing = [one.message for one in done if one.code]
    write_digest(options.digest, lists, as_of, options.lang or next((one.lang for one in read), lang), missing)


def _print_json(done: Sequence[Refreshed]) -> None:
    """One object, each file on a line of its own."""
    lines = [
        {
            "file": shown(one.path),
            "state": one.state,
            "code": one.code,
            "message": one.message,
            "as_of": one.as_of,
            "edition": one.edition,
            "people": one.people,
            "findings": _counts(one.findings),
            "violated": one.violated,
            "backup": one.backup,
        }
        for one in done
    ]
    texts = ",".join(f"\n  {json.dumps(line, ensure_ascii=False, default=_text)}" for line in lines)
    sys.stdout.write(f'{{\n "files": [{texts}],\n "status": {_status(done)}\n}}\n')


def _text(value: object) -> str | None:
    return shown(value) if isinstance(value, Path) else str(value)


def _status(done: Sequence[Refreshed]) -> int:
    if any(one.state is State.INTERRUPTED for one in done):
        return INTERRUPTED
    if any(one.state is State.REFUSED for one in done):
        return UNUSABLE
    return VIOLATIONS if any(one.violated for one in done) else OK

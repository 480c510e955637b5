"""What a refresh of files came to: a line a file, a line for all, one JSON object, the day's due list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from hqs_xl.compliance.other_edition import DEFAULT, other_in_words, stands_on_card
from hqs_xl.refresh.one import Refreshed, State, shown
from hqs_xl.roster.findings import Severity
from hqs_xl.texts import say

# So many of the files passed over are named in a line.
NAMED = 3


def language_of_all(done: Sequence[Refreshed], asked: str | None, spoken: str) -> str:
    """In which language to speak of all files: that asked for, that of all workbooks that were read, or ``spoken``."""
    langs = {one.lang for one in done if one.as_of}
    return asked or (langs.pop() if len(langs) == 1 else spoken)


def file_line(one: Refreshed, spoken: str) -> str:
    """What became of a file; why, when it was refused; below it, what would change, and what was left alone.

    In the language of the workbook, or that asked for; ``spoken``: of a file that was not read.
    """
    lang = one.lang if one.as_of else spoken
    if one.state is State.INTERRUPTED:
        return say("refresh.interrupted", lang, file=shown(one.path))
    if one.code:
        return one.message
    counts = say("check.summary", lang, people=one.people, **_counts(one.findings))
    name = shown(one.path)
    if one.out and one.state is State.CHANGED:
        name = say("refresh.elsewhere", lang, file=name, out=shown(one.out))
    line = f"{name}: {say(f'refresh.{one.state}', lang)}. {counts}"
    more = [say("refresh.sheets", lang, sheets=", ".join(one.sheets))] if one.state is State.WOULD_CHANGE else []
    if one.state is State.WOULD_CHANGE and one.moved:
        more.append(say("refresh.moved", lang, moved="; ".join(one.moved)))
    if one.out and one.backup:
        more.append(say("refresh.kept", lang, out=shown(one.out), backup=shown(one.backup)))
    looked = [one.coverage.looked_at(lang), *one.coverage.in_words(lang)] if one.coverage else []
    return "\n  ".join([line, *one.reminders, *more, *looked, *_of_law(one, lang)])


def _of_law(one: Refreshed, lang: str) -> list[str]:
    """What the law finds more in a file than the default edition."""
    return other_in_words(one.other_edition, lang, shown(one.path)) if one.edition == DEFAULT else []


def card_lines(done: Sequence[Refreshed], lang: str) -> list[str]:
    """What the default edition is, once for all files, where one of them was checked by it."""
    return [say("check.card", lang)] if any(stands_on_card(one.edition) and not one.code for one in done) else []


def summary_line(done: Sequence[Refreshed], lang: str) -> str:
    """How many files became what, and the findings of them all."""
    states = Counter(one.state for one in done)
    findings = sum((Counter(one.findings) for one in done), Counter[str]())
    people = sum(one.people for one in done)
    files = say(
        "refresh.summary",
        lang,
        files=len(done),
        changed=states[State.CHANGED] + states[State.WOULD_CHANGE],
        same=states[State.SAME],
        refused=states[State.REFUSED] + states[State.INTERRUPTED],
    )
    return f"{files} {say('check.summary', lang, people=people, **_counts(findings))}"


def _counts(findings: Mapping[str, int]) -> dict[str, int]:
    return {str(severity): findings.get(severity, 0) for severity in Severity}


def passed_over_line(files: Sequence[Path], lang: str) -> str:
    """Which files were passed over, the first of them by name."""
    named, more = ", ".join(shown(file) for file in files[:NAMED]), len(files) - NAMED
    return say("refresh.passed_over_more" if more > 0 else "refresh.passed_over", lang, files=named, more=more)


def summary_json(done: Sequence[Refreshed], passed_over: Sequence[Path], status: int) -> str:
    """One object, each file on a line of its own; ``passed_over``: those of our own making; ``status``: of the exit."""
    from hqs_xl.output.contract.models import RefreshReport, said  # noqa: PLC0415 - few ask for it
    from hqs_xl.output.coverage_json import coverage_json  # noqa: PLC0415 - as above

    files = [
        {
            "file": shown(one.path),
            "state": one.state,
            "code": one.code,
            "message": one.message,
            "as_of": one.as_of,
            "as_of_days_ago": one.age,
            "edition": one.edition,
            "people": one.people,
            "findings": _counts(one.findings),
            "violated": one.violated,
            "backup": one.backup and shown(one.backup),
            "sheets": list(one.sheets),
            "warnings": list(one.reminders),
            "left_alone": [left.message(one.lang) for left in one.left_alone],
            **(coverage_json(one.coverage) if one.coverage else {}),
            "other_edition": one.other_edition and one.other_edition.as_json(),
        }
        for one in done
    ]
    passed = [shown(file) for file in passed_over]
    return said(RefreshReport, {"files": files, "passed_over": passed, "status": status})


def write_due_lists(
    folder: Path, done: Sequence[Refreshed], day: date | None, today: date, lang: str | None, *, spoken: str
) -> None:
    """The due list of the files that were read; one that was not is named too, or it would seem to owe nothing.

    ``day`` and ``lang`` are those asked for; else they are the files' own, and ``today`` and ``spoken`` where none was
    read.
    """
    from hqs_xl.output.digest import write_digest  # noqa: PLC0415 - few ask for it

    read = [one for one in done if one.as_of]
    as_of = day or next((one.as_of for one in read if one.as_of), today)
    lists = {shown(one.path): one.due for one in read}
    looked = [(shown(one.path), one, one.coverage, one.lang) for one in read if one.coverage]
    notes = {file: [*done.reminders, one.looked_at(lang), *one.in_words(lang)] for file, done, one, lang in looked}
    for one in read:
        notes.setdefault(shown(one.path), []).extend([*card_lines([one], one.lang), *_of_law(one, one.lang)])
    missing = [one.message for one in done if one.code]
    write_digest(folder, lists, as_of, lang or next((one.lang for one in read), spoken), missing, notes=notes)

"""One closed workbook: read, checked, answered and saved, or refused with a code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.errors import HqsError
from hqs_xl.hosts.files import BACKUPS
from hqs_xl.roster.tables.ours import LeftAlone

if TYPE_CHECKING:
    from hqs_xl.compliance.coverage import Coverage
    from hqs_xl.compliance.other_edition import OtherEdition
    from hqs_xl.output.digest import Due
    from hqs_xl.roster.findings import Finding

Progress = Callable[[float], None]


class Options(NamedTuple):
    """How files are refreshed. ``now`` names backups and is the day of the check unless ``as_of`` is given.

    ``spoken``: the language of what no workbook has its own for, such as why one was refused, unless ``lang`` is given.
    ``wait``: seconds to wait for a file open elsewhere. ``due``: whether to gather what the digest lists.
    ``processes``: how many may share the rows of a big sheet. ``dry_run``: nothing is written.
    """

    now: datetime
    sheet: str | None = None
    meanings: tuple[tuple[str, str], ...] = ()
    as_of: date | None = None
    edition: str | None = None
    lang: str | None = None
    spoken: str = "en"
    wait: float = 0.0
    backups: int = BACKUPS
    add_columns: bool = False
    findings_sheet: bool = False
    due: bool = False
    processes: int = 1
    dry_run: bool = False


class Job(NamedTuple):
    """A file to refresh; ``out``: where to write instead."""

    path: Path
    options: Options
    out: Path | None = None


class State(StrEnum):
    """What became of a file."""

    CHANGED = "changed"
    WOULD_CHANGE = "would_change"
    SAME = "same"
    REFUSED = "refused"
    INTERRUPTED = "interrupted"


class Refreshed(NamedTuple):
    """What a refresh of one file came to; ``code`` and ``message`` say why it was refused.

    ``age``: how many days ago ``as_of`` is where the workbook alone says so; ``fixed``: it stays. ``reminders``:
    what has to be said above all. ``left_alone``: tables that look like ours and are not known to be. ``coverage``:
    what was looked at; None when it was refused. ``sheets``: those that change; ``moved``: the first statuses that do.
    ``other_edition``: what another edition finds, where it was compared. ``out``: where it was written instead.
    """

    path: Path
    state: State
    code: str = ""
    message: str = ""
    as_of: date | None = None
    age: int = 0
    fixed: bool = False
    reminders: tuple[str, ...] = ()
    edition: str = ""
    lang: str = "en"
    people: int = 0
    findings: Mapping[str, int] = {}
    violated: bool = False
    backup: Path | None = None
    due: tuple[Due, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()
    coverage: Coverage | None = None
    sheets: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    other_edition: OtherEdition | None = None
    out: Path | None = None


def refresh_file(job: Job, progress: Progress | None = None) -> Refreshed:
    """Refresh one file; whatever stands against it is said in the answer, so that it never stops the others."""
    try:
        return _refreshed(job, progress)
    except HqsError as error:
        return refusal(job, error)
    except OSError as fault:
        return refusal(job, HqsError("file.cannot_save", file="", reason=fault))
    except Exception as fault:  # noqa: BLE001 - a fault of ours on one file; the others must go on
        import traceback  # noqa: PLC0415 - nobody else needs it

        last = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{type(fault).__name__}, {Path(last.filename).name}:{last.lineno}"
        return refusal(job, HqsError("file.unexpected", file="", where=where))


def refusal(job: Job, error: HqsError) -> Refreshed:
    """The answer about a file left as it was, under the path it was given by."""
    if "file" in error.fields:
        error.fields["file"] = shown(job.path)
    lang = job.options.lang or job.options.spoken
    return Refreshed(job.path, State.REFUSED, code=error.key.rpartition(".")[2], message=error.message(lang), lang=lang)


def shown(path: Path) -> str:
    """A path on one line, whatever is in its name."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in str(path))


def _refreshed(job: Job, progress: Progress | None) -> Refreshed:
    from hqs_xl.hosts.closed import ClosedEdit  # noqa: PLC0415 - the reader: not for --help
    from hqs_xl.hosts.files import Fingerprint, check_writable, reserved, save  # noqa: PLC0415
    from hqs_xl.sync.book import refresh_book  # noqa: PLC0415

    options, target = job.options, job.out or job.path
    due: list[Due] = []
    tell = None
    if options.due:
        from hqs_xl.output.digest import Due  # noqa: PLC0415 - few ask for the list

        def tell(finding: Finding) -> None:
            due.extend(Due.of(finding))

    if options.dry_run:
        check_writable(target)
        held: AbstractContextManager[None] = nullcontext()
    else:
        held = reserved(target, options.wait, progress and (lambda: progress(0.0)))
    with held:
        seen = Fingerprint.of(job.path)
        with ClosedEdit(job.path, options.processes) as book:
            summary = refresh_book(
                book,
                now=options.now,
                sheet=options.sheet,
                meanings=dict(options.meanings),
                add_columns=options.add_columns,
                findings_sheet=options.findings_sheet,
                tell=tell,
                progress=progress,
                as_of=options.as_of,
                edition=options.edition,
                lang=options.lang,
            )
            changed, backup = book.changed or job.out is not None, None
            sheets = tuple(book.changed_sheets)
            if changed and not options.dry_run:
                changed, backup = save(
                    job.path,
                    book.write,
                    seen=seen,
                    stamp=options.now,
                    backups=options.backups,
                    out=job.out,
                    release=book.close,
                )
    return Refreshed(
        job.path,
        State.SAME if not changed else State.WOULD_CHANGE if options.dry_run else State.CHANGED,
        as_of=summary.settings.as_of,
        age=summary.settings.age,
        fixed=summary.settings.fixed,
        reminders=summary.settings.reminders,
        edition=summary.settings.edition,
        lang=summary.settings.lang,
        people=summary.people,
        findings={str(severity): number for severity, number in summary.findings.items()},
        violated=summary.violated,
        backup=backup,
        due=tuple(due),
        left_alone=summary.left_alone,
        coverage=summary.coverage,
        sheets=sheets,
        moved=summary.moved,
        other_edition=summary.other_edition,
        out=job.out,
    )

"""What the doctor looks at: the facts of a computer, of a workbook, and the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path, PureWindowsPath

import hqs_xl
from hqs_xl.law import RUSSIA
from hqs_xl.law.checked import STAYS_FRESH
from hqs_xl.output.checked import everything_checked
from hqs_xl.output.json_lines import json_lines
from hqs_xl.setup.check import Check, State, checked, skipped
from hqs_xl.setup.computer import XLWINGS, of_computer
from hqs_xl.setup.machine import WINDOWS, Machine
from hqs_xl.setup.windows import is_from_internet, is_of_store, survives
from hqs_xl.setup.workbook import Workbook
from hqs_xl.template.xlwings_conf import CONFIG, VERSION_KEY

# By this month the decree on the next year's days off is out: those of 2010 to 2027 came between August and October.
DECREE_IS_OUT = 11


def examine(machine: Machine, workbook: Workbook | None, today: date) -> list[Check]:
    """All checks, in the order things break; those that need Windows or a workbook are skipped without."""
    return [
        *of_computer(machine),
        *_of_workbook(machine, workbook),
        _calendar(today),
        _rules(today),
    ]


def checks_json(checks: Sequence[Check], workbook: Path | None, lang: str) -> str:
    """One JSON object, each check on a line of its own."""
    rows = [
        {"check": one.name, "state": one.state, "found": one.found(lang), "advice": one.advice(lang)} for one in checks
    ]
    return json_lines({"workbook": workbook, "checks": rows})


def _of_workbook(machine: Machine, workbook: Workbook | None) -> Iterator[Check]:
    names = ("workbook", "modules", "glue", "settings", "folder", "trust")
    if workbook is None:
        yield from (skipped(name, "none") for name in (*names, "cell_rules"))
        return
    if not workbook.has_macros:
        yield from (skipped(name, "no_macros") for name in names)
    else:
        yield _version(machine, workbook)
        yield _modules(machine, workbook)
        yield _glue(machine, workbook)
        yield _settings(machine, workbook)
        yield _folder(machine, workbook)
        yield _trust(machine, workbook)
    yield _cell_rules(workbook)


def _version(machine: Machine, workbook: Workbook) -> Check:
    made_by = (workbook.settings or {}).get(VERSION_KEY, "")
    ours = hqs_xl.__version__
    if not made_by:
        return checked("workbook", State.FAULT, "not_ours", file=workbook.path.name, **machine.words)
    state, outcome = (State.OK, "here") if made_by == ours else (State.ATTENTION, "other")
    return checked("workbook", state, outcome, file=workbook.path.name, version=made_by, ours=ours, **machine.words)


def _modules(machine: Machine, workbook: Workbook) -> Check:
    """Whether sheets are still tied to the macros' modules; LibreOffice saves them without that."""
    if workbook.named:
        return checked("modules", State.OK, "here")
    return checked("modules", State.FAULT, "lost", file=workbook.path.name, **machine.words)


def _cell_rules(workbook: Workbook) -> Check:
    """Whether conditional formats and validations do without our functions, which LibreOffice does not count there."""
    if not workbook.dead_rules:
        return checked("cell_rules", State.OK, "here")
    return checked("cell_rules", State.ATTENTION, "dead", cells=", ".join(workbook.dead_rules))


def _glue(machine: Machine, workbook: Workbook) -> Check:
    if not workbook.glue:
        return checked("glue", State.ATTENTION, "unread", **machine.words)
    state, outcome = (State.OK, "here") if workbook.glue == XLWINGS else (State.FAULT, "other")
    return checked("glue", state, outcome, version=workbook.glue, wanted=XLWINGS, **machine.words)


def _settings(machine: Machine, workbook: Workbook) -> Check:
    settings = workbook.settings or {}
    missing = [key for key in CONFIG if key not in settings]
    if missing:
        return checked("settings", State.FAULT, "incomplete", keys=", ".join(missing), **machine.words)
    if settings["UDF MODULES"] != CONFIG["UDF MODULES"]:
        return checked("settings", State.FAULT, "other_module", wanted=CONFIG["UDF MODULES"])
    if machine.system != WINDOWS:
        return skipped("settings", "not_here")
    return _interpreter(machine, settings["INTERPRETER_WIN"])


def _interpreter(machine: Machine, named: str) -> Check:
    """The Python that Excel starts: by its path, or by the word ``python``, which the Store's stub may answer to."""
    ours = {"ours": str(machine.interpreter), **machine.words}
    if named == CONFIG["INTERPRETER_WIN"]:
        meant = machine.python_on_path
        if meant is None:
            return checked("settings", State.FAULT, "none_on_path", **ours)
        state, outcome = (State.FAULT, "stub") if is_of_store(meant) else (State.ATTENTION, "any_python")
        return checked("settings", state, outcome, path=meant, **ours)
    if is_of_store(PureWindowsPath(named)):
        return checked("settings", State.FAULT, "stub", path=named, **ours)
    if not Path(named).is_file():
        return checked("settings", State.FAULT, "no_python", path=named, **ours)
    if PureWindowsPath(named) != PureWindowsPath(machine.interpreter):
        return checked("settings", State.ATTENTION, "other_python", path=named, **ours)
    return checked("settings", State.OK, "here", path=named)


def _folder(machine: Machine, workbook: Workbook) -> Check:
    """Where it is kept: the glue asks for its path, which OneDrive makes an address, and a code page may spoil."""
    folder = workbook.path.parent
    if machine.system != WINDOWS:
        return skipped("folder", "not_here")
    if machine.in_cloud(workbook.path):
        return checked("folder", State.ATTENTION, "cloud", folder=folder, **machine.words)
    if not survives(str(workbook.path), machine.code_page):
        return checked("folder", State.ATTENTION, "lost", folder=folder, encoding=machine.code_page)
    return checked("folder", State.OK, "here", folder=folder)


def _trust(machine: Machine, workbook: Workbook) -> Check:
    if machine.system != WINDOWS:
        return skipped("trust", "not_here")
    folder = workbook.path.parent
    if any(place.holds(PureWindowsPath(workbook.path)) for place in machine.trusted):
        return checked("trust", State.OK, "trusted", folder=folder)
    if is_from_internet(workbook.path):
        return checked("trust", State.FAULT, "blocked", folder=folder)
    return checked("trust", State.OK, "asks", folder=folder)


def _calendar(today: date) -> Check:
    known = RUSSIA.known_through
    if known < today:
        return checked("calendar", State.FAULT, "passed", known=known, year=today.year)
    if known.year == today.year and today.month >= DECREE_IS_OUT:
        return checked("calendar", State.ATTENTION, "next_year", known=known, year=today.year + 1)
    return checked("calendar", State.OK, "here", known=known)


def _rules(today: date) -> Check:
    values = everything_checked()
    days = [value.checked for value in values]
    if today < max(days):
        return checked("rules", State.ATTENTION, "ahead", read=max(days), today=today)
    old = sum(value.is_old(today) for value in values)
    state, outcome = (State.ATTENTION, "old") if old else (State.OK, "here")
    return checked("rules", state, outcome, read=min(days), count=len(values), old=old, days=STAYS_FRESH.days)

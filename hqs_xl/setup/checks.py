"""The checks: each looks at the facts of a computer, of a workbook and at the day, and says what it found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path, PureWindowsPath
from typing import NamedTuple

import hqs_xl
from hqs_xl.law import RUSSIA
from hqs_xl.law.checked import STAYS_FRESH
from hqs_xl.output.checked import everything_checked
from hqs_xl.output.json_lines import json_lines
from hqs_xl.setup.machine import BUILDERS, PYWIN32, WINDOWS, Machine, is_from_internet
from hqs_xl.setup.workbook import Workbook
from hqs_xl.template.xlwings_conf import CONFIG, VERSION_KEY
from hqs_xl.texts import say

# The version of xlwings that pyproject.toml pins: the glue in a workbook names a DLL of it.
XLWINGS = "0.37.8"
# By this month the decree on the next year's days off is out: those of 2010 to 2027 came between August and October.
DECREE_IS_OUT = 11


class State(StrEnum):
    """How a check went; only a fault keeps something from working."""

    OK = "ok"
    ATTENTION = "attention"
    FAULT = "fault"
    SKIPPED = "skipped"


class Check(NamedTuple):
    """One check: its name, how it went, and which words say so."""

    name: str
    state: State
    outcome: str
    fields: Mapping[str, object]

    def found(self, lang: str) -> str:
        """What was found."""
        return say(f"doctor.{self.name}.{self.outcome}", lang, **self.fields)

    def advice(self, lang: str) -> str:
        """What to do; nothing when all is well."""
        if self.state in {State.OK, State.SKIPPED}:
            return ""
        return say(f"doctor.advice.{self.name}.{self.outcome}", lang, **self.fields)


def examine(machine: Machine, workbook: Workbook | None, today: date) -> list[Check]:
    """All checks, in the order things break; those that need Windows or a workbook are skipped without."""
    return [
        _python(machine),
        _xlwings(machine),
        _dll(machine),
        _pywin32(machine),
        _builder(machine),
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


def _check(name: str, state: State, outcome: str, **fields: object) -> Check:
    return Check(name, state, outcome, fields)


def _skipped(name: str, outcome: str) -> Check:
    return _check(name, State.SKIPPED, outcome)


def _python(machine: Machine) -> Check:
    return _check("python", State.OK, "here", version=machine.python, path=machine.interpreter)


def _xlwings(machine: Machine) -> Check:
    if machine.xlwings is None:
        return _check("xlwings", State.FAULT, "missing", wanted=XLWINGS)
    state, outcome = (State.OK, "here") if machine.xlwings == XLWINGS else (State.FAULT, "other")
    return _check("xlwings", state, outcome, version=machine.xlwings, wanted=XLWINGS)


def _dll(machine: Machine) -> Check:
    if machine.system != WINDOWS:
        return _skipped("dll", "not_here")
    name = f"xlwings64-{XLWINGS}.dll"
    place = next((folder for folder in machine.dll_folders if (folder / name).is_file()), None)
    if place is None:
        return _check("dll", State.FAULT, "missing", file=name, folders=", ".join(map(str, machine.dll_folders)))
    return _check("dll", State.OK, "here", file=place / name)


def _pywin32(machine: Machine) -> Check:
    if machine.system != WINDOWS:
        return _skipped("pywin32", "not_here")
    missing = [name for name in PYWIN32 if name not in machine.modules]
    if missing:
        return _check("pywin32", State.FAULT, "missing", modules=", ".join(missing))
    return _check("pywin32", State.OK, "here")


def _builder(machine: Machine) -> Check:
    missing = [name for name in BUILDERS if name not in machine.modules]
    if missing:
        return _check("builder", State.ATTENTION, "missing", modules=", ".join(missing))
    return _check("builder", State.OK, "here")


def _of_workbook(machine: Machine, workbook: Workbook | None) -> Iterator[Check]:
    names = ("workbook", "glue", "settings", "trust")
    if workbook is None:
        yield from (_skipped(name, "none") for name in names)
    elif not workbook.has_macros:
        yield from (_skipped(name, "no_macros") for name in names)
    else:
        yield _version(workbook)
        yield _glue(workbook)
        yield _settings(machine, workbook)
        yield _trust(machine, workbook)


def _version(workbook: Workbook) -> Check:
    made_by = (workbook.settings or {}).get(VERSION_KEY, "")
    ours = hqs_xl.__version__
    if not made_by:
        return _check("workbook", State.FAULT, "not_ours", file=workbook.path.name)
    state, outcome = (State.OK, "here") if made_by == ours else (State.ATTENTION, "other")
    return _check("workbook", state, outcome, file=workbook.path.name, version=made_by, ours=ours)


def _glue(workbook: Workbook) -> Check:
    if not workbook.glue:
        return _check("glue", State.ATTENTION, "unread")
    state, outcome = (State.OK, "here") if workbook.glue == XLWINGS else (State.FAULT, "other")
    return _check("glue", state, outcome, version=workbook.glue, wanted=XLWINGS)


def _settings(machine: Machine, workbook: Workbook) -> Check:
    settings = workbook.settings or {}
    missing = [key for key in CONFIG if key not in settings]
    if missing:
        return _check("settings", State.FAULT, "incomplete", keys=", ".join(missing))
    if settings["UDF MODULES"] != CONFIG["UDF MODULES"]:
        return _check("settings", State.FAULT, "other_module", wanted=CONFIG["UDF MODULES"])
    if machine.system != WINDOWS:
        return _skipped("settings", "not_here")
    return _interpreter(machine, settings["INTERPRETER_WIN"])


def _interpreter(machine: Machine, named: str) -> Check:
    if named == CONFIG["INTERPRETER_WIN"]:
        return _check("settings", State.ATTENTION, "any_python", ours=machine.interpreter)
    if not Path(named).is_file():
        return _check("settings", State.FAULT, "no_python", path=named)
    if PureWindowsPath(named) != PureWindowsPath(machine.interpreter):
        return _check("settings", State.ATTENTION, "other_python", path=named, ours=machine.interpreter)
    return _check("settings", State.OK, "here", path=named)


def _trust(machine: Machine, workbook: Workbook) -> Check:
    if machine.system != WINDOWS:
        return _skipped("trust", "not_here")
    folder = workbook.path.parent
    if any(place.holds(PureWindowsPath(workbook.path)) for place in machine.trusted):
        return _check("trust", State.OK, "trusted", folder=folder)
    if is_from_internet(workbook.path):
        return _check("trust", State.FAULT, "blocked", folder=folder)
    return _check("trust", State.OK, "asks", folder=folder)


def _calendar(today: date) -> Check:
    known = RUSSIA.known_through
    if known < today:
        return _check("calendar", State.FAULT, "passed", known=known, year=today.year)
    if known.year == today.year and today.month >= DECREE_IS_OUT:
        return _check("calendar", State.ATTENTION, "next_year", known=known, year=today.year + 1)
    return _check("calendar", State.OK, "here", known=known)


def _rules(today: date) -> Check:
    values = everything_checked()
    days = [value.checked for value in values]
    if today < max(days):
        return _check("rules", State.ATTENTION, "ahead", read=max(days), today=today)
    old = sum(value.is_old(today) for value in values)
    state, outcome = (State.ATTENTION, "old") if old else (State.OK, "here")
    return _check("rules", state, outcome, read=min(days), count=len(values), old=old, days=STAYS_FRESH.days)

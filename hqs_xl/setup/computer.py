"""The checks of a computer: Python and where it stands, Office, xlwings and its DLL, what makes workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PureWindowsPath

from hqs_xl.setup.check import Check, State, checked, skipped
from hqs_xl.setup.machine import BUILDERS, PYWIN32, WINDOWS, Machine
from hqs_xl.setup.windows import is_of_store, survives

# The version of xlwings that pyproject.toml pins: the glue in a workbook names a DLL of it.
XLWINGS = "0.37.8"
ON_WINDOWS = ("office", "dll", "pywin32", "letters")


def of_computer(machine: Machine) -> Iterator[Check]:
    """All of them, in the order things break; those of Windows are skipped elsewhere."""
    yield _python(machine)
    yield _xlwings(machine)
    if machine.system == WINDOWS:
        yield from (_office(machine), _dll(machine), _pywin32(machine), _letters(machine))
    else:
        yield from (skipped(name, "not_here") for name in ON_WINDOWS)
    yield _builder(machine)


def _python(machine: Machine) -> Check:
    store = machine.system == WINDOWS and is_of_store(PureWindowsPath(str(machine.interpreter)))
    state, outcome = (State.FAULT, "store") if store else (State.OK, "here")
    return checked("python", state, outcome, version=machine.python, path=machine.interpreter)


def _xlwings(machine: Machine) -> Check:
    if machine.xlwings is None:
        return checked("xlwings", State.FAULT, "missing", wanted=XLWINGS, **machine.words)
    state, outcome = (State.OK, "here") if machine.xlwings == XLWINGS else (State.FAULT, "other")
    return checked("xlwings", state, outcome, version=machine.xlwings, wanted=XLWINGS, **machine.words)


def _office(machine: Machine) -> Check:
    if machine.office is None:
        return checked("office", State.ATTENTION, "missing")
    return checked("office", State.OK, "here", bits=machine.office)


def _dll(machine: Machine) -> Check:
    """Excel loads the DLL of its own bits; Python, a process of its own, may have others."""
    name = f"xlwings{machine.office or 64}-{XLWINGS}.dll"
    place = next((folder for folder in machine.dll_folders if (folder / name).is_file()), None)
    if place is None:
        folders = ", ".join(map(str, machine.dll_folders))
        return checked("dll", State.FAULT, "missing", file=name, folders=folders, wanted=XLWINGS, **machine.words)
    return checked("dll", State.OK, "here", file=place / name)


def _pywin32(machine: Machine) -> Check:
    missing = [name for name in PYWIN32 if name not in machine.modules]
    if missing:
        return checked("pywin32", State.FAULT, "missing", modules=", ".join(missing), **machine.words)
    return checked("pywin32", State.OK, "here")


def _letters(machine: Machine) -> Check:
    """The glue hands Python's path to its DLL in the code page: a user's name may get lost on the way."""
    kept = survives(str(machine.interpreter), machine.code_page)
    state, outcome = (State.OK, "here") if kept else (State.ATTENTION, "lost")
    return checked("letters", state, outcome, path=machine.interpreter, encoding=machine.code_page)


def _builder(machine: Machine) -> Check:
    missing = [name for name in BUILDERS if name not in machine.modules]
    if missing:
        return checked("builder", State.ATTENTION, "missing", modules=", ".join(missing), **machine.words)
    return checked("builder", State.OK, "here")

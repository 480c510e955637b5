"""``hqs-xl install``: the workbook built for this computer's own Python and put where somebody wants it.

A file that is there already may hold a roster somebody typed: it is replaced only on request, after a dated copy.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from hqs_xl.data import checkout
from hqs_xl.errors import HqsError
from hqs_xl.hosts.files import Fingerprint, reserved, save
from hqs_xl.hosts.xlsx import Left, carry_own_sheets
from hqs_xl.setup.held import read_held
from hqs_xl.setup.left_behind import drawings_left, not_held
from hqs_xl.setup.lost_parts import lost_parts
from hqs_xl.setup.machine import MACOS, WINDOWS, Machine, need_builders
from hqs_xl.setup.nothing_lost import lost
from hqs_xl.setup.own_macros import own_macros
from hqs_xl.setup.own_sheet import impossible_names
from hqs_xl.template.carried import Held, some_of
from hqs_xl.template.package import stored
from hqs_xl.template.xlwings_conf import CONFIG
from hqs_xl.whole_file import in_temporary_folder

FILE = "hqs_roster.xlsm"
# With macros, which Excel's functions and ribbon need, and without.
ENDINGS = {".xlsm": True, ".xlsx": False}
# On Windows, a folder of the user's own, which no OneDrive carries off, as it may *Documents*.
FOLDER = "HQS"
# A variable that the shell was to fill in and has not: cmd's in PowerShell, PowerShell's in cmd.
VARIABLE = re.compile(r"%\w+%|\$env:\w+|\$\w+", re.IGNORECASE)
# Excel runs on these; where it does not, the workbook is made all the same, for no Python in particular.
INTERPRETERS = {WINDOWS: "INTERPRETER_WIN", MACOS: "INTERPRETER_MAC"}


class Installed(NamedTuple):
    """Where the workbook is, whether it had to be written, the copy of what was there before, and what it took over.

    ``left``: what of own sheets stays behind; ``macros``: the modules of a person's own, None where they can't be read;
    ``drawings``: how many charts and pictures stay behind that a person put on our sheets, by sheet.
    """

    file: Path
    changed: bool
    backup: Path | None
    held: Held | None = None
    left: Left = {}  # noqa: RUF012 - nobody changes it
    macros: Sequence[str] | None = ()
    drawings: Mapping[str, int] = {}


def install(
    machine: Machine,
    out: Path | None,
    stamp: datetime,
    *,
    lang: str | None = None,
    demo: bool = False,
    force: bool = False,
    old: Path | None = None,
) -> Installed:
    """Build the workbook into a folder or a file of that name; ``stamp`` names the copy of one that is there.

    A file that ends in .xlsx has neither macros nor functions in it.
    ``old``: a workbook of an earlier version whose contents it takes over; it may be the one to be replaced.
    Raises HqsError when another file is there and ``force`` is not set, or when it can't be built or saved.
    """
    target = _target(_meant(out, machine))
    need_builders(machine.modules)
    from hqs_xl.template.build import build, defined_names  # noqa: PLC0415 - needs what was looked for just now

    with in_temporary_folder(), tempfile.TemporaryDirectory() as folder:
        made = Path(folder, FILE).with_suffix(target.suffix.casefold())
        macros, config = ENDINGS[made.suffix], local_config(machine)
        if old is None:
            build(made, lang=lang or "en", demo=demo, macros=macros, config=config)
            return _put(made, target, stamp, force=force)
        held = read_held(old, lang)
        if wrong := impossible_names((one.name for one in held.sheets), held.lang):
            raise HqsError("install.sheet_name", file=old.name, sheets=", ".join(f"«{name}»" for name in wrong))
        now = stamp.replace(tzinfo=None)
        build(made, lang=held.lang, demo=False, macros=macros, config=config, held=held, now=now)
        names = [*defined_names(held.lang), *(name.rpartition("!")[2] for name in held.names)]
        parts, left = carry_own_sheets(old, made, [one.name for one in held.sheets], names)
        made.write_bytes(stored(parts))
        if missing := [*lost(old, made, held), *lost_parts(old, made, left)]:
            why = "uncounted" if all(one.uncounted for one in missing) else "lost"
            raise HqsError(f"install.{why}", file=old.name, cells=some_of(one.cell for one in missing))
        held = replace(held, stray=list(dict.fromkeys([*held.stray, *not_held(made, held)])))
        replaced = target.exists() and target.samefile(old)
        drawings, modules = drawings_left(old, made, held.lang), own_macros(old)
        put = _put(made, target, stamp, force=force or replaced)
        return put._replace(held=held, left=left, macros=modules, drawings=drawings)


def local_config(machine: Machine) -> dict[str, str]:
    """The sheet of settings for this computer's Python."""
    ours = {INTERPRETERS[machine.system]: str(machine.interpreter)} if machine.system in INTERPRETERS else {}
    return {**CONFIG, **ours, "PYTHONPATH": _extra_path()}


def _extra_path() -> str:
    """Where the package lies when Python does not look there by itself: a checkout."""
    return str(checkout() or "")


def default_folder(machine: Machine) -> Path:
    """Where the workbook goes when nobody says where."""
    return Path.home() / FOLDER if machine.system == WINDOWS else Path()


def _meant(out: Path | None, machine: Machine) -> Path:
    """The place somebody named, in whatever shell."""
    if out is None:
        return default_folder(machine)
    if left := VARIABLE.search(str(out)):
        raise HqsError("install.variable", path=out, word=left[0], folder=default_folder(machine))
    return out.expanduser()


def _target(out: Path) -> Path:
    target = out / FILE if out.is_dir() or not out.suffix else out
    if target.suffix.casefold() not in ENDINGS:
        raise HqsError("install.no_workbook", file=target.name)
    return target


def _put(made: Path, target: Path, stamp: datetime, *, force: bool) -> Installed:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HqsError("install.no_folder", folder=target.parent, reason=error.strerror or error) from None
    content = made.read_bytes()

    def write(file: BinaryIO) -> None:
        file.write(content)

    with reserved(target):
        if not force and target.exists() and target.read_bytes() != content:
            raise HqsError("install.exists", file=target.name)
        saved = save(made, write, seen=Fingerprint.of(made), stamp=stamp, out=target)
    return Installed(target, saved.changed, saved.backup)

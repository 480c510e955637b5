"""``hqs-xl install``: the workbook built for this computer's own Python and put where somebody wants it.

A file that is there already may hold a roster somebody typed: it is replaced only on request, after a dated copy.
"""

from __future__ import annotations

import re
import tempfile
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from hqs_xl.data import checkout
from hqs_xl.errors import HqsError
from hqs_xl.hosts.files import Fingerprint, reserved, save
from hqs_xl.setup.machine import MACOS, WINDOWS, Machine, need_builders
from hqs_xl.template.xlwings_conf import CONFIG

FILE = "hqs_roster.xlsm"
# On Windows, a folder of the user's own, which no OneDrive carries off, as it may *Documents*.
FOLDER = "HQS"
# A variable that the shell was to fill in and has not: cmd's in PowerShell, PowerShell's in cmd.
VARIABLE = re.compile(r"%\w+%|\$env:\w+|\$\w+", re.IGNORECASE)
# Excel runs on these; where it does not, the workbook is made all the same, for no Python in particular.
INTERPRETERS = {WINDOWS: "INTERPRETER_WIN", MACOS: "INTERPRETER_MAC"}


class Installed(NamedTuple):
    """Where the workbook is, whether it had to be written, and the copy of what was there before."""

    file: Path
    changed: bool
    backup: Path | None


def install(
    machine: Machine, out: Path | None, stamp: datetime, *, lang: str = "en", demo: bool = False, force: bool = False
) -> Installed:
    """Build the workbook into a folder or a file of that name; ``stamp`` names the copy of an old one.

    Raises HqsError when another file is there and ``force`` is not set, or when it can't be built or saved.
    """
    target = _target(_meant(out, machine))
    need_builders(machine.modules)
    from hqs_xl.template.build import build  # noqa: PLC0415 - needs what was looked for just now

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, FILE)
        build(made, lang=lang, demo=demo, config=local_config(machine))
        return _put(made, target, stamp, force=force)


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
    if target.suffix.casefold() != ".xlsm":
        raise HqsError("install.not_xlsm", file=target.name)
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

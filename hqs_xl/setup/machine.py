"""What this computer has of what the workbook needs; read, never changed."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Collection
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path, PureWindowsPath

from hqs_xl.errors import HqsError
from hqs_xl.setup.windows import TrustedFolder, cloud_folders, code_page, office_bits, trusted_folders

WINDOWS = "win32"
MACOS = "darwin"
# The parts of pywin32 that xlwings starts its server with.
PYWIN32 = ("pythoncom", "win32com")
# What making a workbook needs besides the package: the extra "build".
BUILDERS = ("xlsxwriter", "pyopenvba")


@dataclass(frozen=True, slots=True)
class Machine:
    """The facts; ``system`` as ``sys.platform`` has it, ``modules`` those of ours that can be imported.

    Of Windows alone: Excel's trusted folders, the bits of Office, OneDrive's folders, the code page of programs that
    know no Unicode, and which Python the word ``python`` means.
    """

    system: str
    python: str
    interpreter: Path
    xlwings: str | None
    modules: frozenset[str]
    trusted: tuple[TrustedFolder, ...] = ()
    office: int | None = None
    cloud: tuple[PureWindowsPath, ...] = ()
    code_page: str = ""
    python_on_path: PureWindowsPath | None = None

    @property
    def dll_folders(self) -> tuple[Path, Path]:
        """Where xlwings' glue looks for its DLL: beside the interpreter, and above (a virtual environment)."""
        return self.interpreter.parent, self.interpreter.parent.parent

    @property
    def words(self) -> dict[str, str]:
        """How a person here starts pip, and this program: ``python`` may be the Store's stub on Windows."""
        return words_of(self.system)

    def in_cloud(self, file: Path) -> bool:
        """Whether OneDrive carries a file off: Excel then knows it by an address on the internet."""
        return any(folder in PureWindowsPath(str(file)).parents for folder in self.cloud)


def words_of(system: str) -> dict[str, str]:
    """The words to type on a system for pip and for this program."""
    if system == WINDOWS:
        return {"pip": "py -m pip", "program": "py -m hqs_xl"}
    return {"pip": "python -m pip", "program": "hqs-xl"}


def this_machine() -> Machine:
    """The computer this runs on."""
    machine = Machine(
        system=sys.platform,
        python=platform.python_version(),
        interpreter=_with_console(Path(sys.executable)),
        xlwings=_version("xlwings"),
        modules=frozenset(name for name in (*PYWIN32, *BUILDERS) if find_spec(name)),
    )
    return _on_windows(machine) if sys.platform == WINDOWS else machine


def _on_windows(machine: Machine) -> Machine:
    import winreg  # noqa: PLC0415 - Windows has it

    on_path = shutil.which("python")
    return replace(
        machine,
        trusted=tuple(trusted_folders(winreg)),
        office=office_bits(winreg),
        cloud=cloud_folders(os.environ),
        code_page=code_page(winreg),
        python_on_path=PureWindowsPath(on_path) if on_path else None,
    )


def need_builders(modules: Collection[str]) -> None:
    """Refuse in one line when a library that makes workbooks is not among those that can be imported."""
    missing = [name for name in BUILDERS if name not in modules]
    if missing:
        raise HqsError("install.no_builder", modules=", ".join(missing), **words_of(sys.platform))


def _with_console(interpreter: Path) -> Path:
    """The same Python with standard streams: what a macro writes to them on failing is what xlwings shows."""
    return interpreter.with_name("python.exe") if interpreter.name.casefold() == "pythonw.exe" else interpreter


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None

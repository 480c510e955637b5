"""What this computer has of what the workbook needs; read, never changed."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path, PureWindowsPath
from typing import Any

from hqs_xl.errors import HqsError

WINDOWS = "win32"
MACOS = "darwin"
# The parts of pywin32 that xlwings starts its server with.
PYWIN32 = ("pythoncom", "win32com")
# What making a workbook needs besides the package: the extra "build".
BUILDERS = ("xlsxwriter", "pyopenvba")
TRUSTED_LOCATIONS = r"Microsoft\Office\16.0\Excel\Security\Trusted Locations"
# An administrator's folders, then the user's own.
REGISTRY_ROOTS = (r"Software\Policies", "Software")
# Zones of Windows: 3 is the internet, 4 is worse.
INTERNET = 3


@dataclass(frozen=True, slots=True)
class TrustedFolder:
    """A folder whose macros Excel runs without asking."""

    path: PureWindowsPath
    subfolders: bool

    def holds(self, file: PureWindowsPath) -> bool:
        """Whether a file there is trusted; Windows does not tell cases apart."""
        return self.path == file.parent or (self.subfolders and self.path in file.parents)


@dataclass(frozen=True, slots=True)
class Machine:
    """The facts; ``system`` as ``sys.platform`` has it, ``modules`` those of ours that can be imported."""

    system: str
    python: str
    interpreter: Path
    xlwings: str | None
    modules: frozenset[str]
    trusted: tuple[TrustedFolder, ...] = ()

    @property
    def dll_folders(self) -> tuple[Path, Path]:
        """Where xlwings' glue looks for its DLL: beside the interpreter, and above (a virtual environment)."""
        return self.interpreter.parent, self.interpreter.parent.parent


def this_machine() -> Machine:
    """The computer this runs on."""
    return Machine(
        system=sys.platform,
        python=platform.python_version(),
        interpreter=_with_console(Path(sys.executable)),
        xlwings=_version("xlwings"),
        modules=frozenset(name for name in (*PYWIN32, *BUILDERS) if find_spec(name)),
        trusted=_trusted_here(),
    )


def need_builders(modules: Collection[str]) -> None:
    """Refuse in one line when a library that makes workbooks is not among those that can be imported."""
    missing = [name for name in BUILDERS if name not in modules]
    if missing:
        raise HqsError("install.no_builder", modules=", ".join(missing))


def _with_console(interpreter: Path) -> Path:
    """The same Python with standard streams: what a macro writes to them on failing is what xlwings shows."""
    return interpreter.with_name("python.exe") if interpreter.name.casefold() == "pythonw.exe" else interpreter


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _trusted_here() -> tuple[TrustedFolder, ...]:
    if sys.platform != WINDOWS:
        return ()
    import winreg  # noqa: PLC0415 - Windows has it

    return tuple(trusted_folders(winreg))


def trusted_folders(registry: Any) -> Iterator[TrustedFolder]:
    """Excel's trusted folders, read through the module ``winreg``."""
    for root in REGISTRY_ROOTS:
        with suppress(OSError), registry.OpenKey(registry.HKEY_CURRENT_USER, f"{root}\\{TRUSTED_LOCATIONS}") as places:
            for name in _subkeys(registry, places):
                with suppress(OSError), registry.OpenKey(places, name) as place:
                    path = os.path.expandvars(_value(registry, place, "Path", ""))
                    yield TrustedFolder(PureWindowsPath(path), _value(registry, place, "AllowSubfolders", 0) == 1)


def _subkeys(registry: Any, key: Any) -> list[str]:
    return [registry.EnumKey(key, number) for number in range(registry.QueryInfoKey(key)[0])]


def _value(registry: Any, key: Any, name: str, default: Any) -> Any:
    try:
        return registry.QueryValueEx(key, name)[0]
    except OSError:
        return default


def is_from_internet(file: Path) -> bool:
    """Whether Windows marked the file as downloaded: then Excel blocks its macros."""
    try:
        mark = Path(f"{file}:Zone.Identifier").read_text("utf-8", errors="replace")
    except OSError:
        return False
    zones = [line.partition("=")[2].strip() for line in mark.splitlines() if line.casefold().startswith("zoneid=")]
    return any(zone.isdigit() and int(zone) >= INTERNET for zone in zones)

"""What Windows says of itself, in registry and environment: Excel's trusted folders, which Office, where OneDrive is.

The registry comes as an argument, the module ``winreg`` or what stands in its place. Read, never changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any

TRUSTED_LOCATIONS = r"Microsoft\Office\16.0\Excel\Security\Trusted Locations"
# An administrator's folders, then the user's own.
REGISTRY_ROOTS = (r"Software\Policies", "Software")
# Where the two kinds of set-up write down whether Office is of 32 or 64 bits.
OFFICE = (
    (r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration", "Platform"),
    (r"SOFTWARE\Microsoft\Office\16.0\Outlook", "Bitness"),
    (r"SOFTWARE\WOW6432Node\Microsoft\Office\16.0\Outlook", "Bitness"),
)
BITS = {"x86": 32, "x64": 64}
CODE_PAGE = (r"SYSTEM\CurrentControlSet\Control\Nls\CodePage", "ACP")
# OneDrive names its folders here: whichever it is, a company's, a person's.
CLOUD = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
# The Microsoft Store's programs stand in such a folder, and so do the stubs that only open the Store.
STORE = "windowsapps"
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


def trusted_folders(registry: Any) -> Iterator[TrustedFolder]:
    """Excel's trusted folders."""
    for root in REGISTRY_ROOTS:
        with suppress(OSError), registry.OpenKey(registry.HKEY_CURRENT_USER, f"{root}\\{TRUSTED_LOCATIONS}") as places:
            for name in _subkeys(registry, places):
                with suppress(OSError), registry.OpenKey(places, name) as place:
                    path = os.path.expandvars(_value(registry, place, "Path", ""))
                    yield TrustedFolder(PureWindowsPath(path), _value(registry, place, "AllowSubfolders", 0) == 1)


def office_bits(registry: Any) -> int | None:
    """Whether Office is of 32 or 64 bits; None where none is found."""
    found = (BITS.get(str(_of_machine(registry, key, name)).casefold()) for key, name in OFFICE)
    return next(filter(None, found), None)


def code_page(registry: Any) -> str:
    """The encoding of programs that know no Unicode, such as cp1251; "" where it is not told."""
    number = _of_machine(registry, *CODE_PAGE)
    return f"cp{number}" if str(number).isdigit() else ""


def cloud_folders(environment: Mapping[str, str]) -> tuple[PureWindowsPath, ...]:
    """The folders that OneDrive carries off; *Documents* is often one of them."""
    return tuple(PureWindowsPath(environment[name]) for name in CLOUD if environment.get(name))


def is_of_store(program: PureWindowsPath) -> bool:
    """Whether a program is the Microsoft Store's, or a stub of it: Excel can start neither."""
    return any(part.casefold() == STORE for part in program.parts)


def survives(path: str, encoding: str) -> bool:
    """Whether a path comes through to a program that knows no Unicode."""
    try:
        path.encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def is_from_internet(file: Path) -> bool:
    """Whether Windows marked the file as downloaded: then Excel blocks its macros."""
    try:
        mark = Path(f"{file}:Zone.Identifier").read_text("utf-8", errors="replace")
    except OSError:
        return False
    zones = [line.partition("=")[2].strip() for line in mark.splitlines() if line.casefold().startswith("zoneid=")]
    return any(zone.isdigit() and int(zone) >= INTERNET for zone in zones)


def _of_machine(registry: Any, key: str, name: str) -> Any:
    """A value all users share, as 64-bit programs see it, whichever asks."""
    view = registry.KEY_READ | registry.KEY_WOW64_64KEY
    with suppress(OSError), registry.OpenKey(registry.HKEY_LOCAL_MACHINE, key, 0, view) as opened:
        return _value(registry, opened, name, "")
    return ""


def _subkeys(registry: Any, key: Any) -> list[str]:
    return [registry.EnumKey(key, number) for number in range(registry.QueryInfoKey(key)[0])]


def _value(registry: Any, key: Any, name: str, default: Any) -> Any:
    try:
        return registry.QueryValueEx(key, name)[0]
    except OSError:
        return default

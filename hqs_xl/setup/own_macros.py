"""Macros of a person's own in a workbook of ours, which a new one does not take over: they are named."""

from __future__ import annotations

import re
from pathlib import Path

from hqs_xl.hosts.package import Package
from hqs_xl.setup.workbook import MACROS

_PROCEDURE = re.compile(
    r"^[ \t]*(?:Public |Private |Friend )?(?:Static )?(?:Sub|Function|Property (?:Get|Let|Set)) +(\w+)",
    re.MULTILINE | re.IGNORECASE,
)


def own_macros(old: Path) -> list[str] | None:
    """The modules that hold procedures of nobody's but the person's; None where they can't be read."""
    with Package(old) as package:
        links = package.relationships(package.workbook).values()
        part = next((link.part for link in links if link.kind == MACROS and link.part and package.has(link.part)), None)
        project = package.whole(part) if part else b""
    return _own_modules(project) if project else []


def _own_modules(project: bytes) -> list[str] | None:
    from pyopenvba.cfb import CFB  # noqa: PLC0415 - of the extra "build"
    from pyopenvba.vba import parse_vba_project  # noqa: PLC0415

    from hqs_xl.template.vba_project import WORKBOOK, modules  # noqa: PLC0415 - as above

    try:
        found = {module.name: module.source for module in parse_vba_project(CFB.from_bytes(project)).modules}
    except Exception:  # noqa: BLE001 - a broken project fails in a hundred ways, and each means the same here
        return None
    ours = modules()
    made = {name: set() if name == WORKBOOK else _procedures(text) for name, text in found.items() if name in ours}
    made[WORKBOOK] = _procedures(ours[WORKBOOK])
    return sorted(name for name, text in found.items() if _procedures(text) - made.get(name, set()))


def _procedures(text: str) -> set[str]:
    return {name.casefold() for name in _PROCEDURE.findall(text.replace("\r\n", "\n"))}

"""What ``hqs-xl build`` makes: the workbooks HR opens, with people and empty, and the add-in for LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from hqs_xl.hosts.calc.package import FILE, package
from hqs_xl.setup.machine import BUILDERS, need_builders

NAME = "hqs_roster"
# To begin with, for people without Python: beside the workbook with invented people, and without macros.
EMPTY = "hqs_roster_empty.xlsx"


def make_products(folder: Path, lang: str, *, demo: bool, progress: Callable[[float], None]) -> list[Path]:
    """Write them into a folder; where they are. ``demo``: with invented people. HqsError when a library is missing."""
    need_builders({name for name in BUILDERS if find_spec(name)})
    from hqs_xl.template.build import build  # noqa: PLC0415 - needs what was looked for just now

    folder.mkdir(parents=True, exist_ok=True)
    workbooks = {folder / f"{NAME}.xlsm": True, folder / f"{NAME}.xlsx": False}
    for done, (file, macros) in enumerate(workbooks.items(), 1):
        build(file, lang=lang, demo=demo, macros=macros)
        progress(done / len(workbooks))
    empty = folder / EMPTY
    build(empty, lang=lang, demo=False, macros=False)
    extension = folder / FILE
    extension.write_bytes(package())
    return [*workbooks, empty, extension]

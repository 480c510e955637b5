"""``hqs-xl build``: the workbooks HR opens, and the add-in for LibreOffice."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hqs_xl.cli.terminal import OK, progress
from hqs_xl.errors import HqsError
from hqs_xl.texts import say

NAME = "hqs_roster"


def add_build_command(commands: Any, parents: Sequence[argparse.ArgumentParser]) -> None:
    """Register it; ``parents`` bring --lang."""
    build = commands.add_parser(
        "build",
        parents=parents,
        help="make the workbook HR opens",
        description="Makes hqs_roster.xlsm (functions, ribbon and macros inside, for Excel on Windows), "
        "hqs_roster.xlsx (no macros) and hqs_xl.oxt (the functions for LibreOffice), the same bytes on every platform.",
    )
    build.add_argument(
        "--out", type=Path, default=Path(), metavar="DIR", help="the folder to put them in (default: here)"
    )
    build.add_argument("--empty", action="store_true", help="without the invented people, as of today")
    build.set_defaults(run=_build)


def _build(options: argparse.Namespace) -> int:
    lang = options.lang or "en"
    from hqs_xl.setup.machine import BUILDERS  # noqa: PLC0415 - what runs is loaded when it runs

    missing = [name for name in BUILDERS if find_spec(name) is None]
    if missing:
        raise HqsError("install.no_builder", modules=", ".join(missing))
    from hqs_xl.hosts.calc.package import FILE, package  # noqa: PLC0415 - as above
    from hqs_xl.template.build import build  # noqa: PLC0415 - needs what was looked for just now

    options.out.mkdir(parents=True, exist_ok=True)
    files = {options.out / f"{NAME}.xlsm": True, options.out / f"{NAME}.xlsx": False}
    with progress(say("build.building", lang)) as share:
        for done, (file, macros) in enumerate(files.items(), 1):
            build(file, lang=lang, demo=not options.empty, macros=macros)
            share(done / len(files))
    extension = options.out / FILE
    extension.write_bytes(package())
    sys.stdout.write(say("build.written", lang, files=", ".join(map(str, (*files, extension)))) + "\n")
    return OK

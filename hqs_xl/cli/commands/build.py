"""``hqs-xl build``: the workbooks HR opens, and the add-in for LibreOffice."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from hqs_xl.cli.arguments import MADE_IN, add_lang, language
from hqs_xl.cli.terminal import OK, progress
from hqs_xl.texts import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether with people in it."""
    parser.description = (
        "Makes hqs_roster.xlsm (functions, ribbon and macros inside, for Excel on Windows), hqs_roster.xlsx (no "
        "macros), hqs_roster_empty.xlsx (the same without people), hqs_roster_lite.xlsx (functions inside, for the "
        "add-in xlwings Lite) and hqs_xl.oxt (the functions for LibreOffice), the same bytes on every platform."
    )
    parser.add_argument(
        "--out", type=Path, default=Path(), metavar="DIR", help="the folder to put them in (default: here)"
    )
    parser.add_argument(
        "--web",
        type=Path,
        metavar="DIR",
        help="instead: the page that checks and refreshes rosters in a browser, as one file and as a folder",
    )
    parser.add_argument(
        "--pyodide",
        type=Path,
        default=Path("hqs_xl/web/npm/node_modules/pyodide"),
        metavar="DIR",
        help="for --web: the npm package pyodide (default: %(default)s)",
    )
    parser.add_argument("--empty", action="store_true", help="without the invented people, as of today")
    add_lang(parser, MADE_IN)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Make them: the same bytes on every day, which only names the copies of earlier workbooks."""
    from hqs_xl.setup.machine import BUILDERS, need_builders

    lang = language(options)
    need_builders({name for name in BUILDERS if find_spec(name)})
    if options.web:
        return _web(options, lang)
    from hqs_xl.setup.products import make_products, put
    from hqs_xl.web.lite import FILE, lite_workbook

    with progress(say("build.building", lang)) as share:
        products = make_products(options.out, lang, now, demo=not options.empty, progress=share, also=[FILE])
        products.append(put(options.out / FILE, lite_workbook(lang, demo=not options.empty), now))
    lines = [say("build.written", lang, files=", ".join(str(one.file) for one in products))]
    lines += [say("install.backup", lang, backup=one.backup) for one in products if one.backup]
    sys.stdout.write("\n".join(lines) + "\n")
    return OK


def _web(options: argparse.Namespace, lang: str) -> int:
    from hqs_xl.web.build import build_page

    for file in build_page(options.web, options.pyodide):
        size = sum(one.stat().st_size for one in ([file] if file.is_file() else file.iterdir()))
        sys.stdout.write(say("web.written", lang, file=file, size=f"{size / 1e6:.1f}") + "\n")
    return OK

"""Our own code for the browser: what checks, refreshes and writes, with what it needs of others, as one zip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from hqs_xl.hosts.bundle import licences, own_modules
from hqs_xl.web.runtime import NO_DAY

# What needs Excel, LibreOffice, a terminal, a disk, other processes, or libraries no page has.
LEFT_OUT = frozenset(
    {
        *("__main__.py", "buttons", "cli", "demo", "macros.py", "schedule", "setup", "template"),
        *("hosts/excel", "hosts/calc", "hosts/open", "hosts/bundle.py", "hosts/memory.py"),
        *("web/build.py", "web/compiled.py", "web/compiling.py", "web/lite.py", "web/pack.py", "web/runtime.py"),
        *("web/pyodide.toml", "web/npm", "web/page", "intake", "texts/terminal.toml"),
        *("models/by_pydantic.py", "roster/reading/by_pydantic.py"),
        *("output/contract", "output/duelist_xlsx.py", "output/notice_xlsx.py"),
        *(f"hosts/xlsx/parallel/{name}.py" for name in ("divided", "pool", "shared_block", "worker")),
    }
)
# What counts months: two packages, and of the first the modules that do.
OF_OTHERS = ("python-dateutil", "six")
_MONTHS = re.compile(r"six\.py|dateutil/(__init__|_common|_version|relativedelta|rrule)\.py")
_LICENCE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)\b", re.IGNORECASE)
# What a workbook open in Excel doesn't need of it, and what it does; data files are parsed there once, as it is opened.
OF_CLOSED_FILES = frozenset(
    {
        *("intake", "output", "refresh", "web", "parsed.jsonl", "texts/written.toml"),
        *(
            "buttons/demo_file.py",
            "buttons/demo_rows.py",
            "buttons/groups.py",
            "buttons/menu.py",
            "hosts/ods",
            "hosts/package",
            "hosts/xlsx",
            "hosts/system.py",
        ),
        *(f"hosts/closed/{name}.py" for name in ("editing", "reading", "reading_ods")),
        *(f"hosts/files/{name}.py" for name in ("backups", "file_kind", "locks", "names", "saving")),
        *(f"hosts/sheets/{name}.py" for name in ("cell_values", "closed_file", "progress", "text")),
    }
)
OF_OPEN_BOOKS = frozenset({"buttons", "hosts/excel", "hosts/open"})


def lite_code() -> bytes:
    """The zip of the cell functions and the check, for a workbook that carries them, with its licences."""
    texts = "\n\n".join([*licences().values(), *licences_of_others()])
    return _zipped(
        [*own_modules((LEFT_OUT | OF_CLOSED_FILES) - OF_OPEN_BOOKS), *_of_others(), ("LICENCES.md", texts.encode())]
    )


def own_code() -> bytes:
    """The zip, the same bytes on every platform; what packs the page presses it."""
    return _zipped([*own_modules(LEFT_OUT), *_of_others()])


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as target:
        for name, content in sorted(files):
            target.writestr(ZipInfo(name, NO_DAY), content)
    return out.getvalue()


def _of_others() -> Iterator[tuple[str, bytes]]:
    """Modules of others, unchanged."""
    for package in OF_OTHERS:
        for file in distribution(package).files or ():
            if _MONTHS.fullmatch(file.as_posix()):
                yield file.as_posix(), file.read_binary()


def licences_of_others() -> Iterator[str]:
    """The licence texts that come with what is carried, each under its name and version."""
    for package in OF_OTHERS:
        found = distribution(package)
        for file in found.files or ():
            if ".dist-info" in file.parts[0] and _LICENCE.match(file.name):
                yield f"## {package} {found.version}: {file.name}\n\n{file.read_text().strip()}"

"""Our own code for the browser: what checks, refreshes and writes, with what it needs of others, as one zip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import PackagePath, distribution
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from hqs_xl.hosts.bundle import licences, own_modules
from hqs_xl.web.runtime import NO_DAY

# What needs Excel, LibreOffice, a terminal or a disk.
LEFT_OUT = frozenset(
    {
        *("__main__.py", "buttons", "cli", "demo", "macros.py", "schedule", "setup", "template"),
        *("hosts/excel", "hosts/calc", "hosts/open", "hosts/bundle.py", "hosts/memory.py"),
        *("web/build.py", "web/pack.py", "web/runtime.py", "web/pyodide.toml", "web/npm"),
        *("roster/validated.py", "web/page"),
    }
)
# Counts months; writes the calendar file, whose moments are of one time zone.
OF_OTHERS = ("python-dateutil", "six", "icalendar", "typing-extensions", "tzdata")
_ZONES = {"tzdata/__init__.py", "tzdata/zoneinfo/__init__.py", "tzdata/zoneinfo/UTC"}
_LICENCE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)\b", re.IGNORECASE)
_NOT_RUN = re.compile(r"(^|/)(tests?|fuzzing|__pycache__)/|^dateutil/(zoneinfo/rebuild|tzwin)")


# What the cell functions alone don't need; data files are parsed there once, when the workbook is opened.
ONLY_FILES = frozenset(
    {"hosts", "output", "refresh", "sync", "web", "parsed.jsonl", "texts/terminal.toml", "texts/written.toml"}
)
_MONTHS = re.compile(r"six\.py|dateutil/(__init__|_common|_version|relativedelta)\.py")


def lite_code() -> bytes:
    """The zip of the cell functions alone, for a workbook that carries them, with its licences."""
    others = [(name, content) for name, content in _of_others(OF_OTHERS[:2]) if _MONTHS.fullmatch(name)]
    modules = [*own_modules(LEFT_OUT | ONLY_FILES), *others]
    texts = "\n\n".join([*licences().values(), *licences_of_others(OF_OTHERS[:2])])
    return _zipped([*modules, ("LICENCES.md", texts.encode())])


def own_code() -> bytes:
    """The zip, the same bytes on every platform; what packs the page presses it."""
    return _zipped([*own_modules(LEFT_OUT), *_of_others(OF_OTHERS)])


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as target:
        for name, content in sorted(files):
            target.writestr(ZipInfo(name, NO_DAY), content)
    return out.getvalue()


def _of_others(packages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Modules of others, unchanged."""
    for package in packages:
        for file in distribution(package).files or ():
            if _is_run(file):
                yield file.as_posix(), file.read_binary()


def _is_run(file: PackagePath) -> bool:
    name = file.as_posix()
    if name.startswith("tzdata/"):
        return name in _ZONES
    return file.suffix == ".py" and ".." not in file.parts and not _NOT_RUN.search(name)


def licences_of_others(packages: Iterable[str] = OF_OTHERS) -> Iterator[str]:
    """The licence texts that come with what is carried, each under its name and version."""
    for package in packages:
        found = distribution(package)
        for file in found.files or ():
            if ".dist-info" in file.parts[0] and _LICENCE.match(file.name):
                yield f"## {package} {found.version}: {file.name}\n\n{file.read_text().strip()}"

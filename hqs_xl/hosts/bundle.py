"""What is carried into a host where nothing can be installed: our own modules and data, and the licences, as files."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import hqs_xl
from hqs_xl.data import checkout

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# Our own files, by their endings: modules, and the data they read.
OURS = {".py", ".toml", ".json", ".jsonl"}
# As pyproject.toml lists them.
LICENCES = ("LICENSE", "THIRD_PARTY_NOTICES.md")


def own_modules(left_out: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Modules and data of this package by name (``hqs_xl/law/rules.py``), in order, lines that end in LF.

    ``left_out``: modules and folders named from the package's top, which need what the host has not.
    """
    top = Path(hqs_xl.__file__).parent
    for file in sorted(top.rglob("*.*")):
        name = file.relative_to(top).as_posix()
        if file.suffix in OURS and not {name, *map(str, PurePosixPath(name).parents)} & set(left_out):
            yield f"hqs_xl/{name}", with_lf(file)


def licences() -> dict[str, str]:
    """Our licence, and those of what is carried; an installed package has them beside its metadata."""
    folder = checkout()
    return {name: (folder / name).read_text("utf-8") if folder else _installed(name) for name in LICENCES}


def _installed(name: str) -> str:
    text = distribution("hqs-xl").read_text(f"licenses/{name}")
    if text is None:
        raise FileNotFoundError(name)
    return text


def with_lf(file: Path) -> bytes:
    """A file's bytes, the same on every platform."""
    return file.read_bytes().replace(b"\r\n", b"\n")

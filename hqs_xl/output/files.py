"""Writing what HR gets out: whole or not at all, and never over the roster it was made from."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from hqs_xl.errors import HqsError


def write_out(out: Path, content: bytes, roster: Path | None = None) -> None:
    """Write a file in one step. Raises HqsError when it is the roster itself, OSError when it can't be written."""
    if roster is not None and out.exists() and roster.exists() and out.samefile(roster):
        raise HqsError("output.same_file", file=out)
    new = out.with_name(f".{out.name}.tmp")
    try:
        new.write_bytes(content)
        new.replace(out)
    finally:
        new.unlink(missing_ok=True)


def earlier_file(out: Path) -> bytes | None:
    """What a file of that name holds; None where there is none. Raises OSError."""
    try:
        return out.read_bytes()
    except FileNotFoundError:
        return None


def need(module: str, package: str) -> None:
    """Refuse in one line when a library of the extra ``output`` is missing."""
    if find_spec(module) is None:
        raise HqsError("output.missing", package=package)

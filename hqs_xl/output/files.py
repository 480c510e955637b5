"""Writing what HR gets out: whole or not at all, and over nothing but an earlier file of the same making."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from hqs_xl.errors import HqsError
from hqs_xl.whole_file import write_whole


def check_replaceable(out: Path, roster: Path | None = None) -> None:
    """Raise HqsError where a file is the roster itself, or is there and holds what is not of our making."""
    if not out.is_file():
        return
    from hqs_xl.output.own_files import is_own_output  # noqa: PLC0415 - of a file that is there only

    if roster is not None and roster.exists() and out.samefile(roster):
        raise HqsError("output.same_file", file=out)
    if out.stat().st_size and not is_own_output(out):
        raise HqsError("output.not_ours", file=out)


def write_out(out: Path, content: bytes, roster: Path | None = None) -> None:
    """Write a file in one step. Raises HqsError when it may not be replaced, OSError when it can't be written."""
    check_replaceable(out, roster)
    if not out.parent.is_dir():
        raise HqsError("file.no_folder", file=out.name, folder=out.parent)
    write_whole(out, content)


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

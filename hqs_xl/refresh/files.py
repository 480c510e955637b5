"""Which files are meant: names, folders, and patterns where no shell has expanded them."""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hqs_xl.errors import HqsError
from hqs_xl.hosts.files import BACKUP_FOLDER
from hqs_xl.output.own_files import is_own_output

_WORKBOOKS = {".xlsx", ".xlsm"}
# Lock files of Excel and LibreOffice, ours, and what is hidden.
_NOT_MEANT = ("~$", ".")


class Meant(NamedTuple):
    """Files to refresh; ``passed_over``: those of this program's own making that hold no roster, or an old one."""

    files: list[Path]
    passed_over: list[Path]


def expanded(names: Sequence[str]) -> Meant:
    """The files, each once, a folder's and a pattern's by name.

    Backups, due lists and notices are passed over, however they are named: a pattern takes them in unasked, also where
    the shell has expanded it. Raises HqsError when a name means no file, or nothing else.
    """
    found: dict[str, Path] = {}
    for name in names:
        files = _files(name)
        if not files:
            raise HqsError("refresh.no_files", pattern=name)
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    own = [file for file in found.values() if _is_own(file)]
    files = [file for file in found.values() if file not in own]
    if not files:
        raise HqsError("refresh.only_own", file=own[0])
    return Meant(files, own)


def _is_own(file: Path) -> bool:
    """Whether a file is a backup of ours, or a workbook of ours that holds no roster."""
    folder = os.path.basename(os.path.dirname(os.path.abspath(file)))  # noqa: PTH100, PTH119, PTH120 - links stay links
    return folder.casefold() == BACKUP_FOLDER or is_own_output(file)


def _files(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        return sorted(file for file in path.iterdir() if _is_workbook(file))
    if os.path.lexists(path) or not glob.has_magic(name):
        return [path]  # of one that is not there, its reader speaks
    return sorted(file for file in map(Path, glob.glob(name, recursive=True)) if _is_workbook(file))  # noqa: PTH207


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in _WORKBOOKS and not path.name.startswith(_NOT_MEANT) and path.is_file()


def places(files: Sequence[Path], out: Path | None) -> list[Path | None]:
    """Where each file is written: None for its own place. Several need a folder, and names that differ.

    One written elsewhere ends as it does, for it holds what it held: by another ending programs take it for what it is
    not.
    """
    if out is None:
        return [None] * len(files)
    if len(files) > 1 and not out.is_dir():
        raise HqsError("refresh.out_folder", out=out)
    targets = [out / file.name if out.is_dir() else out for file in files]
    for target, file in zip(targets, files, strict=True):
        if target.suffix.casefold() != file.suffix.casefold():
            raise HqsError("refresh.out_kind", out=out, file=file.name, kind=file.suffix)
    if len({os.path.normcase(target) for target in targets}) < len(targets):
        raise HqsError("refresh.same_name", out=out)
    same = (os.path.realpath(target) == os.path.realpath(file) for target, file in zip(targets, files, strict=True))
    return [None if itself else target for target, itself in zip(targets, same, strict=True)]

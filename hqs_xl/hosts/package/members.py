"""What a zip's directory says of its members, judged before any of them is read."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hqs_xl.hosts.files.limits import Limits

_FLAG_ENCRYPTED = 0x1 | 0x40 | 0x2000  # by password, strongly, and the directory itself
_FLAG_PATCH = 0x20
# Bytes of a member's own header, before its name.
LOCAL_HEADER = 30
_DRIVE = re.compile(r"[A-Za-z]:")


class Fault(NamedTuple):
    """Why a zip is refused: the code of the error, and what it names."""

    code: str
    fields: dict[str, object]


def folded(info: zipfile.ZipInfo) -> str:
    """The name of a member as it is looked for: in Open Packaging case doesn't count."""
    return _slashed(info.orig_filename).rstrip("/").casefold()


def first_fault(infos: Sequence[zipfile.ZipInfo], limits: Limits) -> Fault | None:
    """The first thing wrong with a zip's members; None where nothing is."""
    return next(_faults(infos, limits), None)


def _faults(infos: Sequence[zipfile.ZipInfo], limits: Limits) -> Iterator[Fault]:
    if len(infos) > limits.members:
        yield Fault("too_many_members", {"limit": limits.members})
    names: set[str] = set()
    for info in infos:
        yield from _faults_of(info, limits)
        if folded(info) in names:
            yield Fault("duplicate_member", {"member": info.orig_filename})
        names.add(folded(info))
    if sum(info.file_size for info in infos) > limits.total:
        yield Fault("too_large", {"part": max(infos, key=lambda info: info.file_size).filename})
    if _overlap(infos):
        yield Fault("damaged", {})


def _faults_of(info: zipfile.ZipInfo, limits: Limits) -> Iterator[Fault]:
    name = _slashed(info.orig_filename)
    if _is_bad_name(name) or _is_bad_name(unquote(name)):
        yield Fault("bad_name", {"member": info.orig_filename})
    if info.flag_bits & _FLAG_ENCRYPTED:
        yield Fault("encrypted_member", {"member": info.filename})
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.flag_bits & _FLAG_PATCH:
        yield Fault("bad_method", {"member": info.filename})
    if info.file_size > limits.inflated and info.file_size > limits.ratio * info.compress_size:
        yield Fault("bomb", {"part": info.filename})


def _overlap(infos: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether members share bytes, by which a small file could inflate without end."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            return True
        end = info.header_offset + LOCAL_HEADER + info.compress_size
    return False


def _slashed(name: str) -> str:
    """A member's name as a part's: older .NET, and zip programs of Windows, divide it by backslashes."""
    return name.replace("\\", "/")


def _is_bad_name(name: str) -> bool:
    """Whether a member's name could lead out of a folder, or mean two things to two programs."""
    segments = name.removesuffix("/").split("/")
    return "\\" in name or "\0" in name or bool(_DRIVE.match(name)) or not {"", ".", ".."}.isdisjoint(segments)

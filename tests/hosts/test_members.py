"""What a zip's directory may say of its members: judged by what it says, with no file that says so."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple

import pytest

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.files.limits import Limits
from hqs_xl.hosts.package import zip_guard
from hqs_xl.hosts.package.members import Fault, first_fault
from hqs_xl.hosts.package.opc import Package
from tests.hosts import xlsx_files

if TYPE_CHECKING:
    from pathlib import Path

LIMITS = Limits(members=3, total=1000, inflated=100, ratio=10)


class Said(NamedTuple):
    """What a directory says of its members, and the code of the refusal; "" where all is well."""

    name: str
    members: list[zipfile.ZipInfo]
    code: str


def member(
    name: str = "xl/a.xml",
    *,
    size: int = 10,
    packed: int = 10,
    at: int = 0,
    flags: int = 0,
    method: int = zipfile.ZIP_DEFLATED,
) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.file_size, info.compress_size, info.header_offset = size, packed, at
    info.flag_bits, info.compress_type = flags, method
    return info


def names(*given: str) -> list[zipfile.ZipInfo]:
    return [member(name, at=1000 * place) for place, name in enumerate(given)]


MEMBERS = [
    Said("one", names("xl/a.xml"), ""),
    Said("none", [], ""),
    Said("as many as may be", names("a", "b", "c"), ""),
    Said("one too many", names("a", "b", "c", "d"), "too_many_members"),
    Said("a folder", names("xl/", "xl/a"), ""),
    Said("dots in a name", names("xl/a..b", "xl/.a", "xl/..."), ""),
    Said("a colon in a name", names("xl/a:b"), ""),
    Said("out of the folder", names("../a.xml"), "bad_name"),
    Said("out of the folder further in", names("xl/../../a.xml"), "bad_name"),
    Said("out of the folder, escaped", names("xl/%2e%2E/a.xml"), "bad_name"),
    Said("the folder itself", names("xl/./a.xml"), "bad_name"),
    Said("from the root", names("/a.xml"), "bad_name"),
    Said("two slashes", names("xl//a.xml"), "bad_name"),
    Said("a drive", names("C:/a.xml"), "bad_name"),
    Said("a backslash", names("xl\\a.xml"), ""),
    Said("out of the folder by backslashes", names("xl\\..\\..\\a.xml"), "bad_name"),
    Said("an escaped backslash", names("xl/%5Ca.xml"), "bad_name"),
    Said("from a server", names("\\\\server\\share"), "bad_name"),
    Said("one name in both slashes", names("xl/a.xml", "xl\\a.xml"), "duplicate_member"),
    Said("a nul", names("xl/a\0b.xml"), "bad_name"),
    Said("no name", names(""), "bad_name"),
    Said("one name twice", names("xl/a", "xl/a"), "duplicate_member"),
    Said("one name but for case", names("xl/a", "XL/A"), "duplicate_member"),
    Said("a member and a folder of one name", names("xl/a", "xl/a/"), "duplicate_member"),
    Said("stored", [member(method=zipfile.ZIP_STORED)], ""),
    Said("packed by bzip2", [member(method=zipfile.ZIP_BZIP2)], "bad_method"),
    Said("packed by nobody knows what", [member(method=99)], "bad_method"),
    Said("a patch", [member(flags=0x20)], "bad_method"),
    Said("a name in utf-8, sizes behind the data", [member(flags=0x808)], ""),
    Said("locked by a password", [member(flags=0x1)], "encrypted_member"),
    Said("locked strongly", [member(flags=0x41)], "encrypted_member"),
    Said("the directory locked", [member(flags=0x2000)], "encrypted_member"),
    Said("small, from next to nothing", [member(size=100, packed=1)], ""),
    Said("bigger, ten from one", [member(size=200, packed=20)], ""),
    Said("bigger, more than ten from one", [member(size=201, packed=20)], "bomb"),
    Said("just too big to come from next to nothing", [member(size=101, packed=1)], "bomb"),
    Said("as large as may be", [member("a", size=600, packed=600), member("b", size=400, packed=400, at=700)], ""),
    Said("too large", [member("a", size=600, packed=600), member("b", size=401, packed=401, at=700)], "too_large"),
    # A member's header has thirty bytes and its name.
    Said("side by side", [member("a"), member("b", at=40)], ""),
    Said("on top of each other", [member("a"), member("b", at=39)], "damaged"),
    Said("the same bytes", [member("a"), member("b")], "damaged"),
    Said("in no order", [member("a", at=100), member("b", at=0), member("c", at=50)], ""),
    Said("in no order, overlapping", [member("a", at=100), member("b", at=0), member("c", at=61)], "damaged"),
]


@pytest.mark.parametrize(("members", "code"), [said[1:] for said in MEMBERS], ids=[said.name for said in MEMBERS])
def test_a_directory_is_judged(members: list[zipfile.ZipInfo], code: str) -> None:
    fault = first_fault(members, LIMITS)
    assert (fault.code if fault else "") == code


def test_a_fault_names_what_it_is_about() -> None:
    assert first_fault(names("a", "b/../c"), LIMITS) == Fault("bad_name", {"member": "b/../c"})
    assert first_fault(names("xl/a", "XL/A"), LIMITS) == Fault("duplicate_member", {"member": "XL/A"})
    assert first_fault(names("a", "b", "c", "d"), LIMITS) == Fault("too_many_members", {"limit": 3})
    large = [member("a", size=500, packed=500), member("b", size=501, packed=501, at=700)]
    assert first_fault(large, LIMITS) == Fault("too_large", {"part": "b"})


def opened(path: Path) -> Package:
    xlsx_files.book()(path)
    return Package(path)


def test_a_fault_refuses_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, Limits]] = []

    def judged(infos: list[zipfile.ZipInfo], limits: Limits) -> Fault:
        asked.append((len(infos), limits))
        return Fault("bad_name", {"member": "../a\nb"})

    monkeypatch.setattr(zip_guard, "first_fault", judged)
    path = tmp_path / "roster.xlsx"
    xlsx_files.book()(path)
    with pytest.raises(UnusableFile) as caught:
        Package(path, LIMITS)
    assert (caught.value.code, caught.value.fields["member"]) == ("bad_name", "../a\N{REPLACEMENT CHARACTER}b")
    assert asked == [(len(xlsx_files.parts()), LIMITS)]


@pytest.mark.parametrize("size", [-1, 1], ids=["less", "more"])
def test_a_part_that_is_longer_or_shorter_than_the_directory_says_is_damaged(size: int, tmp_path: Path) -> None:
    with opened(tmp_path / "roster.xlsx") as package:
        # Said here, not in a file.
        package.infos[-1].file_size += size
        with pytest.raises(UnusableFile) as caught:
            list(package.chunks(package.infos[-1].filename))
    assert caught.value.code == "damaged"


# What zipfile and zlib raise at bytes that are none of a zip's, and what the disk does.
FAULTS = [
    (zipfile.BadZipFile("names differ"), "damaged"),
    (zlib.error("invalid distance"), "damaged"),
    (struct.error("unpack"), "damaged"),
    (EOFError(), "damaged"),
    (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "damaged"),
    (ValueError("negative seek"), "damaged"),
    (OverflowError(), "damaged"),
    (NotImplementedError("version 99"), "damaged"),
    (OSError(5, "an input error"), "cannot_read"),
]


@pytest.mark.parametrize(("fault", "code"), FAULTS, ids=[type(case[0]).__name__ for case in FAULTS])
@pytest.mark.parametrize("call", ["__init__", "open", "read"])
def test_whatever_zipfile_raises_is_one_line(
    fault: Exception, code: str, call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise fault

    path = tmp_path / "roster.xlsx"
    xlsx_files.book()(path)
    monkeypatch.setattr(zipfile.ZipExtFile if call == "read" else zipfile.ZipFile, call, fails)
    with pytest.raises(UnusableFile) as caught:
        Package(path)
    assert caught.value.code == code

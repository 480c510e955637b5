"""On a full disk no half file stays, what was there stays as it was, and the message says of which place.

What is written over an earlier file is read by the same people, at the same place.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from hqs_xl.cli.program import main
from hqs_xl.demo.roster_file import write_demo
from hqs_xl.errors import UnusableFile
from hqs_xl.setup.products import WORKBOOKS, Product, put
from hqs_xl.texts import say
from hqs_xl.web.lite import FILE as LITE
from hqs_xl.whole_file import in_temporary_folder, write_new, write_whole

AS_OF = "2026-11-23"
STAMP = datetime(2026, 11, 23, 9)
NO_ROOM = say("system.ENOSPC", "en")
WRITES = {
    "demo": "demo {disk} --people 3 --as-of 2026-11-23",
    "build": "build --out {disk}",
    "install": "install --out {disk}/hqs.xlsx",
    "ics": "ics {roster} --as-of 2026-11-23 --out {disk}/out.ics",
    "due html": "due {roster} --as-of 2026-11-23 --out {disk}/out.html",
    "due xlsx": "due {roster} --as-of 2026-11-23 --out {disk}/out.xlsx",
    "notice": "notice {roster} HQS-00001 --kind concluded --out {disk}/out.html",
    "refresh": "refresh {roster} --as-of 2026-11-23 --add-columns --findings-sheet --out {disk}/out.xlsx",
    "digest": "refresh {copy} --as-of 2026-11-23 --digest {disk}/digest",
    "import": "import {people} --into {disk}/new.xlsx --yes",
}


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("full") / "roster.xlsx"
    write_demo(file, date.fromisoformat(AS_OF), 3)
    return file


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with no room for anything of ours."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=4k,mode=777", "tmpfs", str(folder)]
    if not mount or subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("no right to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607


def files_in(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize("command", WRITES.values(), ids=WRITES)
def test_no_half_file_and_the_place_is_named(
    command: str, roster: Path, disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (disk / "theirs.txt").write_bytes(b"t" * 4000)
    copy = tmp_path / "copy.xlsx"
    shutil.copy(roster, copy)
    people = tmp_path / "people.csv"
    people.write_text("ID,Full name\nA-1,Ann Example\n", "utf-8")
    status = main(command.format(disk=disk, roster=roster, copy=copy, people=people).split())
    said = capsys.readouterr()
    assert status == 2
    assert files_in(disk) == ["theirs.txt"]
    [told] = [line for line in (said.err + said.out).splitlines() if "disk is full" in line or NO_ROOM in line]
    assert "out." in told or "new.xlsx" in told or "due-2026-11-23" in told or str(disk) in told or "hqs" in told


@pytest.mark.parametrize("command", ["demo {out} --people 30", "build --out {out}"], ids=["demo", "build"])
def test_a_full_folder_for_temporary_files_is_named(command: str, disk: Path, tmp_path: Path) -> None:
    """In a process of its own, which lets go of the disk."""
    out = tmp_path / "out"
    words = [sys.executable, "-m", "hqs_xl", *command.format(out=out).split()]
    done = subprocess.run(words, env=os.environ | {"TMPDIR": str(disk)}, capture_output=True, check=False)  # noqa: S603
    assert done.returncode == 2
    assert files_in(out) == []
    assert done.stderr.decode().strip() == f"hqs-xl: {disk}: {NO_ROOM}"


class LibraryError(Exception):
    """As lxml's, which is no OSError."""


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        (OSError(errno.ENOSPC, "full"), "temporary"),
        (OSError(errno.ENOENT, "gone", "that file"), "that file"),
        (LibraryError("IO_ENOSPC"), "temporary"),
        (LibraryError("IO_UNKNOWN"), None),
        (LibraryError("ENOSPCX"), None),
        (ValueError("a fault of ours"), None),
    ],
    ids=repr,
)
def test_whose_place_it_is(fault: Exception, place: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "temporary")
    with pytest.raises(type(fault) if place is None else OSError) as caught, in_temporary_folder():
        raise fault
    assert getattr(caught.value, "filename", None) == place


@pytest.mark.parametrize("write", [write_whole, write_new], ids=["over another", "a new one"])
def test_no_half_file_of_a_new_name(write: Callable[[Path, bytes], None], disk: Path) -> None:
    with pytest.raises(OSError, match=NO_ROOM) as caught:
        write(disk / "new.txt", b"x" * 20_000)
    assert caught.value.filename == str(disk / "new.txt")
    assert files_in(disk) == []


def test_an_earlier_file_stays_as_it_was(disk: Path) -> None:
    file = disk / "file.txt"
    file.write_bytes(b"earlier")
    with pytest.raises(OSError, match=NO_ROOM):
        write_whole(file, b"x" * 20_000)
    with pytest.raises(FileExistsError):
        write_new(file, b"x")
    assert file.read_bytes() == b"earlier"
    assert files_in(disk) == ["file.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="only who may write is told there")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o400], ids=oct)
def test_who_may_read_an_earlier_file_may_read_the_new_one(tmp_path: Path, mode: int) -> None:
    """A due list has names in it, and is written anew every night."""
    file = tmp_path / "due.html"
    file.write_bytes(b"earlier")
    file.chmod(mode)
    write_whole(file, b"new")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", mode)
    assert files_in(tmp_path) == ["due.html"]


@pytest.mark.skipif(sys.platform == "win32", reason="links ask for a right there")
@pytest.mark.parametrize("earlier", [True, False], ids=["to a file", "to none yet"])
def test_a_link_stays_a_link(tmp_path: Path, *, earlier: bool) -> None:
    link, file = tmp_path / "due.html", tmp_path / "shared" / "list.html"
    file.parent.mkdir()
    if earlier:
        file.write_bytes(b"earlier")
    link.symlink_to(file)
    write_whole(link, b"new")
    assert (file.read_bytes(), link.readlink()) == (b"new", file)
    assert files_in(tmp_path) == ["due.html", "shared/list.html"]


def test_a_workbook_that_build_replaces_is_kept(tmp_path: Path) -> None:
    """Into a folder where somebody works in the workbook of that name."""
    file = tmp_path / "hqs_roster.xlsx"
    assert put(file, b"what somebody typed", STAMP) == Product(file)
    product = put(file, b"built", STAMP)
    assert file.read_bytes() == b"built"
    assert product.backup is not None
    assert product.backup.read_bytes() == b"what somebody typed"
    assert put(file, b"built", STAMP) == Product(file)


@pytest.mark.parametrize("name", [*WORKBOOKS, LITE])
def test_build_writes_none_where_one_is_open(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_bytes(b"open")
    (tmp_path / f"~${name}").write_bytes(b"\x03Ann")
    assert main(["build", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith(f"hqs-xl: {name}: ")
    assert files_in(tmp_path) == sorted([name, f"~${name}"])


def test_build_replaces_none_that_is_open(tmp_path: Path) -> None:
    file = tmp_path / "hqs_roster.xlsx"
    file.write_bytes(b"open")
    (tmp_path / "~$hqs_roster.xlsx").write_bytes(b"\x03Ann")
    with pytest.raises(UnusableFile):
        put(file, b"built", STAMP)
    assert file.read_bytes() == b"open"

"""A save leaves the old file or the new one, whole, whatever happens meanwhile."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any, BinaryIO

import pytest

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts import system
from hqs_xl.hosts.files import locks, saving
from hqs_xl.hosts.files.backups import back_up
from hqs_xl.hosts.files.saving import Fingerprint, reserved, save
from tests.hosts.saver import STAMP, content, is_whole, save_once, writer

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals, modes and limits of POSIX")
OLD, NEW = content(1), content(2)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(OLD)
    return path


def saved(path: Path, found: bytes = NEW, **more: Any) -> Path | None:
    """Reserve, look, save: what a refresh does; the backup."""
    given: dict[str, Any] = {"stamp": STAMP} | more
    with reserved(given.get("out") or path):
        return save(path, writer(found), seen=Fingerprint.of(path), **given).backup


def names(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if not one.is_dir())


def refused(path: Path, **more: Any) -> str:
    with pytest.raises(UnusableFile) as caught:
        saved(path, **more)
    for lang in ("en", "ru"):
        assert "\n" not in caught.value.message(lang)
        assert caught.value.message(lang).startswith(path.name[:100])
    return caught.value.code


class TestASave:
    def test_the_new_file_stands_and_the_old_one_is_backed_up(self, file: Path) -> None:
        backup = saved(file)
        assert file.read_bytes() == NEW
        assert names(file.parent) == ["hqs-backups/roster.2026-11-22T073000.xlsx", "roster.xlsx"]
        assert backup
        assert backup.read_bytes() == OLD

    def test_the_mode_stays(self, file: Path) -> None:
        file.chmod(0o640)
        backup = saved(file)
        assert backup
        assert [stat.S_IMODE(one.stat().st_mode) for one in (file, backup)] == [0o640, 0o640]

    def test_the_file_is_dated_anew_and_the_backup_as_of_old(self, file: Path) -> None:
        os.utime(file, (1_000_000_000, 1_000_000_000))
        backup = saved(file)
        assert backup
        assert file.stat().st_mtime > 1_000_000_000
        assert backup.stat().st_mtime == 1_000_000_000

    @POSIX
    def test_owner_and_group_stay_where_they_may(self, file: Path) -> None:
        if os.geteuid():
            pytest.skip("only root gives a file away")
        os.chown(file, 12_345, 12_346)
        saved(file)
        assert (file.stat().st_uid, file.stat().st_gid) == (12_345, 12_346)

    @POSIX
    def test_another_group_gets_no_more_than_everybody(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file.chmod(0o664)

        def chown(*_: object) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "chown", chown)
        saved(file)
        assert stat.S_IMODE(file.stat().st_mode) == 0o644

    @POSIX
    def test_a_link_stays_a_link(self, file: Path, tmp_path: Path) -> None:
        (tmp_path / "desk").mkdir()
        link = tmp_path / "desk" / "link.xlsx"
        link.symlink_to(file)
        saved(link)
        assert link.is_symlink()
        assert file.read_bytes() == NEW
        assert names(tmp_path / "desk") == ["link.xlsx"]

    def test_written_elsewhere_the_file_stays(self, file: Path, tmp_path: Path) -> None:
        file.chmod(0o440)
        (tmp_path / "out").mkdir()
        out = tmp_path / "out" / "new.xlsx"
        assert saved(file, out=out) is None
        assert (file.read_bytes(), out.read_bytes()) == (OLD, NEW)
        # As private as the file, but it can be written to again.
        assert stat.S_IMODE(out.stat().st_mode) & 0o277 == 0o240 & 0o277
        assert saved(file, content(3), out=out)
        assert names(tmp_path / "out") == ["hqs-backups/new.2026-11-22T073000.xlsx", "new.xlsx"]

    def test_the_same_again_is_not_written(self, file: Path) -> None:
        before = file.stat()
        with reserved(file):
            assert save(file, writer(OLD), seen=Fingerprint.of(file), stamp=STAMP) == (False, None)
        assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
        assert names(file.parent) == ["roster.xlsx"]

    def test_what_is_no_good_is_not_put_in_place(self, file: Path) -> None:
        def verify(path: Path) -> None:
            assert path.read_bytes() == NEW
            raise UnusableFile("file.damaged", file=path.name)

        with pytest.raises(UnusableFile), reserved(file):
            save(file, writer(NEW), seen=Fingerprint.of(file), stamp=STAMP, verify=verify)
        assert file.read_bytes() == OLD
        assert names(file.parent) == ["roster.xlsx"]

    def test_the_old_file_is_let_go_before_it_is_replaced(self, file: Path) -> None:
        seen: list[bytes] = []
        saved(file, release=lambda: seen.append(file.read_bytes()))
        assert seen == [OLD]

    @pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt])
    def test_a_writer_that_stops_leaves_the_old_file(self, file: Path, fault: type[BaseException]) -> None:
        def write(target: BinaryIO) -> None:
            target.write(NEW[:1000])
            raise fault

        with pytest.raises(fault), reserved(file):
            save(file, write, seen=Fingerprint.of(file), stamp=STAMP)
        assert file.read_bytes() == OLD
        assert names(file.parent) == ["roster.xlsx"]

    def test_file_and_folder_are_brought_to_the_disk(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        events: list[str] = []
        fsync, replace = os.fsync, Path.replace

        def note_fsync(opened: int) -> None:
            events.append("folder" if stat.S_ISDIR(os.fstat(opened).st_mode) else "file")
            fsync(opened)

        def note_replace(self: Path, target: Path) -> Path:
            events.append("replaced")
            return replace(self, target)

        monkeypatch.setattr(os, "fsync", note_fsync)
        monkeypatch.setattr(Path, "replace", note_replace)
        saved(file, backups=0)
        assert events == ["file", "replaced", "folder"] if sys.platform != "win32" else ["file", "replaced"]


class TestBackups:
    def test_so_many_are_kept_and_the_oldest_go(self, file: Path) -> None:
        for day in range(8):
            saved(file, content(day), stamp=STAMP + timedelta(days=day), backups=3)
        kept = [f"hqs-backups/roster.2026-11-{day}T073000.xlsx" for day in (27, 28, 29)]
        assert names(file.parent) == [*kept, "roster.xlsx"]
        assert (file.parent / kept[-1]).read_bytes() == content(6)

    def test_several_of_one_second(self, file: Path) -> None:
        for number in range(12):
            saved(file, content(number), backups=3)
        kept = [f"hqs-backups/roster.2026-11-22T073000-{number}.xlsx" for number in (10, 11, 12)]
        assert names(file.parent) == [*kept, "roster.xlsx"]
        assert [(file.parent / name).read_bytes() for name in kept] == [content(8), content(9), content(10)]

    def test_none_are_made_and_none_go(self, file: Path) -> None:
        saved(file)
        assert saved(file, backups=0) is None
        assert len(names(file.parent)) == 2

    def test_only_ours_go(self, file: Path) -> None:
        folder = file.parent / "hqs-backups"
        folder.mkdir()
        others = [
            "roster.xlsx",
            "roster.2026-01-01.xlsx",
            "roster.2026-01-01T000000.xlsm",
            "roster.2026-01-01T000000 before Anna.xlsx",
            "other.2026-01-01T000000.xlsx",
            "roster.old.2026-01-01T000000.xlsx",
            "Roster.2026-01-01T000000.xlsx" if sys.platform == "linux" else "notes.txt",
        ]
        for name in others:
            (folder / name).write_text(name)
        (folder / "roster.2026-01-01T000000.xlsx").write_text("ours, the oldest")
        saved(file, backups=1)
        assert sorted(one.name for one in folder.iterdir()) == sorted([*others, "roster.2026-11-22T073000.xlsx"])

    def test_no_backup_is_left_of_a_file_that_was_not_replaced(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> None:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(saving, "_replace", fail)
        assert refused(file) == "cannot_save"
        assert file.read_bytes() == OLD
        assert names(file.parent) == ["roster.xlsx"]


class TestChangedMeanwhile:
    @pytest.mark.parametrize("change", ["a byte", "longer", "another file", "gone", "emptied"])
    def test_the_other_version_stands(self, file: Path, change: str) -> None:
        other = {"a byte": OLD[:-1] + b"!", "longer": OLD + b"!", "another file": content(3), "emptied": b""}
        with reserved(file):
            seen = Fingerprint.of(file)
            if change == "gone":
                file.unlink()
            else:
                file.write_bytes(other[change])
            if change == "a byte":
                os.utime(file, ns=(seen.mtime_ns, seen.mtime_ns))
            with pytest.raises(UnusableFile) as caught:
                save(file, writer(NEW), seen=seen, stamp=STAMP)
        assert caught.value.code == "changed_meanwhile"
        assert names(file.parent) == ([] if change == "gone" else ["roster.xlsx"])
        if change in other:
            assert file.read_bytes() == other[change]

    def test_while_it_is_written(self, file: Path) -> None:
        def write(target: BinaryIO) -> None:
            target.write(NEW)
            file.write_bytes(content(3))

        with reserved(file), pytest.raises(UnusableFile) as caught:
            save(file, write, seen=Fingerprint.of(file), stamp=STAMP)
        assert caught.value.code == "changed_meanwhile"
        assert file.read_bytes() == content(3)

    def test_while_the_old_one_was_backed_up(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:

        def slowly(target: Path, stamp: datetime) -> Path:
            made = back_up(target, stamp)
            file.write_bytes(content(3))
            return made

        monkeypatch.setattr(saving, "back_up", slowly)
        assert refused(file) == "changed_meanwhile"
        assert file.read_bytes() == content(3)
        assert names(file.parent) == ["roster.xlsx"]

    def test_a_touch_alone_is_a_change_and_reading_is_none(self, file: Path) -> None:
        seen = Fingerprint.of(file)
        file.read_bytes()
        assert Fingerprint.of(file) == seen
        os.utime(file, (1_000_000_000, 1_000_000_000))
        assert Fingerprint.of(file) != seen


class TestLocks:
    @pytest.mark.parametrize(
        ("lock", "program"), [("~$roster.xlsx", "Excel"), (".~lock.roster.xlsx#", "LibreOffice")], ids=str
    )
    def test_a_file_open_in_a_program_is_left_alone(self, file: Path, lock: str, program: str) -> None:
        (file.parent / lock).write_text(",anna,her-laptop,22.11.2026 07:30,file:///home/anna;")
        with pytest.raises(UnusableFile) as caught:
            saved(file)
        assert caught.value.code == "locked"
        assert program in caught.value.message()
        assert "anna" not in caught.value.message()
        assert file.read_bytes() == OLD
        assert names(file.parent) == sorted([lock, "roster.xlsx"])

    def test_another_files_lock_is_none(self, file: Path) -> None:
        (file.parent / "~$roster2.xlsx").touch()
        saved(file)
        assert file.read_bytes() == NEW

    @POSIX
    def test_a_lock_beside_the_link_or_beside_the_file(self, file: Path, tmp_path: Path) -> None:
        (tmp_path / "desk").mkdir()
        link = tmp_path / "desk" / "link.xlsx"
        link.symlink_to(file)
        for lock in (tmp_path / "desk" / "~$link.xlsx", tmp_path / "~$roster.xlsx"):
            lock.touch()
            with pytest.raises(UnusableFile, match="Excel"), reserved(link):
                pass
            lock.unlink()

    def test_opened_while_it_was_written(self, file: Path) -> None:
        def write(target: BinaryIO) -> None:
            target.write(NEW)
            (file.parent / "~$roster.xlsx").touch()

        with reserved(file), pytest.raises(UnusableFile) as caught:
            save(file, write, seen=Fingerprint.of(file), stamp=STAMP)
        assert caught.value.code == "locked"
        assert file.read_bytes() == OLD

    def test_written_elsewhere_it_may_be_open(self, file: Path) -> None:
        (file.parent / "~$roster.xlsx").touch()
        saved(file, out=file.with_name("beside.xlsx"))
        assert file.with_name("beside.xlsx").read_bytes() == NEW

    def test_waiting_until_it_is_closed(self, file: Path) -> None:
        lock = file.parent / "~$roster.xlsx"
        lock.touch()
        closing = threading.Timer(0.3, lock.unlink)
        closing.start()
        with reserved(file, wait=30.0):
            assert not lock.exists()
        closing.join()

    def test_waiting_in_vain(self, file: Path) -> None:
        (file.parent / "~$roster.xlsx").touch()
        began = monotonic()
        with pytest.raises(UnusableFile, match="Excel"), reserved(file, wait=0.5):
            pass
        assert monotonic() - began >= 0.5

    def test_two_refreshes_of_one_file(self, file: Path) -> None:
        with reserved(file):
            with pytest.raises(UnusableFile) as caught, reserved(file):
                pass
            assert caught.value.code == "busy"
            with reserved(file.with_name("other.xlsx")):  # of another file
                pass
        with reserved(file):
            pass
        assert names(file.parent) == ["roster.xlsx"]

    def test_the_second_waits_for_the_first(self, file: Path) -> None:
        order: list[str] = []
        began = threading.Event()

        def first() -> None:
            with reserved(file):
                began.set()
                sleep(0.3)
                order.append("first")

        thread = threading.Thread(target=first)
        thread.start()
        began.wait()
        with reserved(file, wait=30.0):
            order.append("second")
        thread.join()
        assert order == ["first", "second"]

    @POSIX
    def test_a_lock_whose_file_was_removed_meanwhile_is_taken_anew(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The one before lets go, and removes the file, between our opening and our locking it."""
        lock, real, taken = file.parent / ".~hqs.roster.xlsx.lock", system.lock_file, list[int]()

        def late(opened: int) -> None:
            if not taken:
                lock.unlink()
            taken.append(opened)
            real(opened)

        monkeypatch.setattr(locks, "lock_file", late)
        with reserved(file, wait=30.0):
            assert lock.exists()
            with pytest.raises(UnusableFile), reserved(file):
                pass
        assert len(taken) == 3

    def test_many_at_once_lose_nothing(self, file: Path) -> None:
        """Each adds its line to what it read; a lock that is no lock would lose some."""
        file.write_bytes(b"0")

        def add() -> None:
            for _ in range(5):
                with reserved(file, wait=60.0):
                    found = file.read_bytes() + b"1"
                    save(file, writer(found), seen=Fingerprint.of(file), stamp=STAMP, backups=0)

        threads = [threading.Thread(target=add) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert file.read_bytes() == b"0" + b"1" * 30
        assert names(file.parent) == ["roster.xlsx"]


class TestFaults:
    @POSIX
    def test_killed_200_times(self, file: Path) -> None:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "tests.hosts.saver", str(file), "200"],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        whole, littered, contents = map(int, done.stdout.split())
        assert whole == 200
        # The kills did hit the middle of saves, and saves did succeed between them.
        assert littered > 10
        assert contents > 10
        save_once(file, 0)
        left = names(file.parent)
        assert left[-1] == "roster.xlsx"
        assert all(is_whole((file.parent / name).read_bytes()) for name in left)
        assert len(left) == 3

    @POSIX
    @pytest.mark.parametrize("room", [0, 50_000, len(NEW) - 1])
    def test_no_room_for_the_new_file(self, file: Path, room: int) -> None:
        """A limit on the length of files stops a write in the middle, as a full disk does."""
        import resource  # noqa: PLC0415 - POSIX only

        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        with reserved(file):
            seen = Fingerprint.of(file)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
            try:
                with pytest.raises(UnusableFile) as caught:
                    save(file, writer(NEW), seen=seen, stamp=STAMP)
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert caught.value.code == "disk_full"
        assert file.read_bytes() == OLD
        assert names(file.parent) == ["roster.xlsx"]

    @pytest.mark.parametrize(("blocks", "said"), [(1, "disk_full"), (2, "disk_full"), (3, "")], ids=str)
    def test_a_full_disk(self, tmp_path: Path, blocks: int, said: str) -> None:
        """Room for the file alone, for the new one too, and for the backup as well."""
        with small_disk(tmp_path / "disk", blocks * 160 + 40) as disk:
            file = disk / "roster.xlsx"
            file.write_bytes(OLD)
            if said:
                assert refused(file) == said
                assert names(disk) == ["roster.xlsx"]
                assert file.read_bytes() == OLD
            else:
                saved(file)
                assert file.read_bytes() == NEW

    def test_a_read_only_file(self, file: Path) -> None:
        file.chmod(0o444)
        assert refused(file) == "read_only"
        assert file.read_bytes() == OLD

    @POSIX
    def test_somebody_elses_file(self) -> None:
        with nobody() as folder:
            file = folder / "roster.xlsx"
            file.write_bytes(OLD)
            file.chmod(0o644)
            os.seteuid(0)
            os.chown(file, 0, 0)
            os.seteuid(NOBODY)
            assert refused(file) == "read_only"
            assert file.read_bytes() == OLD

    @POSIX
    def test_a_read_only_folder(self) -> None:
        with nobody() as folder:
            file = folder / "roster.xlsx"
            file.write_bytes(OLD)
            folder.chmod(0o555)
            try:
                assert refused(file) == "folder_read_only"
                assert file.read_bytes() == OLD
            finally:
                folder.chmod(0o755)

    @POSIX
    def test_a_folder_closed_while_it_was_written(self) -> None:
        with nobody() as folder:
            file = folder / "roster.xlsx"
            file.write_bytes(OLD)
            with reserved(file), pytest.raises(UnusableFile) as caught:
                save(file, writer(NEW), seen=Fingerprint.of(file), stamp=STAMP, release=lambda: folder.chmod(0o555))
            folder.chmod(0o755)
            assert caught.value.code == "folder_read_only"
            assert file.read_bytes() == OLD

    @POSIX
    def test_a_colleagues_lock_left_behind_holds_nobody_up(self) -> None:
        with nobody() as folder:
            file = folder / "roster.xlsx"
            file.write_bytes(OLD)
            os.seteuid(0)
            (folder / ".~hqs.roster.xlsx.lock").touch(0o644)
            os.seteuid(NOBODY)
            saved(file, backups=0)
            assert names(folder) == ["roster.xlsx"]

    def test_a_file_of_two_names(self, file: Path) -> None:
        other = file.with_name("other.xlsx")
        other.hardlink_to(file)
        assert refused(file) == "hard_linked"
        assert (file.read_bytes(), other.read_bytes()) == (OLD, OLD)

    def test_no_folder_to_write_to(self, file: Path) -> None:
        with pytest.raises(UnusableFile) as caught:
            saved(file, out=file.parent / "nowhere" / "new.xlsx")
        assert caught.value.code == "no_folder"

    @POSIX
    @pytest.mark.parametrize("length", [240, 250])
    def test_a_name_too_long_for_its_backup_or_for_ours(self, tmp_path: Path, length: int) -> None:
        file = tmp_path / ("r" * length + ".xlsx")
        file.write_bytes(OLD)
        assert refused(file) == "cannot_save"
        assert names(tmp_path) == [file.name]

    def test_a_link_to_itself(self, tmp_path: Path) -> None:
        loop = tmp_path / "roster.xlsx"
        loop.symlink_to(loop)
        with pytest.raises(UnusableFile), reserved(loop):
            pass

    def test_only_our_leftovers_are_cleared(self, file: Path) -> None:
        ours = [
            ".~hqs.roster.xlsx.abcd1234.tmp",
            "hqs-backups/.~hqs.roster.xlsx.a_b_c_d_.tmp",
            ".~hqs.roster.xlsx.lock",
        ]
        others = [".~hqs.roster.xlsx.old.tmp", ".~hqs.other.xlsx.abcd1234.tmp", "roster.xlsx.tmp", "~$other.xlsx"]
        (file.parent / "hqs-backups").mkdir()
        for name in ours + others:
            (file.parent / name).touch()
        with reserved(file):
            pass
        assert names(file.parent) == sorted([*others, "roster.xlsx"])


NOBODY = 65_534


@contextmanager
def nobody() -> Iterator[Path]:
    """A folder of somebody without rights, and this process as them: root may write everywhere."""
    if os.geteuid():
        pytest.skip("only root can become somebody without rights")
    folder = Path(tempfile.mkdtemp())
    os.chown(folder, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of its own with so much room."""
    folder.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=777", "tmpfs", str(folder)]
    if not mount or subprocess.run(command, capture_output=True, check=False).returncode:  # noqa: S603
        pytest.skip("no right to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607


class TestWindows:
    """What Windows does, played on any system."""

    @pytest.fixture(autouse=True)
    def windows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(saving, "_SCANNER_SECONDS", 0.3)

    @pytest.mark.parametrize(("times", "code"), [(2, ""), (1_000, "in_use")], ids=["for a moment", "for good"])
    def test_a_file_held_by_another_program(
        self, file: Path, monkeypatch: pytest.MonkeyPatch, times: int, code: str
    ) -> None:
        replace, tried = Path.replace, []

        def held(self: Path, target: Path) -> Path:
            tried.append(self)
            if target == file and len(tried) <= times:
                raise PermissionError(13, "Access is denied")
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", held)
        if code:
            assert refused(file) == code
            assert file.read_bytes() == OLD
            assert names(file.parent) == ["roster.xlsx"]
        else:
            saved(file)
            assert file.read_bytes() == NEW

    def test_a_file_open_in_excel_is_known_before_it_is_read(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(saving, "_can_write", lambda _: False)
        assert refused(file) == "in_use"


def test_a_stamp_with_a_zone_names_a_backup_too(file: Path) -> None:
    backup = saved(file, stamp=datetime.fromisoformat("2026-11-22T07:30:00.123456+03:00"))
    assert backup
    assert backup.name == "roster.2026-11-22T073000.xlsx"

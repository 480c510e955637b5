"""Closed workbooks brought up to date: one, many, and by a scheduler."""

from __future__ import annotations

import errno
import json
import logging
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from hqs_xl.errors import HqsError
from hqs_xl.hosts.files import locks, saving
from hqs_xl.hosts.files.saving import reserved
from hqs_xl.output.digest import Due, digest_text, write_digest
from hqs_xl.output.own_files import is_own_output
from hqs_xl.refresh import log, one
from hqs_xl.refresh.files import expanded, places
from hqs_xl.refresh.many import processes, refresh_files
from hqs_xl.refresh.one import Job, Options, Refreshed, State, refresh_file
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.texts import say
from tests.programs import SOFFICE, needs_libreoffice
from tests.refresh import refresh_works
from tests.roster_files import roster_file, run, write

NOW = datetime(2026, 2, 16, 7, 30)
DAY = ["--as-of", "2026-02-16"]
SECRETS = re.compile("Quux|745000")


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return roster_file(tmp_path / "clean.xlsx")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One in order, one with a violation, one that is no workbook."""
    roster_file(tmp_path / "clean.xlsx")
    roster_file(tmp_path / "broken.xlsx", full_name="Zanzibar Quux", hiring_order=None)
    (tmp_path / "no book.xlsx").write_text("no book")
    return tmp_path


def answer_code(file: Path) -> str:
    return refresh_file(Job(file, Options(NOW))).code


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestDryRun:
    def test_says_what_would_change_and_writes_nothing(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = roster_file(tmp_path / "r.xlsx", status=None, hiring_order=None)
        before = contents(tmp_path)
        options = ["--add-columns", "--findings-sheet", "--digest", tmp_path / "due", "--log", tmp_path / "run.log"]
        assert run("refresh", file, *DAY, "--dry-run", *options) == 1
        line, sheets, statuses, *_ = capsys.readouterr().out.splitlines()
        assert line.startswith(f"{file}: would be updated; nothing is written. People: 1. Violations: 1")
        assert sheets == "  sheets that would change: Roster, Salary, Findings"
        assert statuses == "  statuses that would change: P1: - → Overdue"
        assert contents(tmp_path) == before

    def test_says_that_nothing_would(self, clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("refresh", clean, *DAY, "--add-columns", "--backups", "0") == 0
        before = clean.read_bytes()
        capsys.readouterr()
        assert run("refresh", clean, *DAY, "--dry-run", "--add-columns") == 0
        assert "no change. People: 1." in capsys.readouterr().out
        assert clean.read_bytes() == before

    def test_json(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = contents(folder)
        assert run("refresh", folder, *DAY, "--dry-run", "--add-columns", "--json") == 2
        found = {Path(one["file"]).name: one for one in json.loads(capsys.readouterr().out)["files"]}
        assert {name: one["state"] for name, one in found.items()} == {
            "broken.xlsx": "would_change",
            "clean.xlsx": "would_change",
            "no book.xlsx": "refused",
        }
        assert found["clean.xlsx"]["sheets"] == ["Roster", "Salary"]
        assert contents(folder) == before

    def test_what_could_not_be_saved_is_refused(self, clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
        clean.chmod(0o400)
        assert run("refresh", clean, *DAY, "--dry-run") == 2
        assert "read-only" in capsys.readouterr().err

    def test_a_file_open_elsewhere_is_looked_at_all_the_same(self, clean: Path) -> None:
        clean.with_name("~$clean.xlsx").touch()
        assert run("refresh", clean, *DAY, "--dry-run") == 0


class TestOfOurOwnMaking:
    """Backups, due lists and notices are passed over, and named."""

    @pytest.fixture
    def around(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
        """A roster with all that hqs-xl writes beside it."""
        monkeypatch.chdir(tmp_path)
        Path("deep").mkdir()
        roster = roster_file(Path("deep/roster.xlsx"), hiring_order=None)
        assert run("refresh", roster, *DAY, "--add-columns") == 1
        assert run("due", roster, *DAY, "--out", "deep/due.xlsx") == 1
        assert run("due", roster, *DAY, "--out", "deep/names.xlsx", "--names") == 1
        assert run("notice", roster, "P1", "--kind", "concluded", *DAY, "--out", "deep/notice.xlsx") == 0
        [backup] = Path("deep/hqs-backups").iterdir()
        return [Path("deep/due.xlsx"), backup, Path("deep/names.xlsx"), Path("deep/notice.xlsx")]

    def test_a_pattern_takes_none_of_them(self, around: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
        before = {file: file.read_bytes() for file in around}
        for day in ("2026-03-17", "2026-04-01", "2026-05-05"):
            capsys.readouterr()
            assert run("refresh", "**/*.xlsx", "--as-of", day) == 1
            line, *_, said = capsys.readouterr().out.splitlines()
            assert re.match(r"deep/roster.xlsx: (updated|no change)\. People: 1\.", line)
            assert said.startswith("Passed over, made by hqs-xl itself (backups, due lists, notices): deep/due.xlsx, ")
        assert {file: file.read_bytes() for file in around} == before
        assert not list(Path("deep/hqs-backups").glob("hqs-backups"))

    def test_neither_when_the_shell_names_them(self, around: list[Path]) -> None:
        files = expanded([str(file) for file in (*around, "deep/roster.xlsx")])
        assert files == ([Path("deep/roster.xlsx")], around)

    def test_json_and_the_log_name_them(self, around: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
        capsys.readouterr()
        assert run("refresh", "**/*.xlsx", *DAY, "--json", "--log", "run.log") == 1
        answer = json.loads(capsys.readouterr().out)
        assert [Path(one["file"]) for one in answer["files"]] == [Path("deep/roster.xlsx")]
        assert {Path(name) for name in answer["passed_over"]} == {*around}
        log = Path("run.log").read_text("utf-8")
        assert log.count("passed over, of our own making") == len(around)

    @pytest.mark.parametrize("place", range(4), ids=["a due list", "a backup", "a due list with names", "a notice"])
    def test_alone_it_is_refused_in_words(
        self, around: list[Path], place: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("refresh", around[place], *DAY) == 2
        assert capsys.readouterr().err.startswith(f"hqs-xl: {around[place]}: hqs-xl itself has made this file")

    def test_a_backup_copied_elsewhere_is_a_roster(self, around: list[Path]) -> None:
        Path("copy.xlsx").write_bytes(around[1].read_bytes())
        assert run("refresh", "copy.xlsx", *DAY) == 1

    def test_those_of_earlier_versions_are_known_by_their_tables(self, around: list[Path]) -> None:
        for file in (around[0], around[3]):
            with zipfile.ZipFile(file) as source:
                members = {name: source.read(name) for name in source.namelist() if name != "docProps/custom.xml"}
            with zipfile.ZipFile(file, "w") as target:
                for name, data in members.items():
                    target.writestr(name, data)
            assert is_own_output(file)

    @pytest.mark.usefixtures("around")
    def test_a_roster_of_that_name_is_a_roster(self) -> None:
        assert not is_own_output(Path("deep/roster.xlsx"))
        Path("deep/due.xlsx").write_bytes(Path("deep/roster.xlsx").read_bytes())
        assert Path("deep/due.xlsx") in expanded(["deep"]).files

    @pytest.mark.parametrize("data", [b"", b"no book", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(60)])
    def test_what_can_t_be_read_is_for_its_reader_to_say(self, tmp_path: Path, data: bytes) -> None:
        file = tmp_path / "x.xlsx"
        file.write_bytes(data)
        assert not is_own_output(file)
        assert expanded([str(file)]).files == [file]


class TestOneFile:
    def test_is_answered_once_and_then_left_alone(
        self, clean: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = clean.read_bytes()
        assert run("refresh", clean, *DAY, "--add-columns", "--findings-sheet") == 0
        assert "updated. People: 1." in capsys.readouterr().out
        [backup] = (clean.parent / "hqs-backups").iterdir()
        assert backup.read_bytes() == before
        sheet = load_workbook(clean)["Roster"]
        answers = dict(zip(*sheet.iter_rows(min_row=1, max_row=2, values_only=True), strict=True))
        assert answers["Status"] == "OK"
        after, seen = contents(clean.parent), clean.stat().st_mtime_ns
        monkeypatch.setattr(saving, "save", None)  # not even a temporary file is written
        assert run("refresh", clean, *DAY, "--add-columns", "--findings-sheet") == 0
        assert "no change. People: 1." in capsys.readouterr().out
        assert contents(clean.parent) == after
        assert clean.stat().st_mtime_ns == seen

    @pytest.mark.parametrize(
        ("changes", "status"), [({}, 0), ({"hiring_order": None}, 1), ({"relation": None}, 1)], ids=str
    )
    def test_exits_as_a_check_does(self, tmp_path: Path, changes: dict[str, Any], status: int) -> None:
        file = roster_file(tmp_path / "r.xlsx", **changes)
        assert run("check", file, *DAY) == status
        assert run("refresh", file, *DAY, "--findings-sheet") == status

    def test_the_settings_of_the_day(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = roster_file(tmp_path / "r.xlsx", medical_done=None)
        assert run("refresh", file, "--as-of", "2026-03-16", "--edition", "card") == 0
        assert run("refresh", file, "--as-of", "2026-03-16", "--edition", "law", "--lang", "ru") == 1
        assert "Нарушений: 1" in capsys.readouterr().out

    def test_written_elsewhere(self, clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = clean.read_bytes()
        (tmp_path / "~$clean.xlsx").touch()  # open in Excel
        (tmp_path / "out").mkdir()
        for out in (tmp_path / "new.xlsx", tmp_path / "out"):
            assert run("refresh", clean, *DAY, "--findings-sheet", "--out", out) == 0
            assert "updated" in capsys.readouterr().out
        assert clean.read_bytes() == before
        new, other = (
            {name: archive.read(name) for name in archive.namelist()}
            for archive in map(zipfile.ZipFile, (tmp_path / "new.xlsx", tmp_path / "out" / "clean.xlsx"))
        )
        assert new == other
        assert (tmp_path / "new.xlsx").read_bytes() != before
        assert not list(tmp_path.rglob("hqs-backups"))

    def test_the_file_written_is_named_and_what_it_held_is_kept(
        self, clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        other = roster_file(tmp_path / "other.xlsx", full_name="Amber Quill")
        held = other.read_bytes()
        assert run("refresh", clean, *DAY, "--findings-sheet", "--out", other) == 0
        [backup] = tmp_path.rglob("other.*.xlsx")
        assert backup.read_bytes() == held
        told = capsys.readouterr().out
        assert f"{clean}, written to {other}: updated. People: 1." in told
        assert f"{other} was there already; what it held is kept as {backup}" in told

    @pytest.mark.parametrize("name", ["notes.html", "new", "new.xlsm", "new.xls"])
    def test_it_ends_as_the_workbook_does(
        self, name: str, clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "notes.html").write_text("mine", encoding="utf-8")
        there = sorted(tmp_path.iterdir())
        assert run("refresh", clean, *DAY, "--findings-sheet", "--out", tmp_path / name) == 2
        assert f"{tmp_path / name}: what is written from clean.xlsx has to end in .xlsx" in capsys.readouterr().err
        assert sorted(tmp_path.iterdir()) == there
        assert (tmp_path / "notes.html").read_text(encoding="utf-8") == "mine"

    def test_so_many_backups(self, clean: Path) -> None:
        for day in range(16, 20):
            assert run("refresh", clean, "--as-of", f"2026-02-{day}", "--add-columns", "--backups", "2") == 0
        assert len(list((clean.parent / "hqs-backups").iterdir())) == 2
        run("refresh", clean, "--as-of", "2026-02-20", "--backups", "0")
        assert len(list((clean.parent / "hqs-backups").iterdir())) == 2

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("nowhere.xlsx", "not_found"),
            ("empty.xlsx", "empty"),
            ("text.xlsx", "plain_text"),
            ("none.xlsx", "no_roster"),
        ],
    )
    def test_refused(self, tmp_path: Path, name: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "empty.xlsx").touch()
        (tmp_path / "text.xlsx").write_text("text")
        write(tmp_path / "none.xlsx", Sheet=[["nothing"]])
        before = contents(tmp_path)
        assert run("refresh", tmp_path / name, "--json") == 2
        captured = capsys.readouterr()
        [answer] = json.loads(captured.out)["files"]
        assert (answer["state"], answer["code"], captured.err) == ("refused", code, "")
        assert run("refresh", tmp_path / name) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err == f"hqs-xl: {answer['message']}\n"
        assert contents(tmp_path) == before

    def test_a_fault_of_our_own_names_the_place_and_nobody(
        self, clean: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def fail(*_: object) -> None:
            raise ValueError("Zanzibar Quux earns 745000")

        monkeypatch.setattr(one, "_refreshed", fail)
        assert run("refresh", clean, "--lang", "en") == 2
        error = capsys.readouterr().err
        assert re.search(r"ValueError, test_refresh\.py:\d+", error)
        assert not SECRETS.search(error)

    def test_a_disk_that_fails_is_said(self, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object) -> None:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(one, "_refreshed", fail)
        answer = refresh_file(Job(clean, Options(NOW)))
        assert (answer.state, answer.code) == (State.REFUSED, "cannot_save")
        assert "Input/output error" in answer.message

    def test_a_log_that_cant_be_written_is_said_in_one_line_and_the_file_is_done(
        self, clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "full")

        before = clean.read_bytes()
        with monkeypatch.context() as patched:
            patched.setattr(logging.FileHandler, "flush", full)
            assert run("refresh", clean, *DAY, "--log", tmp_path / "l.log", "--findings-sheet", "--lang", "en") == 2
        assert capsys.readouterr().err == "hqs-xl: No space left on device\n"
        assert clean.read_bytes() != before

    def test_a_file_opened_and_closed_again_is_waited_for(self, clean: Path) -> None:
        lock = clean.with_name("~$clean.xlsx")
        lock.touch()
        closing = threading.Timer(0.3, lock.unlink)
        closing.start()
        assert run("refresh", clean, *DAY, "--wait", "60") == 0
        closing.join()

    @needs_libreoffice
    @pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
    def test_a_file_open_in_libreoffice_itself_is_left_alone(self, clean: Path, tmp_path: Path) -> None:
        profile = (tmp_path / "profile").as_uri()
        command = [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--norestore", str(clean)]
        with subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as program:
            try:
                for _ in range(1_200):
                    if answer_code(clean) != "":
                        break
                    time.sleep(0.1)
                assert answer_code(clean) == "locked"
            finally:
                os.killpg(program.pid, signal.SIGTERM)

    def test_another_refresh_of_it_is_under_way(self, clean: Path) -> None:
        with reserved(clean):
            answer = refresh_file(Job(clean, Options(NOW)))
        assert (answer.state, answer.code) == (State.REFUSED, "busy")

    def test_changed_while_it_was_read(self, clean: Path) -> None:
        def progress(_: float) -> None:
            os.utime(clean, (1, 1))

        answer = refresh_file(Job(clean, Options(NOW, findings_sheet=True)), progress)
        assert (answer.state, answer.code) == (State.REFUSED, "changed_meanwhile")

    @pytest.mark.parametrize("own", range(5), ids="{} headers of the user's own words".format)
    def test_below_a_title_whatever_the_headers_are_called(self, tmp_path: Path, own: int) -> None:
        headers = {"Person ID": "person_id", "Relation": "relation", "Agreement signed": "agreement_signed"}
        headers["Full name"] = "full_name"
        file, words = tmp_path / "roster.xlsx", ["mã", "bộ", "ngày", "tên"][:own]
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet("Sheet")
            sheet.write_row("A1", ["Title"])
            sheet.write_row("A2", [*words, *[*headers][own:]])
            for number in range(2, 5):
                sheet.write_row(number, 0, [f"HQS-{number}", "HQS", "02.02.2026", "Quux"])
        meanings = tuple(zip(words, headers.values(), strict=False))
        options = Options(NOW, as_of=date(2026, 2, 16), add_columns=True, meanings=meanings)
        assert refresh_file(Job(file, options)).people == 3
        _, header, *people = load_workbook(file)["Sheet"].iter_rows(values_only=True)
        assert [len(header) > len(headers), len(people), all(any(row[len(headers) :]) for row in people)] == [
            True,
            3,
            True,
        ]


class TestMany:
    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_one_bad_file_stops_no_other(self, folder: Path, jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("refresh", folder, *DAY, "--findings-sheet", "--jobs", jobs) == 2
        captured = capsys.readouterr()
        lines = captured.out.splitlines()
        assert lines[-2] == say("check.card")
        about = [line for line in lines[:-2] if not line.startswith(" ")]
        assert sorted(Path(line.partition(": ")[0]).name for line in about) == ["broken.xlsx", "clean.xlsx"]
        assert lines.count("  Looked at: 1 person, 22 of 29 rules.") == 2
        assert lines[-1].startswith("Files: 3. Updated: 2, no change: 0, refused: 1. People: 2. Violations: 1,")
        [error] = captured.err.splitlines()
        assert "no book.xlsx: this is plain text" in error
        assert not SECRETS.search(captured.out + captured.err)

    def test_for_machines(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("refresh", folder, *DAY, "--findings-sheet", "--json") == 2
        captured = capsys.readouterr()
        answer = json.loads(captured.out)
        assert captured.err == ""
        assert not SECRETS.search(captured.out)
        files = [
            (Path(file["file"]).name, file["state"], file["findings"]["violation"], file["violated"])
            for file in answer["files"]
        ]
        assert files == [
            ("broken.xlsx", "changed", 1, True),
            ("clean.xlsx", "changed", 0, False),
            ("no book.xlsx", "refused", 0, False),
        ]
        assert answer["status"] == 2
        assert Path(answer["files"][0]["backup"]).is_file()

    @pytest.mark.parametrize(
        ("files", "status"), [(["clean.xlsx"], 0), (["clean.xlsx", "broken.xlsx"], 1), (["."], 2)], ids=str
    )
    def test_the_worst_status_of_all(
        self, folder: Path, files: Sequence[str], status: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(folder)
        assert run("refresh", *files, *DAY, "--json") == status

    def test_in_several_processes(self, tmp_path: Path) -> None:
        jobs = [Job(tmp_path / f"{name}.xlsx", Options(NOW)) for name in "abcd"]
        answers = list(refresh_files(jobs, 2, refresh_works.who))
        assert {answer.path for answer in answers} == {job.path for job in jobs}
        assert len({answer.message for answer in answers} - {str(os.getpid())}) == 2

    def test_one_after_the_other_only_a_big_file_takes_a_process(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("hqs_xl.refresh.many.BIG_FILE", 100)
        for name, size in (("a", 99), ("b", 100), ("c", 101)):
            (tmp_path / f"{name}.xlsx").write_bytes(bytes(size))
        jobs = [Job(tmp_path / f"{name}.xlsx", Options(NOW)) for name in ("a", "b", "c", "not there")]
        answers = {answer.path.stem: answer.message for answer in refresh_files(jobs, 1, refresh_works.who)}
        assert [answers[name] == str(os.getpid()) for name in ("a", "b", "c", "not there")] == [
            True,
            False,
            False,
            True,
        ]

    def test_a_process_that_dies_names_its_file_and_stops_no_other(self, tmp_path: Path) -> None:
        jobs = [Job(tmp_path / f"{name}.xlsx", Options(NOW)) for name in "abcde"]
        answers = {answer.path.stem: answer for answer in refresh_files(jobs, 2, refresh_works.dies_on_b)}
        assert {name: answer.state for name, answer in answers.items()} == dict.fromkeys("acde", State.CHANGED) | {
            "b": State.REFUSED
        }
        assert answers["b"].code == "crashed"

    @pytest.mark.parametrize(
        ("files", "wanted", "number"), [(3, 2, 2), (2, 8, 2), (1, None, 1), (0, None, 1), (5, 0, None)]
    )
    def test_so_many_processes(self, files: int, wanted: int | None, number: int | None) -> None:
        assert processes(files, wanted) == (number or min(files, os.cpu_count() or 1))

    @pytest.fixture(autouse=True)
    def _ctrl_c_is_heard(self) -> Iterator[None]:
        """A shell lets what it starts in the background, and all below it, ignore Ctrl-C."""
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        yield
        signal.signal(signal.SIGINT, before)

    @pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_ctrl_c_stops_it_with_every_file_whole(self, tmp_path: Path, jobs: str) -> None:
        # So many that this process has the time to stop them, however busy the machine is.
        names = [f"r{number:03}.xlsx" for number in range(200)]
        roster_file(tmp_path / names[0])
        before = (tmp_path / names[0]).read_bytes()
        for name in names[1:]:
            (tmp_path / name).write_bytes(before)
        command = [sys.executable, "-m", "hqs_xl", "refresh", str(tmp_path), *DAY, "--findings-sheet", "--jobs", jobs]
        with subprocess.Popen(  # noqa: S603
            command,
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            backups = tmp_path / "hqs-backups"
            for _ in range(600):
                if backups.is_dir() and len(list(backups.iterdir())) >= 2:
                    break
                time.sleep(0.05)
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does
            _, error = process.communicate(timeout=60)
        assert process.returncode == 130, error
        assert "Traceback" not in error
        assert re.search(r"stopped; \d+ of 200 files are done", error)
        found = contents(tmp_path)
        changed = [name for name in names if found[name] != before]
        assert 2 <= len(changed) < 200
        assert {found[name] for name in changed} == {found[changed[0]]}
        assert [name for name in found if Path(name).name.startswith(".")] == []

    def test_ctrl_c_during_a_save_stops_the_files_after_it(self, tmp_path: Path) -> None:
        def work(job: Job, _: object) -> Refreshed:
            signal.raise_signal(signal.SIGINT)
            return Refreshed(job.path, State.CHANGED)

        done = refresh_files([Job(tmp_path / name, Options(NOW)) for name in ("a.xlsx", "b.xlsx")], 1, work)
        assert next(done).state is State.CHANGED
        with pytest.raises(KeyboardInterrupt):
            next(done)

    @pytest.mark.parametrize("moment", ["reading", "waiting", "saving"])
    def test_ctrl_c_stops_one_file_where_it_may(
        self, clean: Path, moment: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A save under way is brought to its end."""

        def interrupt(*_: object) -> None:
            signal.raise_signal(signal.SIGINT)

        before = clean.read_bytes()
        command = ["refresh", clean, *DAY, "--findings-sheet"]
        if moment == "reading":
            monkeypatch.setattr(saving, "_check_writable", interrupt)
        elif moment == "waiting":
            clean.with_name("~$clean.xlsx").touch()
            monkeypatch.setattr(locks, "sleep", interrupt)
            command += ["--wait", "60"]
        else:
            monkeypatch.setattr(saving, "_check_unchanged", interrupt)
        stopped = moment != "saving"
        assert run(*command) == (130 if stopped else 0)
        assert ("stopped" in capsys.readouterr().err) is stopped
        assert (clean.read_bytes() == before) is stopped
        assert not list(clean.parent.glob(".~hqs*"))
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


class TestFiles:
    @pytest.fixture(autouse=True)
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        for name in (
            "b.xlsx",
            "a.XLSM",
            "notes.txt",
            "~$a.XLSM",
            ".~lock.b.xlsx#",
            ".~hqs.b.xlsx.abcd1234.tmp",
            ".hidden.xlsx",
            "old.xls",
            "hqs-backups/b.2026-11-22T073000.xlsx",
            "deep/c.xlsx",
            "deep/[1].xlsx",
            "Кадры 2026.xlsx",
        ):
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).touch()

    @pytest.mark.parametrize(
        ("names", "files"),
        [
            (["."], ["a.XLSM", "b.xlsx", "Кадры 2026.xlsx"]),
            (["*.xlsx"], ["b.xlsx", "Кадры 2026.xlsx"]),
            (["*"], ["a.XLSM", "b.xlsx", "Кадры 2026.xlsx"]),
            (["b.xlsx", "./b.xlsx", "*.xlsx"], ["b.xlsx", "Кадры 2026.xlsx"]),
            (["deep"], ["deep/[1].xlsx", "deep/c.xlsx"]),
            (["deep/[1].xlsx"], ["deep/[1].xlsx"]),
            (["**/c.xlsx"], ["deep/c.xlsx"]),
            (["b.xlsx", "a.XLSM"], ["b.xlsx", "a.XLSM"]),
            (["nowhere.xlsx"], ["nowhere.xlsx"]),
            (["notes.txt", "~$a.XLSM"], ["notes.txt", "~$a.XLSM"]),
        ],
        ids=str,
    )
    def test_which_are_meant(self, names: list[str], files: list[str]) -> None:
        assert expanded(names) == ([Path(file) for file in files], [])

    @pytest.mark.parametrize("name", ["*.ods", "deep/x*", "empty"])
    def test_a_name_of_nothing(self, name: str) -> None:
        Path("empty").mkdir()
        with pytest.raises(HqsError) as caught:
            expanded(["b.xlsx", name])
        assert caught.value.message("en").startswith(f"{name}: ")

    def test_a_link_and_its_file_are_one(self) -> None:
        Path("link.xlsx").symlink_to("b.xlsx")
        assert expanded(["b.xlsx", "link.xlsx"]).files == [Path("b.xlsx")]

    @pytest.mark.parametrize(
        ("files", "out", "targets"),
        [
            (["a.xlsx"], None, [None]),
            (["a.xlsx"], "new.xlsx", ["new.xlsx"]),
            (["a.xlsx"], "deep", ["deep/a.xlsx"]),
            (["a.xlsx", "b.xlsx"], "deep", ["deep/a.xlsx", "deep/b.xlsx"]),
            (["b.xlsx"], "./b.xlsx", [None]),
            (["b.xlsx"], "NEW.XLSX", ["NEW.XLSX"]),
            (["b.xlsx"], "new.html", "has to end in .xlsx"),
            (["a.XLSM"], "new.xlsx", "has to end in .XLSM"),
            (["a.xlsx", "b.xlsx"], "nowhere", "nowhere"),
            (["a.xlsx", "deep/a.xlsx"], "deep", "same name"),
        ],
        ids=str,
    )
    def test_where_they_are_written(self, files: list[str], out: str | None, targets: Any) -> None:
        given = [Path(file) for file in files], Path(out) if out else None
        if isinstance(targets, str):
            with pytest.raises(HqsError, match=targets):
                places(*given)
        else:
            assert places(*given) == [Path(target) if target else None for target in targets]


class TestScheduled:
    def test_says_nothing_and_logs_without_names(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        written = folder / "log" / "refresh.log"
        assert run("refresh", folder, *DAY, "--findings-sheet", "--scheduled", "--log", written) == 2
        assert capsys.readouterr().out == ""
        lines = [line.split(" ", 2)[2] for line in written.read_text("utf-8").splitlines()]
        not_looked_at = [line for line in lines if line.startswith("WARNING")]
        assert sorted(line for line in lines if line not in not_looked_at) == [
            "ERROR no book.xlsx: refused, plain_text",
            "INFO broken.xlsx: changed, as of 2026-02-16, people 1; violation 1",
            "INFO clean.xlsx: changed, as of 2026-02-16, people 1; -",
        ]
        assert len(not_looked_at) == 2
        assert all("xlsx: not looked at: rule notice_terminated, " in line for line in not_looked_at)

    def test_the_log_starts_anew_at_its_size(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(log, "_BYTES", 1_000)
        for _ in range(30):
            with log.run_log(tmp_path / "refresh.log") as logger:
                for _ in range(10):
                    logger.info("x" * 50)
        names = sorted(path.name for path in tmp_path.iterdir())
        assert names == ["refresh.log", *(f"refresh.log.{number}" for number in range(1, 6))]
        assert max(path.stat().st_size for path in tmp_path.iterdir()) <= 1_000
        handlers = logging.getLogger("hqs_xl.refresh").handlers
        assert not any(isinstance(handler, RotatingFileHandler) for handler in handlers)

    @pytest.mark.parametrize(
        ("platform", "place"),
        [
            ("win32", "local/hqs-xl/refresh.log"),
            ("linux", "state/hqs-xl/refresh.log"),
            ("darwin", "home/Library/Logs/hqs-xl/refresh.log"),
        ],
    )
    def test_where_the_log_is(self, platform: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, folder in {"LOCALAPPDATA": "local", "XDG_STATE_HOME": "state", "HOME": "home"}.items():
            monkeypatch.setenv(name, str(tmp_path / folder))
        monkeypatch.setattr(sys, "platform", platform)
        assert log.default_log() == tmp_path / place

    def test_without_a_console(self, clean: Path, tmp_path: Path) -> None:
        """pythonw.exe, which the Task Scheduler runs, has no streams at all."""
        code = "import sys; sys.stdout = sys.stderr = None; from hqs_xl.cli import main; sys.exit(main(sys.argv[1:]))"
        command = [
            sys.executable,
            "-c",
            code,
            "refresh",
            "--scheduled",
            "--log",
            str(tmp_path / "log"),
            str(clean),
            *DAY,
        ]
        root = Path(__file__).parents[2]
        done = subprocess.run(command, cwd=root, capture_output=True, check=False)  # noqa: S603
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        assert "clean.xlsx" in (tmp_path / "log").read_text("utf-8")


class TestDigest:
    def test_of_a_day(self, folder: Path) -> None:
        roster_file(folder / "clean.xlsx", policy_ends=date(2026, 2, 20))
        assert run("refresh", folder, *DAY, "--digest", folder / "digest") == 2
        text = (folder / "digest" / "due-2026-02-16.txt").read_text("utf-8")
        assert text.startswith("Due list as of 2026-02-16\n")
        assert "no book.xlsx: this is plain text" in text
        assert re.search(r"Overdue or broken: 1\n +P1 +Issue the hiring order", text)
        assert re.search(r"Within a week: 1\n +2026-02-20 +P1 +Renew the health insurance", text)
        assert not SECRETS.search(text)

    @pytest.mark.parametrize(
        ("due", "band"),
        [
            (None, "overdue"),
            (date(2026, 2, 15), "overdue"),
            (date(2026, 2, 16), "today"),
            (date(2026, 2, 17), "week"),
            (date(2026, 2, 23), "week"),
            (date(2026, 2, 24), "later"),
        ],
        ids=str,
    )
    def test_bands(self, due: date | None, band: str) -> None:
        assert Due(due, "P1", 2, "Do it").band(date(2026, 2, 16)) == band

    @pytest.mark.parametrize(
        ("severity", "listed"),
        [("violation", True), ("due", True), ("late", False), ("data", False), ("scope", False)],
    )
    def test_what_is_listed(self, severity: str, listed: bool) -> None:
        found = Finding(Severity(severity), "code", "P1", 2, "host", None, None, "message", "action", "source")
        assert bool(list(Due.of(found))) is listed

    def test_the_text(self) -> None:
        dues = [
            Due(date(2026, 3, 1), "P2", 3, "Last"),
            Due(None, "P1", 2, "Second, for it has no day"),
            Due(date(2026, 2, 10), "", 7, "First"),
        ]
        assert digest_text({"a.xlsx": dues, "b.xlsx": []}, date(2026, 2, 16), "ru").splitlines() == [
            "Список сроков на 16.02.2026",
            "",
            "a.xlsx",
            "  Просрочено или нарушено: 2",
            "    10.02.2026  строка 7      First",
            "                P1            Second, for it has no day",
            "  Позже: 1",
            "    01.03.2026  P2            Last",
            "",
            "b.xlsx",
            "  Сроков нет.",
        ]

    def test_one_a_day_over_the_one_before(self, tmp_path: Path) -> None:
        for name in ("a", "b"):
            write_digest(tmp_path, {name: []}, date(2026, 2, 16), "en")
        assert [path.name for path in tmp_path.iterdir()] == ["due-2026-02-16.txt"]
        assert "\nb\n" in (tmp_path / "due-2026-02-16.txt").read_text("utf-8")


@pytest.mark.parametrize("command", ["refresh", "schedule", "schedule install", "schedule show", "schedule remove"])
def test_every_command_has_a_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(*command.split(), "--help")
    assert stop.value.code == 0
    assert len(capsys.readouterr().out) > 100


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["refresh"], "FILE"),
        (["refresh", "x.xlsx", "--backups", "-1"], "no number"),
        (["refresh", "x.xlsx", "--jobs", "two"], "no number"),
        (["refresh", "x.xlsx", "--wait", "100000"], "no number"),
        (["refresh", "x.xlsx", "y.xlsx", "--out", "nowhere"], "a folder"),
        (["refresh", "nothing*.xlsx"], "nothing*.xlsx"),
        (["refresh", "x.xlsx", "--as-of", "soon"], "soon"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_mistake_gets_one_clear_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = run(*arguments)
    except SystemExit as stop:
        status = int(stop.code or 0)
    captured = capsys.readouterr()
    assert (status, captured.out, len(captured.err.splitlines())) == (2, "", 1)
    assert said in captured.err

"""A terminal whose encoding lacks the letters shows signs in their place, and no traceback; a pipe gets UTF-8."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.roster_files import roster_file

# What prints the most: tables, sentences, help, a refusal, an error of the arguments.
COMMANDS = [
    ["check", "реестр.xlsx", "--lang", "ru", "--as-of", "2026-03-16"],
    ["refresh", "реестр.xlsx", "--lang", "ru", "--as-of", "2026-03-16", "--add-columns"],
    ["due", "реестр.xlsx", "--lang", "ru"],
    ["check", "нет.xlsx", "--lang", "ru"],
    ["rules", "--lang", "ru"],
    ["calendar", "2026", "--lang", "ru"],
    ["explain", "notice.concluded", "2026-01-12", "--lang", "ru"],
    ["plan", "--signed", "2026-01-12", "--lang", "ru"],
    ["refresh", "--help"],
    ["explain", "правило", "2026-01-12"],
    ["check", "реестр.xlsx", "--as-of", "вчера"],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    roster_file(tmp_path / "реестр.xlsx", hiring_order=None)
    return tmp_path


def said(folder: Path, command: list[str], **environment: str) -> bytes:
    """What a command prints into a pipe, errors too."""
    given = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])} | environment
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "hqs_xl", *command], cwd=folder, env=given, capture_output=True, check=False
    )
    assert done.returncode in {0, 1, 2}
    assert b"Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_pipe_gets_utf_8_whatever_the_machine_s_encoding(folder: Path, command: list[str]) -> None:
    printed = said(folder, command, PYTHONIOENCODING="cp1252:strict")
    assert "???" not in printed.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp866"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_terminal_that_lacks_the_letters(folder: Path, command: list[str], encoding: str) -> None:
    import pty  # noqa: PLC0415 - not on Windows

    ours, theirs = pty.openpty()
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONIOENCODING": encoding}
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "hqs_xl", *command], cwd=folder, env=environment, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    printed = b""
    try:
        while data := os.read(ours, 1 << 16):
            printed += data
    except OSError:  # its other end is closed
        pass
    os.close(ours)
    assert process.wait() in {0, 1, 2}
    assert b"Traceback" not in printed
    assert printed.strip()
    if "ru" in command:
        assert (b"???" in printed) is (encoding != "cp866")


def test_a_log_takes_any_name(tmp_path: Path) -> None:
    name = os.fsdecode(b"bad\xff.xlsx") if sys.platform != "win32" else "Ж.xlsx"
    roster_file(tmp_path / "r.xlsx")
    (tmp_path / "r.xlsx").rename(tmp_path / name)
    said(tmp_path, ["refresh", ".", "--log", "run.log", "--as-of", "2026-03-16"], PYTHONIOENCODING="ascii")
    assert "people 1" in (tmp_path / "run.log").read_text("utf-8")

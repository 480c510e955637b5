"""install.cmd, read as cmd reads it, for no Windows is here: its bytes, its labels, its variables, and what it runs."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from hqs_xl.cli.commands import SUMMARIES
from hqs_xl.setup.install import FOLDER

ROOT = Path(__file__).parents[2]
FILE = ROOT / "workbook" / "install.cmd"
BYTES = FILE.read_bytes()
LINES = BYTES.decode("cp866").split("\r\n")
CODE = [line for line in LINES if line and not line.startswith(("rem ", ":"))]
# What cmd itself knows: the folder of this file, what was typed after its name, how the last command ended.
KNOWN = {"ERRORLEVEL", "USERPROFILE"}


def test_every_windows_reads_it() -> None:
    """CR LF, and Russian in the code page that the file itself sets before the first such line."""
    assert BYTES.count(b"\n") == BYTES.count(b"\r\n")
    assert BYTES.endswith(b"\r\n")
    first = next(number for number, line in enumerate(LINES) if not line.isascii())
    assert LINES.index("chcp 866 >nul") < first
    assert BYTES.isascii() is False
    assert "/workbook/install.cmd -text" in (ROOT / ".gitattributes").read_text("utf-8")


def test_no_line_is_longer_than_cmd_takes_and_quotes_are_paired() -> None:
    for line in CODE:
        assert len(line) < 8191
        assert line.count('"') % 2 == 0, line
        outside = "".join(line.split('"')[::2])
        assert "\t" not in line
        assert "!" not in outside
        if line.startswith("echo "):
            assert re.search(r"[<>|&^%()]", outside) is None or line == 'echo "%WHAT%"', line


def test_every_label_is_there_once_and_led_to() -> None:
    labels = [line[1:] for line in LINES if line.startswith(":")]
    led_to = set(re.findall(r"\bgoto (\w+)", "\n".join(CODE)))
    assert len(labels) == len(set(labels))
    assert led_to == set(labels)


def test_no_message_is_run_into_from_above() -> None:
    for number, line in enumerate(LINES):
        if line.startswith(":no_"):
            before = next(one for one in reversed(LINES[:number]) if one)
            assert before == "goto done", line
        if line == ":done":
            assert all(one != "goto done" for one in LINES[number:])


def test_every_variable_is_set_before_it_is_used() -> None:
    known = set(KNOWN)
    for line in CODE:
        for name in re.findall(r"%(\w+)%", re.sub(r"%%\w", "", line)):
            assert name in known, line
        known |= set(re.findall(r'set "(\w+)=', line))
    assert known >= {"PY", "WHAT", "PAGE", "RESULT"}


def test_what_it_ends_with_is_what_happened() -> None:
    text = "\n".join(CODE)
    assert text.count('set "RESULT=') == 4
    assert CODE[-4:] == ["popd", "pause", "chcp %PAGE% >nul", "exit /b %RESULT%"]


@pytest.mark.parametrize(
    ("executable", "version", "fit"),
    [
        ("C:/Users/Анна П/AppData/Local/Programs/Python/Python311/python.exe", (3, 11, 0), True),
        ("C:/Users/anna/AppData/Local/Python/pythoncore-3.14-64/python.exe", (3, 14, 0), True),
        ("C:/Python310/python.exe", (3, 10, 9), False),
        ("C:/Users/anna/AppData/Local/Microsoft/WindowsApps/python.exe", (3, 13, 0), False),
    ],
)
def test_which_python_it_takes(executable: str, version: tuple[int, ...], *, fit: bool) -> None:
    (check,) = re.findall(r'^set "CHECK=(.*)"$', "\n".join(CODE), re.MULTILINE)
    pretended = f"import sys; sys.executable = {executable!r}; sys.version_info = {version!r}; {check}"
    assert (subprocess.run([sys.executable, "-c", pretended], check=False).returncode == 0) is fit  # noqa: S603


def test_what_it_runs_is_there() -> None:
    ran = [line.removeprefix("%PY% -m ") for line in CODE if line.startswith("%PY% -m ")]
    pip, install, newer = (shlex.split(line) for line in ran)
    assert pip == ["pip", "install", "--disable-pip-version-check", "--upgrade", "%WHAT%[build,output]"]
    assert install == ["hqs_xl", "install", "%*"]
    assert newer == ["hqs_xl", "install", "--from", "%OLD%"]
    assert install[1] in SUMMARIES
    assert f'set "OLD=%USERPROFILE%\\{FOLDER}\\hqs_roster.xlsm"' in CODE


def test_each_message_is_said_in_both_languages() -> None:
    said = [line.removeprefix("echo ") for line in CODE if line.startswith("echo ") and "%" not in line]
    english, russian = ([line for line in said if line.isascii() is plain] for plain in (True, False))
    assert len(russian) == 4
    assert len(english) >= 4
    for line in russian:
        assert re.search("[а-яё]", line)

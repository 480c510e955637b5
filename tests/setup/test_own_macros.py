"""Macros of a person's own are named by an upgrade, for it does not take them over."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyopenvba import ExcelFile

from hqs_xl.cli.program import main
from hqs_xl.setup.own_macros import own_macros
from hqs_xl.template.build import build
from hqs_xl.texts import LANGUAGES, say

MINE = "Private Sub Worksheet_Change(ByVal Target As Range)\r\nEnd Sub\r\n"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("macros") / "old.xlsm"
    build(file, demo=False)
    return file


@pytest.fixture
def typed(plain: Path, tmp_path: Path) -> Path:
    """With a macro in a sheet, and one more in the workbook's own module."""
    file = tmp_path / "old.xlsm"
    file.write_bytes(plain.read_bytes())
    with ExcelFile(file) as book:
        texts = book.vba_modules()
        book.set_module("StartSheet", texts["StartSheet"] + MINE)
        book.set_module("ThisWorkbook", texts["ThisWorkbook"] + "Public Function Mine()\r\nEnd Function\r\n")
        book.save()
    return file


def test_ours_are_nobodys(plain: Path, tmp_path: Path) -> None:
    assert own_macros(plain) == []
    build(tmp_path / "old.xlsx", demo=False, macros=False)
    assert own_macros(tmp_path / "old.xlsx") == []


def test_theirs_are_named(typed: Path) -> None:
    assert own_macros(typed) == ["StartSheet", "ThisWorkbook"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_upgrade_says_so(typed: Path, tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["install", "--from", str(typed), "--out", str(tmp_path / "new.xlsm"), "--lang", lang]) == 0
    assert say("install.macros", lang, names="StartSheet, ThisWorkbook") in capsys.readouterr().out


def test_what_cant_be_read_is_said(
    typed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: bytes) -> None:
        raise ValueError("a broken project")

    monkeypatch.setattr("pyopenvba.vba.parse_vba_project", broken)
    assert own_macros(typed) is None
    assert main(["install", "--from", str(typed), "--out", str(tmp_path / "new.xlsm")]) == 0
    assert say("install.macros_unread") in capsys.readouterr().out

"""A file of somebody else's is never replaced by what HR gets out; an earlier one of the same making is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hqs_xl.cli.program import main
from hqs_xl.output.own_files import GENERATOR, is_own_output
from hqs_xl.texts import LANGUAGES, say
from tests.roster_files import roster_file

COMMANDS = {
    "due.xlsx": ("due", "{roster}"),
    "due.html": ("due", "{roster}"),
    "due.HTM": ("due", "{roster}"),
    "notice.xlsx": ("notice", "{roster}", "P1", "--kind", "concluded"),
    "notice.html": ("notice", "{roster}", "P1", "--kind", "concluded"),
    "r2.ics": ("ics", "{roster}"),
}


def run(name: str, folder: Path, *more: str) -> int:
    """Write the file of that name from a roster beside it."""
    roster = str(folder / "r.xlsx")
    words = [word.format(roster=roster) for word in COMMANDS[name]]
    return main([*words, "--as-of", "2026-03-16", "--out", str(folder / name), *more])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a roster."""
    roster_file(tmp_path / "r.xlsx")
    return tmp_path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_of_somebody_elses_stays(name: str, lang: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theirs = folder / name
    if theirs.suffix == ".xlsx":
        roster_file(theirs, full_name="Amber Quill")
    else:
        theirs.write_text("BEGIN:VCALENDAR\nPRODID:-//Somebody//EN\n<html><p>hqs-xl</p></html>", encoding="utf-8")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert run(name, folder, "--lang", lang) == 2
    sentence = say("error.output.not_ours", lang, file=theirs)
    assert sentence in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_that_is_not_there_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, lang: str
) -> None:
    assert run(name, folder, "--lang", lang, "--out", str(folder / "nowhere" / name)) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "nowhere" in said
    assert ".tmp" not in said


class TestDigest:
    """The due list of a day, which a refresh writes into a folder."""

    @staticmethod
    def refresh(folder: Path, lang: str, *more: str) -> int:
        words = ["refresh", str(folder / "r.xlsx"), "--as-of", "2026-03-16", "--digest", str(folder / "due")]
        return main([*words, "--lang", lang, *more])

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("typed", ["Calls of Monday\n", "Due list\n", "My Due list as of 2026-03-16\n"])
    def test_a_text_of_somebody_elses_stays(
        self, folder: Path, lang: str, typed: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        theirs = folder / "due" / "due-2026-03-16.txt"
        theirs.parent.mkdir()
        theirs.write_text(typed, encoding="utf-8")
        log = folder / "run.log"
        assert self.refresh(folder, lang, "--log", str(log)) == 2
        sentence = say("error.output.not_ours", lang, file=theirs)
        assert sentence in capsys.readouterr().err
        assert sentence in log.read_text("utf-8")
        assert [file.read_text("utf-8") for file in theirs.parent.iterdir()] == [typed]

    @pytest.mark.parametrize("first", LANGUAGES)
    @pytest.mark.parametrize("second", LANGUAGES)
    def test_an_earlier_one_is_replaced_whichever_its_language(self, folder: Path, first: str, second: str) -> None:
        assert self.refresh(folder, first) in {0, 1}
        (file,) = (folder / "due").iterdir()
        assert is_own_output(file)
        assert self.refresh(folder, second) in {0, 1}
        assert file.read_text("utf-8").startswith(say("digest.title", second, as_of=date(2026, 3, 16)))

    def test_one_written_on_windows_by_an_earlier_version_is_known(self, tmp_path: Path) -> None:
        file = tmp_path / "due-2026-03-16.txt"
        file.write_bytes("Список сроков на 16.03.2026\r\n".encode())
        assert is_own_output(file)


@pytest.mark.parametrize("name", COMMANDS)
def test_an_earlier_one_is_replaced(name: str, folder: Path) -> None:
    assert run(name, folder) in {0, 1}
    assert is_own_output(folder / name)
    assert run(name, folder) in {0, 1}


def test_pages_of_earlier_versions_are_known(folder: Path) -> None:
    run("due.html", folder)
    page = folder / "due.html"
    page.write_text(page.read_text(encoding="utf-8").replace(GENERATOR, ""), encoding="utf-8")
    assert is_own_output(page)


@pytest.mark.parametrize("name", COMMANDS)
def test_an_empty_file_holds_nothing_to_lose(name: str, folder: Path) -> None:
    (folder / name).touch()
    assert run(name, folder) in {0, 1}


def test_a_due_list_saved_by_another_program_is_still_known(folder: Path) -> None:
    run("due.xlsx", folder)
    book = load_workbook(folder / "due.xlsx")
    book.save(folder / "due.xlsx")
    assert is_own_output(folder / "due.xlsx")


def test_neither_calendar_is_written_where_the_changes_would_replace_somebody_elses(folder: Path) -> None:
    assert run("r2.ics", folder) == 0
    before = (folder / "r2.ics").read_bytes()
    (folder / "r2-changes.ics").write_bytes(b"BEGIN:VCALENDAR\r\n")
    roster_file(folder / "r.xlsx", person_id="P2")
    assert run("r2.ics", folder, "--changes") == 2
    assert (folder / "r2.ics").read_bytes() == before
    assert (folder / "r2-changes.ics").read_bytes() == b"BEGIN:VCALENDAR\r\n"

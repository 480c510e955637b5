"""The ribbon's output buttons: files beside the workbook, one message each, nothing written into the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import load_workbook
from xlwings.utils import fullname_url_to_local_path

from hqs_xl.buttons import excel as macros
from hqs_xl.texts import LANGUAGES, say
from tests.engine import CHANGES, app_of
from tests.rosters import AS_OF, KEYS, day, family, heads, person, roster

BUTTONS = ("due_list", "calendar_file", "notice_data")


@pytest.fixture
def called() -> Iterator[Any]:
    """The book a macro is called from."""
    yield xw.Book.set_mock_caller
    if hasattr(xw.Book, "_mock_caller"):
        del xw.Book._mock_caller


def book_in(folder: Path, *people: list[Any], lang: str = "en") -> xw.Book:
    """A workbook saved in a folder, as of a fixed day."""
    settings = [heads("settings", lang), [say("setting.as_of", lang), day(AS_OF)]]
    settings.append([say("setting.language", lang), lang])
    book = roster(*people, lang=lang, Settings=settings)
    book.impl.fullname = str(folder / "roster.xlsx")
    return book


def select(book: xw.Book, sheet: str, row: int, column: int) -> None:
    app_of(book).selection = book.sheets[sheet].range((row, column)).impl


def press(called: Any, book: xw.Book, button: str) -> str:
    """What the user is told."""
    called(book)
    getattr(macros, button)()
    told: str = app_of(book).alerts[-1]
    return told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_button_writes_its_file_and_leaves_the_workbook(called: Any, tmp_path: Path, lang: str) -> None:
    book = book_in(tmp_path, person(concluded_notice_filed=None, full_name="Amber Quill"), lang=lang)
    select(book, "R", 2, KEYS.index("entered_on") + 1)
    told = [press(called, book, button) for button in BUTTONS]
    names = ["roster-due.html", "roster.ics", "roster-notice-P1-concluded.xlsx"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    for text, name in zip(told, names, strict=True):
        assert text.splitlines()[0].endswith(str(tmp_path / name))
    assert say("digest.overdue", lang, count=1) in (tmp_path / names[0]).read_text("utf-8")
    assert "Amber" not in (tmp_path / names[0]).read_text("utf-8") + (tmp_path / names[1]).read_text("utf-8")
    assert app_of(book).done(*CHANGES) == []


def test_the_due_list_says_what_the_law_finds_more(called: Any, tmp_path: Path) -> None:
    entered = AS_OF - timedelta(58)
    book = book_in(tmp_path, person(entered_on=entered, registered_on=entered, medical_done=None))
    press(called, book, "due_list")
    assert "Edition law: 1 more violation (" in (tmp_path / "roster-due.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("column", "facts", "kind"),
    [
        ("agreement_signed", {}, "concluded"),
        ("concluded_notice_filed", {}, "concluded"),
        ("terminated_on", {}, "terminated"),
        ("agreement_ends", {}, "terminated"),
        ("person_id", {}, "salary"),
        ("full_name", {"concluded_notice_filed": None}, "concluded"),
        ("status", {"terminated_on": AS_OF}, "terminated"),
        ("person_id", {"terminated_on": date(2026, 3, 17)}, "salary"),
        ("person_id", {"terminated_on": AS_OF, "terminated_notice_filed": AS_OF}, "salary"),
    ],
)
def test_the_cell_says_which_notice(called: Any, tmp_path: Path, column: str, facts: dict[str, Any], kind: str) -> None:
    book = book_in(tmp_path, person(**facts))
    select(book, "R", 2, KEYS.index(column) + 1)
    press(called, book, "notice_data")
    assert [path.name for path in tmp_path.iterdir()] == [f"roster-notice-P1-{kind}.xlsx"]


def test_a_salary_notice_asks_for_its_own_quarter(called: Any, tmp_path: Path) -> None:
    book = book_in(tmp_path)
    select(book, "S", 3, 2)
    press(called, book, "notice_data")
    sheet: Any = load_workbook(tmp_path / "roster-notice-P1-salary.xlsx").active
    assert sheet["A1"].value == "P1: Salary notice for 2025Q2"


@pytest.mark.parametrize(("sheet", "row", "column"), [("R", 1, 1), ("R", 9, 1), ("F", 1, 1), ("S", 6, 1), ("R", 2, 99)])
def test_a_cell_of_nobody_asks_for_a_selection(called: Any, tmp_path: Path, sheet: str, row: int, column: int) -> None:
    book = book_in(tmp_path)
    select(book, sheet, row, column)
    assert press(called, book, "notice_data") == say("beside.select")
    assert list(tmp_path.iterdir()) == []


def test_no_notice_is_filed_about_family(called: Any, tmp_path: Path) -> None:
    book = book_in(tmp_path, person(), family())
    select(book, "R", 3, 1)
    assert "F1 is no specialist" in press(called, book, "notice_data")


def test_an_id_makes_no_path(called: Any, tmp_path: Path) -> None:
    book = book_in(tmp_path, person(person_id="../a:b/№7"))
    select(book, "R", 2, 1)
    press(called, book, "notice_data")
    assert [path.name for path in tmp_path.iterdir()] == ["roster-notice-.._a_b__7-salary.xlsx"]


CLOUD = [
    "https://company.sharepoint.com/teams/HR with spaces/roster.xlsm",
    "https://company.sharepoint.com/sites/HR/Shared Documents/roster.xlsm",
    "https://company-my.sharepoint.com/personal/me/Documents/roster.xlsm",
    "https://d.docs.live.net/0123456789abcdef/HR/roster.xlsm",
]


@pytest.mark.parametrize("url", CLOUD)
@pytest.mark.parametrize("button", BUTTONS)
def test_a_workbook_in_the_cloud_is_one_sentence(called: Any, button: str, url: str) -> None:
    """xlwings asks for the folder it is kept in on this computer, and raises where there is none."""
    book = roster()
    # Excel tells where a workbook in the cloud is by a URL, of which xlwings makes a path, or an error.
    cloud = property(lambda _: fullname_url_to_local_path(url))
    book.impl.__class__ = type("InTheCloud", (type(book.impl),), {"fullname": cloud})
    select(book, "R", 2, 1)
    told = press(called, book, button)
    assert "has no folder of its own on this computer (not saved yet, or in the cloud)" in told


LATE = """edition = "own"
[[notice.concluded.value]]
from = 2026-01-01
count = [{ number = 10, unit = "working day" }]
source = "our house rule"
checked = 2026-11-28
"""


def with_edition_file(folder: Path, text: str | None) -> xw.Book:
    book = book_in(folder)
    settings = [heads("settings", "en"), ["As of", day(AS_OF)], ["Edition file", "late.toml"]]
    named = roster(person(), Settings=settings)
    named.impl.fullname = book.fullname
    if text is not None:
        (folder / "late.toml").write_text(text, "utf-8")
    return named


@pytest.mark.parametrize("button", ["check", "due_list", "calendar_file"])
def test_an_edition_file_beside_the_open_workbook_is_gone_by_and_warned_of(
    called: Any, tmp_path: Path, button: str
) -> None:
    told = press(called, with_edition_file(tmp_path, LATE), button)
    assert "late.toml: notice.concluded: for 2026-01-01 it comes to 2026-01-23, later than 2026-01-14" in told
    assert button != "check" or "edition own" in told


@pytest.mark.parametrize(
    ("text", "fullname", "said"),
    [
        (None, "", "there is no such file"),
        ('edition = "own"', "", "late.toml: edition: expected at least one rule"),
        (LATE, "Book1", "is looked for beside a workbook saved on this computer"),
        (LATE, "https://example.org/docs/roster.xlsx", "is looked for beside a workbook saved on this computer"),
    ],
    ids=["missing", "broken", "not saved", "in the cloud"],
)
def test_an_edition_file_that_cant_be_read_stops_the_button(
    called: Any, tmp_path: Path, text: str | None, fullname: str, said: str
) -> None:
    book = with_edition_file(tmp_path, text)
    book.impl.fullname = fullname or book.impl.fullname
    told = press(called, book, "check")
    assert said in told
    assert len(told.splitlines()) == 1
    assert app_of(book).done(*CHANGES) == []


@pytest.mark.parametrize("fullname", ["Book1", "https://example.org/docs/roster.xlsx", "/nowhere/at/all/roster.xlsx"])
@pytest.mark.parametrize("button", BUTTONS)
def test_a_workbook_without_a_folder_is_one_sentence(called: Any, button: str, fullname: str) -> None:
    book = roster()
    book.impl.fullname = fullname
    select(book, "R", 2, 1)
    told = press(called, book, button)
    assert "save a copy on a disk first" in told
    assert "\n" not in told


def test_without_a_library_of_workbooks_the_notice_is_a_page(
    called: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hqs_xl.output.beside.find_spec", lambda _: None)
    book = book_in(tmp_path, person(full_name="Amber Quill"))
    select(book, "R", 2, 1)
    told = press(called, book, "notice_data")
    (file,) = tmp_path.iterdir()
    assert file.name == "roster-notice-P1-salary.html"
    assert str(file) in told
    assert "Amber Quill" in file.read_text("utf-8")

"""The button that empties the demo: the invented people go, with all about them, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl.comments import Comment

from hqs_xl.buttons import excel as macros
from hqs_xl.demo.names import is_invented
from hqs_xl.demo.people import people
from hqs_xl.roster.columns import TABLES
from hqs_xl.template.build import DEMO_DAY, build
from hqs_xl.template.sheets.stages import COLUMNS
from hqs_xl.texts import say
from tests.engine import CHANGES, app_of, grid, opened

MINE = {"person_id": "A-1", "full_name": "Ann Oak", "relation": "HQS", "agreement_signed": DEMO_DAY}
# On the roster the first row of people, below band and header.
FIRST = 3
PEOPLE = 64


@pytest.fixture(scope="module", params=["en", "ru"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    file = tmp_path_factory.mktemp("emptied") / "book.xlsx"
    build(file, lang=request.param, macros=False)
    return file, request.param


@pytest.fixture(autouse=True)
def _no_caller() -> Iterator[None]:
    yield
    if hasattr(xw.Book, "_mock_caller"):
        del xw.Book._mock_caller


def press(book: xw.Book) -> str:
    xw.Book.set_mock_caller(book)
    macros.empty_demo()
    return app_of(book).alerts[-1]


def put(book: xw.Book, lang: str, row: int, facts: dict[str, Any]) -> None:
    sheet = book.impl.file[say("sheet.roster", lang)]
    for place, column in enumerate(COLUMNS, 1):
        if not column.answer:
            sheet.cell(row, place).value = facts.get(column.key)


def table(book: xw.Book, name: str) -> Any:
    return next(one for sheet in book.sheets for one in sheet.tables if one.name == name).range


def ids(book: xw.Book, name: str) -> list[Any]:
    return [row[0] for row in table(book, name).options(ndim=2).value[1:]]


def formulas(book: xw.Book, lang: str, row: int) -> int:
    return sum(1 for cell in book.impl.file[say("sheet.roster", lang)][row] if cell.data_type == "f")


def test_one_empty_row_is_left_with_its_formulas(built: tuple[Path, str]) -> None:
    file, lang = built
    book = opened(file)
    settings = grid(book, say("sheet.start", lang))[9:16]
    told = press(book)
    assert (ids(book, "Roster"), ids(book, "SalaryNotices"), ids(book, "Documents")) == ([None], [None], [None])
    assert formulas(book, lang, FIRST) == 6
    assert formulas(book, lang, FIRST + 1) == 0
    assert grid(book, say("sheet.start", lang))[9:16] == settings
    for name in ("Findings", "Deadlines"):
        assert ids(book, name) == [None]
    first, _, rest = told.partition("\n\n")
    assert str(PEOPLE) in first
    counts = dict.fromkeys(("violation", "late", "due", "ask", "data", "scope"), 0)
    assert say("check.summary", lang, people=0, **counts) in rest


def test_the_question_comes_first_and_no_means_no(built: tuple[Path, str]) -> None:
    file, lang = built
    book = opened(file)
    app_of(book).answer = "no"
    told = press(book)
    assert told.endswith(say("demo.not_undone", lang))
    assert len(app_of(book).alerts) == 1
    assert app_of(book).done(*CHANGES, "delete", "copy") == []


@pytest.mark.parametrize("place", [FIRST, FIRST + 10, FIRST + PEOPLE - 1])
def test_a_person_of_ones_own_stays_wherever_the_row_stands(built: tuple[Path, str], place: int) -> None:
    file, lang = built
    book = opened(file)
    put(book, lang, place, MINE)
    book.impl.file[say("sheet.roster", lang)].cell(place, 2).comment = Comment("a note", "me")
    press(book)
    assert ids(book, "Roster") == ["A-1"]
    first = book.impl.file[say("sheet.roster", lang)][FIRST]
    assert [first[0].value, first[1].value, first[1].comment.text] == ["A-1", "Ann Oak", "a note"]
    assert formulas(book, lang, FIRST) == 6
    assert ids(book, "SalaryNotices") == [None], "also of whose row somebody has typed over"
    assert "A-1" in ids(book, "Findings") or "A-1" in str(table(book, "Deadlines").value)


def test_notices_of_an_id_that_somebody_has_taken_over_stay(built: tuple[Path, str]) -> None:
    file, lang = built
    book = opened(file)
    before = [one for one in ids(book, "SalaryNotices") if one.upper() == "HQS-00001"]
    put(book, lang, FIRST, MINE | {"person_id": "HQS-00001"})
    press(book)
    assert ids(book, "Roster") == ["HQS-00001"]
    assert ids(book, "SalaryNotices") == before != []


def test_documents_about_invented_people_go_and_others_stay(built: tuple[Path, str]) -> None:
    file, lang = built
    book = opened(file)
    sheet = book.impl.file[say("sheet.documents", lang)]
    places = [column.key for column in TABLES["documents"]]
    for row, person in ((2, "HQS-00002"), (3, "A-1")):
        sheet.cell(row, places.index("person_id") + 1).value = person
    sheet.tables["Documents"].ref = sheet.tables["Documents"].ref.replace("2", "3")
    put(book, lang, FIRST + 5, MINE)
    press(book)
    assert [one for one in ids(book, "Documents") if one] == ["A-1"]


def test_without_the_demo_nothing_is_done(tmp_path: Path) -> None:
    file = tmp_path / "empty.xlsx"
    build(file, demo=False, macros=False)
    book = opened(file)
    assert press(book) == say("demo.nobody")
    assert app_of(book).done(*CHANGES, "delete", "copy") == []


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_everybody_of_the_demo_is_known_again(lang: str) -> None:
    for person in people(DEMO_DAY, 200, lang):
        assert is_invented(person.facts["person_id"], person.facts["full_name"])


@pytest.mark.parametrize(
    ("person_id", "name"),
    [
        ("HQS-00001", "Ann Oak"),
        ("A-1", "Arlo Alderquill"),
        ("HQS-1", "Arlo Alderquill"),
        ("HQS-00001", "Arlo"),
        ("HQS-00001", "Alderquill Arlo"),
        ("HQS-00001", None),
        (None, "Arlo Alderquill"),
        (1, "Arlo Alderquill"),
    ],
)
def test_somebody_else_is_not(person_id: Any, name: Any) -> None:
    assert not is_invented(person_id, name)

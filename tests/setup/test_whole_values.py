"""Texts, numbers and sheets that other writers spoil come along with install --from as they are, once and again."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from hqs_xl.errors import HqsError
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.setup.held import read_held
from hqs_xl.setup.install import install
from hqs_xl.setup.own_sheet import impossible_names
from hqs_xl.template.build import build
from hqs_xl.template.package import stored
from tests.programs import needs_validator, validator_errors
from tests.setup.test_upgrade import MACHINE, NOW, header, place

# As the old file stores it, and what it says: openpyxl, which writes the old file, escapes nothing.
TEXTS = {
    "carriage return": ("a_x000D_\nb", "a\r\nb"),
    "tab": ("a_x0009_b", "a\tb"),
    "letter": ("_x0041_", "A"),
    "escape as typed": ("_x005F_x0041_", "_x0041_"),
    "two that touch": ("_x005F_x0041_x005F_x0042_", "_x0041_x0042_"),
    "no escape": ("_X0041_ a_x x005", "_X0041_ a_x x005"),
    "bell": ("a_x0007_", "a\x07"),
    "looks like XML": ("<r>a</r>", "<r>a</r>"),
    "blanks": ("  a  ", "  a  "),
}
NUMBERS = (0.1 + 0.2, 1 / 3, 1e308, 5e-324, -0.1, 123456789012345680, 1e-7, 7)
# openpyxl cuts numbers too.
STAND_IN = 900_000_000
NAME = "Anna_x000D_\nB_x005F_x0041_"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """An old workbook, the new one, and the one made of that."""
    folder = tmp_path_factory.mktemp("whole")
    old = folder / "old.xlsx"
    build(old, lang="en", demo=False, macros=False)
    book = load_workbook(old)
    _type(book)
    book.save(old)
    with ZipFile(old) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for row, number in enumerate(NUMBERS, 1):
        said = (f"<v>{STAND_IN + row}</v>".encode(), f"<v>{number!r}</v>".encode())
        parts = {name: part.replace(*said) for name, part in parts.items()}
    old.write_bytes(stored(parts))
    made = [folder / "new.xlsm", folder / "newer.xlsm"]
    for source, out in zip([old, made[0]], made, strict=True):
        install(MACHINE, out, NOW, old=source)
    return [old, *made]


def _type(book: Any) -> None:
    own = book.create_sheet("Mine")
    for row, (text, _) in enumerate(TEXTS.values(), 1):
        own.cell(row, 1, text)
        own.cell(row, 2, CellRichText(TextBlock(InlineFont(b=True), text), " and"))
    for row in range(1, len(NUMBERS) + 1):
        own.cell(row, 3, STAND_IN + row)
    own["D1"].comment = Comment("x_x000D_\ny", "me")
    book.create_sheet("Secret")["A1"] = "t"
    book["Secret"].sheet_state = "veryHidden"
    book.create_sheet("Put away")["A1"] = "t"
    book["Put away"].sheet_state = "hidden"
    roster = book["Roster"]
    top = header(roster)
    roster.cell(top + 1, place(roster, "person_id", "en"), "P1")
    roster.cell(top + 1, place(roster, "full_name", "en"), NAME)


@pytest.mark.parametrize("at", [0, 1, 2], ids=["old", "new", "newer"])
def test_texts_and_numbers_are_the_same_for_every_reader(files: list[Path], at: int) -> None:
    with ClosedBook(files[at]) as book:
        rows = dict(book.rows("Mine"))
    said = [text for _, text in TEXTS.values()]
    assert [rows[row][0] for row in range(1, len(said) + 1)] == said
    assert [rows[row][1] for row in range(1, len(said) + 1)] == [f"{text} and" for text in said]
    assert [rows[row][2] for row in range(1, len(NUMBERS) + 1)] == list(NUMBERS)


def test_a_name_and_a_note_with_escapes_come_along(files: list[Path]) -> None:
    for file in files:
        held = read_held(file)
        assert [row["full_name"] for row in held.rows("roster")] == ["Anna\r\nB_x0041_"]
        note = next(one for one in held.sheets if one.name == "Mine").cells[0, 3].note
        assert note
        assert note.text == "x\r\ny"


def test_letters_in_several_looks_keep_them(files: list[Path]) -> None:
    cell = load_workbook(files[2], rich_text=True)["Mine"]["B1"].value
    assert isinstance(cell, CellRichText)
    assert isinstance(cell[0], TextBlock)
    assert cell[0].font.b


def test_a_sheet_is_as_hidden_as_it_was(files: list[Path]) -> None:
    book = load_workbook(files[2])
    assert [book[name].sheet_state for name in ("Mine", "Secret", "Put away")] == ["visible", "veryHidden", "hidden"]


@needs_validator
def test_microsofts_validator_finds_nothing(files: list[Path]) -> None:
    assert [validator_errors(file) for file in files[1:]] == [[], []]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("Ann's", False),
        ("Ann'", True),
        ("'Ann", True),
        ("a/b", True),
        ("x" * 31, False),
        ("x" * 32, True),
        ("ROSTER", True),
        ("Roster (2)", False),
    ],
)
def test_names_that_no_sheet_can_have(name: str, wrong: bool) -> None:
    assert impossible_names([name, "Mine"], "en") == ([name] if wrong else [])


def test_a_name_that_no_sheet_can_have_is_one_sentence(tmp_path: Path) -> None:
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsm"
    build(old, lang="en", demo=False, macros=False)
    book = load_workbook(old)
    book.create_sheet("Mine'")["A1"] = "t"
    book.save(old)
    with pytest.raises(HqsError, match=r"Excel does not allow.*«Mine'»") as refused:
        install(MACHINE, new, NOW, old=old)
    assert refused.value.key == "install.sheet_name"
    assert not new.exists()

"""A small sheet that was read is edited by its rows as they were read, and comes out as it does without that."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import ClosedEdit
from hqs_xl.hosts.xlsx.edit import kept_sheets
from hqs_xl.hosts.xlsx.edit.editor import Editor
from hqs_xl.rows import Cached
from tests.hosts import xlsx_files
from tests.hosts.edits import Answers, answer, edited, replace
from tests.hosts.test_closed import GRIDS, write_grid
from tests.hosts.test_edit import CELLS, DAY
from tests.hosts.test_edited_tables import HEADERS, found_at, row_of, rows_of
from tests.hosts.test_plain_rows import FILLED, KNOWN, MORE, QUICK, row

Do = Callable[[ClosedEdit], object]


def read_first(do: Do) -> Do:
    """The same edit behind a first reading."""

    def both(book: ClosedEdit) -> None:
        for sheet in book.sheets:
            for _ in book.rows_in_part(sheet, lambda: (0,)):
                pass
        do(book)

    return both


def comes_to(path: Path, do: Do) -> Any:
    """The members of the file as an edit leaves it, and which sheets are others; a refusal by its code and fields."""
    try:
        with zipfile.ZipFile(edited(path, do)) as new, ClosedEdit(path) as book:
            do(book)
            return {name: new.read(name) for name in new.namelist()}, book.changed_sheets
    except UnusableFile as fault:
        return fault.code, fault.fields


def alike(path: Path, do: Do) -> Any:
    """What an edit comes to, the same behind a first reading as without one."""
    found = comes_to(path, do)
    assert comes_to(path, read_first(do)) == found
    return found


@pytest.fixture
def gone_through(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sheets whose bytes were gone through for an edit."""
    found: list[str] = []
    patch = Editor._patch

    def watched(self: Editor, sheet: str, *more: Any) -> None:
        found.append(sheet)
        patch(self, sheet, *more)

    monkeypatch.setattr(Editor, "_patch", watched)
    return found


def three_rows(cells: str) -> str:
    """The same cells in three rows of the usual shape."""
    return "".join(
        row(number, f'<c r="A{number}"><v>1</v></c>' + re.sub("(?<=[BbC])5(?=[\"'])", str(number), cells))
        for number in (70, 71, 72)
    )


@pytest.mark.parametrize(("cells", "value"), [case[1:3] for case in CELLS + MORE], ids=[one[0] for one in CELLS + MORE])
def test_a_cell_is_answered_alike(cells: str, value: object, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    xlsx_files.book(KNOWN + three_rows(cells))(path)
    alike(path, answer({number: {1: value, 2: value} for number in (70, 71, 72)}))


@pytest.mark.parametrize(("cells", "answers"), [case[1:3] for case in QUICK], ids=[case[0] for case in QUICK])
def test_a_formula_is_answered_alike(cells: str, answers: dict[int, object], tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    xlsx_files.book(KNOWN + row(70, f'<c r="A70"><v>1</v></c>{cells}'))(path)
    alike(path, answer({70: answers}))


@pytest.mark.parametrize("filler", ["HQS_ANSWERS(A1)", "SUM(A1)"], ids=["ours", "somebody's"])
@pytest.mark.parametrize(("cells", "answers"), [case[1:] for case in FILLED], ids=[case[0] for case in FILLED])
def test_cells_that_a_formula_fills_are_answered_alike(
    filler: str, cells: str, answers: dict[int, object], tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    first = row(70, f'<c r="B70"><f t="array" ref="B70:C73">{filler}</f><v>1</v></c>')
    below = "".join(row(number, f'<c r="A{number}"><v>1</v></c>' + cells.format(n=number)) for number in (71, 72))
    xlsx_files.book(KNOWN + first + below)(path)
    alike(path, answer({71: answers, 72: answers}))


# What a row holds, an answer to it, and whether the bytes of the sheet are gone through.
GOES_THROUGH: tuple[tuple[str, str, dict[int, object], bool], ...] = (
    ("a text that is there", '<c r="B9" t="inlineStr"><is><t>a</t></is></c>', {1: "a"}, False),
    ("another text", '<c r="B9" t="inlineStr"><is><t>a</t></is></c>', {1: "b"}, True),
    ("a number that is there", '<c r="B9"><v>5</v></c>', {1: 5}, False),
    ("the number as a text", '<c r="B9" t="inlineStr"><is><t>5</t></is></c>', {1: 5}, True),
    ("yes for one", '<c r="B9"><v>1</v></c>', {1: True}, True),
    ("a blank that is there", '<c r="B9" s="1"/>', {1: None, 2: None}, False),
    ("a value for a blank", '<c r="B9" s="1"/>', {2: 5}, True),
    ("a blank for a value", '<c r="B9"><v>5</v></c>', {1: None}, True),
    ("an error that reads alike", '<c r="B9" t="e"><v>#N/A</v></c>', {1: "#N/A"}, True),
    ("a result of ours", '<c r="B9"><f>HQS_DUE(A9)</f><v>5</v></c>', {1: 5}, False),
    ("another result of ours", '<c r="B9"><f>HQS_DUE(A9)</f><v>5</v></c>', {1: 6}, True),
    (
        "a result of an array in the format of its row's number",
        '<c r="B9" s="9"><f t="array" ref="B9">HQS_DUE(A9)</f><v>5</v></c>',
        {1: 5},
        False,
    ),
    ("a result that was added up", '<c r="B9"><f>SUM(C9)</f><v>5</v></c>', {1: Cached(5)}, False),
    ("another such result", '<c r="B9"><f>SUM(C9)</f><v>5</v></c>', {1: Cached(6)}, True),
    ("blank for a result nobody counted", '<c r="B9"><f>HQS_DUE(A9)</f></c>', {1: None}, True),
    ("a day in no day's format", '<c r="B9"><v>46112</v></c>', {1: DAY}, True),
    ("nothing to answer", '<c r="B9"><v>5</v></c>', {}, False),
)


@pytest.mark.parametrize(
    ("cells", "answers", "goes"), [case[1:] for case in GOES_THROUGH], ids=[c[0] for c in GOES_THROUGH]
)
def test_a_sheet_is_gone_through_only_where_something_may_change(
    cells: str, answers: dict[int, object], goes: bool, tmp_path: Path, gone_through: list[str]
) -> None:
    path = tmp_path / "book.xlsx"
    xlsx_files.book(KNOWN + row(8, '<c r="A8"><v>1</v></c>') + row(9, f'<c r="A9"><v>1</v></c>{cells}'))(path)
    with ClosedEdit(path) as book:
        read_first(answer({9: answers}))(book)
        assert (gone_through, book.changed) == ((["S"], True) if goes else ([], False))


@pytest.mark.parametrize("merged", ["A9:B9", "B9"])
def test_merged_cells_are_refused_though_they_hold_their_answers(merged: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    rows = KNOWN + row(9, '<c r="A9"><v>1</v></c><c r="B9"><v>5</v></c>')
    after = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>'
    xlsx_files.book(sheet=xlsx_files.sheet(rows, after=after))(path)
    code, fields = alike(path, answer({9: {1: 5}}))
    assert (code, fields["cell"]) == ("merged", merged)


@pytest.mark.parametrize("value", [5, "a"])
def test_somebody_s_formula_is_refused_though_it_comes_to_the_answer(value: object, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    held = "<v>5</v>" if value == 5 else "<v>a</v>"
    kind = "" if value == 5 else ' t="str"'
    xlsx_files.book(KNOWN + row(8, '<c r="A8"/>') + row(9, f'<c r="B9"{kind}><f>A1</f>{held}</c>'))(path)
    code, fields = alike(path, answer({9: {1: value}}))
    assert (code, fields["cell"]) == ("foreign_formula", "B9")


def test_a_row_without_a_number_counts_from_those_above_it(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    above = row(70, '<c r="A70"><v>1</v></c>')
    xlsx_files.book(KNOWN + above + above.replace("70", "71") + "<row><c><v>2</v></c></row>")(path)
    members, changed = alike(path, answer({72: {1: "a"}}))
    assert changed == ["S"]
    assert b'<row><c><v>2</v></c><c r="B72"' in members[xlsx_files.SHEET_PART]


def test_a_sheet_that_is_big_is_gone_through(
    tmp_path: Path, gone_through: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.xlsx"
    xlsx_files.book(KNOWN + row(9, '<c r="A9"><v>1</v></c>'))(path)
    monkeypatch.setattr(kept_sheets, "BYTES_KEPT", 100)
    with ClosedEdit(path) as book:
        read_first(answer({9: {0: 1}}))(book)
        assert (gone_through, book.changed) == (["S"], False)


class Batches:
    """Answers rows, many at once, and notes which it was asked for."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.asked: list[int] = []

    def __call__(self, number: int, _cells: object, /) -> Mapping[int, Any]:
        self.asked.append(number)
        return self._answers.get(number, {})

    def answers(self, rows: Sequence[tuple[int, Mapping[int, Any]]]) -> Sequence[Mapping[int, Any]]:
        return [self(number, cells) for number, cells in rows]


@pytest.mark.parametrize("in_batches", [True, False])
@pytest.mark.parametrize("changed", [None, 3, 12, 29])
def test_each_row_is_asked_for_once_whether_its_sheet_changes_or_not(
    changed: int | None, in_batches: bool, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    numbers = range(3, 30)
    xlsx_files.book(KNOWN + "".join(row(number, f'<c r="A{number}"><v>1</v></c>') for number in numbers))(path)
    edit = Batches({changed: {0: 2}} if changed else {})
    with ClosedEdit(path) as book:
        read_first(lambda book: book.edit_rows("S", edit if in_batches else edit.__call__))(book)
        assert (edit.asked, book.changed) == ([*numbers], changed is not None)


@pytest.mark.parametrize(("old", "new"), [(4, 4), (4, 3), (4, 5), (0, 0), (0, 2), (3, 0)])
def test_a_table_is_written_anew_alike(old: int, new: int, tmp_path: Path, gone_through: list[str]) -> None:
    path = tmp_path / "book.xlsx"
    heads = "".join(
        f'<c r="{"ABCDE"[place]}3" t="inlineStr"><is><t>{text}</t></is></c>' for place, text in enumerate(HEADERS)
    )
    xlsx_files.book(KNOWN + row(3, heads))(path)
    before = edited(path, replace(found_at(3, "S"), rows_of(old)))
    gone_through.clear()
    alike(before, replace(found_at(3, "S"), rows_of(new)))
    # Once without a first reading; behind one only where something differs.
    assert len(gone_through) == (2 if old == new else 4)
    other = [*rows_of(old), row_of(9)][1:]
    alike(before, replace(found_at(3, "S"), other))


VALUES = st.one_of(st.text(max_size=5), st.integers(-5, 5), st.booleans(), st.none(), st.just(DAY), st.floats(-9, 9))


@settings(max_examples=40, deadline=None)
@given(grid=GRIDS, data=st.data())
def test_any_answers_come_out_alike(grid: xlsx_files.Rows, data: st.DataObject) -> None:
    """Those of a grid as it was first answered, some of them others now."""
    first = {number: data.draw(st.dictionaries(st.integers(0, 30), VALUES, max_size=4)) for number in grid}
    moved = data.draw(st.sets(st.sampled_from([*grid]))) if grid else set[int]()
    then = {
        number: dict.fromkeys(values, data.draw(VALUES)) if number in moved else values
        for number, values in first.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        write_grid(path, grid, constant_memory=False)
        alike(path, answer(first))
        answered = edited(path, answer(first))
        alike(answered, answer(first))
        alike(answered, answer(then))

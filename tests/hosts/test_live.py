"""An open workbook: what is read of it, and that answers reach the cells they belong to, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
import xlwings as xw
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula

from hqs_xl.compliance.check import read_roster
from hqs_xl.errors import UnusableFile
from hqs_xl.formulas.today import Moving, settled
from hqs_xl.hosts.excel.workbook import ExcelPage, LiveBook
from hqs_xl.hosts.open.cells import held, same, typed
from hqs_xl.roster.columns import FINDINGS, LOG
from hqs_xl.roster.tables import Found
from hqs_xl.rows import Cached
from hqs_xl.sync.book import refresh_book
from tests.engine import CHANGES, SPILL_ERROR, Refused, add_table, app_of, grid, made
from tests.rosters import KEYS, cell, person, roster

DAY = datetime(2026, 3, 16)
NOW = datetime(2026, 3, 16, 7, 30)
HEADS = ["A", "B", "C", "D"]


def cells_of(book: xw.Book, sheet: str = "S") -> dict[int, Mapping[int, Any]]:
    return dict(LiveBook(book).rows(sheet))


def answer(book: xw.Book, answers: Mapping[int, Mapping[int, Any]], sheet: str = "S") -> LiveBook:
    """Answer rows of a sheet and write it."""
    live = LiveBook(book)
    live.edit_rows(sheet, lambda number, _: answers.get(number, {}))
    live.flush()
    return live


def written(book: xw.Book) -> list[str]:
    return [where for _, _, where in app_of(book).done("write")]


# --- Reading -----------------------------------------------------------------------------------------------------


def test_cells_come_as_a_closed_file_has_them() -> None:
    book = made(S=[["x", 1, 2.5, True, DAY, None, ""], [None] * 7, ["#N/A", date(2026, 3, 16)]])
    assert cells_of(book) == {1: {0: "x", 1: 1.0, 2: 2.5, 3: True, 4: DAY}, 3: {0: "#N/A", 1: DAY}}


def test_a_new_error_comes_as_its_number() -> None:
    assert cells_of(made(S=[[SPILL_ERROR, "x"]])) == {1: {0: SPILL_ERROR, 1: "x"}}


def test_money_is_a_number() -> None:
    book = made(S=[["x", 250000]])
    book.impl.file["S"]["B1"].number_format = '#,##0.00 "₽"'
    assert book.sheets["S"].range("B1").value == Decimal(250000)
    found = cells_of(book)[1][1]
    assert (found, type(found)) == (250000.0, float)


def test_places_count_from_the_sheets_corner_not_the_used_ones() -> None:
    book = made(S=[])
    book.impl.file["S"]["C5"] = "x"
    assert cells_of(book) == {5: {2: "x"}}


def test_an_empty_sheet_has_no_rows() -> None:
    assert cells_of(made(S=[])) == {}


@pytest.mark.parametrize("formula", ["=TODAY()", "=NOW()", "= today( )"])
def test_the_day_of_the_last_count_moves(formula: str) -> None:
    book = made(S=[["As of", formula]])
    book.impl.cached["S", 1, 2] = DAY
    cells = cells_of(book)[1]
    assert (cells[0], cells[1].days) == ("As of", 0)


def test_another_formula_is_what_it_came_to() -> None:
    book = made(S=[["x", "=WORKDAY(TODAY(),1)"], ["y", "=A1"]])
    book.impl.cached["S", 1, 2] = book.impl.cached["S", 2, 2] = DAY
    found = cells_of(book)
    assert [settled(found[row][1]) for row in (1, 2)] == [DAY, DAY]
    assert [isinstance(found[row][1], Moving) for row in (1, 2)] == [True, False]


@pytest.mark.parametrize("value", [DAY, 46_000.0, "16.03.2026"])
def test_a_fact_that_comes_from_the_day_of_the_count_is_none(value: Any) -> None:
    heads = ["Person ID", "Relation", "Agreement signed"]
    book = made(S=[heads, ["P1", "HQS", '=IF(D2="x",TODAY(),"")'], ["P2", "HQS", '=IF(D3<TODAY(),D3,"")']])
    book.impl.cached["S", 2, 3] = book.impl.cached["S", 3, 3] = value
    told = [[one.error.key for one in problems] for _, problems in read_roster(LiveBook(book)).people]
    assert told == [["moving"], []]


@pytest.mark.parametrize(
    ("formula", "moves"),
    [
        ("=O!$A$1", True),
        ("=MIN(O!$A$1,D2)", True),
        ("=ADay", True),
        ("=InAWeek", True),
        ("=O!A3", True),
        ('=IF(D2="x",O!A1,"")', True),
        ("=[@Mine]", True),
        ("=T[@Mine]", True),
        ("=MAX(T[Mine])", True),
        ('=IF(O!$A$1>D2,D2,"")', False),
        ("=O!B1", False),
        ("=D2+30", False),
        ("=[@Plan]", False),
        ('="O!A1"&D2', False),
        ("=HQS_RENEWAL_DUE(O!A1)", False),
    ],
)
def test_a_fact_that_refers_to_the_day_of_the_count_is_none(formula: str, moves: bool) -> None:
    heads = ["Person ID", "Relation", "Agreement signed", "Plan", "Mine"]
    book = made(S=[heads, ["P1", "HQS", formula, DAY, "=O!A1"]], O=[["=TODAY()", DAY], ["=B1"], ["=A1+1"]])
    add_table(book, "S", "T", "A1:E2")
    for name, text in {"ADay": "O!$A$1", "InAWeek": "TODAY()+7"}.items():
        book.impl.file.defined_names[name] = DefinedName(name, attr_text=text)
    book.impl.cached["S", 2, 3] = book.impl.cached["S", 2, 5] = DAY
    told = [[one.error.key for one in problems] for _, problems in read_roster(LiveBook(book)).people]
    assert told == [["moving"] * moves]


def test_the_day_of_the_check_may_refer_to_today() -> None:
    facts = ["Person ID", "Relation", "Agreement signed"], ["P1", "HQS", DAY]
    book = made(S=[*facts], O=[["Setting", "Value"], ["As of", "=D2", None, "=TODAY()"]])
    book.impl.cached["O", 2, 2] = datetime(2020, 1, 1)
    settings = read_roster(LiveBook(book)).other.settings_for(NOW.date())
    assert (settings.as_of, settings.fixed) == (NOW.date(), False)


def test_a_sheet_is_read_in_two_blocks_once() -> None:
    book = made(S=[["x"] * 30 for _ in range(200)])
    live = LiveBook(book)
    for _ in range(3):
        assert len(list(live.rows("S"))) == 200
    assert app_of(book).log == [("read", "S", "A1:AD200"), ("read formula", "S", "A1:AD200")]


def test_a_table_knows_its_totals() -> None:
    book = made(S=[HEADS, [1], [2], [3]])
    add_table(book, "S", "T", "A1:D4", totalsRowCount=1)
    assert LiveBook(book).totals("S") == {4}


def test_serial_numbers_of_the_1904_system_are_told_apart() -> None:
    book = made(S=[HEADS])
    assert not LiveBook(book).date1904
    book.impl.date1904 = True
    assert LiveBook(book).date1904


# --- Answers -------------------------------------------------------------------------------------------------------


def test_neighbours_are_written_in_one_block_and_others_in_another() -> None:
    book = made(S=[HEADS, ["p", 1, None, "mine"], ["q", 2, None, "mine"]])
    live = answer(book, {2: {1: 5, 2: "OK", 4: date(2026, 3, 16)}, 3: {1: 6, 2: "OK", 4: None}})
    assert live.changed
    assert written(book) == ["B2:C3", "E2:E2"]
    assert grid(book, "S")[1:] == [["p", 5, "OK", "mine", DAY], ["q", 6, "OK", "mine", None]]


def test_what_stands_there_already_is_not_written() -> None:
    book = made(S=[HEADS, ["p", 5, "OK", DAY], ["q", 7, "OK", DAY]])
    answers = {2: {1: 5, 2: "OK", 3: DAY.date()}, 3: {1: 7, 2: "OK", 3: DAY.date()}}
    assert not answer(book, answers).changed
    assert app_of(book).done(*CHANGES) == []
    assert answer(book, answers | {3: {1: 8, 2: "OK", 3: DAY.date()}}).changed
    assert written(book) == ["B3:B3"]


def test_only_the_rows_that_differ_are_written_with_the_blank_ones_between() -> None:
    book = made(S=[HEADS, ["p", 1], ["q", 1], [None], ["r", 1], ["s", 1]])
    answer(book, {2: {1: 1}, 3: {1: 2}, 5: {1: 3}, 6: {1: 1}})
    assert written(book) == ["B3:B5"]
    assert [row[1] for row in grid(book, "S")[1:]] == [1, 2, None, 3, 1]


def test_a_cell_between_that_is_not_answered_is_never_touched() -> None:
    book = made(S=[HEADS, ["p", 1], ["Total", "001"], ["q", 1]])
    answer(book, {2: {1: 5}, 4: {1: 6}})
    assert written(book) == ["B2:B2", "B4:B4"]
    assert grid(book, "S")[2][1] == "001"


def test_a_formula_of_ours_counts_itself() -> None:
    book = made(S=[HEADS, ["p", "=HQS_RENEWAL_DUE(A2)", 1], ["q", 3, 1], ["r", "=INDEX(hqs_lines,3)", 1]])
    book.impl.cached["S", 2, 2] = 4
    answer(book, {number: {1: 9, 2: 9} for number in (2, 3, 4)})
    assert [row[1] for row in grid(book, "S")[1:]] == ["=HQS_RENEWAL_DUE(A2)", 9, "=INDEX(hqs_lines,3)"]
    assert [row[2] for row in grid(book, "S")[1:]] == [9, 9, 9]
    assert sorted(written(book)) == ["B3:B3", "C2:C4"]


def test_a_formula_of_ours_alone_changes_nothing() -> None:
    book = made(S=[HEADS, ["p", "=HQS_RENEWAL_DUE(A2)"]])
    assert not answer(book, {2: {1: 9}}).changed


def test_an_array_of_ours_is_left_whole() -> None:
    book = made(S=[HEADS, ["p", None], ["q", 1], ["r", 2]])
    book.impl.file["S"]["B2"] = ArrayFormula("B2:B4", "=HQS_ANSWERS(A1:A1,A2:A4)")
    assert not answer(book, {2: {1: 9}, 3: {1: 9}, 4: {1: 9}}).changed


@pytest.mark.parametrize("shown", [False, True])
def test_cells_that_a_formula_of_ours_spills_into_are_left_too(shown: bool) -> None:
    book = made(S=[HEADS, ["p", "=HQS_NEXT(A1,A2)", 1], ["q", 3, 4], ["r", 5, 6]])
    book.impl.spills["S", 2, 2], book.impl.spills_show = (2, 2), shown
    answer(book, {number: {1: 9, 2: 9} for number in (2, 3, 4)})
    assert written(book) == ["B4:C4"]
    assert grid(book, "S")[2] == ["q", 3, 4, None]


def test_a_foreign_formula_is_refused_before_anything_is_written() -> None:
    book = made(name="mine.xlsx", S=[HEADS, ["p", 1, 1], ["q", 1, "=B3*2"]])
    live = LiveBook(book)
    with pytest.raises(UnusableFile, match=r"mine\.xlsx: sheet «S», cell C3: a formula of your own") as refusal:
        live.edit_rows("S", lambda number, _: {1: 9, 2: 9} if number > 1 else {})
    assert refusal.value.code == "foreign_formula"
    assert app_of(book).done(*CHANGES) == []


def test_what_a_formula_comes_to_is_never_written() -> None:
    book = made(S=[["People", "=COUNTA(R!A:A)", 5]])
    assert not answer(book, {1: {1: Cached(7), 2: Cached(7)}}).changed


def test_a_protected_sheet_is_refused_before_anything_is_written() -> None:
    book = made(S=[HEADS, ["p", 1]], T=[HEADS, ["p", 1]])
    book.impl.file["T"].protection.sheet = True
    live = LiveBook(book)
    for sheet in ("S", "T"):
        live.edit_rows(sheet, lambda number, _: {1: 9} if number > 1 else {})
    with pytest.raises(UnusableFile, match="the sheet «T» is protected"):
        live.flush()
    assert app_of(book).done(*CHANGES) == []


def test_a_protected_sheet_nothing_is_written_to_is_none_of_our_business() -> None:
    book = made(S=[HEADS, ["p", 1]])
    book.impl.file["S"].protection.sheet = True
    answer(book, {2: {1: 1}})


TEXTS = {
    "a number": "001",
    "a negative one": "-5",
    "a formula": "=1+1",
    "an address": "@here",
    "an hour": "2026-03-16 07:30",
    "a Russian day": "16.03.2026",
    "a month and day": "MAR-1",
    "true": "TRUE",
    "a sentence": "Notice was due 2026-03-16; file it",
    "a word": "Overdue",
    "long": "x1" * 20_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_stays_the_text_it_is(text: str) -> None:
    book = made(S=[HEADS, ["p", 1, 1]])
    answer(book, {2: {1: text, 2: "OK"}})
    assert grid(book, "S")[1][1] == text[:32_767]
    assert grid(book, "S")[1][2] == "OK"
    assert not answer(book, {2: {1: text, 2: "OK"}}).changed


@pytest.mark.parametrize(("text", "handed"), [("Overdue", "Overdue"), ("истина", "'истина"), ("P1", "'P1")])
def test_no_apostrophe_where_none_is_needed(text: str, handed: str) -> None:
    assert typed(text) == handed


SAME = [
    (None, None, True),
    (None, "OK", False),
    ("OK", None, False),
    (5.0, 5, True),
    (1.0, True, False),
    (True, 1, False),
    (True, True, True),
    ("5", 5, False),
    (1001.0, "1001", False),
    (DAY, DAY.date(), True),
    (46097.0, DAY.date(), True),
    (46098.0, DAY.date(), False),
    ("16.03.2026", DAY.date(), True),
    ("soon", DAY.date(), False),
    (True, DAY.date(), False),
    (None, DAY.date(), False),
    (-2146826246, 3, False),
]


@pytest.mark.parametrize(("old", "new", "expected"), SAME)
def test_whether_a_cell_holds_an_answer_already(old: Any, new: Any, expected: bool) -> None:
    assert same(held(old), new) is expected


# --- Rows written anew ---------------------------------------------------------------------------------------------

FINDING_KEYS = [column.key for column in FINDINGS]
FINDING_HEADS = [column.header() for column in FINDINGS]
WIDE = len(FINDINGS)
LAST_LETTER = chr(64 + WIDE)


def finding(number: int) -> dict[str, Any]:
    return {"severity": "Due", "person_id": f"P{number}", "row": number, "message": "x", "due": DAY.date()}


def line(number: int) -> list[Any]:
    found = finding(number) | {"due": DAY}
    return [found.get(key) for key in FINDING_KEYS]


def findings_book(count: int, rows: int | None = None, beside: Any = None) -> xw.Book:
    """A sheet F with so many findings, in an Excel table of so many rows (None: a plain range)."""
    book = made(F=[FINDING_HEADS, *(line(number) for number in range(1, count + 1))])
    if rows is not None:
        last = LAST_LETTER if beside is None else chr(ord(LAST_LETTER) + 1)
        if beside is not None:
            book.impl.file["F"].cell(1, WIDE + 1, "My note")
        add_table(book, "F", "Findings", f"A1:{last}{rows + 1}")
    return book


def rewrite(book: xw.Book, count: int) -> LiveBook:
    live = LiveBook(book)
    put = live.replace_rows(Found("findings", "F", 1, dict(enumerate(FINDING_KEYS)), {}))
    for number in range(1, count + 1):
        put(finding(number))
    live.flush()
    return live


def table_of(book: xw.Book) -> str:
    return str(book.sheets["F"].tables["Findings"].range.impl.address)


@pytest.mark.parametrize("rows", [None, 1, 2, 5])
@pytest.mark.parametrize(("before", "after"), [(0, 3), (2, 5), (5, 2), (3, 0), (1, 1)])
def test_findings_are_written_anew(before: int, after: int, rows: int | None) -> None:
    rows = None if rows is None else max(rows, before)
    book = findings_book(before, rows)
    rewrite(book, after)
    found = [row for row in grid(book, "F")[1:] if any(cell is not None for cell in row)]
    assert found == [line(number) for number in range(1, after + 1)]
    if rows is not None:
        assert table_of(book) == f"A1:{LAST_LETTER}{max(after, 1) + 1}"
    assert not rewrite(book, after).changed


def test_the_same_findings_are_not_written() -> None:
    book = findings_book(3, 3)
    assert not rewrite(book, 3).changed
    assert app_of(book).done(*CHANGES) == []


@pytest.mark.parametrize("rows", [None, 3])
def test_fewer_findings_are_a_change_though_none_is_new(rows: int | None) -> None:
    book = findings_book(3, rows)
    live = LiveBook(book)
    put = live.replace_rows(Found("findings", "F", 1, dict(enumerate(FINDING_KEYS)), {}))
    for number, differs in ((1, True), (2, True), (3, False)):
        put(finding(number))
        assert live.changed is differs
    live.flush()
    assert app_of(book).done(*CHANGES) == []


def test_a_table_that_is_too_long_is_a_change() -> None:
    live = LiveBook(findings_book(1, 3))
    live.replace_rows(Found("findings", "F", 1, dict(enumerate(FINDING_KEYS)), {}))(finding(1))
    assert live.changed


def test_new_rows_get_the_formats_of_the_first_one() -> None:
    book = findings_book(1, 1)
    book.impl.file["F"]["B2"].number_format = "@"
    book.impl.file["F"].cell(2, FINDING_KEYS.index("due") + 1).number_format = "dd.mm.yyyy"
    rewrite(book, 4)
    assert book.impl.file["F"]["B5"].number_format == "@"
    assert book.impl.file["F"].cell(5, FINDING_KEYS.index("due") + 1).number_format == "dd.mm.yyyy"


def test_a_note_beside_a_finding_stays_within_the_table() -> None:
    book = findings_book(4, 4, beside="note")
    book.impl.file["F"].cell(4, WIDE + 1, "call her")
    rewrite(book, 1)
    assert grid(book, "F")[3][WIDE] == "call her"
    assert table_of(book).endswith("4")


def test_findings_do_not_grow_over_what_stands_below() -> None:
    book = findings_book(2, 2)
    book.impl.file["F"]["C5"] = "my own sum"
    with pytest.raises(UnusableFile, match="row 5: "):
        rewrite(book, 4)
    assert app_of(book).done(*CHANGES) == []
    rewrite(book, 3)


def test_a_table_with_totals_is_refused() -> None:
    book = made(F=[FINDING_HEADS, line(1), ["Total"]])
    add_table(book, "F", "Findings", f"A1:{LAST_LETTER}3", totalsRowCount=1)
    with pytest.raises(UnusableFile, match="totals row"):
        rewrite(book, 1)


def test_many_findings_are_few_calls() -> None:
    book = findings_book(0, 1)
    rewrite(book, 3_000)
    assert len(app_of(book).done("write")) == 1
    assert len(app_of(book).log) < 25


# --- New tables and columns ----------------------------------------------------------------------------------------


def test_a_new_table_gets_a_sheet_at_the_end_and_the_user_keeps_the_old_in_front() -> None:
    book = made(A=[["x"]], Findings=[["somebody else's"]])
    book.impl.file.active = 0
    add_table(book, "A", "FINDINGS", "A1:A2")
    live = LiveBook(book)
    put = live.add_table("findings", "en")
    put(finding(1))
    assert app_of(book).done(*CHANGES) == []
    live.flush()
    assert book.sheet_names == ["A", "Findings", "Findings2"]
    assert grid(book, "Findings2") == [FINDING_HEADS, line(1)]
    assert [table.name for table in book.sheets["Findings2"].tables] == ["Findings2"]
    assert book.sheets.active.name == "A"
    assert book.sheets["Findings2"].range((2, FINDING_KEYS.index("due") + 1)).number_format == "yyyy-mm-dd"


def test_a_new_table_without_rows_keeps_a_blank_one() -> None:
    book = made(A=[["x"]])
    live = LiveBook(book)
    live.add_table("log", "ru")
    live.flush()
    sheet = book.sheets[1]
    assert sheet.name == "Журнал"
    assert sheet.tables[0].range.shape == (2, len(LOG))


ROSTER_HEADS = ["Person ID", "Relation", "Agreement signed"]


def widened(book: xw.Book) -> list[list[Any]]:
    live = LiveBook(book)
    refresh_book(live, now=NOW, add_columns=True)
    live.flush()
    return grid(book, "R")


def test_columns_are_added_to_a_plain_range_right_of_all_others() -> None:
    found = widened(made(R=[[*ROSTER_HEADS, None, "Mine"], ["P1", "HQS", DAY, None, 1]]))
    assert found[0][4:8] == ["Mine", "Next action", "Next due", "Act by"]
    assert found[1][4:7] == [1, "Notify the authority of the concluded agreement", datetime(2026, 3, 18)]


def test_columns_are_added_to_an_excel_table() -> None:
    book = made(R=[ROSTER_HEADS, ["P1", "HQS", DAY]])
    add_table(book, "R", "T", "A1:C2")
    assert widened(book)[0][3:5] == ["Next action", "Next due"]
    assert book.sheets["R"].tables["T"].range.impl.address == "A1:I2"


def test_columns_are_not_added_over_what_stands_there() -> None:
    book = made(R=[ROSTER_HEADS, ["P1", "HQS", DAY], ["P2", "HQS", DAY, None, "mine"]])
    add_table(book, "R", "T", "A1:C3")
    with pytest.raises(UnusableFile, match="row 3: "):
        widened(book)
    assert app_of(book).done(*CHANGES) == []


def test_the_engine_refuses_what_excel_refuses() -> None:
    book = made(S=[[None], [1]])
    book.impl.file["S"]["A1"] = ArrayFormula("A1:A2", "=HQS_CHECK(B1)")
    with pytest.raises(Refused):
        book.sheets["S"].range("A2").value = 5


# --- Merged cells ----------------------------------------------------------------------------------------------------


def merged(*areas: str, rows: int = 12, columns: int = 6) -> xw.Book:
    book = made(S=[[f"{row}/{column}" for column in range(columns)] for row in range(rows)])
    for area in areas:
        book.impl.file["S"].merge_cells(area)
    return book


@pytest.mark.parametrize(
    ("areas", "below", "found"),
    [
        ([], 0, []),
        (["B3:B5"], 1, [(3, 5, 1, 1)]),
        (["B3:B5", "D3:E3", "A7:F7", "C11:D12"], 1, [(3, 3, 3, 4), (3, 5, 1, 1), (7, 7, 0, 5), (11, 12, 2, 3)]),
        (["A1:F1", "B2:B3"], 2, []),
        (["B2:B3", "C3:C4"], 2, [(3, 4, 2, 2)]),
    ],
    ids=str,
)
def test_merged_cells_are_found(areas: list[str], below: int, found: list[tuple[int, ...]]) -> None:
    told = LiveBook(merged(*areas)).one_valued("S", below)
    assert sorted(tuple(one[:4]) for one in told) == found
    assert all(one.merged for one in told)


def test_a_sheet_without_merged_cells_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    real = ExcelPage.any_merged

    def asking(page: ExcelPage, area: Any) -> bool:
        asked.append(area)
        return real(page, area)

    monkeypatch.setattr(ExcelPage, "any_merged", asking)
    LiveBook(merged(rows=100)).one_valued("S", 1)
    assert asked == [(2, 100, 0, 5)]


def test_so_many_merged_cells_that_it_would_take_minutes_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hqs_xl.hosts.open.sheet.MOST_ASKED", 20)
    book = LiveBook(merged(*(f"A{row}:B{row}" for row in range(2, 12))))
    with pytest.raises(UnusableFile) as refused:
        book.one_valued("S", 1)
    assert "so many merged cells" in refused.value.message("en")


def test_a_program_that_cannot_be_asked_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: Any) -> bool:
        raise NotImplementedError

    monkeypatch.setattr(xw.Range, "merge_cells", property(missing))
    assert LiveBook(merged("B3:B5")).one_valued("S", 1) == []


def test_who_shares_a_cell_is_not_in_order_in_an_open_book_either() -> None:
    people = [person(person_id=f"P{number}") for number in (1, 2)]
    book = roster(*people)
    place = KEYS.index("entered_on") + 1
    sheet = book.impl.file["R"]
    letter = sheet.cell(1, place).column_letter
    sheet.merge_cells(f"{letter}2:{letter}3")
    refresh_book(live := LiveBook(book), now=NOW, as_of=DAY.date())
    live.flush()
    assert [cell(book, row, "status") for row in (2, 3)] == ["Due soon", "Missing data"]
    assert "merged cells" in cell(book, 3, "check")

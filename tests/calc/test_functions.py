"""Every case of the cell functions typed into a real sheet of LibreOffice: in cells, in the formula, down a table."""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from hqs_xl import functions
from hqs_xl.cells.declared import declared_in
from hqs_xl.rows import EPOCH
from tests.calc.office import Office
from tests.functions.cases import Case, alike, cases

FORMULAS = "tests.calc.formulas"
DECLARED = {one.name: one for one in declared_in(functions).values()}
# Calc's first days: its own, the one of Excel on old Macs, and StarOffice's.
FIRST_DAYS = {"1899-12-30": "as in Excel", "1904-01-01": "as on old Macs", "1900-01-01": "as in StarOffice"}


def same_in_calc(case: Case) -> bool:
    """Not the few where Calc can't tell what Excel can, or does not ask us: see the tests at the end."""
    return case.why not in {"a needed argument is blank", "a newer Excel error"}


CASES = [case for case in cases() if same_in_calc(case)]
SINGLE = [case for case in CASES if not any(isinstance(one, list) or one == "@missing" for one in case.arguments)]
TABLES = [
    (name, list(group))
    for name, group in groupby(sorted(SINGLE, key=lambda one: one.function), lambda one: one.function)
    if DECLARED[name].arguments and not DECLARED[name].block
]


def in_calc(expected: Any, first_day: date = EPOCH) -> Any:
    """An answer of the table of cases as Calc holds it: days and yes or no are numbers."""
    if isinstance(expected, list):
        return [in_calc(one, first_day) for one in expected]
    if isinstance(expected, str) and expected.startswith("@"):
        return float((date.fromisoformat(expected[1:]) - first_day).days)
    return expected if isinstance(expected, str) else float(expected)


def rows(expected: Any) -> list[Any]:
    return expected if isinstance(expected, list) else [[expected]]


def asked(case: Case) -> list[Any]:
    """A case as a call: function, arguments, size of the answer."""
    block = rows(case.answer)
    return [case.function, case.arguments, len(block), len(block[0])]


@pytest.fixture(scope="module", params=list(FIRST_DAYS), ids=list(FIRST_DAYS.values()))
def typed(request: pytest.FixtureRequest, office: Office) -> tuple[date, list[Any]]:
    """The answers of all cases whose arguments stand in cells, by the document's first day."""
    calls = [asked(case) for case in CASES]
    found = office.run(FORMULAS, "answers", calls=calls, literal=False, first_day=request.param)
    return date.fromisoformat(request.param), found


@pytest.fixture(scope="module")
def literal(office: Office) -> list[Any]:
    """The answers of all cases whose single values stand in the formula."""
    found: list[Any] = office.run(FORMULAS, "answers", calls=[asked(case) for case in CASES], literal=True)
    return found


def counts_itself(case: Case) -> bool:
    """Whether a plain number stands for a day, which is another one in a document that counts from another day."""
    return bool(case.arguments) and isinstance(case.arguments[0], int | float) and case.arguments[0] != 0


@pytest.mark.parametrize("place", range(len(CASES)), ids=[str(case) for case in CASES])
def test_with_arguments_in_cells(typed: tuple[date, list[Any]], place: int) -> None:
    first_day, found = typed
    if first_day != EPOCH and counts_itself(CASES[place]):
        return
    assert alike(found[place], in_calc(rows(CASES[place].answer), first_day)), found[place]


@pytest.mark.parametrize("place", range(len(CASES)), ids=[str(case) for case in CASES])
def test_with_arguments_in_the_formula(literal: list[Any], place: int) -> None:
    assert alike(literal[place], in_calc(rows(CASES[place].answer))), literal[place]


@pytest.mark.parametrize(("name", "group"), TABLES, ids=[name for name, _ in TABLES])
def test_down_a_table(office: Office, name: str, group: list[Case]) -> None:
    names = list(DECLARED[name].arguments)
    lines = [[*case.arguments, *[None] * (len(names) - len(case.arguments))] for case in group]
    found = office.run(FORMULAS, "table_column", function=name, names=names, rows=lines)
    wrong = [
        (str(case), answer)
        for case, answer in zip(group, found, strict=True)
        if not alike(answer, in_calc(case.answer))
    ]
    assert wrong == []


@pytest.mark.parametrize(("name", "group"), TABLES, ids=[name for name, _ in TABLES])
def test_over_a_range(office: Office, name: str, group: list[Case]) -> None:
    names = list(DECLARED[name].arguments)
    lines = [[*case.arguments, *[None] * (len(names) - len(case.arguments))] for case in group]
    columns = [[[line[place]] for line in lines] for place in range(len(names))]
    found = office.run(FORMULAS, "answers", calls=[[name, columns, len(group), 1]], literal=False)[0]
    wrong = [
        (str(case), answer)
        for case, (answer,) in zip(group, found, strict=True)
        if not alike(answer, in_calc(case.answer))
    ]
    assert wrong == []


# --- What the document says ------------------------------------------------------------------------------------------


def test_a_document_that_counts_from_another_day_is_asked_each_time(office: Office) -> None:
    days = [*FIRST_DAYS, "1904-01-01", "1899-12-30"]
    found = office.run(FORMULAS, "counted_from", formula="=HQS_NOTICE_DUE(A1)", day="2024-04-25", first_days=days)
    assert found == ["2024-04-27"] * len(days)


def test_a_mistake_is_told_in_the_language_of_the_document(office: Office) -> None:
    formula = '=HQS_RENEWAL_DUE("soon")'
    shown = office.run(FORMULAS, "told_in", formula=formula, languages=[None, "ru", "en", "Русский", ""])
    begins = ["#HQS! expires: not a date", "#HQS! expires: это не дата"]
    assert [one.startswith(begins[place]) for one, place in zip(shown, (0, 1, 0, 1, 0), strict=True)] == [True] * 5


@pytest.mark.parametrize(
    ("formula", "text", "value"),
    [
        pytest.param('=HQS_STATUS(DATE(2026;3;16);;DATE(2026;3;17))="Overdue"', "TRUE", 1, id="a text equals a text"),
        pytest.param('=HQS_STATUS("2026-03-16";;"2026-03-16";;"ru")="Срок сегодня"', "TRUE", 1, id="in Russian"),
        pytest.param('=HQS_REQUIRED("quota";DATE(2024;4;25))<>""', "TRUE", 1, id="a text is not blank"),
        pytest.param('=HQS_RENEWAL_DUE("")=""', "TRUE", 1, id="a blank equals a blank"),
        pytest.param('=LEFT(HQS_RENEWAL_DUE("soon");5)', "#HQS!", 0, id="a mistake begins with #HQS!"),
        pytest.param('=HQS_RULE("permit.decision";"unit")&""="working day"', "TRUE", 1, id="joined, a rule's text too"),
        pytest.param("=HQS_ISWORKDAY(DATE(2025;11;1))", "1", 1, id="yes is 1"),
        pytest.param("=IF(HQS_ISWORKDAY(DATE(2025;11;8));1;2)", "2", 2, id="no is 0"),
        pytest.param('=TEXT(HQS_ACT_BY(DATE(2025;3;1));"YYYY-MM-DD")', "2025-02-28", 0, id="a date can be written"),
        pytest.param("=HQS_ACT_BY(DATE(2025;3;1))+1", "45717", 45717, id="a date can be counted with"),
        pytest.param("=hqs_act_by(DATE(2025;3;1))", "45716", 45716, id="in small letters"),
        pytest.param('=INDEX(HQS_PLAN("2026-03-02");12;2)="employer"', "TRUE", 1, id="a text out of a block"),
    ],
)
def test_an_answer_within_a_formula(office: Office, formula: str, text: str, value: float) -> None:
    shown = office.run(FORMULAS, "formulas_shown", formulas=[formula])[0]
    assert shown == [text, value, 0]


# --- Where Calc differs ----------------------------------------------------------------------------------------------


def test_an_error_in_a_cell_is_answered_by_calc_itself(office: Office) -> None:
    calls = [["HQS_WORKDAY", ["@error", 3], 1, 1], ["HQS_WORKDAY", [[["@error"], ["@2025-10-31"]], 3], 2, 1]]
    alone, within = office.run(FORMULAS, "answers", calls=calls, literal=False)
    assert alone == [[["error", 32767]]]
    assert within == [[["error", 504]], [["error", 504]]]


def test_a_lone_blank_cell_is_0_so_that_0_days_and_no_days_are_one(office: Office) -> None:
    calls = [
        ["HQS_WORKDAY", ["@2025-10-31", None], 1, 1],
        ["HQS_WORKDAY", [[["@2025-10-31"]] * 2, [[None], [0]]], 2, 1],
        ["HQS_STATUS", ["@2026-03-24", None, "@2026-03-16", 0], 1, 1],
    ]
    alone, within, bands = office.run(FORMULAS, "answers", calls=calls, literal=False)
    assert alone == [[in_calc("@2025-10-31")]]
    assert within == [[""], [in_calc("@2025-10-31")]]
    assert bands == [["Due soon"]]


# --- Files -----------------------------------------------------------------------------------------------------------


def test_a_formula_of_excel_lives_through_both_kinds_of_files(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet["A2"], sheet["B2"] = date(2025, 3, 31), "=HQS_RENEWAL_DUE(A2)"
    file = tmp_path / "typed_in_excel.xlsx"
    book.save(file)
    copies = [tmp_path / "copy.xlsx", tmp_path / "copy.ods"]
    found = office.run(FORMULAS, "copied", file=str(file), cell="B2", copies=list(map(str, copies)))
    assert found == [["=HQSXL.CALC.FUNCTIONS.HQSRENEWALDUE(A2)", in_calc("@2025-03-01")]] * 3
    for folder in (tmp_path / "copy.xlsx", tmp_path / "again_copy.xlsx"):
        with ZipFile(folder) as package:
            assert re.findall(r"<f[^>]*>([^<]*)</f>", package.read("xl/worksheets/sheet1.xml").decode()) == [
                "HQS_RENEWAL_DUE(A2)"
            ]
    with ZipFile(tmp_path / "again_copy.ods") as package:
        stored = re.findall(r'table:formula="([^"]*)"', package.read("content.xml").decode())
    assert stored == ["of:=HQSXL.CALC.FUNCTIONS.HQSRENEWALDUE([.A2])"]


# --- The function wizard ---------------------------------------------------------------------------------------------


def test_the_wizard_knows_each_function_and_argument(office: Office) -> None:
    found = office.run(FORMULAS, "wizard")
    assert set(found) == set(DECLARED)
    for name, declared in DECLARED.items():
        text, arguments = found[name]
        assert text == declared.doc
        assert arguments == [[one, given.doc] for one, given in declared.arguments.items()]


@pytest.mark.parametrize(("people", "answered"), [(1, 1), (2, 2)])
def test_a_block_longer_than_the_roster_repeats_nobody_s_answers(office: Office, people: int, answered: int) -> None:
    headers = [["Person ID", "Relation", "Agreement signed"]]
    rows = [[f"P{number}", "HQS", "@2026-01-12"] for number in range(1, people + 1)]
    call = ["HQS_ANSWERS", [headers, rows, "@2026-01-13"], 4, 6]
    (found,) = office.run(FORMULAS, "answers", calls=[call], literal=False)
    assert [line[4] for line in found].count("Due soon") == answered
    if people == 1:
        assert found[1][0].startswith("Not answered here")

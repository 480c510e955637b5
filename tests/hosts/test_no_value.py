"""Cells that seem blank and are none: merged with the one above, or filled by an array formula nobody counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula
from xlsxwriter import Workbook as Workbook2

from hqs_xl.compliance.check import Report, check_roster, read_roster
from hqs_xl.hosts.closed import ClosedEdit, open_book
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.tables import Found
from hqs_xl.roster.tables.no_value import NoValue
from hqs_xl.rows import OneValue
from hqs_xl.sync.book import refresh_book
from tests.hosts.ods_files import book, cell, day, row, table, text
from tests.roster.people import FILED, SPECIALIST
from tests.roster_files import run

AS_OF = date(2026, 3, 16)
# Entered on the same day, 175 days ago, and never registered: one cell for all three, or a formula.
FACTS = SPECIALIST | {"registered_on": None, "registered_until": None, "entered_on": date(2025, 9, 22)}
KEYS = [*FACTS]
ENTERED = KEYS.index("entered_on")
PEOPLE = [FACTS | {"person_id": f"P{number}"} for number in (1, 2, 3)]
NOTICES = [[person["person_id"], quarter, filed] for person in PEOPLE for quarter, filed in FILED.items()]
SALARY = [["Person ID", "Quarter", "Filed on"], *NOTICES]
SUM = "=Data!A1:A3"


def lines(entered: list[Any]) -> list[list[Any]]:
    rows = [list(person.values()) for person in PEOPLE]
    for line, value in zip(rows, entered, strict=True):
        line[ENTERED] = value
    return [KEYS, *rows]


def by_openpyxl(path: Path, *, merged: bool) -> None:
    made = Workbook()
    sheet = made.create_sheet("R", 0)
    for line in lines([FACTS["entered_on"] if merged else None, None, None]):
        sheet.append(line)
    letter = sheet.cell(1, ENTERED + 1).column_letter
    area = f"{letter}2:{letter}4"
    if merged:
        sheet.merge_cells(area)
    else:
        sheet[f"{letter}2"] = ArrayFormula(area, SUM)
    salary = made.create_sheet("S")
    for line in SALARY:
        salary.append(line)
    made.save(path)


def by_xlsxwriter(path: Path, *, merged: bool) -> None:
    made = Workbook2(path, {"default_date_format": "yyyy-mm-dd"})
    sheet = made.add_worksheet("R")
    for number, line in enumerate(lines([None, None, None])):
        sheet.write_row(number, 0, line)
    area = (1, ENTERED, 3, ENTERED)
    if merged:
        sheet.merge_range(*area, "")
        sheet.write(1, ENTERED, FACTS["entered_on"])
    else:
        sheet.write_array_formula(*area, SUM)
    salary = made.add_worksheet("S")
    for number, line in enumerate(SALARY):
        salary.write_row(number, 0, line)
    made.close()


def as_ods(path: Path, *, merged: bool) -> None:
    if merged:
        spanned: dict[str, Any] = {"table_number_columns_spanned": 1, "table_number_rows_spanned": 3}
        entered = [day(str(FACTS["entered_on"]), **spanned), *[cell(name="covered-table-cell")] * 2]
    else:
        filled: dict[str, Any] = {"table_number_matrix_columns_spanned": 1, "table_number_matrix_rows_spanned": 3}
        entered = [cell(table_formula=f"of:{SUM}", **filled), cell(), cell()]
    rows = [[*map(_ods_cell, line)] for line in lines([None] * 3)]
    for line, found in zip(rows[1:], entered, strict=True):
        line[ENTERED] = found
    sheets = {"R": rows, "S": [[*map(_ods_cell, line)] for line in SALARY]}
    book("".join(table("".join(row(*line) for line in found), name) for name, found in sheets.items()))(path)


def _ods_cell(value: Any) -> str:
    if isinstance(value, date):
        return day(value.isoformat())
    return cell() if value is None else text(str(value))


Make = Callable[..., None]
MAKERS = pytest.mark.parametrize(
    ("make", "name"),
    [(by_openpyxl, "o.xlsx"), (by_xlsxwriter, "x.xlsx"), (as_ods, "l.ods")],
    ids=["openpyxl", "XlsxWriter", "ods"],
)


def report(path: Path) -> Report:
    with open_book(path) as opened:
        return check_roster(read_roster(opened), Settings(AS_OF, bands=(30,)))


def found(path: Path) -> list[tuple[str, str, str]]:
    wanted = ("data.merged", "data.uncounted", "registration.overdue")
    return [(one.person_id, one.column, one.code) for one in report(path).findings if one.code in wanted]


@MAKERS
def test_merged_cells_say_nothing_of_the_rows_below(make: Make, name: str, tmp_path: Path) -> None:
    make(tmp_path / name, merged=True)
    assert found(tmp_path / name) == [
        ("P1", "registered_on", "registration.overdue"),
        ("P2", "entered_on", "data.merged"),
        ("P3", "entered_on", "data.merged"),
    ]
    told = [one for one in report(tmp_path / name).findings if one.code == "data.merged"]
    assert "belongs to row 2 alone" in told[0].message
    assert "migration registration" in told[0].message


@MAKERS
def test_what_an_array_formula_fills_is_no_blank(make: Make, name: str, tmp_path: Path) -> None:
    make(tmp_path / name, merged=False)
    assert found(tmp_path / name) == [(f"P{number}", "entered_on", "data.uncounted") for number in (1, 2, 3)]


def test_an_array_formula_whose_results_are_stored_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    by_xlsxwriter(path, merged=False)
    made = Workbook2(path, {"default_date_format": "yyyy-mm-dd"})
    sheet = made.add_worksheet("R")
    serial = (date(2025, 9, 22) - date(1899, 12, 30)).days
    for number, line in enumerate(lines([serial] * 3)):
        sheet.write_row(number, 0, line)
    sheet.write_array_formula(1, ENTERED, 3, ENTERED, SUM, None, serial)
    for number in (2, 3):
        sheet.write(number, ENTERED, serial)
    made.close()
    assert [code for *_, code in found(path)] == ["registration.overdue"] * 3


@MAKERS
def test_who_shares_a_cell_is_not_in_order(make: Make, name: str, tmp_path: Path) -> None:
    """The Status of a refresh, in the terminal too."""
    make(tmp_path / name, merged=True)
    path = tmp_path / name
    if path.suffix == ".ods":
        return  # read only
    assert run("refresh", path, "--as-of", AS_OF, "--add-columns", "--edition", "card") == 1
    sheet = load_workbook(path)["R"]
    heads = [one.value for one in sheet[1]]
    statuses = [sheet.cell(number, heads.index("Status") + 1).value for number in (2, 3, 4)]
    assert statuses == ["Overdue", "Missing data", "Missing data"]
    before = path.read_bytes()
    run("refresh", path, "--as-of", AS_OF, "--add-columns", "--edition", "card")
    assert path.read_bytes() == before


def test_merged_notices_are_said_once(tmp_path: Path) -> None:
    """One person beside four quarters: to each program, three notices are nobody's."""
    path = tmp_path / "o.xlsx"
    made = Workbook()
    sheet = made.create_sheet("R", 0)
    sheet.append(KEYS)
    sheet.append([*PEOPLE[0].values()])
    salary = made.create_sheet("S")
    for number, line in enumerate(SALARY[: len(FILED) + 1]):
        salary.append(line if number < 2 else [None, *line[1:]])
    salary.merge_cells(f"A2:A{len(FILED) + 1}")
    made.save(path)
    told = [(one.row, one.table, one.column) for one in report(path).findings if one.code == "data.merged"]
    assert told == [(3, "salary", "person_id")]


def test_ids_that_are_not_stored_are_said_though_nobody_has_a_row(tmp_path: Path) -> None:
    """A roster that is one array formula: the file holds the row of its first person alone."""
    path = tmp_path / "o.xlsx"
    made = Workbook()
    sheet = made.create_sheet("R", 0)
    sheet.append(KEYS)
    sheet["A2"] = ArrayFormula(f"A2:{sheet.cell(1, len(KEYS)).column_letter}40", "=Data!A1:AK39")
    made.save(path)
    told = [(one.row, one.person_id) for one in report(path).findings if one.column == "person_id"]
    assert (3, "") in told


# ---- Which cells they are ------------------------------------------------------------------------------------------

TABLE = Found("roster", "R", 3, {1: "person_id", 2: "full_name", 3: "entered_on", 4: "left_on", 5: "status"}, {})


def places(area: tuple[int, int, int, int], *, merged: bool = True) -> dict[int, list[str]]:
    cells = NoValue.of(TABLE, [OneValue(*area, merged=merged)])
    return {number: [*found] for number in range(1, 12) if (found := cells.in_row(number))}


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ((5, 6, 3, 3), {6: ["entered_on"]}),
        ((5, 7, 3, 3), {6: ["entered_on"], 7: ["entered_on"]}),
        ((5, 5, 3, 4), {5: ["left_on"]}),
        ((5, 6, 3, 4), {5: ["left_on"], 6: ["entered_on", "left_on"]}),
        ((5, 5, 0, 5), {}),  # a line across the table
        ((5, 5, 1, 4), {}),
        ((5, 6, 5, 6), {}),  # an answer, and somebody's own
        ((2, 3, 3, 3), {}),  # a header of two rows
        ((3, 4, 3, 3), {}),
        ((4, 5, 3, 3), {5: ["entered_on"]}),
    ],
    ids=str,
)
def test_which_cells_have_no_value_of_their_own(
    area: tuple[int, int, int, int], expected: dict[int, list[str]]
) -> None:
    assert places(area) == expected


def test_rows_of_several_areas_are_told_apart() -> None:
    cells = NoValue.of(TABLE, [OneValue(8, 9, 3, 3, merged=True), OneValue(4, 6, 3, 3, merged=True)])
    said = {number: str(cells.in_row(number).get("entered_on", "")) for number in range(4, 11)}
    assert ["D4:D6" in said[number] for number in range(4, 11)] == [False, True, True, False, False, False, False]
    assert ["D8:D9" in said[number] for number in range(4, 11)] == [False] * 5 + [True, False]


@pytest.mark.parametrize("merged", [True, False])
def test_rows_of_the_usual_shape_leave_such_a_cell_to_the_parser(merged: bool, tmp_path: Path) -> None:
    # Far below the first bytes, where rows are taken by pattern.
    rows = [row(*map(_ods_cell, line)) for line in lines([None] * 3)]
    plain = [row(text(f"X{number}"), *[text("x")] * 9) for number in range(500)]
    kind = "" if merged else "matrix_"
    area: dict[str, Any] = {f"table_number_{kind}columns_spanned": 1, f"table_number_{kind}rows_spanned": 2}
    first = day("2025-09-22", **area) if merged else cell(table_formula=f"of:{SUM}", **area)
    odd = (
        row(text("Y"), first),
        row(text("Z"), cell(name="covered-table-cell") if merged else cell()),
    )
    path = tmp_path / "l.ods"
    book(table("".join([*rows[:1], *plain, *odd]), "R"))(path)
    with open_book(path) as opened:
        assert sum(1 for _ in opened.rows("R")) == 503
        assert [one[:4] for one in opened.one_valued("R", 1)] == [(502, 503, 1, 1)]


# ---- Headers nobody counted ----------------------------------------------------------------------------------------


def headed(tmp_path: Path, **formulas: str) -> Report:
    made = Workbook()
    sheet = made.create_sheet("R", 0)
    sheet.append([formulas.get(key, key) for key in KEYS])
    sheet.append([*PEOPLE[0].values()])
    salary = made.create_sheet("S")
    salary.append([formulas.get(f"salary.{head}", head) for head in SALARY[0]])
    for line in SALARY[1 : len(FILED) + 1]:
        salary.append(line)
    made.save(tmp_path / "h.xlsx")
    return report(tmp_path / "h.xlsx")


def doubts(found: Report) -> list[str]:
    return [one.message for one in found.findings if one.code == "data.header"]


def test_a_header_that_is_a_formula_nobody_counted_is_said(tmp_path: Path) -> None:
    (line,) = doubts(headed(tmp_path, entered_on='="Entered"&" on"'))
    assert line.startswith("sheet «R», ")
    assert "the header is a formula whose result is not stored" in line
    (line,) = doubts(headed(tmp_path, **{"salary.Quarter": '="Quarter"'}))
    assert line.startswith("sheet «S», B1")
    assert doubts(headed(tmp_path)) == []


def test_a_header_that_is_an_error_is_said(tmp_path: Path) -> None:
    assert "Excel error, #REF!" in doubts(headed(tmp_path, entered_on="#REF!"))[0]


def test_what_is_said_of_such_a_header_goes_into_the_findings_too(tmp_path: Path) -> None:
    headed(tmp_path, entered_on='="Entered"&" on"')
    run("refresh", tmp_path / "h.xlsx", "--findings-sheet")
    rows = [*load_workbook(tmp_path / "h.xlsx")["Findings"].values]
    assert [line[4] for line in rows if line[-1] == "data.header"] == [None]


def test_a_table_without_a_required_header_for_want_of_a_result_is_said(tmp_path: Path) -> None:
    found = headed(tmp_path, **{f"salary.{head}": f'="{head}"' for head in SALARY[0]})
    (line,) = [one.message for one in found.coverage.not_checked if one.what == "" and one.kind == "table"]
    assert line.startswith("sheet «S», from row 1: formulas whose results are not stored")
    assert not [one for one in headed(tmp_path).coverage.not_checked if one.what == "" and one.kind == "table"]


@pytest.mark.parametrize(
    ("keys", "words"),
    [(["person_id"], "and A1 says nothing: it is an error, or a formula"), (KEYS, "from row 1 of the sheet «R» on")],
    ids=["a required one", "all"],
)
def test_a_roster_that_is_none_for_want_of_results_is_refused_in_words(
    keys: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Exception, match="roster"):
        headed(tmp_path, **{key: f'="{key}"' for key in keys})
    assert run("check", tmp_path / "h.xlsx") == 2
    assert words in capsys.readouterr().err


def test_an_open_edit_knows_it_too(tmp_path: Path) -> None:
    by_openpyxl(tmp_path / "o.xlsx", merged=True)
    told: list[str] = []
    with ClosedEdit(tmp_path / "o.xlsx") as opened:
        refresh_book(opened, now=datetime(2026, 3, 16), tell=lambda one: told.append(one.code))
    assert told.count("data.merged") == 2

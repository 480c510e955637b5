"""What stands on cells that an edit changes shows no old results; all else stays byte for byte."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hqs_xl.hosts.closed import ClosedBook, ClosedEdit
from hqs_xl.hosts.closed.editing import KEPT
from hqs_xl.hosts.files.limits import Limits
from hqs_xl.hosts.package.opc import MAIN, OFFICE_RELATIONSHIP
from hqs_xl.hosts.xlsx.recount.formula_scan import FormulaScan, OddSheetError
from hqs_xl.roster.tables import Found
from hqs_xl.rows import UNCOUNTED, Cached
from tests.hosts import several_sheets, xlsx_files
from tests.hosts.edits import Answers, answer, edited, part
from tests.hosts.several_sheets import formula, number, rows
from tests.programs import needs_validator, validator_errors

if TYPE_CHECKING:
    from pathlib import Path

# Columns A to E of five rows below a header; C3 and E4 are changed.
DATA = rows(*("".join(number(f"{letter}{row}", row) for letter in "ABCDE") for row in range(1, 6)))
TABLES = {"Data": ("List", "A1:E5", "Id,Name,Status,Start's,Left")}
NAMES = (
    "<definedNames>"
    '<definedName name="OfAll">Data!$C$2:$C$5</definedName>'
    '<definedName name="OfOthers">Data!$B$2:$B$5</definedName>'
    '<definedName name="OfName">SUM(OfAll)</definedName>'
    '<definedName name="OfEverything">Data!$A$1:$E$5</definedName>'
    '<definedName name="OfTwo">Data!$A$1:$B$5,Data!$D$1:$E$5</definedName>'
    '<definedName name="OfOpen">Data!$A$1:INDEX(Data!$D:$D,9)</definedName>'
    '<definedName name="OfTable">List[Status]</definedName>'
    '<definedName name="Local" localSheetId="1">Data!$C$3</definedName>'
    '<definedName name="Local">Data!$A$3</definedName>'
    '<definedName name="ToTheLeft">Summary!XFD1</definedName>'
    '<definedName name="Round">Round+1</definedName>'
    "</definedNames>"
)
CHANGES: Answers = {3: {2: "Overdue"}, 4: {4: 17}}


def book(path: Path, *cells: str, name: str = "book.xlsx") -> Path:
    """The data, and a sheet of formulas on it."""
    return several_sheets.write(path / name, {"Data": DATA, "Summary": rows(*cells)}, names=NAMES, tables=TABLES)


def left(path: Path, sheet: str = "Summary") -> dict[int, dict[int, object]]:
    with ClosedBook(path) as opened:
        return {number: dict(cells) for number, cells in opened.rows(sheet)}


STANDS = [
    ("a cell", "Data!C3"),
    ("a cell that is fixed", "Data!$C$3*2"),
    ("a sheet in apostrophes", "'Data'!C3"),
    ("a sheet in other letters", "dATA!c3"),
    ("a range", 'COUNTIF(Data!C2:C5,"Overdue")'),
    ("a range the other way round", "SUM(Data!C5:A1)"),
    ("a whole column", "COUNTA(Data!C:C)"),
    ("whole columns", "COUNTA(Data!$A:$D)"),
    ("a whole row", "COUNTA(Data!3:3)"),
    ("sheets from one to another", "SUM(Data:Summary!C3)"),
    ("a name", "COUNTA(OfAll)"),
    ("a name in other letters", "COUNTA(OFALL)"),
    ("a name of a name", "OfName"),
    ("a name of a table's column", "COUNTA(OfTable)"),
    ("the sheet's own name of two", "Local"),
    ("a column of a table", 'COUNTIF(List[Status],"Overdue")'),
    ("columns of a table", "COUNTA(List[[Id]:[Status]])"),
    ("a column with an apostrophe", "SUM(List[[#Data],[Left]])"),
    ("a whole table", "COUNTA(List)"),
    ("a whole table with its header", "COUNTA(List[#All])"),
    ("another row of the table", "List[[#This Row],[Status]]&amp;Data!C3"),
    ("a look-up of its column", "VLOOKUP(2,Data!A:E,3,FALSE)"),
    ("a look-up of a column that a cell tells", "VLOOKUP(2,Data!A:E,Z1,FALSE)"),
    ("a look-up by the column itself", "VLOOKUP(2,Data!C:E,2,FALSE)"),
    ("a look-up of its column by a name", "VLOOKUP(2,OfEverything,3,FALSE)"),
    ("an index of its column", "INDEX(Data!A1:E5,2,3)"),
    ("an index of a row of columns", "INDEX(Data!A1:E5,2)"),
    ("a range that ends where a function says", "SUM(Data!A1:INDEX(Data!E:E,9))"),
    ("cells between two columns of such a range", "SUM(Data!A1:INDEX(Data!D:D,9))"),
    ("cells between two columns of a name for such a range", "SUM(OfOpen)"),
    ("sheets from one to itself", "SUM(Data:Data!C3)"),
    ("a look-up of a column by a name of two areas", "VLOOKUP(2,OfTwo,4,FALSE)"),
    ("what a formula spills", "COUNTA(_xlfn.ANCHORARRAY(Data!C2))"),
    ("what a formula spills, as it is typed", "COUNTA(Data!A2#)"),
    ("a union", "SUM((Data!A1,Data!C3))"),
    ("an intersection", "SUM(Data!A3:E3 Data!C1:C9)"),
    ("within a text's neighbours", '"Data!A1"&amp;Data!C3'),
]
STANDS_NOT = [
    ("nothing", "1+1"),
    ("a cell beside", "Data!B3"),
    ("a cell above", "Data!C2"),
    ("cells between two that changed", "SUM(Data!C4:C9)"),
    ("a cell of its own sheet", "C3"),
    ("a column beside", "COUNTA(Data!A:B)"),
    ("a row beside", "COUNTA(Data!2:2)"),
    ("a text that quotes it", '"Data!C3"'),
    ("another workbook", "[1]Data!C3"),
    ("another workbook in apostrophes", "'[1]Data'!C3"),
    ("a name of other cells", "COUNTA(OfOthers)"),
    ("a name nobody knows", "Unknown+1"),
    ("the name of others where a sheet's own has it", "Data!Local"),
    ("a name that goes round", "Round"),
    ("a column of a table beside", "COUNTA(List[Name])"),
    ("a column of a table with a mark in its name", "COUNTA(List[Start''s])"),
    ("a look-up of another column", "VLOOKUP(2,Data!A:E,2,FALSE)"),
    ("a look-up of another column of a table", "VLOOKUP(2,List,2,FALSE)"),
    ("a look-up of another column of a name", "VLOOKUP(2,List[[Id]:[Left]],4,0)"),
    ("a look-up of another column by a name", "VLOOKUP(2,OfEverything,2,FALSE)"),
    ("a look-up of the first of two columns", "VLOOKUP(2,Data!D:E,1,FALSE)"),
    ("a cell of another row of a table", "List[[#This Row],[Left]]"),
    ("an index of another column", "INDEX(Data!A1:E5,2,2)"),
    ("a function of the name of a cell", "LOG10(7)"),
    ("a sheet that is not there", "Missing!C3"),
]


@pytest.mark.parametrize("text", [text for _, text in STANDS], ids=[name for name, _ in STANDS])
def test_an_old_result_is_taken_out(text: str, tmp_path: Path) -> None:
    out = edited(book(tmp_path, formula("A3", text)), answer(CHANGES))
    assert left(out) == {3: {0: UNCOUNTED}}
    assert b'<calcPr calcId="191029" fullCalcOnLoad="1" calcCompleted="0"/>' in part(out, "xl/workbook.xml")


@pytest.mark.parametrize("text", [text for _, text in STANDS_NOT], ids=[name for name, _ in STANDS_NOT])
def test_a_result_on_other_cells_stays_and_nothing_is_counted(text: str, tmp_path: Path) -> None:
    source = book(tmp_path, formula("A3", text))
    out = edited(source, answer(CHANGES))
    for name in ("xl/worksheets/sheet2.xml", "xl/workbook.xml"):
        assert part(out, name) == part(source, name)


def test_cells_that_programs_count_at_every_opening_keep_theirs(tmp_path: Path) -> None:
    source = book(tmp_path, formula("A3", 'INDIRECT("Data!C3")'), formula("A4", "OFFSET(Data!A1,2,2)"))
    assert part(edited(source, answer(CHANGES)), "xl/worksheets/sheet2.xml") == part(source, "xl/worksheets/sheet2.xml")


@pytest.mark.parametrize(
    ("cell", "emptied"),
    [
        (formula("A3", "Data!C3", "old", "str"), '<c r="A3"><f>Data!C3</f></c>'),
        (formula("A3", "Data!C3", 1, "b"), '<c r="A3"><f>Data!C3</f></c>'),
        (formula("A3", "Data!C3", "#N/A", "e"), '<c r="A3"><f>Data!C3</f></c>'),
        ('<c r="A3" s="0" t="str"><f>Data!C3</f><v></v></c>', '<c r="A3" s="0"><f>Data!C3</f></c>'),
        ('<c t="n" r="A3" vm="1"><f ca=\'1\'>Data!C3</f><v>7</v></c>', "<c r=\"A3\"><f ca='1'>Data!C3</f></c>"),
        ('<c r="A3"><!-- --><f>Data!C3</f><v>7</v><extLst/></c>', '<c r="A3"><!-- --><f>Data!C3</f><extLst/></c>'),
        ('<c r="A3"><f><![CDATA[Data!C3]]></f><v>7</v></c>', '<c r="A3"><f><![CDATA[Data!C3]]></f></c>'),
        ('<c r="A3" t="inlineStr"><f>Data!C3</f><is><t>old</t></is></c>', '<c r="A3"><f>Data!C3</f></c>'),
        (formula("A3", "Data!C3", None), '<c r="A3"><f>Data!C3</f></c>'),
        ('<c r="A3" t="str"><f>Data!C3</f></c>', '<c r="A3" t="str"><f>Data!C3</f></c>'),
    ],
    ids=["text", "yes", "error", "empty text", "marks", "comment", "cdata", "inline", "none", "none but a type"],
)
def test_all_but_the_value_stays(cell: str, emptied: str, tmp_path: Path) -> None:
    out = edited(book(tmp_path, number("A1", 7) + number("B1", 8), cell), answer(CHANGES))
    wanted = rows(number("A1", 7) + number("B1", 8), emptied)
    assert wanted in part(out, "xl/worksheets/sheet2.xml").decode()


def test_names_with_a_prefix_are_read_too(tmp_path: Path) -> None:
    cells = '<x:row r="3"><x:c r="A3"><x:f>Data!C3</x:f><x:v>7</x:v></x:c></x:row>'
    prefixed = (
        '<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<x:sheetData>{cells}</x:sheetData></x:worksheet>"
    )
    source = several_sheets.write(tmp_path / "book.xlsx", {"Data": DATA, "Summary": prefixed})
    assert left(edited(source, answer(CHANGES))) == {3: {0: UNCOUNTED}}


def test_formulas_on_formulas_on_the_same_and_on_other_sheets(tmp_path: Path) -> None:
    data = rows(
        *(
            "".join(number(f"{letter}{row}", row) for letter in "ABCDE") + formula(f"F{row}", f"C{row}*2")
            for row in (1, 2)
        ),
        *(
            "".join(number(f"{letter}{row}", row) for letter in "ABCDE") + formula(f"F{row}", f"C{row}*2")
            for row in (3, 4)
        ),
    )
    summary = rows(
        formula("A1", "Data!F3") + formula("B1", "A1") + formula("C1", "Data!F2"), formula("A2", "SUM(B1:B9)")
    )
    out = edited(several_sheets.write(tmp_path / "book.xlsx", {"Data": data, "Summary": summary}), answer({3: {2: 9}}))
    assert {row: cells[5] for row, cells in left(out, "Data").items()} == {1: 99, 2: 99, 3: UNCOUNTED, 4: 99}
    assert left(out) == {1: {0: UNCOUNTED, 1: UNCOUNTED, 2: 99}, 2: {0: UNCOUNTED}}


def test_a_running_total_is_old_from_the_change_on(tmp_path: Path) -> None:
    cells = [number(f"A{row}", row) + formula(f"B{row}", f"B{row - 1}+A{row}") for row in range(2, 90)]
    source = several_sheets.write(tmp_path / "book.xlsx", {"Data": rows(number("A1", 1) + number("B1", 1), *cells)})
    found = left(edited(source, answer({40: {0: 7}})), "Data")
    assert found[39][1] == 99
    assert all(found[row][1] == UNCOUNTED for row in range(40, 90))


@pytest.mark.parametrize(
    ("texts", "old"),
    [
        ({row: f"SUM(Data!C$2:C{row})" for row in range(1, 6)}, {3, 4, 5}),
        ({4: "A4+Data!C3", 5: "A5+Data!C3", 6: "A6+Data!C3"}, {4, 5, 6}),
        (dict.fromkeys((1, 2, 4), "SUM(Data!3:3)"), {1, 2, 4}),
        ({row: f"Data!$C${row}" for row in range(1, 6)}, {3}),
        ({13: "Data!C130", 14: "Data!C140", 3: "Data!C3"}, {3}),
    ],
    ids=["passes a fixed row", "the same cell from each row", "the same row from each row", "fixed cells", "digits"],
)
def test_like_formulas_below_each_other_are_told_apart(texts: dict[int, str], old: set[int], tmp_path: Path) -> None:
    cells = [formula(f"B{row}", text) for row, text in sorted(texts.items())]
    found = left(edited(book(tmp_path, *cells), answer(CHANGES)))
    assert {row for row, held in found.items() if held[1] == UNCOUNTED} == old


def test_a_name_of_the_cell_to_the_left(tmp_path: Path) -> None:
    out = edited(book(tmp_path, formula("A3", "Data!C3") + formula("B3", "ToTheLeft")), answer(CHANGES))
    assert left(out) == {3: {0: UNCOUNTED, 1: UNCOUNTED}}


@pytest.mark.parametrize("chunk", [5, 6, 7, 64])
def test_a_formula_is_seen_wherever_the_bytes_are_cut(chunk: int, tmp_path: Path) -> None:
    out = edited(book(tmp_path, formula("A3", "Data!C3")), answer(CHANGES), Limits(chunk=chunk))
    assert left(out) == {3: {0: UNCOUNTED}}


def test_answered_cells_that_an_array_formula_fills_are_known(tmp_path: Path) -> None:
    first = '<c r="B1" t="str"><f t="array" ref="B1:B2">HQS_ANSWERS(A1:A2)</f><v>x</v></c>'
    cells = (number("A1", 1) + first, number("A2", 2) + '<c r="B2" t="str"><v>x</v></c>')
    source = several_sheets.write(tmp_path / "book.xlsx", {"Data": rows(*cells)})
    found = left(edited(source, answer({1: {0: 5, 1: "y"}, 2: {1: "z"}})), "Data")
    assert found == {1: {0: 5, 1: "y"}, 2: {0: 2, 1: "z"}}


def test_a_column_met_twice_loses_only_the_rows_that_stand_on_the_change(tmp_path: Path) -> None:
    others = {"B2": "Data!C3", "B7": "A2"}
    cells = [
        formula(f"A{row}", f"B{row}") + (formula(f"B{row}", others[f"B{row}"]) if f"B{row}" in others else "")
        for row in range(1, 10)
    ]
    found = left(edited(book(tmp_path, *cells), answer(CHANGES)))
    assert {row for row, of_row in found.items() if of_row[0] is UNCOUNTED} == {2, 7}


def test_a_column_whose_rows_stand_on_the_next_is_old_as_a_whole(tmp_path: Path) -> None:
    cells = [formula(f"A{row}", f"A{row + 1}") for row in range(1, 60)]
    found = left(edited(book(tmp_path, *cells, formula("A60", "Data!C3")), answer(CHANGES)))
    assert found == {row: {0: UNCOUNTED} for row in range(1, 61)}


def test_formulas_that_go_round_end(tmp_path: Path) -> None:
    out = edited(
        book(tmp_path, formula("A3", "B3+Data!C3") + formula("B3", "A3") + formula("C3", "D3")), answer(CHANGES)
    )
    assert left(out) == {3: {0: UNCOUNTED, 1: UNCOUNTED, 2: 99}}


SHARED = '<c r="A1"><f t="shared" ref="A1:B5" si="0">Data!C1</f><v>9</v></c>'


def shared(reference: str) -> str:
    return f'<c r="{reference}"><f t="shared" si="0"/><v>9</v></c>'


def test_a_shared_formula_is_one_in_each_of_its_cells(tmp_path: Path) -> None:
    cells = [SHARED + shared("B1"), *(shared(f"A{row}") + shared(f"B{row}") for row in range(2, 6))]
    found = left(edited(book(tmp_path, *cells), answer({3: {2: 7}, 4: {3: 7}})))
    assert {(row, column) for row, held in found.items() for column in held if held[column] == UNCOUNTED} == {
        (3, 0),
        (4, 1),
    }


def test_an_array_formula_is_emptied_in_all_its_cells(tmp_path: Path) -> None:
    first = (
        '<c r="A3"><f t="array" ref="A3:B4">Data!C3:D4*2</f><v>9</v></c><c r="B3"><v>9</v></c><c r="C3"><v>9</v></c>'
    )
    source = book(tmp_path, first, number("A4", 9) + number("B4", 9) + number("C4", 9), formula("A5", "B4"))
    out = edited(source, answer(CHANGES))
    assert b"99" not in part(out, "xl/worksheets/sheet2.xml")
    assert left(out) == {3: {0: UNCOUNTED, 2: 9}, 4: {2: 9}, 5: {0: UNCOUNTED}}


def test_a_data_table_stands_on_its_edges_and_inputs(tmp_path: Path) -> None:
    cells = (
        formula("A1", "Z9") + number("B1", 1),
        number("A2", 1) + '<c r="B2"><f t="dataTable" ref="B2:B3" dt2D="1" dtr="1" r1="Y9" r2="Z8"/><v>9</v></c>',
        number("A3", 1) + number("B3", 9),
        formula("Z8", "Data!C3"),
    )
    assert left(edited(book(tmp_path, *cells), answer(CHANGES))) == {
        1: {0: 99, 1: 1},
        2: {0: 1, 1: UNCOUNTED},
        3: {0: 1},
        8: {25: UNCOUNTED},
    }


def test_nothing_changes_nothing_and_a_second_edit_writes_the_same(tmp_path: Path) -> None:
    source = book(tmp_path, formula("A3", "Data!C3"))
    once = edited(source, answer(CHANGES))
    with ClosedEdit(once) as again:
        answer(CHANGES)(again)
        assert not again.changed
        assert again.changed_sheets == []
    other = edited(once, answer({3: {2: "OK"}}))
    assert {name for name in names(once) if part(once, name) != part(other, name)} == {"xl/worksheets/sheet1.xml"}


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_the_sheets_that_lose_results_are_named(tmp_path: Path) -> None:
    with ClosedEdit(book(tmp_path, formula("A3", "Data!C3"))) as opened:
        answer(CHANGES)(opened)
        assert opened.changed_sheets == ["Data", "Summary"]


def test_an_answered_formula_is_known_and_what_stands_on_it_is_not(tmp_path: Path) -> None:
    data = rows(number("A1", 1) + formula("B1", "HQS_STATUS(A1)", "OK", "str") + formula("C1", "B1", "OK", "str"))
    source = several_sheets.write(tmp_path / "book.xlsx", {"Data": data})
    assert left(edited(source, answer({1: {1: "Late"}})), "Data") == {1: {0: 1, 1: "Late", 2: UNCOUNTED}}


def test_an_answered_cell_above_one_that_is_right_in_any_case_is_known(tmp_path: Path) -> None:
    data = rows(number("A1", 1) + formula("B1", "HQS_STATUS(A1)", "OK", "str"), formula("B2", "A1", "5"))
    kept = min(KEPT)
    name = f'<definedNames><definedName name="{kept}">Data!$B$2</definedName></definedNames>'
    source = several_sheets.write(tmp_path / "book.xlsx", {"Data": data}, names=name)
    out = edited(source, answer({1: {0: 2, 1: "Late"}}))
    assert left(out, "Data") == {1: {0: 2, 1: "Late"}, 2: {1: 5}}


def test_an_answered_formula_is_known_on_a_sheet_that_stays_as_it_was_read(tmp_path: Path) -> None:
    """Its rows hold their answers as they were first read, so that they are not gone through again."""
    ours = "HQS_RENEWAL_DUE(Data!C3)"
    cells = formula("A2", ours, "2"), formula("A3", "Data!C3", "2"), formula("A4", ours, "2")
    source = book(tmp_path, number("A1", 1), *cells)

    def do(edit: ClosedEdit) -> None:
        for sheet in edit.sheets:
            for _ in edit.rows_in_part(sheet, lambda: (0,)):
                pass
        answer(CHANGES, "Data")(edit)
        answer({2: {0: 2}, 3: {0: Cached(2)}}, "Summary")(edit)
        assert edit.changed_sheets == ["Data", "Summary"]  # for what was not answered

    assert left(edited(source, do)) == {1: {0: 1}, 2: {0: 2}, 3: {0: 2}, 4: {0: UNCOUNTED}}


def test_a_column_that_is_new_in_a_table_stands_in_its_bare_name(tmp_path: Path) -> None:
    source = book(tmp_path, formula("A3", "COUNTA(List)"), formula("A4", "COUNTA(List[Id])"))
    table = Found("roster", "Data", 1, {0: "person_id"}, {"person_id": "Id"})

    def widened(opened: ClosedEdit) -> None:
        [place] = opened.widen(table, ["Remark"])
        answer({3: {place: "x"}})(opened)

    assert left(edited(source, widened)) == {3: {0: UNCOUNTED}, 4: {0: 99}}


def test_an_answered_formula_nobody_counted_is_answered_if_with_a_blank(tmp_path: Path) -> None:
    for place, cell in enumerate((formula("B1", "HQS_STATUS(A1)", None), "<c t='n' r='B1'><f>HQS_STATUS(A1)</f></c>")):
        source = several_sheets.write(tmp_path / f"{place}.xlsx", {"Data": rows(number("A1", 1) + cell)})
        assert left(edited(source, answer({1: {1: None}})), "Data") == {1: {0: 1}}


@pytest.mark.parametrize(
    ("calculation", "behind", "wanted"),
    [
        ("", "", '</sheets><calcPr fullCalcOnLoad="1" calcCompleted="0"/></workbook>'),
        ("", "<extLst/>", '</sheets><calcPr fullCalcOnLoad="1" calcCompleted="0"/><extLst/></workbook>'),
        ('<calcPr fullCalcOnLoad="1"/>', "", '<calcPr fullCalcOnLoad="1"/></workbook>'),
        (
            '<calcPr calcMode="manual" fullCalcOnLoad="0"/>',
            "",
            '<calcPr calcMode="manual" fullCalcOnLoad="1" calcCompleted="0"/></workbook>',
        ),
    ],
    ids=["none", "none, and something behind", "asked already", "by hand"],
)
def test_whoever_opens_it_is_asked_to_count(calculation: str, behind: str, wanted: str, tmp_path: Path) -> None:
    sheets = {"Data": DATA, "Summary": rows(formula("A3", "Data!C3"))}
    source = several_sheets.write(tmp_path / "book.xlsx", sheets, calculation=calculation, behind=behind)
    assert wanted in part(edited(source, answer(CHANGES)), "xl/workbook.xml").decode()


def test_a_zero_of_excel_2007_stays_one(tmp_path: Path) -> None:
    sheets = {"Data": DATA, "Summary": rows(formula("A3", "Data!C3"), formula("A4", "Data!A3-3", 0))}
    source = several_sheets.write(tmp_path / "book.xlsx", sheets, calculation='<calcPr calcId="124519"/>')
    assert left(edited(source, answer(CHANGES))) == {3: {0: UNCOUNTED}, 4: {0: 0}}


PIVOT = f'xmlns="{MAIN}" xmlns:r="{OFFICE_RELATIONSHIP}"'


RANGES = (
    '<cacheSource type="consolidation"><consolidation><rangeSets count="1"><rangeSet ref="A1:E5" sheet="Data"/>'
    "</rangeSets></consolidation></cacheSource>"
)


def with_pivot(path: Path, source: str, data: str = "Data") -> Path:
    worksheet = f'<cacheSource type="worksheet"><worksheetSource {source}/></cacheSource>'
    definition = (
        f'{xlsx_files.DECLARED}<pivotCacheDefinition {PIVOT} saveData="0" recordCount="0">'
        f"{source if source == RANGES else worksheet}"
        '<cacheFields count="1"><cacheField name="a" numFmtId="0"><sharedItems/></cacheField></cacheFields>'
        "</pivotCacheDefinition>"
    )
    table = (
        f'{xlsx_files.DECLARED}<pivotTableDefinition {PIVOT} name="P" cacheId="1" dataCaption="x">'
        '<location ref="A3:B5" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/></pivotTableDefinition>'
    )
    kind = f"{several_sheets.SHEETML}.pivot"
    to_cache = xlsx_files.links(("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml"))
    return several_sheets.write(
        path / "pivot.xlsx",
        {data: DATA, "Pivot": rows(number("A4", 4) + number("B4", 4)), "On it": rows(formula("A1", "Pivot!B4"))},
        behind='<pivotCaches><pivotCache cacheId="1" r:id="rIdP"/></pivotCaches>',
        names=NAMES if data == "Data" else "",
        tables={data: TABLES["Data"]},
        more=several_sheets.More(
            {
                "xl/pivotCache/pivotCacheDefinition1.xml": (definition, f"{kind}CacheDefinition+xml"),
                "xl/pivotTables/pivotTable1.xml": (table, f"{kind}Table+xml"),
                "xl/pivotTables/_rels/pivotTable1.xml.rels": (to_cache, ""),
            },
            (("rIdP", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),),
            {"Pivot": (("rId1", "pivotTable", "../pivotTables/pivotTable1.xml"),)},
        ),
    )


@pytest.mark.parametrize(
    ("source", "refreshed"),
    [
        ('ref="A1:E5" sheet="Data"', True),
        ('name="List"', True),
        ('name="OfAll"', True),
        (RANGES, True),
        ('ref="A1:B5" sheet="Data"', False),
        ('name="OfOthers"', False),
        ('ref="A1:E5" sheet="Data" r:id="rId9"', False),
    ],
    ids=["cells", "a table", "a name", "several ranges", "other cells", "a name of others", "another workbook"],
)
def test_a_pivot_table_is_counted_anew_and_what_stands_on_it(source: str, refreshed: bool, tmp_path: Path) -> None:
    out = edited(with_pivot(tmp_path, source), answer(CHANGES))
    assert (b'refreshOnLoad="1"' in part(out, "xl/pivotCache/pivotCacheDefinition1.xml")) is refreshed
    assert left(out, "On it") == {1: {0: UNCOUNTED if refreshed else 99}}
    assert left(out, "Pivot") == {4: {0: 4, 1: 4}}


def test_a_pivot_table_of_a_sheet_whose_name_has_an_apostrophe(tmp_path: Path) -> None:
    out = edited(with_pivot(tmp_path, """ref="A1:E5" sheet="Ann's" """, "Ann's"), answer(CHANGES))
    assert b'refreshOnLoad="1"' in part(out, "xl/pivotCache/pivotCacheDefinition1.xml")


@needs_validator
def test_microsofts_validator_finds_nothing(tmp_path: Path) -> None:
    cells = (
        formula("A3", "Data!C3", "old", "str"),
        SHARED.replace("A1", "A4", 1).replace("A1:B5", "A4:A5"),
        shared("A5"),
    )
    out = edited(book(tmp_path, *cells), answer(CHANGES))
    assert validator_errors(out) == []
    sheets = {"Data": DATA, "Summary": rows(formula("A3", "Data!C3"))}
    bare = several_sheets.write(tmp_path / "bare.xlsx", sheets, calculation="", names=NAMES)
    assert validator_errors(edited(bare, answer(CHANGES))) == []


TEXTS = st.sampled_from(
    [
        "C{row}",
        "$C{row}",
        "C$3",
        "Data!C{row}",
        "Data!$C${row}",
        "C{above}+1",
        "SUM(C$1:C{row})",
        "SUM({row}:{row})",
        "A{row}5",
    ]
)


@settings(max_examples=60)
@given(st.lists(st.tuples(TEXTS, st.booleans()), min_size=1, max_size=30), st.sampled_from([7, 64, 1000]))
def test_formulas_are_found_alike_by_pattern_and_by_the_parser(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, bool]], size: int
) -> None:
    cells = [
        formula(f"B{row}", text.format(row=row, above=max(row - 1, 1)), attributes=' ca="1"' if marked else "")
        for row, (text, marked) in enumerate(texts, 1)
    ]
    source = several_sheets.write(tmp_path_factory.mktemp("scan") / "book.xlsx", {"Data": rows(*cells)})
    with ClosedBook(source) as opened:
        package, name = opened._package, "xl/worksheets/sheet1.xml"
        data = package.whole(name)
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        quick, slow = FormulaScan(package, name, "Data", {}), FormulaScan(package, name, "Data", {})
        found = quick.blocks(lambda: pieces)
        slow._scan = raising  # type: ignore[assignment,method-assign]
        assert found == slow.blocks(lambda: pieces)
    assert {row for block in found for row in range(block.first, block.last + 1)} == {*range(1, len(texts) + 1)}


def raising(_chunks: object) -> None:
    raise OddSheetError

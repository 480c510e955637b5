"""What formulas refer to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.formulas.references import Bound, Reference, references


def cells(sheet: str, *bounds: str, picked: tuple[int, ...] = ()) -> Reference:
    """Cells by their bounds, rows first: "5" a row, "+1" a row below the formula's."""
    top, end, left, right = (Bound(not text.startswith(("+", "-")), int(text)) for text in bounds)
    return Reference(sheet, rows=(top, end), places=(left, right), picked=picked)


OWN_ROW = (Bound(fixed=False, number=0),) * 2
LAST, FAR = "1048576", "16383"


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("A1", [cells("", "-4", "-4", "-2", "-2")]),
        ("$A$1", [cells("", "1", "1", "0", "0")]),
        ("a$1+A$1", [cells("", "1", "1", "-2", "-2")]),
        ("B6:C7", [cells("", "+1", "+2", "-1", "+0")]),
        ("$C$7:$B$6", [cells("", "6", "7", "1", "2")]),
        ("A:$B", [cells("", "1", LAST, "-2", "1")]),
        ("$1:6", [cells("", "1", "+1", "0", FAR)]),
        ("XFD1048576", [cells("", "+1048571", "+1048571", "+16381", "+16381")]),
        ("Data!$A$1", [cells("Data", "1", "1", "0", "0")]),
        ("'It''s'!$A$1", [cells("It's", "1", "1", "0", "0")]),
        ("Лист1!$A$1", [cells("Лист1", "1", "1", "0", "0")]),
        ("'One:Two'!$A$1", [cells("One:Two", "1", "1", "0", "0")]),
        ("SUM($A$1,$B$1)", [cells("", "1", "1", "0", "0"), cells("", "1", "1", "1", "1")]),
        ("VLOOKUP(1,$A$1:$C$9,2,0)", [cells("", "1", "9", "0", "2", picked=(0, 1))]),
        ("IFERROR(VLOOKUP(1,$A$1:$C$9,2,0),0)", [cells("", "1", "9", "0", "2", picked=(0, 1))]),
        ("VLOOKUP(1,$A$1:$C$9,2+0,0)", [cells("", "1", "9", "0", "2")]),
        ("VLOOKUP(1,($A$1:$C$9),2,0)", [cells("", "1", "9", "0", "2")]),
        ("INDEX($A$1:$C$9,1,3)", [cells("", "1", "9", "0", "2", picked=(2,))]),
        ("INDEX($A$1:$C$9,1,0)", [cells("", "1", "9", "0", "2")]),
        ("MATCH(1,$A$1:$C$9,2)", [cells("", "1", "9", "0", "2")]),
        ("Name", [Reference("", "Name")]),
        ("Data!Name", [Reference("Data", "Name")]),
        ("A1B2", [Reference("", "A1B2")]),
        ("List[Status]", [Reference("", "List", ("Status", "Status"))]),
        ("List[]", [Reference("", "List")]),
        ("List[#All]", [Reference("", "List")]),
        ("List[[#Headers],[Status]]", [Reference("", "List", ("Status", "Status"))]),
        ("List[[Name]:[Status]]", [Reference("", "List", ("Name", "Status"))]),
        ("List[[#This Row],[Status]]", [Reference("", "List", ("Status", "Status"), OWN_ROW)]),
        ("List[@Status]", [Reference("", "List", ("Status", "Status"), OWN_ROW)]),
        ("List[@[Due on]]", [Reference("", "List", ("Due on", "Due on"), OWN_ROW)]),
        ("List[a'[b'']", [Reference("", "List", ("a[b'", "a[b'"))]),
        ("$A$2#", [cells("", "2", LAST, "0", FAR)]),
        ("_xlfn.ANCHORARRAY($A$2)", [cells("", "2", LAST, "0", FAR)]),
        ("[1]Data!$A$1+'[2]Da ta'!$A$1+[3]!Name", []),
        ('"$A$1"&"a ""$A$1"""', []),
        ("LOG10(1)+TRUE()+1E5+#REF!", []),
        ("{1,2;3,4}", []),
        ("", []),
    ],
    ids=str,
)
def test_what_a_formula_refers_to(formula: str, wanted: list[Reference]) -> None:
    found = references(formula, 5, 2)
    assert (list(found.found), found.open_ended) == (wanted, False)


@pytest.mark.parametrize("formula", ["$A$1:INDEX($B:$B,9)", "Data!A1:Data!B2", "INDEX(A:A,1):INDEX(A:A,2,1)"])
def test_ranges_between_what_is_no_cell_are_open_ended(formula: str) -> None:
    found = references(formula, 5, 2)
    assert found.open_ended
    assert not any(one.picked for one in found.found)


@given(st.text(alphabet="A1$:!'[]#@(),;\"{} b9._\\", max_size=40), st.integers(1, 99), st.integers(0, 99))
def test_any_text_is_read(formula: str, row: int, column: int) -> None:
    for one in references(formula, row, column).found:
        assert one.name or one.rows[0].at(row) <= one.rows[1].at(row)

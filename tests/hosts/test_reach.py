"""Which formats and validations reach to the new rows of a table: those of all its rows, however they are written."""

from __future__ import annotations

import pytest

from hqs_xl.hosts.xlsx.patch.reach import reaching
from hqs_xl.hosts.xlsx.patch.row_patch import Span

# The table A1:F5 of four people, of whom there are six now.
AREAS = {
    "of all rows": ("A2:A5", "A2:A7"),
    "with the header": ("A1:F5", "A1:F7"),
    "of two columns": ("A2:A5 C2:C5", "A2:A7 C2:C7"),
    "taken apart by rows": ("C2:C3 C4:C5", "C2:C3 C4:C7"),
    "taken apart, the end first": ("C4:C5 A2:B5 C2 C3", "C4:C7 A2:B7 C2 C3"),
    "with a gap": ("C2:C3 C5", "C2:C3 C5"),
    "apart in other columns": ("B2:B3 C4:C5", "B2:B3 C4:C5"),
    "of the last ones": ("C3:C5", "C3:C5"),
    "of the first ones": ("C2:C4", "C2:C4"),
    "of more columns than the table's": ("A2:G5", "A2:G5"),
    "that reaches already": ("A2:A7", "A2:A7"),
    "of whole columns": ("A:A C2:C5", "A:A C2:C7"),
}


@pytest.mark.parametrize("name", AREAS)
def test_a_rule_of_all_rows_is_one_of_the_new_ones_too(name: str) -> None:
    before, after = AREAS[name]
    tag = f'<conditionalFormatting sqref="{before}">'.encode()
    assert reaching(tag, Span(1, 5, 0, 5), 5, 7) == tag.replace(before.encode(), after.encode())

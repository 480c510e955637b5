"""Which formats and validations reach to the new rows of a table: those of all its rows, however they are written."""

from __future__ import annotations

import pytest

from hqs_xl.hosts.xlsx.patch.cell_rules import Growing, ShortRule, grown
from hqs_xl.hosts.xlsx.patch.row_patch import Span

# The table A1:F5 of four people, of whom there are six now.
GROWING = Growing(Span(1, 5, 0, 5), 5, 7)
# The cells of a rule before and after, and what is told of it: which cells end above which new row.
AREAS = {
    "of all rows": ("A2:A5", "A2:A7", None),
    "with the header": ("A1:F5", "A1:F7", None),
    "of two columns": ("A2:A5 C2:C5", "A2:A7 C2:C7", None),
    "taken apart by rows": ("C2:C3 C4:C5", "C2:C3 C4:C7", None),
    "taken apart, the end first": ("C4:C5 A2:B5 C2 C3", "C4:C7 A2:B7 C2 C3", None),
    "taken apart below the last one": ("C2:C5 C6", "C2:C5 C6:C7", None),
    "of more columns, taken apart so": ("A2:Z5 A6:Z6", "A2:Z5 A6:Z6", "A2:Z5 7"),
    "with two blanks": ("A2:A4  C2:C4", "A2:A4  C2:C4", None),
    "with a gap": ("C2:C3 C5", "C2:C3 C5", None),
    "apart in other columns": ("B2:B3 C4:C5", "B2:B3 C4:C5", "C4:C5 6"),
    "of the last ones": ("C3:C5", "C3:C5", "C3:C5 6"),
    "of the last one alone": ("C5", "C5", None),
    "of the first ones": ("C2:C4", "C2:C4", None),
    "of more columns than the table's": ("A2:G5", "A2:G5", "A2:G5 6"),
    "of more columns, and one within": ("A2:Z5 B2:B5", "A2:Z5 B2:B7", "A2:Z5 6"),
    "of more columns, down to a new row": ("A2:Z6", "A2:Z6", "A2:Z6 7"),
    "of more columns, the new rows named apart": ("A2:Z5 A6:F7", "A2:Z5 A6:F7", None),
    "of more columns, one new row named apart": ("A2:Z5 A6:F6", "A2:Z5 A6:F6", "A2:Z5 7"),
    "of more columns, all rows": ("A1:Z1048576", "A1:Z1048576", None),
    "that reaches already": ("A2:A7", "A2:A7", None),
    "that reaches further": ("A2:A90", "A2:A90", None),
    "of a whole column": ("C2:C1048576", "C2:C1048576", None),
    "of whole columns": ("A:A C2:C5", "A:A C2:C7", None),
    "of the header": ("A1:F1", "A1:F1", None),
    "of columns beside": ("H2:K5", "H2:K5", None),
    "below": ("A9:F12", "A9:F12", None),
    "beside, from the new rows on": ("H6:K9", "H6:K9", None),
    "with a dollar sign": ("$A$2:$A$5", "A2:A7", None),
    "nowhere": ("", "", None),
}

FORMAT = '<conditionalFormatting sqref="{}"><cfRule type="expression" priority="1"/></conditionalFormatting>'
CHECK = "<dataValidation type='whole' sqref='{}'/>"
_LIST = '<x14:dataValidation type="list"><x14:formula1><xm:f>L!A2:A5</xm:f></x14:formula1>'
CHECK_14 = _LIST + "<xm:sqref>{}</xm:sqref></x14:dataValidation>"
_ICONS = '<x14:conditionalFormatting xmlns:xm="m"><x14:cfRule type="iconSet"/>'
FORMAT_14 = _ICONS + "<xm:sqref>{}</xm:sqref></x14:conditionalFormatting>"
# The ways to write a rule, and which kind it is.
WAYS = {
    "a format": (FORMAT, "format"),
    "a validation": (CHECK, "validation"),
    "with a prefix": ('<x:conditionalFormatting a=">" sqref = "{}"/>', "format"),
    "a format of Excel 2010": (FORMAT_14, "format"),
    "a validation of Excel 2010": (CHECK_14, "validation"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", AREAS)
def test_a_rule_of_all_rows_is_one_of_the_new_ones_too(name: str, way: str) -> None:
    before, after, told = AREAS[name]
    text, kind = WAYS[way]
    written, short = grown(text.format(before).encode(), GROWING)
    assert written.decode() == text.format(after)
    areas, _, row = (told or "").rpartition(" ")
    assert short == ([ShortRule(kind, areas, int(row), stopped=False)] if told else [])


# No rule: whatever it looks like.
@pytest.mark.parametrize(
    "text",
    [
        "<!-- " + FORMAT + " -->",
        "<x14:sparkline><xm:f>R!B2:F5</xm:f><xm:sqref>{}</xm:sqref></x14:sparkline>",
        '<x14:ignoredError numberStoredAsText="1"><xm:sqref>{}</xm:sqref></x14:ignoredError>',
        FORMAT_14.format("H1") + "<x14:sparkline><xm:sqref>{}</xm:sqref></x14:sparkline>",
        '<ignoredError sqref="{}"/>',
        '<selection sqref="{}"/>',
    ],
    ids=["a comment", "a small chart", "an error passed over", "after a rule", "an older one", "a selection"],
)
def test_what_is_no_rule_stays(text: str) -> None:
    data = text.format("A2:Z5 A2:A5").encode()
    assert grown(data, GROWING) == (data, [])


# Two validations each: that of the table before and after, the other, and whether the first is told, from which row on.
@pytest.mark.parametrize("other_way", [CHECK, CHECK_14], ids=["older", "newer"])
@pytest.mark.parametrize("other_first", [False, True], ids=["after it", "before it"])
@pytest.mark.parametrize(
    ("before", "after", "other", "told"),
    [
        pytest.param("C2:C5", "C2:C5", "C6:C9", "C2:C5 6", id="right below"),
        pytest.param("C2:C5", "C2:C6", "C7", "C2:C6 7", id="in the last new row"),
        pytest.param("C2:C5", "C2:C7", "C8:C9", None, id="below the new rows"),
        pytest.param("C2:C5", "C2:C7", "D6:D9", None, id="in another column"),
        pytest.param("B2:D5", "B2:D6", "D7:E9", "B2:D6 7", id="in some of its columns"),
        pytest.param("C2:C5", "C2:C5", "C5:C6", "C2:C5 6", id="over its last cell"),
        pytest.param("C2:C5", "C2:C7", "C3", None, id="over a cell within"),
    ],
)
def test_a_validation_ends_above_another(
    before: str, after: str, other: str, told: str | None, other_way: str, *, other_first: bool
) -> None:
    def both(areas: str) -> str:
        rules = [CHECK.format(areas), other_way.format(other)]
        return "".join(reversed(rules) if other_first else rules)

    written, short = grown(both(before).encode(), GROWING)
    assert written.decode() == both(after)
    areas, _, row = (told or "").rpartition(" ")
    mine = [one for one in short if one.areas == areas]
    assert mine == ([ShortRule("validation", areas, int(row), stopped=True)] if told else [])


def test_what_stands_below_the_new_rows_ends_nothing() -> None:
    data = (CHECK.format("A2:Z5") + CHECK.format("A8:Z9")).encode()
    assert grown(data, GROWING) == (data, [ShortRule("validation", "A2:Z5", 6, stopped=False)])


def test_columns_before_the_table_need_no_rule() -> None:
    data = FORMAT.format("A2:F5 B6:F7").encode()
    assert grown(data, Growing(Span(1, 5, 1, 5), 5, 7)) == (data, [])


def test_a_validation_ends_above_its_own_next_area() -> None:
    data = CHECK.format("C2:C5 C7:C9").encode()
    assert grown(data, GROWING) == (data.replace(b"C2:C5", b"C2:C6"), [])


def test_formats_may_lie_over_one_another() -> None:
    data = (FORMAT.format("C2:C5") + FORMAT.format("C6:C9")).encode()
    assert grown(data, GROWING) == (data.replace(b"C2:C5", b"C2:C7"), [])


def test_the_two_parts_of_a_data_bar_are_told_once() -> None:
    data = (FORMAT.format("A2:Z5") + FORMAT_14.format("A2:Z5")).encode()
    assert grown(data, GROWING) == (data, [ShortRule("format", "A2:Z5", 6, stopped=False)])


@pytest.mark.parametrize(
    ("before", "after", "short"),
    [
        ("A2:F2", "A2:F3", False),
        ("A1:F1", "A1:F1", False),
        ("A2:Z2", "A2:Z2", True),
        ("C2:C2", "C2:C3", False),
    ],
)
def test_a_table_that_had_nobody(before: str, after: str, short: bool) -> None:
    written, told = grown(FORMAT.format(before).encode(), Growing(Span(1, 2, 0, 5), 1, 3))
    assert written.decode() == FORMAT.format(after)
    assert bool(told) is short

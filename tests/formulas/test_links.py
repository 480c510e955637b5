"""Links to cells: the formula that is written, and which formulas are known as such."""

from __future__ import annotations

import pytest

from hqs_xl.formulas.links import Link, is_link, link_to, same_link

SHEETS = {
    "Roster": "#'Roster'!D12",
    "Our people": "#'Our people'!D12",
    "O'Brien's": "#'O''Brien''s'!D12",
    'the "new" ones': '#\'the ""new"" ones\'!D12',
    "Реестр": "#'Реестр'!D12",
    "A1": "#'A1'!D12",
    "50% of us": "#'50% of us'!D12",
    "a!b": "#'a!b'!D12",
}


@pytest.mark.parametrize(("sheet", "target"), SHEETS.items(), ids=SHEETS)
def test_a_link_names_sheet_and_cell(sheet: str, target: str) -> None:
    link = link_to(sheet, "D12")
    assert isinstance(link, Link)
    assert link.formula() == f'=HYPERLINK("{target}","D12")'
    assert is_link(link.formula())
    assert same_link(link.formula(), link)
    assert same_link(link.formula(";")[1:], link)


def test_a_sheet_whose_name_libreoffice_would_read_otherwise_has_no_link() -> None:
    assert link_to("Jan%20Feb", "D12") == "D12"


@pytest.mark.parametrize(
    "formula",
    [
        '=HYPERLINK("#\'Roster\'!D12","mine")',
        '=HYPERLINK("https://example.com","D12")',
        "=HYPERLINK(\"#'Roster'!D12\",A1)",
        '=HYPERLINK("#\'Roster\'!D12","D12")&A1',
        '=IF(A1,HYPERLINK("#\'Roster\'!D12","D12"))',
        '=HYPERLINK("#\'Ros\'ter\'!D12","D12")',
        "HYPERLINK",
        "D12",
    ],
)
def test_another_formula_is_no_link_of_ours(formula: str) -> None:
    assert not is_link(formula)


@pytest.mark.parametrize("other", [Link("Roster", "D13"), Link("roster", "D12"), Link("R", "D12")])
def test_a_link_elsewhere_is_another_one(other: Link) -> None:
    assert not same_link(Link("Roster", "D12").formula(), other)

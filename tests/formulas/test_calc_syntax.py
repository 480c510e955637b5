"""References as LibreOffice spells them."""

from __future__ import annotations

import pytest

from hqs_xl.formulas.calc_syntax import from_calc


@pytest.mark.parametrize(
    ("spelt", "meant"),
    [
        ("=$Other.$A$1", "=Other!$A$1"),
        ("=MIN(Other.A1;D2)", "=MIN(Other!A1;D2)"),
        ("=$'My sheet'.A1:B3", "='My sheet'!A1:B3"),
        ("=Лист2.A1", "=Лист2!A1"),
        ("=[.A1]+[$Other.$A$1]", "=A1+Other!$A$1"),
        ("=SUM([$'a b'.A1:.A9])", "=SUM('a b'!A1:A9)"),
        ("=[.A:.B]", "=A:B"),
        ("='file:///x.ods'#$Sheet1.A1+B1", "=0+B1"),
    ],
)
def test_is_spelt_as_in_xlsx(spelt: str, meant: str) -> None:
    assert from_calc(spelt) == meant


@pytest.mark.parametrize(
    "formula",
    [
        "=A1+B$2",
        '="$Other.A1"&A1',
        "=1.5+A1",
        "=Roster[a.b]",
        "=Roster[@[a.b1]]",
        "=COM.MICROSOFT.A1(2)",
        "=Other!$A$1",
        "",
    ],
)
def test_all_else_stays(formula: str) -> None:
    assert from_calc(formula) == formula

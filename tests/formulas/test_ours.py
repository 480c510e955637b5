"""Whose a formula is: ours where it calls a function of ours or uses a name of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.formulas.ours import is_ours
from hqs_xl.template.sheets.answers import looked_up
from hqs_xl.texts import LANGUAGES


@pytest.mark.parametrize(
    "formula",
    [
        "HQS_STATUS(Z2)",
        "=hqs_status( Z2 )",
        '=IF(A2="","",HQS_RENEWAL_DUE(A2)&"HQS")',
        "=_xludf.HQS_STATUS(Z2)",
        "=_xldudf_HQS_STATUS(Z2)",
        "=[1]!HQS_STATUS(Z2)",
        "='C:\\Users\\x\\hqs.xlam'!HQS_STATUS(Z2)",
        '=IFERROR(__xludf.DUMMYFUNCTION("x"),HQS_STATUS(Z2))',
        "=INDEX(HQS_LINES,ROW()-1,2)",
        '=COUNTIFS(HQS_FINDING_SEVERITY,"Violation")',
        "=HQS_LINE_COUNT",
        "=HQS_STATUS(HQS_2026!A1)",
    ],
)  # fmt: skip
def test_what_calls_or_uses_ours(formula: str) -> None:
    assert is_ours(formula)


@pytest.mark.parametrize("key", ["next_action", "next_due", "status", "check"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_s_own_answers_are_ours(key: str, lang: str) -> None:
    assert is_ours(looked_up(key, lang))


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "=A1",
        '=IFERROR(__xludf.DUMMYFUNCTION("HQS_STATUS(Z2)"),"OK")',
        '="say ""HQS_STATUS(Z2)"""',
        "=HQS_2026!A1",
        "='HQS_2026'!A1",
        "='It''s HQS_STATUS(1)'!A1",
        "=SUM(HQS_2026:HQS_2027!A1)",
        "=$HQS_2026.A1",
        "=HQS_LINES!A1",
        "=HQS_FINDINGS_OLD!A1",
        "=Table1[HQS_STATUS(2026)]",
        "=Table1[[#This Row],[HQS_STATUS]]",
        "=MYHQS_STATUS(1)",
        "=_xldudf_MYHQS_STATUS(1)",
        "=HQS_RATE*2",
        "=XHQS_LINES",
        "=HQS_TABLE[Sum]",
    ],
)  # fmt: skip
def test_what_only_quotes_or_resembles_them(formula: str) -> None:
    assert not is_ours(formula)


@given(st.text("HQS_STATU(\"'[]!).,1 ", max_size=40))
def test_any_text_is_judged(formula: str) -> None:
    assert is_ours(formula) in {True, False}
    assert not is_ours('="' + formula.replace('"', '""') + '"')

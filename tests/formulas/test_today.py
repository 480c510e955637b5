"""Formulas on TODAY() or NOW(): how many days from the day they are counted on, as far as that can be told."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.formulas.today import Movement, movement, moving_number, moving_text, settled
from hqs_xl.formulas.tokens import tokens
from hqs_xl.rows import UNCOUNTED


@pytest.mark.parametrize(
    ("formula", "days"),
    [
        ("TODAY()", 0),
        ("=NOW()", 0),
        (" = today ( ) ", 0),
        ("TODAY()-1", -1),
        ("TODAY()+0", 0),
        ("7+TODAY()", 7),
        ("TODAY()+1-3", -2),
        ("(TODAY())-(1)", -1),
        ("+TODAY()", 0),
        ("--TODAY()", 0),
        ("INT(NOW())", 0),
        ("_xlfn.LET(_xlpm.x,TODAY(),_xlpm.x-1)", -1),
        ("LET(x,TODAY(),y,x+1,y+1)", 2),
        ("LET(x,LET(x,NOW(),INT(x)),x)", 0),
        ("LET(x,{1,2},y,TODAY(),y-1)", -1),
        ("TODAY()+3660", 3660),
        ("TRUNC(NOW(),0)", 0),
        ("ROUNDDOWN(NOW();0)", 0),
        ("FLOOR(NOW(),1)", 0),
        ("_xlfn.SINGLE(TODAY())", 0),
        ("DATE(YEAR(TODAY()),MONTH(TODAY()),DAY(TODAY()))", 0),
        ("DATE(YEAR(NOW()),MONTH(NOW()),DAY(NOW())-14)", -14),
        ('TEXT(TODAY(),"dd.mm.yyyy")', 0),
        ('DATEVALUE(TEXT(TODAY()-1;"YYYY-MM-DD"))', -1),
    ],
)
def test_a_sum_of_today_and_days(formula: str, days: int) -> None:
    assert movement(formula) == Movement(days)


@pytest.mark.parametrize(
    "formula",
    [
        "TODAY()-A1",
        "TODAY()+3661",
        "[.A1]+TODAY()",
        "MAX(TODAY(),B2)",
        "IF(A1>TODAY(),1,2)",
        "EOMONTH(TODAY(),0)",
        "WORKDAY(TODAY(),-1)",
        "NOW()-0.5",
        "ROUND(NOW(),0)",
        "-TODAY()",
        "7-TODAY()",
        "TODAY()-TODAY()",
        "TODAY()+TODAY()",
        "DAY(TODAY())",
        "DATE(YEAR(TODAY())+1,MONTH(TODAY())+1,DAY(TODAY()))",
        "DATE(YEAR(TODAY()-1),MONTH(TODAY()),DAY(TODAY()))",
        'TEXT(TODAY(),"mm.yyyy")',
        'TODAY()&""',
        "TODAY()+99999",
        "TODAY(",
        "TODAY()TODAY()",
        "(" * 90 + "TODAY()" + ")" * 90 + "+A1",
        "(" * 5000 + "TODAY()" + ")" * 5000,
    ],
)
def test_anything_else_moves_nobody_knows_how(formula: str) -> None:
    moves = movement(formula)
    assert moves is not None
    assert moves.days is None


@pytest.mark.parametrize(
    "formula",
    [
        'IF(A1="yes",TODAY(),"")',
        'IF(A1="","",NOW())',
        'IF(AND(A1<TODAY(),B1=""),TODAY(),"")',
        'IF(A1="",IF(B1>TODAY(),B1,""),TODAY()+1)',
        "IFERROR(A1;TODAY())",
        "EDATE(TODAY(),24)",
        "MAX(TODAY(),B2)",
        "WORKDAY(TODAY(),3)",
        "TODAY()+A1",
        'TODAY()&""',
        "DATE(YEAR(TODAY()),12,31)",
        "LET(x,TODAY(),MAX(x,A1))",
        'LET(x,TODAY(),IF(A1<x,x,""))',
        "LET(x,TODAY(),y)+LET(x,TODAY())",
        "LET(1,TODAY(),A1)",
        "LET(x,TODAY(),x",
        "LET(x," * 1_300 + "TODAY()" + ",x)" * 1_300,
        "LET(a,TODAY()+A1"
        + "".join(f",{new},{old}+{old}" for old, new in zip("abcdefghijklmnop", "bcdefghijklmnopq", strict=True))
        + ",q)",
        "XLOOKUP(A1,B:B,C:C,TODAY())",
        "VLOOKUP(A1,B:C,2)+TODAY()",
        "_xlfn.MAXIFS(B:B,A:A,A2)+TODAY()",
        "((TODAY()+A1",
        "SUM(A1:A9)" + "+SUM(A1:A9)" * 30 + "+TODAY()",
    ],
)
def test_the_day_it_is_counted_on_is_in_the_result(formula: str) -> None:
    moves = movement(formula)
    assert moves is not None
    assert (moves.days, moves.made_of_it) == (None, True)


@pytest.mark.parametrize(
    ("formula", "asks"),
    [
        ('IF(A1="yes",TODAY(),"")', False),
        ("TODAY()+A1", False),
        ("IFERROR(A1,TODAY())", False),
        ('IF(AND(A1<TODAY(),B1=""),TODAY(),"")', True),
        ('IF(A1="",IF(B1>TODAY(),B1,""),TODAY()+1)', True),
        ('IF(B1="x",IF(A1<TODAY(),A1,""),"")', True),
    ],
)
def test_it_may_decide_besides_what_comes_out(formula: str, asks: bool) -> None:
    moves = movement(formula)
    assert moves is not None
    assert moves.asks is asks


@pytest.mark.parametrize(
    "formula",
    [
        'IF(A1<TODAY(),A1,"")',
        'IF(TODAY()>=A1;A1;"")',
        'IF(TODAY()-A1>30,A1+30,"")',
        'IF(AND(A1<TODAY(),B1=""),A1,"")',
        'IF(NOT(ISBLANK(TODAY())),A1,"")',
        "IF(TODAY(),A1)",
        '_xlfn.LET(_xlpm.x,TODAY(),IF(A1<_xlpm.x,A1,""))',
        'LET(x;TODAY();y;A1;IF(y<x;y;""))',
        '1+LET(x,TODAY(),d,A1,IF(AND(d<x,B1="x"),d,B1))',
        '_xlfn.MAXIFS(B:B,A:A,A2,B:B,"<="&TODAY())',
        'MINIFS(B:B;B:B;">"&TODAY())',
        "VLOOKUP(TODAY(),A:B,2)",
        "LOOKUP(NOW(),A:A,B:B)",
        "_xlfn.XLOOKUP(TODAY(),A:A,B:B)",
        "INDEX(B:B,MATCH(TODAY(),A:A,1))",
        "A1*(A1<=NOW())",
        'IF(OR(B1="x",(TODAY()+1)>A1),EDATE(A1,12),B1)',
        'IF((A1<TODAY(),A1,""',
        "IF(A1<TODAY(),A1" + "+SUM(A1:A9)" * 30 + ")",
    ],
)
def test_the_day_it_is_counted_on_is_only_compared_with(formula: str) -> None:
    assert movement(formula) == Movement(None, made_of_it=False, asks=True)


@pytest.mark.parametrize(
    "formula",
    [
        "A1",
        "",
        '"TODAY()"',
        "'TODAY()'!A1",
        "TODAYS()",
        "MYNOW()",
        "TODAY",
        "NOW!A1",
        "Table[TODAY()]",
        "NOW_DUE(1)",
        "LET(x,A1,x)",
    ],
)
def test_what_only_names_it_does_not_move(formula: str) -> None:
    assert movement(formula) is None


@given(st.text("TODAYNW()+-1,\";[]'!.x ", max_size=60))
def test_any_text_is_judged(formula: str) -> None:
    moves = movement(formula)
    assert moves is None or moves.days is None or -3660 <= moves.days <= 3660
    assert all(token.text for token in tokens(formula))


def test_results_move_as_themselves() -> None:
    number, text = moving_number(45_000.0, 0), moving_text("a", None)
    assert number == 45_000
    assert text == "a"
    assert number != moving_number(45_000.0, 1)
    assert (number + 1462, (number + 1462).days) == (46_462.0, 0)
    asked = Movement(None, made_of_it=False).of(45_000.0)
    assert [asked.made_of_it, (asked + 1462).made_of_it, number.made_of_it] == [False, False, True]  # type: ignore[union-attr,operator]
    for one in (number, text, asked, moving_text(UNCOUNTED, 3)):
        again = pickle.loads(pickle.dumps(one))  # noqa: S301 - made here
        assert (type(again), again, again.days) == (type(one), one, one.days)  # type: ignore[union-attr]
        assert again.made_of_it == one.made_of_it  # type: ignore[union-attr]
    assert [type(settled(one)) for one in (number, text)] == [float, str]
    assert settled(moving_text(UNCOUNTED, 0)) is None


def test_a_blank_and_yes_and_no_stay_so() -> None:
    assert Movement(None).of("") == ""
    assert Movement(None).of(value=True) is True
    assert Movement(0).of("").days == 0  # type: ignore[union-attr]


def test_a_result_only_compared_with_the_day_stays_plain_in_an_open_book() -> None:
    assert type(Movement(None, made_of_it=False).of_now(5.0)) is float
    assert type(Movement(None).of_now(5.0)) is not float

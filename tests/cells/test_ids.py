"""Ids: what a cell of one says, which are told apart, and which of those are near."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.cells.ids import Near, differences, nearness, skeletons, to_id
from hqs_xl.cells.values import BadValue

UNSEEN = "\u200b"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (12, "12"),
        (12.0, "12"),
        ("12", "12"),
        ("0012", "0012"),
        ("12.0", "12.0"),
        ("p1", "p1"),
        (" P1\u00a0", "P1"),
        ("P \u00a0 1", "P 1"),
        ("P\t1\n", "P 1"),
        ("P*1", "P*1"),
        ("P?1", "P?1"),
        ("~", "~"),
        (f"P{UNSEEN}1", f"P{UNSEEN}1"),
        ("\u0420" + "1", "\u0420" + "1"),  # a Cyrillic letter stays one
        (UNSEEN, ""),
        (f" {UNSEEN} ", ""),
        (0, ""),
        ("0", "0"),
        ("  ", ""),
        (None, ""),
    ],
)
def test_what_a_cell_says(cell: Any, said: str) -> None:
    assert to_id(cell) == said


def test_an_error_is_no_id() -> None:
    with pytest.raises(BadValue):
        to_id("#N/A")


NEAR: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "leading zeros": ("12", "0012", ("zeros",)),
    "zeros after a letter": ("P-7", "P-007", ("zeros",)),
    "a number written as text": ("12", "12.0", ("fraction",)),
    "so with a comma": ("12", "12,00", ("fraction",)),
    "case": ("P1", "p1", ("case",)),
    "case of Russian letters": ("ВКС-1", "вкс-1", ("case",)),
    "a sign of no width": ("P1", f"P{UNSEEN}1", ("unseen",)),
    "a soft hyphen": ("P1", "P\u00ad1", ("unseen",)),
    "a mark of direction": ("P1", "P1\u200e", ("unseen",)),
    "spaces": ("P1", "P 1", ("spaces",)),
    "a Cyrillic letter": ("P1", "\u0420" + "1", ("letters",)),
    "all letters Cyrillic": ("BKC-1", "ВКС-1", ("letters",)),
    "a dash": ("P-1", "P\u20131", ("letters",)),
    "full width": ("P1", "Ｐ１", ("letters",)),
    "several things": ("P1", "\u0440 001", ("letters", "case", "spaces", "zeros")),
}
APART = [("12", "120"), ("12", "1200"), ("12", "102"), ("P1", "P2"), ("P1", "P11"), ("P1", "Q1"), ("P1", "P-1")]
APART += [("0", "P0"), ("12.0", "12.1"), ("P*1", "PX1"), ("P?1", "PX1"), ("~", "~~"), ("P1", "R1"), ("1O", "10")]


@pytest.mark.parametrize("case", NEAR)
def test_ids_that_are_near(case: str) -> None:
    one, other, by = NEAR[case]
    assert nearness([one, other]) == {other: Near(one, by)}
    assert nearness([other, one]) == {one: Near(other, by)}
    assert nearness([one], [other]) == {other: Near(one, by)}


@pytest.mark.parametrize(("one", "other"), APART, ids=str)
def test_ids_that_are_not(one: str, other: str) -> None:
    assert nearness([one, other]) == nearness([one], [other]) == {}


def test_each_later_one_is_near_the_first() -> None:
    assert nearness(["P1", "P2", "p1", "P01"]) == {"p1": Near("P1", ("case",)), "P01": Near("P1", ("zeros",))}


IDS = st.text("Pp0123 -.~*?\u0420\u0440\u200b\u00a0\u2013", max_size=8).map(to_id)


@given(st.lists(IDS, unique=True))
def test_all_at_once_is_one_by_one(ids: list[str]) -> None:
    assert skeletons(ids) == [skeletons([one])[0] for one in ids]


@given(IDS, IDS)
def test_near_is_what_differs_by_something_that_is_named(one: str, other: str) -> None:
    found = nearness([one], [other] if other != one else [])
    assert bool(found) == (one != other and skeletons([one]) == skeletons([other]))
    assert all(near.by for near in found.values())
    assert differences(one, other) == differences(other, one)


@given(st.text())
def test_what_was_read_is_read_again_as_it_is(text: str) -> None:
    try:
        said = to_id(text)
    except BadValue:
        return
    assert to_id(said) == said
    assert len(said.split("\n")) == 1

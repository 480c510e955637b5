"""Whether facts may move by what their formulas refer to, told from a sheet's bytes however these are cut."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any, cast

import pytest

from hqs_xl.hosts.xlsx.read.formula_watch import FormulaWatch

FACTS = {"roster": {2: 1}}  # column C, below row 1
CLOCK = '<sheetData><row r="1"><c r="A1"><f>TODAY()</f><v>1</v></c></row></sheetData>'


class Parts:
    """Parts of a package, given in pieces of a size."""

    workbook = "workbook"

    def __init__(self, parts: dict[str, bytes], size: int) -> None:
        self.parts, self.size = parts, size

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part."""
        data = self.parts[part]
        yield from (data[start : start + self.size] for start in range(0, len(data), self.size))


def may_move(roster: bytes, *, clock: str = CLOCK, names: str = "<workbook/>", size: int = 65_536) -> bool:
    """What a watch says that saw the sheets go by."""
    package = Parts({"roster": roster, "title": clock.encode(), "workbook": names.encode()}, size)
    watch = FormulaWatch(cast("Any", package))
    for part in ("roster", "title"):
        assert b"".join(watch.chunks(part)) == package.parts[part]
    return watch.may_move(FACTS)


def sheet(*rows: tuple[int, str], after: str = "") -> str:
    """A sheet of rows by number."""
    inner = "".join(f'<row r="{number}">{cells}</row>' for number, cells in rows)
    return f"<worksheet><sheetData>{inner}</sheetData>{after}</worksheet>"


def formula(place: str, text: str) -> str:
    """A cell that holds a formula."""
    return f'<c r="{place}"><f>{text}</f><v>1</v></c>'


@pytest.mark.parametrize("size", [1, 7, 64, 65_536])
@pytest.mark.parametrize(
    ("roster", "may"),
    [
        (sheet((2, formula("C2", "H1"))), True),
        (sheet((1, formula("C1", "H1")), (2, formula("C2", "H1"))), True),
        (sheet((1, formula("C1", "H1"))), False),  # the header
        (sheet((2, formula("D2", "H1"))), False),  # no fact
        (sheet((2, formula("C2", "DATE(2026,1,2)+3"))), False),
        (sheet((2, '<c r="C2"><v>46000</v></c>')), False),
        (sheet((2, '<c r="C2"><f t="shared" si="0"/><v>1</v></c>')), True),  # its text stands elsewhere
        (sheet((2, '<c r="C2"><f t="shared" ref="C2:C3" si="0">H2</f><v>1</v></c>')), True),
        (sheet((2, '<c r="C2"><is/><f>1+1</f></c>')), True),  # of no usual shape: rather yes
        (sheet((2, formula("C2", "1+1"))).replace("<", "<x:").replace("<x:/", "</x:"), True),  # prefixes
    ],
    ids=str,
)
def test_facts_may_move_that_refer_to_something(roster: str, size: int, *, may: bool) -> None:
    assert may_move(roster.encode(), size=size) is may


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_sheet_in_two_bytes_a_sign_may_move(encoding: str) -> None:
    assert may_move(sheet((2, formula("C2", "1+1"))).encode(encoding))


@pytest.mark.parametrize("size", [1, 7, 64, 65_536])
@pytest.mark.parametrize(
    ("clock", "names", "may"),
    [
        (CLOCK, "<workbook/>", True),
        (CLOCK.replace("TODAY", "now"), "<workbook/>", True),
        (CLOCK.replace("TODAY()", "A2"), "<definedName>TODAY ()</definedName>", True),
        (CLOCK.replace("TODAY()", "A2"), "<definedName>Sheet1!$A$1</definedName>", False),
        (CLOCK.replace("<f>TODAY()</f>", ""), "<workbook/>", False),
    ],
)
def test_nothing_moves_where_no_day_is_asked(clock: str, names: str, size: int, *, may: bool) -> None:
    assert may_move(sheet((2, formula("C2", "H1"))).encode(), clock=clock, names=names, size=size) is may


def test_a_row_longer_than_is_held_may_move() -> None:
    long = '<c r="A2"><v>1</v></c>' * 60_000
    assert may_move(sheet((2, long + formula("C2", "1+1"))).encode())


def test_what_is_told_last_counts_too() -> None:
    rows = [(number, formula(f"C{number}", "1+1")) for number in range(2, 5_000)]
    assert not may_move(sheet(*rows).encode(), size=512)
    assert may_move(sheet(*rows, (5_000, formula("C5000", "H1"))).encode(), size=512)


def test_a_big_sheet_is_not_held_whole() -> None:
    rows = [(number, formula(f"C{number}", "1+1")) for number in range(2, 60_000)]
    package = Parts({"roster": sheet(*rows).encode(), "workbook": b"<workbook/>"}, 65_536)
    watch = FormulaWatch(cast("Any", package))
    for _ in watch.chunks("roster"):
        pass
    tracemalloc.start()
    try:
        assert not watch.may_move(FACTS)
        assert tracemalloc.get_traced_memory()[1] < len(package.parts["roster"]) / 2
    finally:
        tracemalloc.stop()

"""Rows of the usual shape, taken without the parser: what is read and written is what the parser's way gives."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from hqs_xl.errors import UnusableFile
from hqs_xl.formulas.links import Link
from hqs_xl.hosts.package.xml_feed import XmlFeed
from hqs_xl.hosts.sheets import patterns
from hqs_xl.hosts.xlsx.patch import patch_stream
from hqs_xl.hosts.xlsx.patch.row_bytes import RowBytes
from hqs_xl.hosts.xlsx.read import plain_cells, plain_rows, row_tags
from hqs_xl.hosts.xlsx.read.shared_strings import PackedTexts
from hqs_xl.hosts.xlsx.read.workbook import Workbook
from hqs_xl.rows import OFFSET_1904, UNCOUNTED, Cached, Guarded, NoHeaders
from tests.hosts import xlsx_files
from tests.hosts.edits import Answers, answer, data_of, edited, read
from tests.hosts.test_edit import CELLS
from tests.hosts.xlsx_files import inline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hqs_xl.rows import Row


# The first row begins with the sheet's head; from the second the start tag is known, so that the third is quick.
KNOWN = '<row r="1"></row><row r="2"></row>'
OURS = "<f>HQS_DUE(A70)</f>"
TRUE = True
LINK = Link("R", "D4")


def row(number: int, cells: str) -> str:
    return f'<row r="{number}">{cells}</row>'


def linked(cell: str, shown: str = "", kind: str = "str") -> str:
    """A link to a cell of the sheet R."""
    return f'<c r="B70" s="3" t="{kind}"><f>HYPERLINK("#\'R\'!{cell}","{cell}")</f><v>{shown or cell}</v></c>'


def both(path: Path, monkeypatch: pytest.MonkeyPatch, run: Any) -> list[Any]:
    """What comes out with patterns, and with the parser alone; a refusal by its code and fields."""
    found = []
    for usual in (row_tags.prefixed_in, xlsx_files.no_tag):
        monkeypatch.setattr(row_tags, "prefixed_in", usual)
        try:
            found.append(run(path))
        except UnusableFile as fault:
            found.append((fault.code, fault.fields))
    return found


# Where the number of the row stands elsewhere too, with a quote behind it, or its stand-in does.
NUMBERS = (
    ("format ends in the number", row(5, '<c r="A5" s="15"><v>1</v></c><c r="B5"><v>2</v></c>'), {0: 1, 1: 2}),
    ("format is the number", row(5, '<c r="A5" s="5"><v>1</v></c>'), {0: 1}),
    ("text holds the number", row(12, inline("A12", 'pipe of 12" or 112"') + '<c r="B12"><v>2</v></c>'), None),
    ("text of the row's number", row(5, inline("A5", '5"') + '<c r="B5"><v>2</v></c>'), {0: '5"', 1: 2}),
    (
        "an array fills its own cell",
        row(5, '<c r="A5" s="1"><f t="array" ref="A5">SUM(B5)</f><v>1</v></c><c r="B5"><v>2</v></c>'),
        {0: 1, 1: 2},
    ),
    (
        "an array, and a format of the number",
        row(5, '<c r="A5" s="5"><f t="array" ref="A5">SUM(B5)</f><v>1</v></c><c r="B5"><v>2</v></c>'),
        {0: 1, 1: 2},
    ),
    (
        "an array elsewhere, and a text of the number",
        row(5, '<c r="A5"><f t="array" ref="A9">SUM(B5)</f><v>1</v></c>' + inline("B5", '5"')),
        {0: 1, 1: '5"'},
    ),
    ("place ends in the number", row(5, '<c r="A15"><v>1</v></c>'), None),
    ("text of another row", row(12, inline("A12", 'pipe of 13"')) + row(13, inline("A13", 'pipe of 13"')), None),
    ("number of another row", row(12, '<c r="A13"><v>1</v></c>'), None),
    ("number too long", row(12, '<c r="A112"><v>1</v></c>'), None),
    ("number with a naught", '<row r="012"><c r="A012"><v>1</v></c></row>', None),
    ("cells do not ascend", row(12, '<c r="B12"><v>1</v></c><c r="A12"><v>1</v></c>'), None),
    ("no number", row(12, '<c r="A"><v>1</v></c>'), None),
    ("the stand-in", row(12, '<c r="A\x01><v>1</v></c>'), None),
    ("the stand-in in a text", row(12, inline("A12", "a\x01b")), None),
    ("number of the row not quoted", '<row r="12><c r="A12"><v>1</v></c></row>', None),
    ("no end of the start tag", '<row r="12"</row>', None),
)  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), [case[1:] for case in NUMBERS], ids=[case[0] for case in NUMBERS])
def test_a_number_of_the_row_elsewhere_is_no_place(
    data: str, expected: dict[int, object] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.xlsx"
    xlsx_files.book(KNOWN + data + row(99, '<c r="A99" s="15"><v>99</v></c>'))(path)
    ways = both(path, monkeypatch, read)
    assert ways[0] == ways[1]
    if expected:
        assert ways[0] == {5: expected, 99: {0: 99}}


def test_broken_signs_in_a_formula_without_a_value_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.xlsx"
    sheet = xlsx_files.sheet(KNOWN + row(12, '<c r="A12"><f>?</f><v></v></c>')).encode().replace(b"?</f>", b"\xc3</f>")
    xlsx_files.book(sheet=sheet)(path)
    ways = both(path, monkeypatch, read)
    assert ways[0] == ways[1] == ("bad_xml", ways[0][1])


def test_cells_forgotten_are_found_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.xlsx"
    rows = [row(number, f'<c r="A{number}"><v>{number % 5}</v></c><c r="B{number}"/>') for number in range(100, 200)]
    xlsx_files.book(KNOWN + "".join(rows))(path)
    monkeypatch.setattr(patterns, "MAX_CELLS", 3)
    assert read(path) == {number: {0: number % 5} for number in range(100, 200)}


STARTS = ("", ' s="5"', ' s="0" t="n"', ' t="n"', ' t="s"', ' s="12" t="s"', ' t="str"', ' t="b"', ' t="e"')
BODIES = (
    *("/>", " />", "></c>", "><v></v></c>", "><v>0</v></c>", "><v>1</v></c>", "><v>2</v></c>", "><v>3</v></c>"),
    *("><v>00</v></c>", "><v>01</v></c>", "><v>123456789012345</v></c>", "><v>1234567890123456</v></c>"),
    *("><v>-1</v></c>", "><v>1.5</v></c>", "><v> 1 </v></c>", "><v>1e2</v></c>", "><v>x</v></c>"),
    *("><f>A1</f><v>1</v></c>", "><f>A1</f><v></v></c>", "><f>A1</f></c>"),
)


@pytest.mark.parametrize("start", STARTS, ids=[start or "plain" for start in STARTS])
def test_every_cell_is_read_alike_both_ways(start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice, for the second time it is remembered; blank texts and indexes that no text has are among them."""
    path = tmp_path / "book.xlsx"
    cells = [(number, body) for number, body in enumerate(BODIES * 2, 11)]
    rows = [row(number, f'<c r="A{number}"{start}{body}<c r="B{number}"><v>7</v></c>') for number, body in cells]
    texts = xlsx_files.strings("<si><t>naught</t></si>", "<si><t></t></si>", "<si><t>two</t></si>")
    xlsx_files.book(KNOWN + "".join(rows), texts)(path)
    ways = both(path, monkeypatch, read)
    assert ways[0] == ways[1]
    assert repr(ways[0]) == repr(ways[1])  # True is 1 is 1.0
    first, second = list(ways[0].values())[: len(BODIES)], list(ways[0].values())[len(BODIES) :]
    assert repr(first) == repr(second)


class TwoIsHeader(NoHeaders):
    """One text is a header."""

    def is_header(self, _text: str) -> bool:
        return _text == "two"

    may_be_header = is_header


def test_headers_are_counted_each_time_they_are_met() -> None:
    texts = PackedTexts(words=TwoIsHeader())
    texts.extend([b"naught", b"two"])
    cells = plain_cells.Cells(texts)
    shared, plain = b'<c r="A5" t="s"><v>1</v></c><c r="B5" t="s"><v>01</v></c>', b'<c r="C5" t="s"><v>0</v></c>'
    own = inline("D5", "two").encode() + inline("E5", "three").encode()
    for _ in range(2):
        for inner, headers in ((shared + plain, 2), (plain + own, 1), (plain, 0)):
            found = cells.row(b"", b"5", inner)
            assert found is not None
            assert found.headers == headers


# The third row, of the shape that the second one has, but for: its start tag, and the rows that need no parser.
TAGS: tuple[tuple[str, str, str, int], ...] = (
    ("as it was", "", "", 1),
    ("another height", ' ht="15"', ' ht="30"', 1),
    ("names it has not met", ' spans="1:2"', ' ht="30" hidden="1"', 1),
    ("the number again", "", ' r="3"', 0),
    ("a name twice", ' ht="1"', ' ht="1" ht="2"', 0),
    ("a prefix it has met", ' x14ac:dyDescent="0.25"', ' ht="3" x14ac:dyDescent="0.3"', 1),
    ("a prefix it has not met", "", ' x14ac:dyDescent="0.25"', 0),
    ("a prefix nobody declared", "", ' y:dyDescent="0.25"', 0),
    ("another name of that prefix", ' x14ac:dyDescent="0.25"', ' x14ac:other="0.3"', 0),
    ("a declaration", "", ' xmlns="urn:other"', 0),
    ("a name of no shape", "", ' 1a="2"', 0),
    ("a colon too many", "", ' a:b:c="2"', 0),
    ("an end", "", "/", 0),
)


@pytest.mark.parametrize("case", TAGS, ids=[case[0] for case in TAGS])
def test_start_tags_need_no_parser_where_their_names_are_known(
    case: tuple[str, str, str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, second, third, quick = case
    path = tmp_path / "book.xlsx"
    rows = f'<row r="2"{second}><c r="A2"><v>1</v></c></row><row r="3"{third}><c r="A3"><v>2</v></c></row>'
    head = 'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    data = xlsx_files.sheet('\n<row r="1"></row>' + rows).replace("<worksheet ", f"<worksheet {head} ", 1)
    xlsx_files.book(sheet=data.encode())(path)
    taken = quick_rows(monkeypatch)
    ways = both(path, monkeypatch, read)
    assert ways[0] == ways[1]
    assert sum(taken) == quick


def quick_rows(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether rows whose start tags were known were taken by pattern, as they go by."""
    taken: list[bool] = []
    take = plain_rows.PlainRows._take_known

    def watched(*given: Any) -> bool:
        taken.append(take(*given))
        return taken[-1]

    monkeypatch.setattr(plain_rows.PlainRows, "_take_known", watched)
    return taken


# The first row, the tag of the next one, and how many rows need no parser then.
FIRST: tuple[tuple[str, str, str, int], ...] = (
    ("right behind the head", '<row r="1" ht="15"></row>', ' ht="30"', 2),
    ("behind a line's end", '\n<row r="1" ht="15"></row>', ' ht="30"', 1),
    ("of one tag", '<row r="1" ht="15"/>', ' ht="30"', 0),
    ("in a comment", '<row r="1"><!--<sheetData><row r="1" y:b="1">--></row>', ' y:b="1"', 0),
    ("in an instruction", '<row r="1"><?p <sheetData><row r="1" y:b="1">?></row>', ' y:b="1"', 0),
)


@pytest.mark.parametrize("case", FIRST, ids=[case[0] for case in FIRST])
def test_the_first_row_s_tag_is_known_too_where_it_is_one(
    case: tuple[str, str, str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, first, second, quick = case
    path = tmp_path / "book.xlsx"
    rows = f'<row r="2"{second}><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>'
    xlsx_files.book(first + rows)(path)
    taken = quick_rows(monkeypatch)
    ways = both(path, monkeypatch, read)
    assert ways[0] == ways[1]
    assert sum(taken) == quick


def test_start_tags_remembered_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.xlsx"
    names = [f'xmlns:n{n}="urn:{n}"' for n in range(1, 50)]
    rows = "".join(f'<row r="{n}" n{n}:a="1"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 50))
    data = xlsx_files.sheet(rows).replace("<worksheet ", f"<worksheet {' '.join(names)} ", 1)
    xlsx_files.book(sheet=data.encode())(path)
    monkeypatch.setattr(row_tags, "MAX_SHAPES", 3)
    met: list[int] = []
    learn = plain_rows.PlainRows._learn

    def watched(self: plain_rows.PlainRows, piece: bytes, number: int, shape: bytes) -> None:
        learn(self, piece, number, shape)
        met.append(len(self.tags))

    monkeypatch.setattr(plain_rows.PlainRows, "_learn", watched)
    assert read(path) == {number: {0: number} for number in range(1, 50)}
    assert max(met) == 3


def test_rows_in_a_comment_do_not_begin_the_parser_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.xlsx"
    fed: list[int] = []
    feed = XmlFeed.feed

    def watched(self: XmlFeed, piece: bytes) -> None:
        fed.append(len(piece))
        feed(self, piece)

    monkeypatch.setattr(XmlFeed, "feed", watched)
    xlsx_files.book(f"{KNOWN}<!--{row(9, '') * 5000}-->{row(12, inline('A12', 'a'))}")(path)
    assert read(path) == {12: {0: "a"}}
    assert len(fed) < 20


# Beside the cells of test_edit: what is remembered of one cell must not be written into another.
MORE: tuple[tuple[str, str, object, str], ...] = (
    ("day of a formula", '<c r="B5"><f>HQS_DUE(A5)</f><v>1</v></c>', date(2026, 3, 31), ""),
    ("formula beside a value", '<c r="B5"><f>HQS_DUE(A5)</f><v>1</v></c><c r="C5"><v>1</v></c>', "a", ""),
    ("value beside a formula", '<c r="B5"><v>1</v></c><c r="C5"><f>HQS_DUE(A5)</f><v>1</v></c>', "a", ""),
    ("like a formula beside one", '<c r="B5"><v>1</v></c><c r="C5"><f>HQS_DUE(A5)</f><v>1</v></c>', "=a", ""),
)


@pytest.mark.parametrize("case", CELLS + MORE, ids=[case[0] for case in CELLS + MORE])
def test_a_cell_is_answered_alike_both_ways(
    case: tuple[str, str, object, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same cell in three rows, so that what is remembered of the first is used in the others."""
    _, cells, value, _ = case
    path = tmp_path / "book.xlsx"
    rows = [
        row(number, f'<c r="A{number}"><v>1</v></c>' + re.sub("(?<=[BbC])5(?=[\"'])", str(number), cells))
        for number in (70, 71, 72)
    ]
    xlsx_files.book(KNOWN + "".join(rows))(path)
    answers: Answers = {number: {1: value, 2: value} for number in (70, 71, 72)}
    ways = both(path, monkeypatch, lambda file: data_of(edited(file, answer(answers))))
    assert ways[0] == ways[1]


# A cell of ours or a blank is written, the others are left to the parser.
QUICK: tuple[tuple[str, str, dict[int, object], bool], ...] = (
    ("a value", '<c r="B70" s="3"><v>1</v></c>', {1: 2}, True),
    ("a new cell", "", {1: 2}, True),
    ("a formula of ours", f'<c r="B70" s="3" t="str">{OURS}<v>a</v></c>', {1: 2}, True),
    ("beside a formula of ours", f'<c r="B70">{OURS}<v>1</v></c>', {1: 1, 2: "a"}, True),
    ("a formula elsewhere", '<c r="B70"><f>SUM(A1)</f><v>1</v></c>', {2: "a"}, True),
    ("a formula of somebody's own", '<c r="B70"><f>SUM(A1)</f><v>1</v></c>', {1: 2}, False),
    ("a formula that is the day", '<c r="B70"><f>TODAY()</f><v>1</v></c>', {1: Cached(2)}, True),
    ("its result only", '<c r="B70"><f>SUM(A1)</f><v>1</v></c>', {1: Cached(2)}, True),
    (
        "an array of ours in its own cell",
        f'<c r="B70" s="3"><f t="array" ref="B70">{OURS[3:]}<v>1</v></c>',
        {1: 2},
        True,
    ),
    ("an array of somebody's own", '<c r="B70"><f t="array" ref="B70">SUM(A1)</f><v>1</v></c>', {1: Cached(2)}, True),
    ("an array in more cells", f'<c r="B70"><f t="array" ref="B70:B71">{OURS[3:]}<v>1</v></c>', {1: 2}, False),
    ("an array in another cell", f'<c r="B70"><f t="array" ref="C70">{OURS[3:]}<v>1</v></c>', {1: 2}, False),
    ("an array of nothing", '<c r="B70"><f t="array" ref="B70"></f><v>1</v></c>', {1: Cached(2)}, False),
    ("a formula nobody counted", '<c r="B70"><f>SUM(A1)</f></c>', {1: Cached(2)}, False),
    ("a new link", "", {1: LINK, 2: 5}, True),
    ("a link for a value", '<c r="B70" s="3"><v>1</v></c>', {1: LINK}, True),
    ("a link for a text", '<c r="B70" s="0" t="inlineStr"><is><t>D4</t></is></c>', {1: LINK, 2: LINK}, True),
    ("a link for an error", '<c r="B70" t="e"><v>#N/A</v></c>', {1: LINK}, True),
    ("a link that is there", linked("D4"), {1: LINK, 2: "a"}, True),
    ("another link", linked("D5"), {1: LINK}, True),
    ("a link that shows another cell", linked("D4", "D5"), {1: LINK}, True),
    ("a link nobody counted", '<c r="B70" s="3"><f>HYPERLINK("#\'R\'!D4","D4")</f></c>', {1: LINK}, True),
    ("a link to an error", linked("D4", "#REF!", "e"), {1: LINK}, True),
    ("a link of LibreOffice", linked("D4").replace(",", ";"), {1: LINK, 2: "a"}, True),
    ("an array that is the link", linked("D4").replace("<f>", '<f t="array" ref="B70">'), {1: LINK, 2: "a"}, True),
    ("a link in an array", linked("D5").replace("<f>", '<f t="array" ref="B70">'), {1: LINK}, True),
    ("a link in an array of more cells", linked("D5").replace("<f>", '<f t="array" ref="B70:B71">'), {1: LINK}, False),
    ("a text for a link", linked("D4"), {1: "D4"}, True),
    ("what looks like a formula for a link", linked("D4"), {1: "=D4"}, True),
    ("a day for a link", linked("D4"), {1: date(2026, 3, 31)}, True),
    ("a blank for a link", linked("D4"), {1: None, 2: None}, True),
    ("a result for a link", linked("D4"), {1: Cached("D5")}, False),
    ("a link for a formula of ours", f'<c r="B70" t="str">{OURS}<v>a</v></c>', {1: LINK}, False),
    ("a link for a formula of somebody's own", '<c r="B70"><f>SUM(A1)</f><v>1</v></c>', {1: LINK}, False),
)

# Cells below a formula that fills B70:C73, ours or somebody's own, and what they are answered.
FILLED: tuple[tuple[str, str, dict[int, object]], ...] = (
    ("the same", '<c r="B{n}"><v>1</v></c><c r="C{n}" t="str"><v>a</v></c>', {1: 1, 2: "a"}),
    ("other values", '<c r="B{n}" s="3"><v>1</v></c><c r="C{n}" t="str"><v>a</v></c>', {1: "b", 2: date(2026, 3, 31)}),
    ("a blank for a value", '<c r="B{n}" s="3"><v>1</v></c><c r="C{n}"/>', {1: None, 2: None}),
    ("a value for a blank", '<c r="B{n}" s="3"/><c r="C{n}"/>', {1: 5, 2: True}),
    ("no cells", "", {1: 5, 2: None}),
    ("no cells, and blank", "", {1: None, 2: None}),
    ("results", '<c r="B{n}" s="3"><v>1</v></c><c r="C{n}"/>', {1: Cached(TRUE), 2: Cached(date(2026, 3, 31))}),
    (
        "results that are there",
        '<c r="B{n}"><v>1</v></c><c r="C{n}" t="b"><v>1</v></c>',
        {1: Cached(1), 2: Cached(TRUE)},
    ),
    (
        "results of other types",
        '<c r="B{n}"><v>1</v></c><c r="C{n}" t="b"><v>1</v></c>',
        {1: Cached(TRUE), 2: Cached(1)},
    ),
    ("guarded", '<c r="B{n}"><v>1</v></c><c r="C{n}"><v>2</v></c>', {1: Guarded(3), 2: 4}),
    ("beside it", '<c r="B{n}"><v>1</v></c><c r="C{n}"><v>2</v></c><c r="D{n}"><v>3</v></c>', {1: 1, 2: 4, 3: 5}),
    ("beside it, new", '<c r="B{n}"><v>1</v></c>', {3: 5}),
    ("a link", '<c r="B{n}"><v>1</v></c><c r="C{n}"/>', {1: LINK, 2: None}),
    ("an error", '<c r="B{n}" t="e"><v>#N/A</v></c><c r="C{n}"/>', {1: "#N/A", 2: 1}),
)


@pytest.mark.parametrize("filler", ["HQS_ANSWERS(A1)", "SUM(A1)"], ids=["ours", "somebody's"])
@pytest.mark.parametrize(("cells", "answers"), [case[1:] for case in FILLED], ids=[case[0] for case in FILLED])
def test_cells_that_a_formula_fills_are_answered_alike_both_ways(
    filler: str, cells: str, answers: dict[int, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In rows 71 to 73 the formula of row 70 fills them, in 74 and 75 no more."""
    path = tmp_path / "book.xlsx"
    first = row(70, f'<c r="B70"><f t="array" ref="B70:C73">{filler}</f><v>1</v></c>')
    rows = [row(number, f'<c r="A{number}"><v>1</v></c>{cells.format(n=number)}') for number in range(71, 76)]
    xlsx_files.book(KNOWN + first + "".join(rows))(path)
    for numbers in (range(71, 76), range(74, 76)):
        given: Answers = dict.fromkeys(numbers, answers)
        ways = both(path, monkeypatch, lambda file, given=given: data_of(edited(file, answer(given))))
        assert ways[0] == ways[1]


def test_rows_that_a_formula_of_ours_fills_are_not_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.xlsx"
    first = row(70, '<c r="B70"><f t="array" ref="B70:B73">HQS_ANSWERS(A1)</f><v>1</v></c>')
    rows = [row(number, f'<c r="A{number}"><v>1</v></c><c r="B{number}"/>') for number in range(71, 76)]
    xlsx_files.book(KNOWN + first + "".join(rows))(path)
    taken_apart: list[bytes] = []
    read_row = RowBytes._read

    def watched(taken: RowBytes) -> None:
        taken_apart.append(taken.data)
        read_row(taken)

    monkeypatch.setattr(RowBytes, "_read", watched)
    edited(path, answer({number: {1: "a"} for number in range(70, 76)}))
    assert [data.partition(b">")[0] for data in taken_apart] == [b'<row r="70"']


@pytest.mark.parametrize(("cell", "answers", "quick"), [case[1:] for case in QUICK], ids=[case[0] for case in QUICK])
def test_usual_rows_are_not_taken_apart(
    cell: str, answers: dict[int, object], quick: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.xlsx"
    xlsx_files.book(KNOWN + row(70, '<c r="A70"><v>1</v></c>' + cell))(path)
    taken_apart: list[bytes] = []
    read_row = RowBytes._read

    def watched(row: RowBytes) -> None:
        taken_apart.append(row.data)
        read_row(row)

    monkeypatch.setattr(RowBytes, "_read", watched)
    found = both(path, monkeypatch, lambda file: (data_of(edited(file, answer({70: answers}))), len(taken_apart)))
    if isinstance(found[0][1], int):
        assert found[0][0] == found[1][0]
        assert (found[0][1] == 0) is quick
    else:
        assert found[0] == found[1]
        assert not quick


class Numbers:
    """Answers many rows at once: each in its second cell, with its number."""

    def __call__(self, number: int, _cells: object, /) -> dict[int, int]:
        return {1: number}

    def answers(self, rows: Sequence[Row]) -> list[dict[int, int]]:
        assert all(cells for _, cells in rows)
        return [{1: number} for number, _ in rows]


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_rows_answered_at_once_each_get_their_own_answer(
    batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.xlsx"
    full = {number: row(number, f'<c r="A{number}"><v>1</v></c><c r="B{number}"/>') for number in range(10, 30)}
    blank = {number: row(number, f'<c r="A{number}" s="0"/><c r="B{number}"/>') for number in range(12, 30, 5)}
    odd = {number: row(number, f"<c r='A{number}'><v>1</v></c>") for number in range(13, 30, 5)}
    xlsx_files.book(KNOWN + "".join((full | blank | odd).values()))(path)
    monkeypatch.setattr(patch_stream, "BATCH", batch)
    found = read(edited(path, lambda book: book.edit_rows(book.sheets[0], Numbers())))
    assert found == {number: {0: 1, 1: number} for number in full if number not in blank}


WORKBOOKS = ("", "", '<workbookPr date1904="1"/>', '<calcPr calcId="124519" fullCalcOnLoad="1"/>')


def test_what_one_workbook_says_is_not_read_into_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes say another word, another day, and a 0 that nobody has counted."""
    cells = '<c r="A3" t="s"><v>0</v></c><c r="B3" t="d"><v>2026-01-02</v></c><c r="C3"><f>A1</f><v>0</v></c>'
    found = []
    for number, properties in enumerate(WORKBOOKS):
        path = tmp_path / f"{number}.xlsx"
        texts = xlsx_files.strings(f"<si><t>word {number}</t></si>")
        xlsx_files.book(KNOWN + row(3, cells), texts, book=xlsx_files.workbook(properties=properties))(path)
        with monkeypatch.context() as patched:
            ways = both(path, patched, read)
        assert ways[0] == ways[1]
        found.append(ways[0][3])
    assert [one[0] for one in found] == ["word 0", "word 1", "word 2", "word 3"]
    assert found[0][1] - found[2][1] == OFFSET_1904
    assert [one[2] for one in found] == [0, 0, 0, UNCOUNTED]


def test_a_row_of_a_small_sheet_is_taken_apart_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.xlsx"
    xlsx_files.book(KNOWN + "".join(row(number, inline(f"A{number}", "a")) for number in range(3, 9)))(path)
    apart: list[int] = []
    taken = plain_cells.Cells.row

    def watched(self: plain_cells.Cells, data: bytes, digits: bytes, inner: bytes) -> Any:
        apart.append(int(digits))
        return taken(self, data, digits, inner)

    monkeypatch.setattr(plain_cells.Cells, "row", watched)
    with Workbook(path) as book:
        first, second = [*book.rows("S")], [*book.rows("S")]
    assert first == second
    assert apart == [*range(2, 9)]
    apart.clear()
    monkeypatch.setattr(plain_cells, "BYTES_KEPT", 200)
    with Workbook(path) as book:
        assert [*book.rows("S")] == [*book.rows("S")] == first
    assert len(apart) > len(first)

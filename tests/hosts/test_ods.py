"""Closed .ods files are read exactly, row by row, in bounded memory; what can't be read is refused in one line."""

from __future__ import annotations

import io
import random
import re
import tempfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import ClosedBook, open_book
from hqs_xl.hosts.files.limits import LIMITS, Limits
from hqs_xl.hosts.ods import plain as ods_plain
from hqs_xl.hosts.ods.content import Content
from hqs_xl.hosts.ods.workbook import OdsBook
from hqs_xl.hosts.package.xml_feed import XmlFeed
from hqs_xl.hosts.xlsx.read.workbook import CellValue
from tests.hosts import odd_ods, ods_files
from tests.hosts.odd_ods import BLANK, CELLS, SHEETS
from tests.hosts.ods_files import (
    BODY,
    SAME,
    book,
    cell,
    day,
    members,
    number,
    row,
    sheet,
    table,
    text,
)
from tests.hosts.refused_ods import REFUSED
from tests.hosts.test_closed import GRIDS, typed, write_grid
from tests.hosts.xlsx_files import Case, Rows, zipped
from tests.programs import all_converted, needs_libreoffice

NEVER = re.compile(rb"(?!)")


@pytest.fixture(params=["with patterns", "parser alone"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two ways a row may be read; both must give the same."""
    if request.param == "parser alone":
        monkeypatch.setattr(ods_plain, "_PLAIN_HEAD", NEVER)
    return str(request.param)


def read(path: Path, limits: Limits = LIMITS) -> Rows:
    with open_book(path, limits) as opened:
        return dict(opened.rows(opened.sheets[0]))


def read_all(path: Path, limits: Limits = LIMITS) -> dict[str, Rows]:
    with open_book(path, limits) as opened:
        return {name: dict(opened.rows(name)) for name in opened.sheets}


# ---- what a file holds -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(("said", "value"), [case[1:] for case in CELLS], ids=[case[0] for case in CELLS])
def test_a_cell_says(said: str, value: Any, tmp_path: Path) -> None:
    path = tmp_path / "roster"
    # The first row tells the reader where it stands; like rows below it may be read by patterns.
    sheet(BODY, *[row(text("before"), said, text("after"))] * 2)(path)
    expected = {0: "before", 1: value, 2: "after"}
    if value is BLANK:
        del expected[1]
    found = typed(read(path))
    assert found.pop(1) == {0: (str, "body")}
    assert found == typed({2: expected, 3: expected}) or found == near(expected)


def near(cells: dict[int, Any]) -> Any:
    """Parts of a day as floats hold them."""
    return {place: {n: (type(one), pytest.approx(one, abs=1e-11)) for n, one in cells.items()} for place in (2, 3)}


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(("write", "rows"), [case[1:] for case in SHEETS], ids=[case[0] for case in SHEETS])
def test_a_sheet_holds(write: Any, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / "roster"
    write(path)
    assert typed(read(path)) == typed(rows)


def test_a_day_never_becomes_the_next_one(tmp_path: Path) -> None:
    sheet(row(day("2026-03-31T23:59:59.999999999999")))(tmp_path / "roster")
    assert int(read(tmp_path / "roster")[1][0]) == 46_112


@pytest.mark.parametrize(
    ("said", "is_1904"),
    [
        ("", False),
        ("<table:null-date/>", None),
        ('<table:null-date table:date-value="1899-12-30"/>', False),
        ('<table:null-date table:date-value="1904-01-01"/>', True),
    ],
)
def test_the_date_system_is_read(said: str, is_1904: bool | None, tmp_path: Path) -> None:
    path = tmp_path / "roster"
    before = f"<table:calculation-settings>{said}</table:calculation-settings>"
    sheet(row(day("2026-03-31"), number(44_650)), before=before)(path)
    if is_1904 is None:
        with pytest.raises(UnusableFile, match="counted from"):
            OdsBook(path)
        return
    with OdsBook(path) as opened:
        assert opened.date1904 is is_1904
        # As in .xlsx, a day is its number in the book's own count.
        assert dict(opened.rows("S")) == {1: {0: 46_112 - (1462 if is_1904 else 0), 1: 44_650}}


def test_sheets_stand_in_their_order_and_what_is_none_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "roster"
    hidden = table(BODY, "<hidden>").replace("table:name", 'table:display="false" table:name')
    tables = odd_ods.OTHER_FILE + table(BODY, "Второй") + hidden + table(row(cell(odd_ods.OBJECT)), "third")
    book(tables, before=odd_ods.TRACKED, after=odd_ods.DDE)(path)
    assert read_all(path) == {"Второй": {1: {0: "body"}}, "<hidden>": {1: {0: "body"}}, "third": {}}


RANGES = [
    ('table:target-range-address="S.A1:S.C5"', set()),
    ('table:target-range-address="S.A1:S.C5" calcext:contains-footer="false"', set()),
    ('table:target-range-address="S.A1:S.C5" calcext:contains-footer="true"', {5}),
    ('table:target-range-address="$S.$A$1:$S.$C$5" calcext:contains-footer="true"', {5}),
    ('table:target-range-address="Other.A1:Other.C5" calcext:contains-footer="true"', set()),
    ('table:target-range-address="nonsense" calcext:contains-footer="true"', set()),
    ('calcext:contains-footer="true"', set()),
]


@pytest.mark.parametrize(("said", "totals"), RANGES, ids=[case[0] for case in RANGES])
def test_the_last_row_of_a_range_with_a_footer_is_its_totals(said: str, totals: set[int], tmp_path: Path) -> None:
    after = f"<table:database-ranges><table:database-range {said}/></table:database-ranges>"
    sheet(BODY, after=after)(tmp_path / "roster")
    with OdsBook(tmp_path / "roster") as opened:
        assert opened.totals("S") == totals


def test_a_sheet_with_an_odd_name_has_its_totals(tmp_path: Path) -> None:
    path = tmp_path / "roster"
    said = "table:target-range-address=\"'It''s: a.b'.A1:'It''s: a.b'.C5\" calcext:contains-footer=\"true\""
    after = f"<table:database-ranges><table:database-range {said}/></table:database-ranges>"
    book(table(BODY, "It's: a.b"), after=after)(path)
    with OdsBook(path) as opened:
        assert opened.totals("It's: a.b") == {5}


def test_an_unknown_sheet_is_refused_at_once(tmp_path: Path) -> None:
    sheet(BODY)(tmp_path / "roster")
    with OdsBook(tmp_path / "roster") as opened:
        for ask in (opened.rows, opened.totals):
            with pytest.raises(UnusableFile) as caught:
                ask("s")
            assert (caught.value.code, caught.value.fields["sheet"]) == ("no_sheet", "s")


def test_a_manifest_alone_tells_the_kind(tmp_path: Path) -> None:
    ods_files.changed(kind=None, manifest=ods_files.manifest("/"))(tmp_path / "roster")
    assert read(tmp_path / "roster") == {1: {0: "body"}}


def test_a_locked_library_of_macros_does_not_matter(tmp_path: Path) -> None:
    ods_files.changed(manifest=ods_files.manifest("Basic/Standard/Module1.xml", ods_files.LOCKED))(tmp_path / "roster")
    assert read(tmp_path / "roster") == {1: {0: "body"}}


# ---- order, chunks, progress -------------------------------------------------------------------------------------

MANY: dict[str, Rows] = {
    name: {place: {0: name, 1: place, 3: "same"} for place in range(1, 2000)} for name in ("a", "b", "c")
}


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.ods"
    book("".join(table(ods_files.written(rows), name) for name, rows in MANY.items()))(path)
    return path


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("order", ["abc", "cba", "bbab", "acb", "ccc"])
def test_sheets_may_be_read_in_any_order_and_again(many: Path, order: str) -> None:
    with OdsBook(many) as opened:
        for name in order:
            assert dict(opened.rows(name)) == MANY[name]


@pytest.mark.usefixtures("way")
def test_sheets_may_be_read_side_by_side(many: Path) -> None:
    with OdsBook(many) as opened:
        pairs = list(zip(opened.rows("b"), opened.rows("b"), opened.rows("a"), strict=True))
        assert all(one == other for one, other, _ in pairs)
        assert dict(third for *_, third in pairs) == MANY["a"]


def test_a_reader_left_in_the_middle_lets_the_file_go(many: Path) -> None:
    with OdsBook(many) as opened:
        assert next(opened.rows("b"))[0] == 1
        assert dict(opened.rows("b")) == MANY["b"]
    many.unlink()


def test_sheets_in_their_order_are_streamed_twice_not_more(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    streamed: list[str] = []
    with OdsBook(many) as opened:
        package = opened._package
        real = package.chunks

        def watched(part: str) -> Iterator[bytes]:
            streamed.append(part)
            return real(part)

        monkeypatch.setattr(package, "chunks", watched)
        for name in opened.sheets:
            assert dict(opened.rows(name)) == MANY[name]
    assert streamed == ["content.xml"]  # and once when it was opened


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("size", [1, 2, 7, 64, 1000])
def test_where_a_chunk_ends_does_not_matter(size: int, tmp_path: Path) -> None:
    path = tmp_path / "roster"
    rows = [row(text("before"), said, text("after")) for _, said, _ in CELLS]
    book(table("".join(rows)) + table(SAME * 3, "T"), before=odd_ods.TRACKED)(path)
    expected = read_all(path)
    assert read_all(path, Limits(chunk=size)) == expected


@pytest.mark.parametrize("sign", [" ", "\n", "\t", "\r\n"])
def test_spaces_within_tags_do_not_matter(sign: str, tmp_path: Path) -> None:
    tables = "".join(table(SAME * 30, name) for name in "abc")
    spaced = tables.replace("</table:table>", f"</table:table{sign}>").replace("<table:table ", f"<table:table{sign}")
    book(spaced)(tmp_path / "roster")
    found = read_all(tmp_path / "roster", Limits(chunk=500))
    assert [len(rows) for rows in found.values()] == [30, 30, 30]


def test_rows_wider_than_what_is_kept_back_are_read(tmp_path: Path) -> None:
    path = tmp_path / "roster"
    sheet(*[row(*[text(f"word {place}") for place in range(50)])] * 20)(path)
    expected = read(path)
    assert read(path, Limits(chunk=40, pending=10)) == expected


def test_rows_in_a_comment_do_not_begin_the_parser_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fed: list[int] = []
    feed = XmlFeed.feed

    def watched(self: XmlFeed, piece: bytes) -> None:
        fed.append(len(piece))
        feed(self, piece)

    monkeypatch.setattr(XmlFeed, "feed", watched)
    sheet(f"<!--{SAME * 2000}-->", BODY)(tmp_path / "roster")
    assert read(tmp_path / "roster") == {1: {0: "body"}}
    assert len(fed) < 20


def test_rows_of_the_usual_shape_spare_the_parser(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[object] = []
    start_row = Content._start_row

    def watched(content: Content, attributes: dict[str, str]) -> None:
        parsed.append(attributes)
        start_row(content, attributes)

    monkeypatch.setattr(Content, "_start_row", watched)
    assert len(read(many)) == len(MANY["a"])
    # Those of the first bytes: there the parser learns where it is.
    assert len(parsed) < len(MANY["a"]) / 5


def test_progress_rises_to_the_whole_of_each_sheet(many: Path) -> None:
    with OdsBook(many) as opened:
        for name in opened.sheets:
            told: list[float] = []
            list(opened.rows(name, told.append))
            assert told == sorted(told)
            assert told[-1] == 1.0
            assert 1 < len(told) <= 101


# ---- refused -----------------------------------------------------------------------------------------------------


def judged(path: Path) -> str | None:
    try:
        read_all(path)
    except UnusableFile as fault:
        assert "\n" not in fault.message()
        assert "\n" not in fault.message("ru")
        return fault.code
    return None


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_it_is_refused(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "roster"
    case.write(path)
    assert judged(path) == case.code


def peak(path: Path, rows: int) -> int:
    """The most memory that reading a sheet of so many rows takes."""
    sheet(BODY, SAME * rows)(path)
    tracemalloc.start()
    try:
        with OdsBook(path) as opened:
            assert sum(1 for _ in opened.rows("S")) == rows + 1
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.usefixtures("way")
def test_a_sheet_ten_times_as_long_takes_no_more_memory(tmp_path: Path) -> None:
    path = tmp_path / "roster"
    peak(path, 10)  # what is made but once
    assert peak(path, 20_000) < 2 * peak(path, 2000)


def test_the_xlsx_reader_says_what_an_ods_is(tmp_path: Path) -> None:
    sheet(BODY)(tmp_path / "roster.xlsx")
    with pytest.raises(UnusableFile) as caught:
        ClosedBook(tmp_path / "roster.xlsx")
    assert caught.value.code == "ods"


# ---- any grid, any bytes -----------------------------------------------------------------------------------------


def both_ways(data: bytes) -> Iterator[Any]:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "roster.ods"
        path.write_bytes(data)
        yield told(path)
        patch.setattr(ods_plain, "_PLAIN_HEAD", NEVER)
        yield told(path)


def told(path: Path) -> Any:
    """What a file comes to: its rows, or code and fields of the refusal."""
    try:
        return {name: typed(rows) for name, rows in read_all(path).items()}
    except UnusableFile as fault:
        return fault.code, fault.fields


# No XML holds these; .xlsx has escapes for them.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def without_controls(grid: Rows) -> Rows:
    return {place: {column: plain(value) for column, value in cells.items()} for place, cells in grid.items()}


def plain(value: Any) -> Any:
    return CONTROLS.sub("?", value) if isinstance(value, str) else value


def known(rows: Any) -> Any:
    """Whole numbers and others alike, yes and no apart."""
    return {place: {n: (kind is bool, one) for n, (kind, one) in cells.items()} for place, cells in rows.items()}


@settings(max_examples=60, deadline=None)
@given(grid=GRIDS.map(without_controls))
def test_any_grid_reads_back(grid: Rows) -> None:
    data = zipped(members(table(ods_files.written(grid))))
    for found in both_ways(data):
        assert known(found["S"]) == known(typed(grid))


PIECES = ["<", ">", "/", '"', "=", " ", "\r\n", "&amp;", "&", "]]>", "<!--", "-->", "<![CDATA[", "\x01", "é", "\ud800"]
PIECES += [
    "<table:table-row>",
    "</table:table-row>",
    "<table:table-cell>",
    "</table:table-cell>",
    "<text:p>",
    "</text:p>",
]
PIECES += ["<text:p/>", "<text:s/>", "</table:table>", '<table:table table:name="x">', ' xmlns:table="x"', "3", ":"]


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_both_ways_judge_broken_rows_alike(data: st.DataObject) -> None:
    rows = BODY + row(text("a"), number(5, times=2), day("2026-03-31"), times=2) * 4 + SAME * 3
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(rows)))
        end = start + data.draw(st.integers(0, 5))
        rows = rows[:start] + data.draw(st.sampled_from(["", *PIECES])) + rows[end:]
    part = ods_files.content(table(rows) + table(SAME, "T")).encode("utf-8", "surrogatepass")
    one, other = both_ways(zipped({**members(), "content.xml": part}))
    assert one == other


@pytest.mark.parametrize("seed", range(20))
def test_changed_bytes_are_read_or_refused_but_never_crash(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    rows = [row(text("before"), said, text("after")) for _, said, _ in CELLS]
    good = zipped(members(table("".join(rows))), zipfile.ZIP_STORED if seed % 2 else zipfile.ZIP_DEFLATED)
    path = tmp_path / "roster.ods"
    for _ in range(25):
        data = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(bytes(data[: chance.randint(1, len(data))] if chance.random() < 0.1 else data))
        judged(path)


# ---- by LibreOffice ----------------------------------------------------------------------------------------------


@needs_libreoffice
def test_any_grid_reads_back_from_libreoffice(tmp_path: Path) -> None:
    grids = [example(seed) for seed in range(8)]
    files = []
    for number_, grid in enumerate(grids):
        files.append(tmp_path / f"grid{number_}.xlsx")
        target = io.BytesIO()
        write_grid(target, grid, constant_memory=False)
        files[-1].write_bytes(target.getvalue())
    for kind in ("ods", "xlsx"):
        for grid, file in zip(grids, all_converted(files, kind, tmp_path / kind), strict=True):
            assert typed(read(file)) == typed(grid), kind


WORDS = [
    "a",
    "Жанна",
    " two  spaces ",
    "line\nbreak",
    "tab\tin",
    "<&>\"'",
    "=1+1",
    "_x0041_",
    "\N{GRINNING FACE}",
    "1.1.2026",
]
NUMBERS: list[CellValue] = [5, -7, 0.5, 250_000.25, 46_112, 46_112.5, True, False, 123_456_789_012_345]


def example(seed: int) -> Rows:
    """Any values that LibreOffice keeps: fifteen digits of a number, no signs that a cell can't show."""
    chance = random.Random(seed)  # noqa: S311 - as above
    grid: Rows = {}
    for place in sorted([*chance.sample(range(1, 40), 10), chance.randint(41, 900)]):
        columns = sorted({chance.choice((0, 1, 2, 3, 60, 800)) for _ in range(4)})
        grid[place] = {column: chance.choice([*WORDS, *NUMBERS]) for column in columns}
    return grid


@needs_libreoffice
def test_what_libreoffice_writes_besides_cells_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "rich.xlsx"
    with xlsxwriter.Workbook(file) as made:
        one, bold = made.add_worksheet("One"), made.add_format({"bold": True})
        one.write_rich_string("A1", "a ", bold, "bo  ld", " z")
        one.write_url("A2", "http://example.org/", None, "link")
        one.write_comment("A3", "a note")
        one.insert_textbox("B3", "on a shape")
        one.merge_range("A4:B5", "merged")
        one.write_formula("A6", "=TODAY()", None, 46_000)
        one.write_formula("A7", "=1/0", None, "#DIV/0!")
        one.write_formula("A8", '="a"&CHAR(10)&"b  c"', None, "a\nb  c")
        one.write_formula("A9", '=IF(1,"","x")', None, "")
        chart = made.add_chart({"type": "bar"})
        chart.add_series({"values": "=Hidden!$A$1:$A$2"})
        one.insert_chart("D1", chart)
        made.add_worksheet("Hidden").write_column("A1", [1, 2])
        made.sheetnames["Hidden"].hide()
    rows = {1: {0: "a bo  ld z"}, 2: {0: "link"}, 4: {0: "merged"}, 7: {0: "#DIV/0!"}, 8: {0: "a\nb  c"}}
    for kind in ("xlsx", "ods"):
        found = read_all(all_converted([file], kind, tmp_path / kind)[0])
        assert getattr(found["One"].pop(6)[0], "days", None) == 0
        assert found == {"One": rows, "Hidden": {1: {0: 1}, 2: {0: 2}}}

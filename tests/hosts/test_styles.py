"""Parts of cell formats as odd writers leave them: empty, in UTF-16, of many megabytes."""

from __future__ import annotations

import tracemalloc
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import ClosedEdit
from hqs_xl.hosts.package.opc import MAIN, Package
from hqs_xl.hosts.package.part_edit import PartEdit
from hqs_xl.hosts.xlsx.patch.styles import Styles
from tests.benchmarks.bench_styles import KINDS, filled
from tests.hosts import xlsx_files
from tests.hosts.edits import answer, changes, edited, part, read

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 3, 31)
STYLES = "xl/styles.xml"
EMPTY = f'<styleSheet xmlns="{MAIN}"/>'
USUAL = (
    f'<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/></font>'
    '</fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Обычный" xfId="0"/></cellStyles></styleSheet>'
)
UTF_16 = USUAL.replace("UTF-8", "UTF-16")
ENCODED = {
    "utf-16, little-endian": b"\xff\xfe" + UTF_16.encode("utf-16-le"),
    "utf-16, big-endian": b"\xfe\xff" + UTF_16.encode("utf-16-be"),
    "utf-16 without a mark": UTF_16.encode("utf-16-le"),
}


def book(path: Path, styles: bytes) -> Path:
    links = xlsx_files.links(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"))
    path.write_bytes(xlsx_files.zipped(xlsx_files.parts(book_links=links, strings=None) | {STYLES: styles}))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "roster.xlsx"


@pytest.mark.parametrize(
    "styles",
    [
        EMPTY.encode(),
        EMPTY.replace("/>", "></styleSheet>").encode(),
        f'<x:styleSheet xmlns:x="{MAIN}"/>'.encode(),
        f'<?xml version="1.0" encoding="UTF-16"?>{EMPTY}'.encode("utf-16"),
    ],
    ids=["one tag", "two tags", "prefixed", "utf-16"],
)
def test_an_empty_part_is_filled_where_a_format_is_needed(styles: bytes, path: Path) -> None:
    book(path, styles)
    assert part(edited(path, answer({1: {0: "a"}})), STYLES) == styles
    out = edited(path, answer({1: {0: DAY}}))
    found = openpyxl.load_workbook(out)["S"]["A1"]
    assert (found.value, found.number_format) == (datetime(2026, 3, 31), "yyyy-mm-dd")
    assert not changes(out, answer({1: {0: DAY}}))


@pytest.mark.parametrize(("value", "refused"), [(5, False), ("a", False), (DAY, True), ("=x", True)])
def test_a_workbook_without_cell_formats_is_refused_where_one_is_needed(
    value: object, refused: bool, path: Path
) -> None:
    book(path, f'<styleSheet xmlns="{MAIN}"><fonts/></styleSheet>'.encode())
    if not refused:
        assert read(edited(path, answer({1: {0: value}}))) == {1: {0: value}}
        return
    with ClosedEdit(path) as opened, pytest.raises(UnusableFile) as caught:
        answer({1: {0: value}})(opened)
    assert caught.value.code == "bad_xml"


@pytest.mark.parametrize("styles", ENCODED.values(), ids=ENCODED)
def test_a_part_in_utf_16_stays_in_it(styles: bytes, path: Path) -> None:
    wanted = part(edited(book(path, USUAL.encode()), answer({1: {0: DAY}})), STYLES).decode()
    out = edited(book(path, styles), answer({1: {0: DAY}}))
    found = part(out, STYLES)
    assert found[:2] == styles[:2]
    order = "utf-16-be" if styles.startswith(b"\xfe\xff") else "utf-16-le"
    assert found.decode(order).removeprefix("\ufeff") == wanted.replace("UTF-8", "UTF-16")
    assert openpyxl.load_workbook(out)["S"]["A1"].value == datetime(2026, 3, 31)
    assert not changes(out, answer({1: {0: DAY}}))


@pytest.mark.parametrize("name", ["types", "root", "book", "book_links", "strings"])
def test_other_parts_in_utf_16_are_read_and_edited(name: str, path: Path) -> None:
    row = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>'
    short = {"types": 0, "root": 1, "book": 2, "book_links": 3, "strings": 5}
    whole = [*xlsx_files.parts(row).values()][short[name]].decode().replace("UTF-8", "UTF-16")
    changed: dict[str, Any] = {name: whole.encode("utf-16")}
    xlsx_files.book(row, **changed)(path)
    assert read(path) == {1: {0: "one"}}
    out = edited(path, lambda opened: opened.add_table("findings", "en")({"person_id": "P1"}))
    with ClosedEdit(out) as opened:
        assert len(opened.sheets) == 2
        assert [area.name for area in opened.tables(opened.sheets[1])] == ["Findings"]


@pytest.mark.parametrize("kind", KINDS)
def test_of_many_formats_little_more_than_their_bytes_is_held(kind: str, path: Path) -> None:
    styles, count = filled(USUAL, *KINDS[kind], size=2 << 20)
    book(path, styles)
    edited(path, answer({1: {0: DAY}}))
    tracemalloc.start()
    with ClosedEdit(path) as opened:
        opened.add_table("findings", "en")({"person_id": "P1"})
        answer({1: {0: DAY}})(opened)
        assert opened.changed
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count > 5000
    assert peak < 5 * len(styles)


def test_a_format_made_is_known_from_then_on_and_of_equal_ones_the_first_is_taken(path: Path) -> None:
    quoted = '<xf numFmtId="14" fontId="0" quotePrefix="1"/>'
    formats = f'<xf numFmtId="0" fontId="0"/><xf fontId="0" numFmtId="14"/>{quoted}{quoted}'
    text = USUAL.replace('<cellXfs count="1"><xf numFmtId="0" fontId="0"/>', f'<cellXfs count="4">{formats}')
    with Package(book(path, text.encode())) as package:
        styles = Styles(package, PartEdit(package, STYLES), STYLES)
        assert [styles.is_date(number) for number in range(6)] == [False, True, True, True, False, False]
        assert styles.quoted(1) == 2
        assert styles.dated(0) == 4
        assert styles.is_date(4)
        assert (styles.dated(4), styles.dated(99), styles.quoted(4)) == (4, 4, 5)
        assert styles.is_date(5)
        assert set(styles.dates()) >= {1, 2, 3, 4, 5}

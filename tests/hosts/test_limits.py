"""Every limit: as much as it allows is read, more is refused, and soon. See limited_files.py."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import ClosedEdit, open_book
from hqs_xl.hosts.files.limits import LIMITS, Limits
from hqs_xl.hosts.ods import plain as ods_plain
from hqs_xl.hosts.package.opc import MAIN, Package
from hqs_xl.hosts.xlsx.read import row_tags
from tests.hosts import limited_ods, xlsx_files
from tests.hosts.limited_files import BOUNDS, DEPTH, STREAMED, Bound, nested
from tests.hosts.test_ods import NEVER

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["with patterns", "parser alone"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the two ways a row may be read."""
    if request.param == "parser alone":
        monkeypatch.setattr(row_tags, "prefixed_in", xlsx_files.no_tag)
        monkeypatch.setattr(ods_plain, "_PLAIN_HEAD", NEVER)


def read(path: Path, limits: Limits) -> str | None:
    """The code a file is refused by when all of it is read; None: it is not."""
    try:
        with open_book(path, limits) as book:
            for sheet in book.sheets:
                book.totals(sheet)
                for _ in book.rows(sheet):
                    pass
    except UnusableFile as fault:
        return fault.code
    return None


def edited(path: Path, limits: Limits, answer: object = 5) -> str | None:
    """The code a file is refused by when all of its rows are answered."""
    try:
        with ClosedEdit(path, limits=limits) as book:
            for sheet in book.sheets:
                book.tables(sheet)
                book.edit_rows(sheet, lambda _number, cells: {min(cells): answer, 7: "x"})
            book.write(io.BytesIO())
    except UnusableFile as fault:
        return fault.code
    return None


ALL = [*(pytest.param(bound, id=f"xlsx: {bound.name}") for bound in BOUNDS)]
ALL += [*(pytest.param(bound, id=f"ods: {bound.name}") for bound in limited_ods.BOUNDS)]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("bound", ALL)
def test_as_much_as_a_limit_allows_is_read(bound: Bound, tmp_path: Path) -> None:
    path = tmp_path / "roster"
    bound.write(bound.most)(path)
    assert read(path, bound.limits) is None


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("bound", ALL)
def test_more_is_refused(bound: Bound, tmp_path: Path) -> None:
    path = tmp_path / "roster"
    bound.write(bound.more)(path)
    assert read(path, bound.limits) == bound.code
    assert read(path, LIMITS) is None


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("bound", BOUNDS, ids=lambda bound: bound.name)
def test_an_edit_keeps_to_the_limits_too(bound: Bound, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    bound.write(bound.most)(path)
    # A formula of somebody's own is not answered over.
    assert edited(path, bound.limits) in {None, "foreign_formula"}
    bound.write(bound.more)(path)
    assert edited(path, bound.limits) == bound.code


def measured(path: Path, limits: Limits) -> tuple[str | None, int]:
    """The code a file is refused by, and the most memory that took."""
    tracemalloc.start()
    try:
        return read(path, limits), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("bound", [*STREAMED, *limited_ods.STREAMED], ids=lambda bound: bound.name)
def test_what_is_far_too_much_is_refused_before_it_is_held(bound: Bound, tmp_path: Path) -> None:
    path = tmp_path / "roster"
    limits = bound.limits._replace(chunk=256, pending=256)
    bound.write(bound.most)(path)
    read(path, limits)  # what is made but once
    _, enough = measured(path, limits)
    bound.write(40 * bound.more)(path)
    code, taken = measured(path, limits)
    assert code == bound.code
    assert taken < enough + 96 * 1024


@pytest.mark.parametrize(("head", "told"), [(400, b"A1:H4"), (300, b"A1:A4")], ids=["held", "too much to hold"])
def test_a_sheet_s_size_is_told_anew_where_what_stands_before_it_is_held(
    head: int, told: bytes, tmp_path: Path
) -> None:
    path, out = tmp_path / "roster.xlsx", tmp_path / "out.xlsx"
    before = f'<sheetPr codeName="{"x" * 200}"/><dimension ref="A1:A4"/>'
    xlsx_files.book(sheet=xlsx_files.sheet(xlsx_files.GOOD_ROWS, before=before))(path)
    with ClosedEdit(path, limits=Limits(chunk=32, pending=32, head=head)) as book, out.open("w+b") as stream:
        book.edit_rows("S", lambda _number, _cells: {7: "x"})
        book.write(stream)
    assert b'<dimension ref="%b"/>' % told in zipfile.ZipFile(out).read(xlsx_files.SHEET_PART)


def test_a_part_that_is_asked_for_whole_has_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book_with({"xl/other.bin": bytes(5000)})(path)
    with Package(path, Limits(listed=5000)) as package:
        assert package.whole("xl/other.bin") == bytes(5000)
    with Package(path, Limits(listed=4999)) as package, pytest.raises(UnusableFile) as caught:
        package.whole("xl/other.bin")
    assert (caught.value.code, caught.value.fields["part"]) == ("too_large", "xl/other.bin")


STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs count="1"><xf>{{}}</xf></cellXfs></styleSheet>'


@pytest.mark.parametrize(
    ("inner", "limits", "code"),
    [
        (nested(9), DEPTH, None),
        (nested(10), DEPTH, "bomb"),
        (" " * (5000 - len(STYLES) + 2), Limits(listed=5000), None),
        (" " * (5001 - len(STYLES) + 2), Limits(listed=5000), "too_large"),
    ],
    ids=["as deep as may be", "too deep", "as large as may be", "too large"],
)
def test_a_part_that_is_edited_has_its_limits(inner: str, limits: Limits, code: str | None, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    links = xlsx_files.links(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"))
    members = xlsx_files.parts(book_links=links, strings=None) | {"xl/styles.xml": STYLES.format(inner).encode()}
    path.write_bytes(xlsx_files.zipped(members))
    assert edited(path, limits, date(2026, 3, 31)) == code
    assert edited(path, LIMITS, date(2026, 3, 31)) is None

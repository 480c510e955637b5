"""The zip package's guard: what is refused, by which code, and how relationships are followed."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Any

import pytest

from hqs_xl import hosts
from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.hosts.files import disk_file, read_whole
from hqs_xl.hosts.files.limits import LIMITS, Limits
from hqs_xl.hosts.package.opc import Package, Relationship
from hqs_xl.hosts.package.xml_feed import XmlFeed
from tests.hosts import xlsx_files
from tests.hosts.limited_files import BOUNDS
from tests.hosts.odd_files import ODD
from tests.hosts.other_kinds import KINDS
from tests.hosts.refused_files import REFUSED
from tests.hosts.test_members import MEMBERS
from tests.hosts.xlsx_files import Case


def code_of(path: Path) -> str:
    """The code a file is refused by when all of it is read."""
    with pytest.raises(UnusableFile) as caught:
        read_all(path)
    assert caught.value.fields["file"] == path.name
    assert caught.value.key == f"file.{caught.value.code}"
    return caught.value.code


def read_all(path: Path) -> None:
    with ClosedBook(path) as book:
        for sheet in book.sheets:
            book.tables(sheet)
            for _ in book.rows(sheet):
                pass


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_a_file_is_refused_by_its_code(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    case.write(path)
    assert code_of(path) == case.code


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_a_refused_file_is_let_go(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[disk_file._BoundedFile] = []

    class Watched(disk_file._BoundedFile):
        def __init__(self, raw: io.FileIO, limits: Limits) -> None:
            super().__init__(raw, limits)
            opened.append(self)

    monkeypatch.setattr(disk_file, "_BoundedFile", Watched)
    path = tmp_path / "roster.xlsx"
    case.write(path)
    code_of(path)
    assert all(source.closed for source in opened)


def test_a_path_to_nothing_is_not_found(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.xlsx") == "not_found"
    assert code_of(tmp_path / "none" / "roster.xlsx") == "not_found"


def test_a_path_with_nul_is_not_found() -> None:
    with pytest.raises(UnusableFile) as caught:
        Package(Path("a\0b.xlsx"))
    assert caught.value.code == "not_found"


def test_a_path_below_a_file_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    assert code_of(tmp_path / "file" / "roster.xlsx") == "not_found"


def test_a_name_too_long_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile) as caught:
        Package(tmp_path / f"{'x' * 300}.xlsx")
    assert caught.value.code in {"cannot_read", "not_found"}


def test_a_folder_is_named_as_one(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "is_folder"
    with pytest.raises(UnusableFile) as caught:
        Package(Path())
    assert caught.value.fields["file"] == "."


@pytest.mark.parametrize("address", ["https://docs.google.com/spreadsheets/d/1aB/edit", "HTTP://example.org/a.xlsx"])
def test_an_address_on_the_internet_is_named_as_one(address: str) -> None:
    with pytest.raises(UnusableFile, match="download the workbook") as caught:
        Package(Path(address))
    assert caught.value.code == "web_address"


def test_a_file_that_is_named_like_a_protocol_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("https.xlsx").write_bytes(b"text")
    assert code_of(Path("https.xlsx")) == "plain_text"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.xlsx"
    os.mkfifo(path)
    assert code_of(path) == "cannot_read"


def test_a_file_one_may_not_read_is_named_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_path: Path) -> None:
        raise PermissionError

    path = tmp_path / "roster.xlsx"
    xlsx_files.book()(path)
    monkeypatch.setattr(io, "FileIO", forbidden)
    assert code_of(path) == "no_permission"


def test_a_fault_names_the_part(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book(sheet="<broken")(path)
    with pytest.raises(UnusableFile) as caught:
        read_all(path)
    assert caught.value.fields["part"] == xlsx_files.SHEET_PART


def test_a_fault_names_sheet_and_row(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book('<row r="5"/><row r="3"/>')(path)
    with pytest.raises(UnusableFile) as caught:
        read_all(path)
    assert (caught.value.fields["sheet"], caught.value.fields["row"]) == ("S", 3)


def test_a_fault_keeps_to_one_short_line(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book(f'<row r="1"><c r="a&#10;b&#x202E;{"x" * 1000}"/></row>')(path)
    with pytest.raises(UnusableFile) as caught:
        read_all(path)
    said = str(caught.value.fields["cell"])
    assert said.startswith("a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}xxx")
    assert said.endswith("x…")
    assert len(said) == 120


TARGETS = [
    ("relative", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
    ("absolute", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
    ("with dots", "../xl/./worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
    ("above the root", "../../../../etc/passwd", "etc/passwd"),
    ("with a fragment", "worksheets/sheet1.xml#A1", "xl/worksheets/sheet1.xml"),
    ("escaped", "worksheets%2Fsheet1.xml", "xl/worksheets/sheet1.xml"),
    ("address of another machine", "https://example.org/a.xml", "xl/https:/example.org/a.xml"),
]


@pytest.mark.parametrize(("target", "part"), [row[1:] for row in TARGETS], ids=[row[0] for row in TARGETS])
def test_a_target_names_a_part_of_the_package(target: str, part: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book(book_links=xlsx_files.links(("rId1", "worksheet", target)))(path)
    with Package(path) as opened:
        assert opened.relationships(opened.workbook) == {"rId1": Relationship("worksheet", part)}


@pytest.mark.parametrize("mode", ["External", "external"])
def test_an_outside_target_names_no_part(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    outside = xlsx_files.links(("rId1", "worksheet", "worksheets/sheet1.xml"), mode=f' TargetMode="{mode}"')
    xlsx_files.book(book_links=outside)(path)
    with Package(path) as opened:
        assert opened.relationships(opened.workbook) == {"rId1": Relationship("worksheet", None)}


def test_a_part_without_relationships_has_none(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book()(path)
    with Package(path) as opened:
        assert opened.relationships(xlsx_files.SHEET_PART) == {}


def test_another_type_of_relationship_keeps_its_whole_name(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    xlsx_files.book(sheet_links=xlsx_files.links(("rId1", "macro", "a.bin"), base="urn:x"))(path)
    with Package(path) as opened:
        assert opened.relationships(xlsx_files.SHEET_PART)["rId1"].kind == "urn:x/macro"


@pytest.mark.parametrize("chunk", [LIMITS.chunk, 1000])
def test_chunks_are_the_part_s_bytes(chunk: int, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    data = bytes(range(256)) * 1000
    xlsx_files.book_with({"xl/any.bin": data})(path)
    with Package(path, Limits(chunk=chunk)) as opened:
        pieces = list(opened.chunks("XL/Any.bin"))
    assert b"".join(pieces) == data
    assert max(map(len, pieces)) <= chunk


# What is read, but not edited: test_edit.py and test_edited_tables.py hold a case of each.
EDITS_REFUSED = {
    "backslashes",
    "edit_encoding",
    "foreign_formula",
    "in_the_way",
    "merged",
    "no_room",
    "odd_row",
    "signed",
    "above_totals",
    "table_totals",
    "too_many_formulas",
    "too_many_rows",
}
# What is edited, but not saved: test_save.py and test_locks.py.
SAVES_REFUSED = {"busy", "changed_meanwhile", "locked"}
# What no .xlsx can be: test_ods.py.
ODS_REFUSED = {"null_date", "dtd_openoffice"}


def test_every_refused_edit_has_a_case() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_edit*.py"))
    assert [code for code in EDITS_REFUSED if f'"{code}"' not in tests] == []


@pytest.mark.parametrize(("size", "read"), [(1023, True), (1024, True), (1025, False)])
def test_a_file_that_is_no_workbook_is_read_up_to_a_size(tmp_path: Path, size: int, read: bool) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(b"x" * size)
    if read:
        assert read_whole(file, 1024) == b"x" * size
    else:
        with pytest.raises(UnusableFile) as refused:
            read_whole(file, 1024)
        assert refused.value.code == "too_big"


def test_every_code_has_a_case() -> None:
    modules = Path(str(hosts.__file__)).parent.rglob("*.py")
    sources = "".join(module.read_text(encoding="utf-8") for module in modules)
    raised = set(
        re.findall(
            r'(?:refusal|fault|Fault)\((?:path\.name(?: or str\(path\))?, |path\.as_posix\(\), )?"(\w+)"', sources
        )
    )
    raised |= {code for _, _, code in KINDS} | {"encrypted", "old_xls", "ole"}
    cases = {case.code for case in REFUSED} | {bound.code for bound in BOUNDS} | {member.code for member in MEMBERS}
    tried_above = {"not_found", "is_folder", "no_permission", "cannot_read", "too_big", "web_address"}
    # Rows below a table are tried where people are taken in (tests/intake), rows taken out where the demo is
    # (tests/buttons).
    tried_elsewhere = (
        {
            "below_table",
            "row_stays",
            "row_stays_for",
            "lock_file",
            "no_sheet",
            "not_ours",
            "encrypted",
            "old_xls",
            "ole",
            *ODS_REFUSED,
        }
        | EDITS_REFUSED
        | SAVES_REFUSED
    )
    assert cases | tried_above | tried_elsewhere == raised | {""}


def test_no_two_cases_share_a_name() -> None:
    names = [case.name for case in (*REFUSED, *ODD)] + [bound.name for bound in BOUNDS]
    assert len(set(names)) == len(names)


class OnePart:
    """The little of a package that a feed asks for."""

    limits = LIMITS
    strict = False

    def size(self, _part: str) -> int:
        return 1

    def refusal(self, code: str, **fields: object) -> UnusableFile:
        return UnusableFile(f"file.{code}", file="roster.xlsx", **fields)


@pytest.mark.parametrize(("tags", "fed"), [(1, 41), (100, 100)], ids=["in one tag: stopped", "in many tags: read"])
def test_prefixes_are_counted_over_the_pieces_of_a_tag(tags: int, fed: int) -> None:
    package: Any = OnePart()
    feed = XmlFeed(package, "part.xml", lambda _: None)
    feed.feed(b"<top>")
    declared = b"".join(b' xmlns:p%d="u"' % number for number in range(500))
    done = 0
    try:
        for done in range(1, 101):
            feed.feed((b"<row" if tags > 1 or done == 1 else b"") + declared)
            if tags > 1:
                feed.feed(b"/>")
    except UnusableFile as fault:
        assert fault.code == "bomb"
    assert done == fed

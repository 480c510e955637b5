"""A compound file (OLE) is named by the names in it, a text by its start; neither is looked through without end."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.files.file_kind import kind_of
from hqs_xl.hosts.files.limits import Limits
from hqs_xl.hosts.package.opc import Package
from tests.hosts.other_kinds import compound

if TYPE_CHECKING:
    from pathlib import Path

FODS = b'<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
KINDS = [
    ("locked by a password", "EncryptionInfo", "encrypted"),
    ("locked, the other name", "EncryptedPackage", "encrypted"),
    ("an .xls", "Workbook", "old_xls"),
    ("an older .xls", "Book", "old_xls"),
    ("an .xls in capitals", "WORKBOOK", "old_xls"),
    ("a Word document", "WordDocument", "ole"),
    ("a longer name", "Workbooks", "ole"),
    ("a name that ends so", "MyWorkbook", "ole"),
]


@pytest.mark.parametrize(("stream", "code"), [kind[1:] for kind in KINDS], ids=[kind[0] for kind in KINDS])
def test_a_compound_file_is_named_by_what_is_in_it(stream: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    path.write_bytes(compound(stream))
    with pytest.raises(UnusableFile) as caught:
        Package(path)
    assert caught.value.code == code


def test_a_name_in_a_stream_is_none_of_the_directory_s() -> None:
    whole = compound("Workbook")
    shifted = whole[:8] + bytes(64) + whole[8:]
    assert kind_of(io.BytesIO(shifted)) == "ole"


def test_what_stands_behind_a_name_s_end_does_not_count() -> None:
    name = "Workbook\0".encode("utf-16le")
    data = compound("Workbook").replace(name.ljust(64, b"\0"), name.ljust(64, b"x"))
    assert kind_of(io.BytesIO(data)) == "old_xls"


def test_a_compound_file_is_looked_through_no_further_than_the_limit() -> None:
    data = compound("Workbook")
    name = "Workbook\0".encode("utf-16le")
    end = next(found.end() for found in re.finditer(name, data) if found.start() % 128 == 0)
    assert kind_of(io.BytesIO(data), Limits(ole=end)) == "old_xls"
    assert kind_of(io.BytesIO(data), Limits(ole=end - 1)) == "ole"


def test_a_text_is_known_by_its_start_as_far_as_the_limit() -> None:
    assert kind_of(io.BytesIO(FODS), Limits(text_start=len(FODS))) == "fods"
    assert kind_of(io.BytesIO(FODS), Limits(text_start=len(FODS) - 3)) != "fods"

"""Files people take for workbooks, by their first bytes: what each is, its bytes, and the code that says so."""

from __future__ import annotations

import gzip
import io
import zipfile
from importlib.resources import files

from pyopenvba.cfb import CFB

URN = "urn:schemas-microsoft-com:office:spreadsheet"
XML_2003 = (
    f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="{URN}">'
    '<Worksheet ss:Name="S"><Table><Row><Cell/></Row></Table></Worksheet></Workbook>'
)
EXCEL_PAGE = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"\nxmlns:x="urn:schemas-microsoft-com:office:excel">'
    "<head></head><body><table><tr><td>1</td></tr></table></body></html>"
)
XHTML = f'\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- report; made daily -->\n<!DOCTYPE HTML>\n{EXCEL_PAGE}'
LINES = "Номер;Кем является;Договор подписан\r\nP-1;HQS;01.02.2026\r\n"
QUOTED = (
    'id,name,signed\n1,"Quux, Z.",2026-02-01\n2,"Quux\nthe younger",2026-02-01\n3,Bar,2026-02-02\n4,Baz,2026-02-02\n'
)
LETTER = "Dear colleague,\nthe roster is attached.\nPlease look it over, and tell me, today, what is missing.\nYours\n"

# Name, bytes, code.
KINDS: tuple[tuple[str, bytes, str], ...] = (
    ("csv with a header only", "Имя;Дата\r\n".encode(), "plain_text"),
    ("csv of Excel in Russian", LINES.encode("cp1251"), "plain_text"),
    ("csv with a byte order mark", b"\xef\xbb\xbf" + LINES.encode(), "plain_text"),
    ("csv with commas in quotes", QUOTED.encode(), "plain_text"),
    ("csv longer than is looked at", (LINES * 3000).encode()[:-5], "plain_text"),
    ("unicode text of Excel", LINES.replace(";", "\t").encode("utf-16"), "plain_text"),
    ("text with tabulators", LINES.replace(";", "\t").encode(), "plain_text"),
    ("web page", b"<html><table></table></html>", "web_page"),
    ("web page of Excel", EXCEL_PAGE.encode("cp1251"), "web_page"),
    ("web page with a prologue", XHTML.encode(), "web_page"),
    ("a table alone", b"\r\n  <TABLE border=1><tr><td>1;2</td></tr></TABLE>", "web_page"),
    ("web archive", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "web_page"),
    ("xml spreadsheet 2003", XML_2003.encode(), "xml_spreadsheet"),
    ("xml spreadsheet 2003 in utf-16", XML_2003.encode("utf-16"), "xml_spreadsheet"),
    ("excel 2", bytes.fromhex("0900 0400 0200 1000 0000 0200"), "oldest_xls"),
    ("excel 3", bytes.fromhex("0902 0600 0000 1000 0000 0000"), "oldest_xls"),
    ("excel 4", bytes.fromhex("0904 0600 0000 1000 0000 0000"), "oldest_xls"),
    ("excel 5 without ole", bytes.fromhex("0908 0800 0005 0500 bb0d cc07"), "old_xls"),
    ("excel 97 without ole", bytes.fromhex("0908 1000 0006 0500 bb0d cc07"), "old_xls"),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf"),
    ("7z", bytes.fromhex("377abcaf271c 0004"), "archive"),
    ("rar", b"Rar!\x1a\x07\x00", "archive"),
    ("a letter", LETTER.encode(), "plain_text"),
    ("one word", b"text", "plain_text"),
    ("rich text", b"{\\rtf1\\ansi;}", "not_a_zip"),
    ("a column of text", b"P-1\r\nP-2\r\n", "plain_text"),
    ("a fragment of a web page", b"<p></p><table><tr><td>1</td></tr></table>", "web_page"),
    ("web page with a control sign", b"<table><tr><td>\x1f</td></tr></table>", "web_page"),
    ("gnumeric", gzip.compress(b"<gnm:Workbook/>", mtime=0), "not_a_zip"),
    ("xml of another kind", b'<?xml version="1.0"?><roster><person id="1"/></roster>', "not_a_zip"),
    ("xml that names the kind in its text", f"see {URN}".encode(), "plain_text"),
    ("bytes between semicolons", b"a;b\n\x00;\x01\n;\n", "not_a_zip"),
    ("nothing but line ends", b"\r\n\r\n", "not_a_zip"),
)


def compound(*names: str) -> bytes:
    """A compound file with streams of such names: a VBA project with some more in it."""
    book = io.BytesIO(files("xlwings").joinpath("quickstart.xlsm").read_bytes())
    made = CFB.from_bytes(zipfile.ZipFile(book).read("xl/vbaProject.bin"))
    for name in names:
        made.add_stream_at((), name, b"x")
    return bytes(made.to_bytes())

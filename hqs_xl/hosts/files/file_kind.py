"""What a file is that is no zip, and so no workbook of ours, by its own bytes: its name may say anything."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from hqs_xl.hosts.files.limits import LIMITS, Limits

if TYPE_CHECKING:
    import io

# By the first bytes. Excel 2 to 4 wrote one worksheet and no more; 5 and later may leave out the OLE around it.
_STARTS = {
    b"\x09\x00\x04\x00": "oldest_xls",
    b"\x09\x02\x06\x00": "oldest_xls",
    b"\x09\x04\x06\x00": "oldest_xls",
    b"\x09\x08\x08\x00": "old_xls",
    b"\x09\x08\x10\x00": "old_xls",
    b"%PDF-": "pdf",
    b"{\\rtf": "not_a_zip",
    b"7z\xbc\xaf\x27\x1c": "archive",
    b"Rar!\x1a\x07": "archive",
}

_OLE_START = bytes.fromhex("D0CF11E0A1B11AE1")
_OLE_KINDS = {"encryptioninfo": "encrypted", "encryptedpackage": "encrypted", "workbook": "old_xls", "book": "old_xls"}
# An entry of its directory stands at a whole multiple of its size. It begins with its name, whose case doesn't count;
# behind the NUL that ends the name may stand anything.
_OLE_ENTRY = 128
_OLE_NAMES = {f"{name}\0".encode("utf-16le"): kind for name, kind in _OLE_KINDS.items()}
_OLE_NAME = re.compile(b"|".join(map(re.escape, _OLE_NAMES)), re.IGNORECASE)
_OLE_BLOCK = 1 << 20

_FLAT = ("<office:document ", "application/vnd.oasis.opendocument.spreadsheet")
_XML_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_WEB_PAGE = re.compile(r"<(?:html|table)\b|\AMIME-Version:", re.IGNORECASE)
# What Google Drive leaves on the disk in place of a sheet: where on the Internet it is.
_GOOGLE_LINK = re.compile(r'\s*{[^{}]*"doc_id"\s*:').match
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def kind_of(source: io.BufferedIOBase, limits: Limits = LIMITS) -> str:
    """The code of the refusal that says what the file is; ``not_a_zip`` where that can't be told."""
    source.seek(0)
    start = source.read(limits.text_start)
    if start.startswith(_OLE_START):
        return _ole_kind(source, limits.ole)
    return next((kind for sign, kind in _STARTS.items() if start.startswith(sign)), "") or _text_kind(start)


def _ole_kind(source: io.BufferedIOBase, most: int) -> str:
    """By the names in an OLE file's directory, which may stand anywhere in the file."""
    source.seek(0)
    for done in range(0, most, _OLE_BLOCK):
        for found in _OLE_NAME.finditer(source.read(min(_OLE_BLOCK, most - done))):
            if found.start() % _OLE_ENTRY == 0:
                return _OLE_NAMES[found[0].lower()]
    return "ole"


def _text_kind(start: bytes) -> str:
    text = _as_text(start)
    if _GOOGLE_LINK(text):
        return "google_link"
    if text.lstrip().startswith("<") or _WEB_PAGE.match(text):
        return _markup_kind(text)
    return "not_a_zip" if _NO_TEXT.search(text) or not text.strip() else "plain_text"


def _markup_kind(text: str) -> str:
    if all(sign in text for sign in _FLAT):
        return "fods"
    if _XML_SPREADSHEET in text:
        return "xml_spreadsheet"
    return "web_page" if _WEB_PAGE.search(text) else "not_a_zip"


def _as_text(start: bytes) -> str:
    """The text with its Latin signs right, which is all that is looked at."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start.decode("utf-16", "ignore")
    return start.removeprefix(codecs.BOM_UTF8).decode("latin-1")

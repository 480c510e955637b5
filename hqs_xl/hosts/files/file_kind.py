"""What a file is that is no zip, and so no workbook of ours, by its own bytes: its name may say anything."""

from __future__ import annotations

import codecs
import re
from collections import Counter
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
    b"7z\xbc\xaf\x27\x1c": "archive",
    b"Rar!\x1a\x07": "archive",
    b"\x1f\x8b\x08": "archive",
}

_OLE_START = bytes.fromhex("D0CF11E0A1B11AE1")
_OLE_KINDS = {"EncryptionInfo": "encrypted", "EncryptedPackage": "encrypted", "Workbook": "old_xls", "Book": "old_xls"}
_OLE_ENTRY = 128  # bytes of a directory entry; entries stand at whole multiples of it
_OLE_BLOCK = 1 << 20

_FLAT = ("<office:document ", "application/vnd.oasis.opendocument.spreadsheet")
_XML_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_WEB_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|style|body|table|div|center)\b"
    r"|MIME-Version:",
    re.DOTALL | re.IGNORECASE,
)
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_LINE_END = re.compile(r"[\r\n]+")
_DELIMITERS = ";\t,|"


def kind_of(source: io.BufferedIOBase, limits: Limits = LIMITS) -> str:
    """The code of the refusal that says what the file is; ``not_a_zip`` where that can't be told."""
    source.seek(0)
    start = source.read(limits.text_start)
    if start.startswith(_OLE_START):
        return _ole_kind(source, limits.ole)
    return next((kind for sign, kind in _STARTS.items() if start.startswith(sign)), "") or _text_kind(start)


def _ole_kind(source: io.BufferedIOBase, most: int) -> str:
    """By the names in an OLE file's directory, which may stand anywhere in the file."""
    names = {name.encode("utf-16le").ljust(64, b"\0"): kind for name, kind in _OLE_KINDS.items()}
    source.seek(0)
    for done in range(0, most, _OLE_BLOCK):
        block = source.read(min(_OLE_BLOCK, most - done))
        for entry, kind in names.items():
            place = block.find(entry)
            if place >= 0 and place % _OLE_ENTRY == 0:
                return kind
    return "ole"


def _text_kind(start: bytes) -> str:
    text = _as_text(start)
    if all(sign in text for sign in _FLAT):
        return "fods"
    if _XML_SPREADSHEET in text and text.lstrip().startswith("<"):
        return "xml_spreadsheet"
    if _WEB_PAGE.match(text):
        return "web_page"
    return "csv" if _is_table(text) else "not_a_zip"


def _as_text(start: bytes) -> str:
    """The text with its Latin signs right, which is all that is looked at; "" for what is no text."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = start.decode("utf-16", "ignore")
    else:
        text = start.removeprefix(codecs.BOM_UTF8).decode("latin-1")
    return "" if _NO_TEXT.search(text) else text


def _is_table(text: str) -> bool:
    """Whether half of the lines, or more, are divided into the same number of cells."""
    lines = [line for line in _LINE_END.split(text) if line]
    for delimiter in _DELIMITERS:
        divided = Counter(cuts for line in lines if (cuts := line.count(delimiter)))
        if divided and max(divided.values()) * 2 >= len(lines):
            return True
    return False

"""The last touch on the workbook's package: what XlsxWriter leaves open, and the same bytes everywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from hqs_xl.template.whole_values import escaped

NO_DAY = (1980, 1, 1, 0, 0, 0)
# XlsxWriter's sign for "recalculate me", where an empty text is what the formula came to.
_NOTHING = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)(><f[^>]*>[^<]*</f><v></v>)')
# Its order to calculate all on opening, and the number of a calculation engine so old that Excel would do so anyway;
# all is calculated, and this is the number of the engine of Excel 2019 and later.
_RECALCULATE = re.compile(rb"<calcPr [^>]*/>")
_CALCULATED = b'<calcPr calcId="191029"/>'
_FIXED_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')


def finished(package: bytes) -> bytes:
    """The package with empty answers stored as such and rows that keep fitting their text, members stored as they are.

    Not deflated, for deflated bytes differ from one zlib to another.
    """
    with ZipFile(BytesIO(package)) as source:
        return stored({name: _finished(name, escaped(source.read(name))) for name in source.namelist()})


def stored(parts: Mapping[str, bytes]) -> bytes:
    """A package of such parts, the same bytes everywhere."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as target:
        for name, content in parts.items():
            member = ZipInfo(name, NO_DAY)
            member.create_system = 0
            target.writestr(member, content)
    return out.getvalue()


def _finished(name: str, content: bytes) -> bytes:
    if name.startswith("xl/worksheets/sheet"):
        return _sheet(content)
    return _RECALCULATE.sub(_CALCULATED, content) if name == "xl/workbook.xml" else content


def _sheet(content: bytes) -> bytes:
    return _FIXED_HEIGHT.sub(rb"\1", _NOTHING.sub(rb'\1 t="str"\2', content))

"""OpenDocument spreadsheets as packages: by what they are known, and whether they can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.files.limits import LIMITS, Limits
from hqs_xl.hosts.package.xml_package import XmlPackage

if TYPE_CHECKING:
    from pathlib import Path

# A template's type has this one's before "-template".
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"

CONTENT = "content.xml"
_MIMETYPE = "mimetype"
_LONGEST_TYPE = 256
_MANIFEST = "META-INF/manifest.xml"
_MANIFEST_NAMES = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_ENTRY = f"{_MANIFEST_NAMES} file-entry"
_ENCRYPTION = f"{_MANIFEST_NAMES} encryption-data"
_PATH = f"{_MANIFEST_NAMES} full-path"
_TYPE = f"{_MANIFEST_NAMES} media-type"
# What can't be read when it is encrypted: the cells, or, as newer LibreOffices do it, all in one member.
_NEEDED = frozenset({CONTENT, "encrypted-package"})


class OpenDocument(XmlPackage):
    """An opened .ods: its members are within bounds and its content is there to be read."""

    program = "LibreOffice"

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        super().__init__(path, limits)
        try:
            self._check_kind()
        except BaseException:
            self.close()
            raise

    def _check_kind(self) -> None:
        if not media_type(self).startswith(SPREADSHEET):
            raise self.refusal("not_a_workbook")
        path = ""
        for _, name, attributes in self.elements(_MANIFEST) if self.has(_MANIFEST) else ():
            if name == _ENTRY:
                path = attributes.get(_PATH, "")
            elif name == _ENCRYPTION and path in _NEEDED:
                raise self.refusal("encrypted")


def media_type(package: XmlPackage) -> str:
    """What a package says it is, in its member of that name or else in its manifest; "" for no OpenDocument."""
    if package.has(_MIMETYPE):
        known = package.size(_MIMETYPE) <= _LONGEST_TYPE
        return b"".join(package.chunks(_MIMETYPE)).decode("utf-8", "replace").strip() if known else ""
    for _, name, attributes in package.elements(_MANIFEST) if package.has(_MANIFEST) else ():
        if name == _ENTRY and attributes.get(_PATH) == "/":
            return attributes.get(_TYPE, "")
    return ""

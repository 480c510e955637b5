"""A workbook's package: its parts, what links them, and which of them is the workbook.

Whatever isn't understood is refused as ``UnusableFile``; nothing is written, followed or fetched.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from hqs_xl.hosts.files.limits import LIMITS, Limits
from hqs_xl.hosts.package.dialects import STRICT, TRANSITIONAL, Dialect
from hqs_xl.hosts.package.open_document import SPREADSHEET, media_type
from hqs_xl.hosts.package.xml_package import XmlPackage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Under these names all parts are read.
MAIN, OFFICE_RELATIONSHIP = TRANSITIONAL
CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONSHIP = f"{PACKAGE_RELATIONSHIPS} Relationship"
_WORKBOOK_TYPE = re.compile(
    r"application/vnd\.(openxmlformats-officedocument\.spreadsheetml\.(sheet|template)"
    r"|ms-excel\.(sheet|template|addin)\.macroEnabled)\.main\+xml",
    re.IGNORECASE,
)
_XLSB_TYPE = "application/vnd.ms-excel.sheet.binary.macroenabled.main"


class Relationship(NamedTuple):
    """A link from one part to another; ``part`` is None where it leads outside the package."""

    kind: str  # the last word of Office's own types, such as "worksheet"; else the whole type
    part: str | None


class Package(XmlPackage):
    """An opened .xlsx or .xlsm: its members are within bounds and its workbook part is known."""

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        super().__init__(path, limits)
        self._links: dict[str, dict[str, Relationship]] = {}
        try:
            self.workbook = self._find_workbook()
            self.strict = self._is_strict()
        except BaseException:
            self.close()
            raise

    @property
    def dialect(self) -> Dialect:
        """The names under which a new part has to be written; all parts are read under those of Transitional."""
        return STRICT if self.strict else TRANSITIONAL

    def relationships(self, source: str) -> Mapping[str, Relationship]:
        """The relationships of a part by id; "" is the package itself."""
        if source not in self._links:
            self._links[source] = self._relationships(source)
        return self._links[source]

    def _relationships(self, source: str) -> dict[str, Relationship]:
        part = links_part(source)
        found: dict[str, Relationship] = {}
        if not self.has(part):
            return found
        for _, element, attributes in self.elements(part):
            if element == _RELATIONSHIP:
                key = attributes.get("Id", "")
                if key in found or len(found) >= self.limits.relationships:
                    raise self.refusal("bad_xml", part=part)
                found[key] = self._relationship(source, attributes)
        return found

    def _relationship(self, source: str, attributes: dict[str, str]) -> Relationship:
        kind = attributes.get("Type", "")
        for dialect in (TRANSITIONAL, STRICT):
            kind = kind.removeprefix(f"{dialect.relationship}/")
        outside = attributes.get("TargetMode", "").casefold() == "external"
        target = None if outside else self._resolved(source, attributes.get("Target", ""))
        return Relationship(kind, target)

    def _resolved(self, source: str, target: str) -> str:
        """The part a target names, as a URI is resolved: it can't climb over the package's root."""
        base = "/" + posixpath.dirname(source)
        part = posixpath.normpath(posixpath.join(base, target.partition("#")[0])).lstrip("/")
        return part if self.has(part) else unquote(part)

    def _find_workbook(self) -> str:
        """The main part, by relationship and content type; the file's own name doesn't matter."""
        if media_type(self).startswith(SPREADSHEET):
            raise self.refusal("ods")
        if not self.has(CONTENT_TYPES):
            raise self.refusal("not_a_workbook")
        links = self.relationships("").values()
        part = next((link.part for link in links if link.kind == "officeDocument" and link.part), "")
        if not self.has(part):
            raise self.refusal("not_a_workbook")
        kind = self.content_type(part)
        if kind.casefold() == _XLSB_TYPE:
            raise self.refusal("xlsb")
        if not _WORKBOOK_TYPE.fullmatch(kind):
            raise self.refusal("not_a_workbook")
        return part

    def _is_strict(self) -> bool:
        """Whether the workbook's own part is written in Strict Open XML."""
        _, name, _ = next(self.elements(self.workbook))
        return name.startswith(f"{STRICT.main} ")

    def content_type(self, part: str) -> str:
        """What a part holds, as the package says by its name or by its extension; "" where it says nothing."""
        by_extension = ""
        extension = part.rpartition(".")[2].casefold()
        for _, element, attributes in self.elements(CONTENT_TYPES):
            kind = attributes.get("ContentType", "")
            if element == f"{_TYPES} Override" and attributes.get("PartName", "").casefold() == f"/{part}".casefold():
                return kind
            if element == f"{_TYPES} Default" and attributes.get("Extension", "").casefold() == extension:
                by_extension = kind
        return by_extension


def links_part(source: str) -> str:
    """The part that holds the relationships of a part."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def check_root(package: Package, part: str, name: str, wanted: str) -> None:
    """Refuse a part whose root element isn't the one its kind has."""
    if name.startswith(f"{STRICT.main} "):
        raise package.refusal("strict_ooxml", part=part)
    if name != f"{MAIN} {wanted}":
        raise package.refusal("bad_xml", part=part)

"""The parts of a workbook just made, to which copies of another one's are added, with their types and links."""

from __future__ import annotations

import posixpath
import re
from itertools import count
from pathlib import Path
from zipfile import ZipFile

from hqs_xl.hosts.package.opc import CONTENT_TYPES, PACKAGE_RELATIONSHIPS, links_part
from hqs_xl.hosts.package.xml_bytes import TAG, attribute, quoted, with_attribute

_DECLARED = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_LINKS = _DECLARED + b'<Relationships xmlns="%b"></Relationships>' % PACKAGE_RELATIONSHIPS.encode()
_NUMBER = re.compile(r"\d*$")


class NewParts:
    """All members of a new workbook, held while more are added."""

    def __init__(self, file: Path) -> None:
        with ZipFile(file) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}

    def free(self, like: str) -> str:
        """A name beside that of a part which no part has."""
        stem, extension = posixpath.splitext(like)
        base = _NUMBER.sub("", stem)
        taken = {name.casefold() for name in self.parts}
        return next(name for number in count(1) if (name := f"{base}{number}{extension}").casefold() not in taken)

    def add(self, like: str, content: bytes, content_type: str) -> str:
        """A new part, named beside another workbook's."""
        name = self.free(like)
        self.parts[name] = content
        said = b'<Override PartName="/%b" ContentType="%b"/>' % (quoted(name), quoted(content_type))
        self.parts[CONTENT_TYPES] = _before_end(self.parts[CONTENT_TYPES], said)
        return name

    def link(self, source: str, tag: bytes, target: str | None = None, key: str = "") -> bytes:
        """Let a part name another by a relationship like that of a tag: to a part, or where the tag leads; by which id.

        ``key``: the id to keep; else a free one.
        """
        links = links_part(source)
        there = self.parts.get(links, _NO_LINKS)
        taken = {attribute(one[0], b"Id") for one in TAG.finditer(there)}
        free = (b"rIdOwn%d" % number for number in count(1))
        name = key.encode() if key else next(one for one in free if one not in taken)
        tag = with_attribute(tag, b"Id", name)
        if target is not None:
            tag = with_attribute(tag, b"Target", quoted(posixpath.relpath(target, posixpath.dirname(source))))
        self.parts[links] = _before_end(there, tag)
        return name


def _before_end(part: bytes, child: bytes) -> bytes:
    """A part with a child more, the last of its root."""
    before, end, after = part.rpartition(b"</")
    return before + child + end + after

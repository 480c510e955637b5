"""XML as bytes: tags and attributes found and changed in place, all around them left as it is.

Only for XML the parser has judged well-formed already, in UTF-8 and without a document type: there these patterns are
exact.
"""

from __future__ import annotations

import re

# A tag, to its own ">": values in quotes may hold one. It never goes back, so that a long one takes no memory.
# No lookahead within: Python 3.11.2 then finds no tag that ends with "/>".
TAG = re.compile(rb"""<(/?)([^\s<>/!?]+)((?:[^<>"'/]++|"[^"]*+"|'[^']*+')*+)(/?)>""")
# What stands among the tags and is none.
NO_TAG = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
ATTRIBUTE = re.compile(rb"""(\s+)([^\s=]+)(\s*=\s*)("[^"]*"|'[^']*')""")

# How a part in UTF-16 begins.
UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")

_MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_QUOTED = str.maketrans(_MARKS | {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})
_PLAIN = str.maketrans(_MARKS)


def attribute(tag: bytes, name: bytes) -> bytes | None:
    """The raw value of a tag's attribute, by the name it is written with."""
    return next((found[4][1:-1] for found in ATTRIBUTE.finditer(tag) if found[2] == name), None)


def without(tag: bytes, *names: bytes) -> bytes:
    """The tag without some attributes."""
    return ATTRIBUTE.sub(lambda found: b"" if found[2] in names else found[0], tag)


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """The tag with an attribute changed in its place, or added as the last."""
    for found in ATTRIBUTE.finditer(tag):
        if found[2] == name:
            return tag[: found.start(4)] + b'"' + value + b'"' + tag[found.end(4) :]
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    stem = tag[:end].rstrip()
    return stem + b' %b="%b"' % (name, value) + tag[len(stem) :]


def quoted(text: str) -> bytes:
    """A text as an attribute's value."""
    return text.translate(_QUOTED).encode()


def plain(text: str) -> bytes:
    """A text as an element's content."""
    return text.translate(_PLAIN).encode()


def prefix_of(tag: bytes) -> bytes:
    """The prefix of a tag's name with its colon; nothing where it has none."""
    match = TAG.match(tag)
    head, colon, _ = match[2].rpartition(b":") if match else (b"", b"", b"")
    return head + colon

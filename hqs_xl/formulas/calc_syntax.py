"""References as LibreOffice spells them, in its windows and in .ods files, spelt as in .xlsx files."""

from __future__ import annotations

import re

_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}|\$?[A-Za-z]{1,3}(?=:)|(?<=:\.)\$?[A-Za-z]{1,3}"
_SPELT = re.compile(
    rf"""
      (?P<text> "(?:[^"]|"")*" )
    | (?P<elsewhere> '(?:[^']|'')*' \# \$? (?:'(?:[^']|'')*'|\w+) \. (?:{_CELL}) (?:: \.? (?:{_CELL}))? )
    | (?<![\w#$'\[]) (?P<sheet> \$?(?:'(?:[^']|'')*'|[^\W\d]\w*) )? \. (?P<cell> {_CELL} ) (?![\w(.])
    """,
    re.VERBOSE,
)
_BRACKETS = re.compile(r'"(?:[^"]|"")*"|(?<![\w@\[,])\[([^\[\]@]*\.[^\[\]]*)\]')


def from_calc(formula: str) -> str:
    """A formula such as ``=[$Sheet2.$A$1]`` or ``=$Sheet2.$A$1`` with ``Sheet2!$A$1`` in it."""
    bare = _BRACKETS.sub(lambda match: match[1] or match[0], formula)
    return _SPELT.sub(_as_in_xlsx, bare)


def _as_in_xlsx(match: re.Match[str]) -> str:
    if match["text"] is not None:
        return match[0]
    if match["elsewhere"] is not None:  # in another file
        return "0"
    sheet = (match["sheet"] or "").removeprefix("$")
    return f"{sheet}!{match['cell']}" if sheet else match["cell"]

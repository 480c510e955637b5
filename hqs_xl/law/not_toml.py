"""What is wrong with a file that is no TOML, in words for who wrote it: the line, what stands there, what was expected.

Python's parser says it in English, of its own grammar; from that the line and the kind of fault are taken.
"""

from __future__ import annotations

import re

from hqs_xl.errors import NotToml

_LINE = re.compile(r"\(at line (\d+)")
# How the parser's sentences begin, and what was expected there (``error.toml``).
_EXPECTED = {
    "Invalid value": "value",
    "Invalid date": "value",
    "Expected '='": "equals",
    "Expected newline": "one",
    "Cannot": "once",
    "Duplicate": "once",
    "Key": "once",
    "Expected ']'": "bracket",
    "Unclosed array": "bracket",
    "Unclosed inline": "brace",
    "Expected '\"": "quote",
    'Expected "': "quote",
    "Unterminated": "quote",
    "Illegal character": "quote",
    "Unescaped": "backslash",
    "Invalid hex": "backslash",
}
# So much of a line is shown.
_SHOWN = 60


def not_toml(file: str, text: str, problem: str) -> NotToml:
    """The error for a text that the parser refused with a sentence of its own."""
    lines = text.splitlines() or [""]
    place = _LINE.search(problem)
    # A fault at the end is one of the last line that says anything.
    last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=1)
    number = min(int(place[1]), len(lines)) if place else last
    expected = next((word for start, word in _EXPECTED.items() if problem.startswith(start)), "line")
    shown = " ".join(lines[number - 1].split())
    return NotToml(file, number, shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…", expected)

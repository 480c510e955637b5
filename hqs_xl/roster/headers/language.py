"""The language a table is headed in: where nobody says in which one to answer, it is that one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_RUSSIAN, _ENGLISH = re.compile("[а-яё]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE)


def language_of(headers: Iterable[str]) -> str:
    """Russian where more headers hold letters of it than hold English ones alone; else English."""
    votes = 0
    for header in headers:
        if _RUSSIAN.search(header):  # «ФИО (name)» is a Russian header
            votes += 1
        elif _ENGLISH.search(header):
            votes -= 1
    return "ru" if votes > 0 else "en"

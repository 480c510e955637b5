"""Letters that look alike in two alphabets, and signs that nobody sees: what may stand in a text without showing."""

from __future__ import annotations

import re
import unicodedata


def _both_cases(letters: str, others: str) -> dict[int, int]:
    return str.maketrans(letters + letters.upper(), others + others.upper())


# Letters that look alike, in small letters; some do only in capitals.
LATIN, CYRILLIC = "abcehkmoptxyijs", "авсенкмортхуіјѕ"
TO_CYRILLIC, TO_LATIN = _both_cases(LATIN, CYRILLIC), _both_cases(CYRILLIC, LATIN)
# Greek letters that look like Latin ones, and Russian ones that are often mistaken: ё, and ъ for ь.
ALIKE = _both_cases("αβεζηικμνορτυχёъ", "abezhikmnoptyxеь")
# Signs of no width: soft hyphens, joiners, marks of direction.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


def seen(text: str) -> str:
    """A text without signs of no width."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def composed(text: str) -> str:
    """A text in one form of each letter: full-width, accented and joined letters may be written in several."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def latin_of(text: str) -> str:
    """A text with each letter that looks like a Latin one as that."""
    return text.translate(ALIKE).translate(TO_LATIN)

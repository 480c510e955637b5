"""Titles of groups among people, such as "Moscow office" or "I. Management", in a row of their own."""

from __future__ import annotations

import re

from hqs_xl.roster.headers.words import plain, skeleton
from hqs_xl.roster.tables.row_words import phrases

# "1. Engineers", "2.1 Tests", "IV. Management": no id has such a number, a space and words.
_NUMBERED = re.compile(r"\s*(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?|[IVX]{1,4}[.)])\s+(?P<words>[^\W\d]{2}.*)")
_COLON = re.compile(r"[^\W\d]\S*\s*:\s*$")
_ID = re.compile(r"\s*(?=\S*[0-9])\S+\s*$")
_WORD = re.compile(r"[^\W_]+")


def is_heading(text: str) -> bool:
    """Whether a text is numbered as headings are, or leads over to what stands below it."""
    if _COLON.search(text):
        return True
    found = _NUMBERED.match(text)
    if found is None:
        return False
    # "1. Ivanov" and "V. Petrov" are people; a number of two levels is no person's.
    is_parted = "." in found["number"].rstrip(".)")
    return is_parted or any(phrases().get(skeleton(plain(word))) == "section" for word in _WORD.findall(found["words"]))


def heads_group(text: str, *, small: bool) -> bool:
    """Whether one of several words is what groups of people are called by.

    ``small``: where names stand, such a word, or the one behind it, has a small letter: there are people called Branch.
    """
    if _ID.match(text):
        return False
    words = _WORD.findall(plain(text))
    for place, word in enumerate(words):
        if len(words) > 1 and phrases().get(skeleton(word)) == "section":
            behind = words[place + 1 : place + 2]
            return not small or word.islower() or (place == 0 and not behind[0].istitle() and not behind[0].isupper())
    return small and len(words) > 1 and phrases().get(skeleton("".join(words))) == "section" and words[-1].islower()

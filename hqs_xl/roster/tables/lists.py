"""Lists of something else that stand below people in two or three columns: phones, addresses, what colours mean.

Such a list is known by the title or the header above it. One without either is known row by row, where a phone, an
e-mail or a number stands in the place of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from hqs_xl.roster.headers import LONGEST
from hqs_xl.roster.headers.cells import is_header
from hqs_xl.roster.headers.words import plain, skeleton
from hqs_xl.roster.tables.row_words import phrases

# As phones are written in Russia and abroad: with a plus, or the 8 of a call between towns.
_PHONE = re.compile(
    r"(?:\+[0-9]{1,3}|8)[\s\u00a0\-\u2010-\u2015]?\(?[0-9]{3,5}\)?(?:[\s\u00a0\-\u2010-\u2015]?[0-9]){5,8}"
)
_SHORT = r"(?:тел(?:ефон)?|моб|вн|доб|каб(?:инет)?|комн(?:ата)?|tel|phone|ext|mob|room)\.?\s*:?\s*"
_AT_WORK = re.compile(
    rf"[0-9]{{2,3}}(?:[\-\u2010-\u2015 \u00a0][0-9]{{2}}){{1,2}}|[0-9]{{3,6}}|{_SHORT}[0-9][0-9 -]*", re.IGNORECASE
)
_ASK = re.compile(rf"\s(?:{_SHORT}\+?[0-9][0-9 ()-]*|{_PHONE.pattern})\s*$", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
# Where no person has a figure; a row with a number there, and with no id, is of another list.
_WORDS_ONLY = ("full_name", "relation", "citizenship")
# So many of the table's columns such a row has at most, and so many words beside the numbers.
MOST_CELLS, MOST_WORDS = 4, 2
_OF_A_LIST = frozenset({"person_id", *_WORDS_ONLY})
# Digits of a country's code.
CODE = 3


@lru_cache(maxsize=1 << 10)
def begins_list(text: str) -> bool:
    """Whether the first cell of a row titles or heads another list.

    By phrases that are nothing else: a word like a header of ours may be somebody's id, or the title of a group.
    """
    return len(text) <= LONGEST and phrases().get(skeleton(plain(text))) in {"list", "heads"}


@lru_cache(maxsize=1 << 10)
def _heads(text: str) -> bool:
    return len(text) <= LONGEST and (bool(phrases().get(skeleton(plain(text)))) or is_header(text))


def is_list_header(cells: Iterable[Any]) -> bool:
    """Whether all cells of a row are headers, of lists of whatever kind."""
    texts = [*cells]
    return len(texts) > 1 and all(isinstance(cell, str) and _heads(cell) for cell in texts)


def is_contact(cells: Mapping[str, Any]) -> bool:
    """Whether a row without an id says whose phone, e-mail or room it is, and nothing else."""
    if not cells or len(cells) > MOST_CELLS:
        return False
    if any(name not in _OF_A_LIST and not (isinstance(cell, str) and _reaches(cell)) for name, cell in cells.items()):
        return False
    naming = next(iter(cells.values()))
    # An id may be an e-mail; with more than a name beside, it is somebody's.
    if isinstance(naming, str) and _reaches(naming) and cells.keys() <= {"person_id", "full_name"}:
        return len(cells) > 1
    reached = sum(is_number(cell) and not _is_code(name, cell) for name, cell in cells.items() if name != "person_id")
    return reached > 0 and len(cells) - reached <= MOST_WORDS


def _is_code(name: str, cell: Any) -> bool:
    """Whether a number may be a code of a country or of a relation, such as 156."""
    return name in {"citizenship", "relation"} and len(str(cell).strip()) <= CODE and str(cell).strip().isdigit()


def reaches(text: str) -> bool:
    """Whether a text of several words ends in a phone or an e-mail: whom to ask."""
    words = text.split()
    return len(words) > 1 and bool(_MAIL.fullmatch(words[-1]) or _ASK.search(text))


def is_number(cell: Any) -> bool:
    """Whether a cell is a figure, a phone, an extension, a room or an e-mail."""
    if isinstance(cell, int | float):
        return not isinstance(cell, bool)
    return isinstance(cell, str) and (_reaches(cell) or bool(_AT_WORK.fullmatch(cell.strip())))


def _reaches(text: str) -> bool:
    """Whether a text is a phone or an e-mail, wherever it stands."""
    bare = text.strip()
    return bool(_PHONE.fullmatch(bare) or _MAIL.fullmatch(bare))

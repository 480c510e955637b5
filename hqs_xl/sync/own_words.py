"""Whether a text in an answer column is an earlier answer of ours: in any version's words, in either language.

Answers of text are a closed set but for their figures, days and column names: status words, what is to be done, and
what a check found. ``texts/written.toml`` holds every sentence they have been made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from hqs_xl.rows import ERRORS
from hqs_xl.texts import LANGUAGES, written

# Texts whose answer is remembered.
REMEMBERED = 1 << 14
# What a check found about one person is joined by this, which stands within sentences too, so many times at most.
JOINT = "; "
MOST_JOINTS = 10
# A longer sentence is none of ours.
LONGEST = 3_000

_DIGITS = str.maketrans("123456789", "000000000")
_DAY = r"(?:0000-00-00|00\.00\.0000)"
# The title of a column.
_TITLE = "«[^»]{1,80}»"
_FIELD = re.compile(r"\{(\w+)\}")
# What stands behind a sentence begins so.
_OF_TAILS = (";", " ", ",")
# Fields of a few signs: days, figures, quarters.
_SHORT = frozenset(
    ("due", "done", "act_by", "day", "first", "last", "collected", "days", "total", "row", "other", "worked", "amount")
)
_FEW_SIGNS = "[^;]{0,24}?"
_FUNCTION_ERROR = "#HQS!"


class OwnTexts(dict[str, bool]):
    """Whether texts of a column are ours; the words of answers come again in every row."""

    def __init__(self, is_own: Callable[[str], bool]) -> None:
        super().__init__()
        self._is_own = is_own

    def __missing__(self, text: str) -> bool:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[text] = is_error(text) or self._is_own(text)
        return found

    def __reduce__(self) -> tuple[type[OwnTexts], tuple[Callable[[str], bool]]]:
        """What is remembered stays in its process."""
        return OwnTexts, (self._is_own,)


def is_error(held: object) -> bool:
    """Whether a cell holds an error, of Excel or of a function of ours: nobody's words."""
    return isinstance(held, str) and (held in ERRORS or held.startswith(_FUNCTION_ERROR))


def is_status(text: str) -> bool:
    """Whether a text is a status word, or one of a year not decreed yet."""
    return text in _statuses()


def is_action(text: str) -> bool:
    """Whether a text says what is to be done."""
    return text in _actions()


def is_check(text: str) -> bool:
    """Whether a text is what a check found about one person, whole: a note behind it is somebody's own."""
    return _of_findings[text.translate(_DIGITS)]


_of_findings: OwnTexts
# By the column's key; a text in any other answer column is nobody's of ours.
TEXTS: Mapping[str, Callable[[str], bool]] = {"status": is_status, "next_action": is_action, "check": is_check}


@cache
def _statuses() -> frozenset[str]:
    found: set[str] = set()
    for lang in LANGUAGES:
        sentences = written(lang)
        marks = sentences["status.provisional"]
        words = [word for key, ever in sentences.items() if key.startswith("status.") for word in ever]
        found |= {*words, *(f"{word} {mark}" for word in words for mark in marks)} - set(marks)
    return frozenset(found)


@cache
def _actions() -> frozenset[str]:
    return frozenset(
        text
        for lang in LANGUAGES
        for key, ever in written(lang).items()
        if key.startswith("action.")
        for text in ever
        if not _FIELD.search(text)
    )


def _is_made_of_sentences(text: str) -> bool:
    """Whether a text, with each digit as 0, is a row of sentences of ours from its first sign to its last."""
    pieces = text.split(JOINT)
    reached = {0}
    for start in range(len(pieces)):
        if start not in reached:
            continue
        for end in range(start + 1, min(start + MOST_JOINTS, len(pieces)) + 1):
            part = JOINT.join(pieces[start:end])
            if end not in reached and len(part) <= LONGEST and any(one.fullmatch(part) for one in _sentences()):
                reached.add(end)
    return len(pieces) in reached


_of_findings = OwnTexts(_is_made_of_sentences)


@cache
def _sentences() -> tuple[re.Pattern[str], ...]:
    return tuple(_sentence(lang) for lang in LANGUAGES)


def _sentence(lang: str) -> re.Pattern[str]:
    """A pattern of all sentences of a language that a check may find, with what may stand behind them."""
    sentences = written(lang)
    what = _any_of(
        _pattern(text, {}) for key, ever in sentences.items() if key.startswith("obligation.") for text in ever
    )
    capped = _any_of(_pattern(text, {}) for text in sentences["term.capped"])
    unread = _any_of(_pattern(text, {"name": "[^»]{1,80}"}) for text in sentences["finding.unread_there"])
    cell = f"(?:{_TITLE} {_DAY}|{unread})"
    fields = {
        "what": f"(?:{what}|{_TITLE})",
        "count": f"[^;]{{1,300}}= {_DAY}(?:{capped})?",
        "days": f"(?:{_FEW_SIGNS}|{cell}(?:, {cell})*)",
    }
    ever = [text for key, texts in sentences.items() if key.startswith("finding.") for text in texts]
    heads, tails = (
        _any_of(_pattern(text, fields) for text in ever if text.startswith(_OF_TAILS) is behind)
        for behind in (False, True)
    )
    return re.compile(f"{heads}(?:{tails})*")


def _any_of(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


def _pattern(text: str, fields: Mapping[str, str]) -> str:
    """A pattern for a sentence with its fields filled in, each digit as 0."""
    parts = _FIELD.split(text.translate(_DIGITS))
    # Texts and names of fields take turns.
    return "".join(_field(part, fields) if place % 2 else re.escape(part) for place, part in enumerate(parts))


def _field(name: str, fields: Mapping[str, str]) -> str:
    return fields.get(name) or (_FEW_SIGNS if name in _SHORT else r".{0,800}?")

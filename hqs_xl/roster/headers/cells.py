"""Whether a cell surely holds a header: asked of every text of a sheet, and so told from its beginning if it can be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from hqs_xl.cells.values import EDITION_WORDS, LANGUAGE_WORDS, YES_NO
from hqs_xl.roster.columns import TABLES, Column, exact_keys, keys_beside, normalised
from hqs_xl.roster.headers import LONGEST, by_phrase
from hqs_xl.roster.headers.phrases import phrases
from hqs_xl.roster.headers.words import parts_of, plain, stem, words_of
from hqs_xl.rows import ERRORS
from hqs_xl.texts import LANGUAGES, table

# Texts that are remembered as headers or none, and the most words of one.
MOST_TEXTS, MOST_WORDS = 1 << 12, 10
# A header is told from other texts by so many letters it begins with.
BEGINNING = 3


class _IsHeader(dict[str, bool]):
    """Whether texts are headers of any table; words come again in every row, ids and names but once."""

    def __missing__(self, text: str) -> bool:
        found = may_be_header(text) and _is_header(text)
        if len(self) >= MOST_TEXTS:
            self.clear()
        self[text] = found
        return found


# Whether a text is for sure the header of a column of any table, and no word that stands in the rows below.
is_header = _IsHeader().__getitem__


def may_be_header(text: str) -> bool:
    """Whether a text begins as a header does and does not end in a digit, as ids do; cheap to tell."""
    return not text[-1:].isdigit() and _may_begin_header(text[: BEGINNING + 1])


@lru_cache(maxsize=1 << 13)
def _may_begin_header(beginning: str) -> bool:
    words = words_of(plain(beginning))
    return not words or len(words[0]) < BEGINNING or words[0][:BEGINNING] in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(word[:BEGINNING] for word in _known_words() | _exact())


def _is_header(text: str) -> bool:
    parts = plain(text).split()
    if len(parts) > 1 and not all(map(_is_known, parts)):
        return False
    name = normalised(text)
    if name in _exact():
        return True
    if len(text) > LONGEST or name in _row_words() or text.strip() in ERRORS:
        return False
    book = phrases()
    if any(name in one.joined for one in book.tables.values()):
        return True
    stems = book.stems(plain(text))
    if not 0 < len(stems) <= MOST_WORDS or not book.knows(stems):
        return False
    words = book.said(stems).words
    if any(by_phrase(one, words).key for one in book.tables.values()):
        return True
    several = parts_of(text)
    return len(several) > 1 and all(map(_is_header, several))


@lru_cache(maxsize=1 << 14)
def _is_known(part: str) -> bool:
    """Whether what stands between spaces is of words that headers are made of."""
    return _known_words().issuperset(map(stem, words_of(plain(part))))


@cache
def _known_words() -> frozenset[str]:
    headers = (header for columns in TABLES.values() for one in columns for header in (one.key, *_headers_of(one)))
    return phrases().singles.union(stem(word) for header in headers for word in words_of(header))


def _headers_of(one: Column) -> Iterator[str]:
    yield from map(one.header, LANGUAGES)
    if one.answer:
        yield from map(one.header_beside, LANGUAGES)


@cache
def _exact() -> frozenset[str]:
    return frozenset(name for kind in TABLES for name in (*exact_keys(kind), *keys_beside(kind)))


@cache
def _row_words() -> frozenset[str]:
    """What lists hold and a check answers: it stands in rows, and would make each of them look like headers."""
    lists = [one.words for columns in TABLES.values() for one in columns if one.words]
    words = {str(word) for one in (*lists, YES_NO, EDITION_WORDS, LANGUAGE_WORDS) for word in (*one, *one.values())}
    answers = {
        text for lang in LANGUAGES for key, text in table(lang).items() if key.startswith(("action.", "status."))
    }
    return frozenset(map(normalised, words | answers))

"""A row of texts as the header of a table: which column stands where, how surely, and what is left in doubt.

A header may take two rows: «Permit» above «Starts» and «Expires», or a column's own header beside those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from hqs_xl.roster.columns import FEWEST_HEADERS, TABLES, exact_keys, normalised
from hqs_xl.roster.headers import FOREIGN, Reading, Sure, read_header, read_surely
from hqs_xl.roster.headers.phrases import TYPED, phrases
from hqs_xl.roster.headers.words import plain

# What the user's own headers mean, as ``normalised`` has them: a column's key, or OWN for a column of the user's.
Meanings = Mapping[str, str]
OWN = "-"
NO_MEANINGS: Meanings = {}
# Fewer sure columns of a roster, or of another table, open none unless the required ones are written much as ours.
MEANT, FEW = 5, 3
NO_TEXTS: Mapping[int, str] = {}
# Rows that are remembered: a book is read in two passes, and those of a folder have the same headers.
MOST_ROWS = 1 << 8

_Cells = tuple[tuple[int, str], ...]
# Why a header is not read that says the same as another one, which is not read either.
BOTH = "data.header_both"


class Doubt(NamedTuple):
    """A header that is not read: where it stands and the columns it may mean.

    ``reason`` is the key of its sentence: not sure to be one of them; or the cell ``other`` says the same and is read
    (_twice), or is not read either (_both).
    """

    place: int
    keys: tuple[str, ...]
    reason: str = "data.header"
    other: int | None = None


class Headed(NamedTuple):
    """How a row heads a table of a kind: its columns by place, how sure each is, its doubts.

    ``texts``: all headers by place. ``double``: the required columns that two cells name as they are written, with the
    places of these.
    """

    kind: str
    texts: Mapping[int, str]
    places: Mapping[int, str]
    sure: Mapping[str, Sure]
    doubts: tuple[Doubt, ...]
    double: Mapping[str, Sequence[int]] = MappingProxyType({})

    @property
    def required(self) -> list[str]:
        """The columns the table can't do without."""
        return [column.key for column in TABLES[self.kind] if column.required]

    @property
    def missing(self) -> list[str]:
        """Those of them that are not there for sure."""
        return [key for key in self.required if key not in self.sure and key not in self.double]

    @property
    def exact(self) -> bool:
        """Whether the required columns are there just as they are written."""
        return not self.missing and all(self.sure.get(key, Sure.EXACT) is Sure.EXACT for key in self.required)

    @property
    def opens(self) -> bool:
        """Whether it surely is the header of such a table."""
        if self.exact:
            return True
        close = sum(sure >= Sure.WORDS for sure in self.sure.values())
        many = MEANT if self.kind == "roster" else FEW
        return not self.missing and (close >= len(self.required) or len(self.sure) >= many)


def headed(
    kind: str, texts: Mapping[int, str], above: Mapping[int, str] = NO_TEXTS, meanings: Meanings = NO_MEANINGS
) -> Headed:
    """What a row of texts by place, and the row above it, say as the header of a kind of table."""
    return _headed(kind, tuple(texts.items()), tuple(above.items()), tuple(meanings.items()))


@lru_cache(maxsize=MOST_ROWS)
def _headed(kind: str, cells: _Cells, cells_above: _Cells, meant: tuple[tuple[str, str], ...]) -> Headed:
    texts, above, meanings = dict(cells), dict(cells_above), dict(meant)
    readings: dict[int, Reading] = {}
    whole: dict[int, str] = {}
    for place, text, reading in _read(kind, texts, above, meanings):
        whole[place], readings[place] = text, reading
    sure: dict[str, Sure] = {}
    for one in readings.values():
        if one.key:
            sure[one.key] = max(one.sure, sure.get(one.key, Sure.NOT))
    best: dict[str, list[int]] = {}
    for place, one in readings.items():
        if one.key and one.sure is sure[one.key]:
            best.setdefault(one.key, []).append(place)
    at = {key: places[0] for key, places in best.items() if len(places) == 1}
    required = {column.key for column in TABLES[kind] if column.required}
    doubled = {key: places for key, places in best.items() if len(places) > 1 and sure[key] is Sure.EXACT}
    # Beside an answer column of ours, one of its plain title is somebody's own.
    own = {place for place, one in readings.items() if sure.get(one.key) is Sure.OURS}
    doubts = (
        _doubt(place, one, at, best) for place, one in readings.items() if at.get(one.key) != place and place not in own
    )
    return Headed(
        kind,
        whole,
        {place: key for key, place in sorted(at.items(), key=lambda item: item[1])},
        {key: sure[key] for key in at},
        tuple(doubt for doubt in doubts if doubt.keys),
        {key: places for key, places in doubled.items() if key in required},
    )


def _doubt(place: int, one: Reading, at: Mapping[str, int], best: Mapping[str, list[int]]) -> Doubt:
    if one.key in at:
        return Doubt(place, (one.key,), "data.header_twice", at[one.key])
    if one.key:
        return Doubt(place, (one.key,), BOTH, next(other for other in best[one.key] if other != place))
    return Doubt(place, tuple(key for key in one.maybe if key not in at))


def read_meant(kind: str, text: str, meanings: Meanings) -> Reading:
    """What a text means, as the user says or by itself."""
    meant = meanings.get(normalised(text))
    if meant is None:
        return read_header(kind, text)
    return Reading(meant, Sure.EXACT) if meant in exact_keys(kind).values() else FOREIGN


def sure_key(kind: str, text: str, meanings: Meanings) -> str:
    """The column that a text surely is, as the user says or by itself; blank for none."""
    meant = meanings.get(normalised(text)) if meanings else None
    if meant is None:
        return read_surely(kind, text).key
    return meant if meant in exact_keys(kind).values() else ""


def _read(
    kind: str, texts: Mapping[int, str], above: Mapping[int, str], meanings: Meanings
) -> Iterator[tuple[int, str, Reading]]:
    """Each header with its place; with the text above it, or above and left of it, where they say more together."""
    group = ""
    for place in sorted({*texts, *above}):
        group = above.get(place, group)
        text = texts.get(place, "")
        alone = read_meant(kind, text or group, meanings)
        if not text or not group:
            yield place, text or group, alone
        elif alone.sure is Sure.EXACT:
            group = above.get(place, "")
            yield place, text, alone
        else:
            together = f"{group} {text}"
            reading = _together(kind, together, alone)
            yield place, text if reading is alone else together, reading


def _together(kind: str, text: str, alone: Reading) -> Reading:
    """What a header says with the one above it, unless it says more alone."""
    reading = read_header(kind, text)
    if reading.key or (reading.maybe and not alone.key):
        return reading
    book = phrases()
    of_others = not book.other.isdisjoint(book.said(book.stems(plain(text))).words)
    return Reading(maybe=(alone.key,)) if alone.key and of_others else alone


@cache
def _required(kind: str) -> frozenset[str]:
    """The columns that a table can't do without."""
    return frozenset(column.key for column in TABLES[kind] if column.required)


@lru_cache(maxsize=MOST_ROWS)
def kinds_of(known: frozenset[str], meant: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """The kinds of tables that headers surely are columns of: enough of them, or the one it can't do without."""
    meanings, found = dict(meant), set[str]()
    names = frozenset(map(normalised, known))
    for kind in TABLES:
        # The headers of tables that only we write are known as they are written.
        if kind not in TYPED and not meanings and exact_keys(kind).keys().isdisjoint(names):
            continue
        keys = {sure_key(kind, text, meanings) for text in known} - {""}
        required = _required(kind)
        if len(keys) >= FEWEST_HEADERS or (len(required) == FEWEST_HEADERS and keys & required):
            found.add(kind)
    return frozenset(found)

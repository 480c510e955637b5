"""What is to be said of the headers of a book: those in doubt, those understood in other words, and the user's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import NamedTuple

from hqs_xl.roster.columns import column, normalised
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.headers import Sure
from hqs_xl.roster.headers.phrases import TYPED
from hqs_xl.roster.headers.row import BOTH, FEW, MEANT, Doubt, Headed, Meanings
from hqs_xl.rows import ERRORS, UNCOUNTED
from hqs_xl.texts import LANGUAGES, say, table

# The first and the last column of a table.
Span = tuple[int, int]


class HeaderCell(NamedTuple):
    """A header: the kind of its table, where it stands (row from 1, place from 0), its text, the columns it is about.

    ``reason`` is the key of its sentence; ``other``: the cell that says the same.
    """

    kind: str
    sheet: str
    row: int
    place: int
    text: str
    keys: tuple[str, ...] = ()
    reason: str = ""
    other: str = ""

    @property
    def cell(self) -> str:
        """The cell's name, such as AB1."""
        return cell_name(self.row, self.place)


@dataclass(slots=True)
class HeaderNotes:
    """The headers of a book that are not written as ours are; ``met``: those the user has said the meaning of.

    ``uncounted``: by sheet, the first row in no table that holds a formula nobody counted: headers may be among those.
    """

    doubts: list[HeaderCell] = field(default_factory=list)
    understood: list[HeaderCell] = field(default_factory=list)
    own: list[HeaderCell] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    uncounted: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything to be said."""
        return bool(self.doubts or self.understood or self.own)

    def add(self, other: HeaderNotes) -> None:
        """Take those of other rows."""
        self.doubts += other.doubts
        self.understood += other.understood
        self.own += other.own
        self.met |= other.met
        self.uncounted |= other.uncounted

    def take_for_own(self, columns: Iterable[HeaderCell]) -> None:
        """Columns turn out to be a person's own: among those of their row, in the order they stand in."""
        self.own += columns
        rows = list(dict.fromkeys((one.sheet, one.row) for one in self.own))
        self.own.sort(key=lambda one: (rows.index((one.sheet, one.row)), one.place))

    def doubled(self, kind: str, sheet: str, row: int) -> frozenset[str]:
        """The columns of a kind of table that two headers in a row of a sheet mean, so that neither is read."""
        place = kind, sheet, row
        return frozenset(one.keys[0] for one in self.doubts if one[:3] == place and one.reason == BOTH)

    def findings(self, lang: str) -> Iterator[Finding]:
        """The doubts, each as a finding on its header."""
        return (_finding(one, lang) for one in self.doubts)


def cell_name(row: int, place: int) -> str:
    """A cell's name, such as AB1; places count from 0."""
    letters, number = "", place + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def notes_of(
    place: tuple[str, int], rows: Sequence[Headed], heads: Sequence[Headed], beside: Sequence[Span], meanings: Meanings
) -> HeaderNotes:
    """What is to be said of a header row, by its sheet and number.

    ``rows``: all tables that it may head, ``heads`` those that it does. ``beside``: the columns of tables that go on.
    """
    notes, (sheet, row) = HeaderNotes(), place
    claimed = {place for one in heads for place in one.places}
    for one in rows:
        if one not in heads and one.kind in TYPED:
            notes.doubts += _near(one, sheet, row, claimed)
            if one.missing and not notes.doubts:
                notes.doubts += _said_nothing(one, sheet, row, claimed)
    texts = {at: text for one in heads for at, text in one.texts.items() if at not in claimed}
    for at, text in texts.items():
        if any(first <= at <= last for first, last in beside):
            continue
        nearest = sorted(heads, key=partial(_apart, at))
        doubts = ((one.kind, doubt) for one in nearest for doubt in one.doubts if doubt.place == at)
        kind, doubt = next(doubts, (nearest[0].kind, None))
        if says_nothing(text):
            notes.doubts += _saying_nothing(nearest[0], sheet, row, {at: text}, within=0)
        elif doubt:
            notes.doubts.append(_in_doubt(kind, sheet, row, text, doubt))
        elif normalised(text) not in meanings and normalised(text) not in _ours():
            notes.own.append(HeaderCell(kind, sheet, row, at, text))
    for one in heads:
        notes.understood += [
            HeaderCell(one.kind, sheet, row, at, one.texts[at], (key,))
            for at, key in one.places.items()
            if one.sure[key] is not Sure.EXACT
        ]
    return notes


@cache
def _ours() -> frozenset[str]:
    """Headers of columns that our own workbook has for its readers alone."""
    return frozenset(normalised(say("start.meaning", lang)) for lang in LANGUAGES)


@cache
def _figures() -> frozenset[str]:
    """What our own figures are called, each before a formula that a program may leave uncounted: «На дату» is one."""
    keys = [key for key in table("en") if key.startswith("figure.")]
    return frozenset(normalised(say(key, lang)) for lang in LANGUAGES for key in keys)


def _apart(place: int, one: Headed) -> int:
    """How far a place is from a table's columns."""
    return max(min(one.places) - place, place - max(one.places), 0)


def _in_doubt(kind: str, sheet: str, row: int, text: str, doubt: Doubt) -> HeaderCell:
    other = "" if doubt.other is None else cell_name(row, doubt.other)
    return HeaderCell(kind, sheet, row, doubt.place, text, doubt.keys, doubt.reason, other)


def _near(one: Headed, sheet: str, row: int, claimed: Collection[int]) -> Iterator[HeaderCell]:
    """What is to be said of a table that a row nearly heads: which headers may be missing ones, or what is missing."""
    missing = set(one.missing)
    free = [key for place, key in one.places.items() if place not in claimed]
    close = any(one.sure[key] >= Sure.WORDS for key in free) or len(free) >= FEW
    likely = [doubt for doubt in one.doubts if doubt.place not in claimed and not missing.isdisjoint(doubt.keys)]
    if missing and free and close and missing.issubset(key for doubt in likely for key in doubt.keys):
        for doubt in likely:
            keys = tuple(key for key in doubt.keys if key in missing)
            yield HeaderCell(one.kind, sheet, row, doubt.place, one.texts[doubt.place], keys, "data.header_near")
    elif len(missing) == 1 and len(free) >= (MEANT if one.kind == "roster" else FEW):
        place = min(one.places)
        yield HeaderCell(one.kind, sheet, row, place, one.texts[place], tuple(missing), "data.header_missing")


def says_nothing(text: str) -> bool:
    """Whether a header's cell holds a formula that nobody counted, or an error."""
    return text == UNCOUNTED or text.strip() in ERRORS


def _nothing_said(text: str) -> str:
    return "data.header_uncounted" if text == UNCOUNTED else "data.header_error"


def _said_nothing(one: Headed, sheet: str, row: int, claimed: Collection[int]) -> Iterator[HeaderCell]:
    """What may be the headers missing of a table: cells that say nothing beside some that are its own.

    Of the roster, several: so many words mean one of its columns that a line of text may hold two.
    """
    least = FEW if one.kind == "roster" else 1
    labels = {place for place, text in one.texts.items() if normalised(text) in _figures()}
    if sum(place not in claimed and place not in labels for place in one.places) >= least:
        yield from _saying_nothing(one, sheet, row, one.texts, within=1)


def _saying_nothing(
    one: Headed, sheet: str, row: int, texts: Mapping[int, str], *, within: int
) -> Iterator[HeaderCell]:
    """Cells that say nothing and may be a table's headers: those further off are somebody's counts beside it."""
    for place, text in texts.items():
        if says_nothing(text) and _apart(place, one) <= within:
            yield HeaderCell(one.kind, sheet, row, place, text, (), _nothing_said(text))


def doubts_in_words(head: Headed, lang: str) -> list[str]:
    """The doubts of a header row that stands in no book, a line each."""
    named = ((head.texts[one.place], [column(head.kind, key).header(lang) for key in one.keys]) for one in head.doubts)
    either = say("word.or", lang)
    return [
        say(
            "finding.header_in_block",
            lang,
            text=" ".join(text.split()),
            columns=either.join(f"«{one}»" for one in names),
        )
        for text, names in named
    ]


def _finding(one: HeaderCell, lang: str) -> Finding:
    names = say("word.or", lang).join(f"«{column(one.kind, key).header(lang)}»" for key in one.keys)
    fields = {"sheet": one.sheet, "row": one.row, "cell": one.cell, "text": one.text, "other": one.other}
    fields |= {"columns": names, "table": say(f"table.{one.kind}", lang)}
    message = say(f"finding.{one.reason}", lang, **fields)
    action = say(f"action.{one.reason}", lang, **fields)
    place = ("", one.row, one.keys[0] if one.keys else "")
    return Finding(Severity.DATA, "data.header", *place, None, None, message, action, "", one.kind)

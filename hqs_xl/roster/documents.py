"""The documents table: policies, permits, visas and registrations as they follow each other, renewals beside the old.

Without the table a person has the one of each kind that the roster names. With it, the checks look at all of them
together: a day is covered when any of them covers it, and what counts as the end is the end of an unbroken run.
Kept small, as salary notices are: a sheet holds a million rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from struct import Struct
from types import MappingProxyType
from typing import NamedTuple, Protocol

from hqs_xl.cells.ids import Near
from hqs_xl.law.deadlines import Span
from hqs_xl.roster.doubtful import NOTHING_DOUBTFUL, Doubtful, in_disorder, kinds_of
from hqs_xl.roster.findings import Finding, Place
from hqs_xl.roster.records import Document, Person, Problem
from hqs_xl.roster.spans import ONE_DAY, began_before, in_force, newest

# The kinds, and where the roster has the first and the last day of the one it names.
COLUMNS = {
    "permit": ("permit_starts", "permit_expires"),
    "visa": ("visa_starts", "visa_expires"),
    "registration": ("registered_on", "registered_until"),
    "policy": ("policy_starts", "policy_ends"),
}
KINDS = tuple(COLUMNS)
# One of these without a last day is open-ended; a permit or visa is not known then.
OPEN = ("registration", "policy")
# Kind, row, first and last day as ordinals (0: blank), length of the number and of the number that replaces it.
_DOCUMENT = Struct("<BIiiHH")
# Added to the kind of a doubtful one.
_DOUBTFUL = 0x80
_REQUIRED = ("person_id", "document", "valid_until")


class Held(NamedTuple):
    """A document of a person: its kind, the row it stands in, its days, its number, and that of its successor.

    ``doubtful``: whether the row can't be read whole, or may be of somebody else.
    """

    kind: str
    row: int
    first: date | None
    last: date | None
    number: str
    replaced_by: str
    doubtful: bool = False

    @property
    def span(self) -> Span:
        """Its first and last day."""
        return self.first, self.last


# By kind, the days of each document of a person.
NOTHING_HELD: Mapping[str, Sequence[Span]] = MappingProxyType({})


class Applied(NamedTuple):
    """A person with the days of the documents that hold.

    ``held``: by kind the days of each, with the roster's own; no kind of which the roster's is all there is.
    ``permit_since``: when the unbroken run of permits began, None where it is of one permit. ``doubtful``: by kind the
    documents that there may be besides.
    """

    person: Person
    held: Mapping[str, Sequence[Span]] = NOTHING_HELD
    permit_since: date | None = None
    doubtful: Mapping[str, Sequence[Doubtful]] = NOTHING_DOUBTFUL


class KnownIds(Protocol):
    """Tells whether a person stands in the roster."""

    def known(self, person_id: str) -> bool:
        """Whether anybody has this id."""


class Documents:
    """The documents by person."""

    def __init__(self, packed: Mapping[str, bytes] | None = None) -> None:
        self._packed: dict[str, bytes] = dict(packed or {})
        self._faulty: list[tuple[Document, list[Problem]]] = []

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self._packed)

    @property
    def people(self) -> Iterable[str]:
        """The ids of those who have any."""
        return self._packed

    def packed_of(self, people: Iterable[str]) -> dict[str, bytes]:
        """The documents of these people, for a ``Documents`` in a worker process."""
        packed = self._packed
        return {person_id: packed[person_id] for person_id in people if person_id in packed}

    def add(self, one: Document, problems: list[Problem]) -> None:
        """Take a document, and remember it when something is wrong with it; it counts as far as it can be read."""
        disorder = in_disorder(one)
        usable = all(getattr(one, key) for key in _REQUIRED) and not disorder
        if problems or not usable:
            self._faulty.append((one, problems))
        if usable and one.document:
            self._pack(one.person_id, Held(one.document, one.row, *_days(one), one.number, one.replaced_by))
        elif one.person_id:
            days = (None, None) if disorder else _days(one)
            for kind in kinds_of(one, problems, KINDS):
                self._pack(one.person_id, Held(kind, one.row, *days, "", "", doubtful=True))

    def doubt(self, near: Mapping[str, Near]) -> None:
        """Take the documents under ids that are near one of the roster's as perhaps that person's too."""
        for person_id, meant in near.items():
            for one in [*_unpacked(self._packed.get(person_id, b""))]:
                self._pack(meant.person_id, one._replace(number="", replaced_by="", doubtful=True))

    def _pack(self, person_id: str, one: Held) -> None:
        number, successor = one.number.encode()[:1000], one.replaced_by.encode()[:1000]
        days = [day.toordinal() if day else 0 for day in one.span]
        kind = KINDS.index(one.kind) | (_DOUBTFUL if one.doubtful else 0)
        head = _DOCUMENT.pack(kind, one.row, *days, len(number), len(successor))
        self._packed[person_id] = self._packed.get(person_id, b"") + head + number + successor

    def of(self, person_id: str) -> list[Held]:
        """A person's documents, in the order of the table; replaced ones end the day before their successor begins."""
        held = [one for one in _unpacked(self._packed.get(person_id, b"")) if not one.doubtful]
        begins = {(one.kind, one.number): one.first for one in held if one.number and one.first}
        return [_until_replaced(one, begins.get((one.kind, one.replaced_by))) for one in held]

    def applied(self, person: Person, as_of: date, since: date | None = None) -> Applied:
        """The person with the days of the documents that hold; those that ended before ``since`` are left out."""
        if person.person_id not in self._packed:
            return Applied(person)
        mine = [one for one in self.of(person.person_id) if not (since and one.last and one.last < since)]
        found, held, permit_since = replace(person), dict[str, Sequence[Span]](), None
        for kind, columns in COLUMNS.items():
            spans = [one.span for one in mine if one.kind == kind]
            if not spans:
                continue
            first, last = (getattr(person, column) for column in columns)
            if last or (first and kind in OPEN):
                spans.append((first, last))
            elif first:
                spans = _begun_on(first, spans)
            held[kind] = spans
            if kind == "permit":
                permit_since = began_before(spans, as_of)
            days = newest(spans, as_of) if kind == "registration" else in_force(spans, as_of)
            for column, day in zip(columns, days, strict=True):
                setattr(found, column, day)
        return Applied(found, held, permit_since, self._doubtful(person.person_id, mine, since))

    def _doubtful(self, person_id: str, mine: Iterable[Held], since: date | None) -> Mapping[str, Sequence[Doubtful]]:
        """By kind what may be a person's too; and registrations made on no known day: of which entry, nobody knows."""
        found: dict[str, list[Doubtful]] = {}
        unread = (one for one in _unpacked(self._packed[person_id]) if one.doubtful)
        undated = (one for one in mine if one.kind == "registration" and one.first is None)
        for one in (*unread, *undated):
            if not (since and one.last and one.last < since):
                found.setdefault(one.kind, []).append(Doubtful(one.row, one.first, one.last))
        return found or NOTHING_DOUBTFUL

    def permit_since(self, person_id: str, as_of: date) -> date | None:
        """When the unbroken run of a person's permits began, as the documents alone have it."""
        spans = [one.span for one in self.of(person_id) if one.kind == "permit"]
        return began_before(spans, as_of) if spans else None

    def findings(self, ids: KnownIds, near: Mapping[str, Near], lang: str) -> Iterator[Finding]:
        """Documents with a cell missing or unreadable or days in disorder, of nobody, or replaced by none there is.

        ``near``: ids that are near one of the roster's.
        """
        found = [finding for one, problems in self._faulty for finding in _of_document(one, problems, lang)]
        for person_id, packed in self._packed.items():
            held = [one for one in _unpacked(packed) if not one.doubtful]
            if not ids.known(person_id):
                alike = near.get(person_id)
                found += [_place(one.row, person_id, lang).unknown(alike) for one in held]
                continue
            numbers = {(one.kind, one.number): one for one in held if one.number}
            for one in held:
                if one.replaced_by:
                    successor = numbers.get((one.kind, one.replaced_by))
                    found += _of_successor(one, successor, _place(one.row, person_id, lang))
        return iter(sorted(found, key=lambda finding: finding.row))


def _until_replaced(one: Held, successor: date | None) -> Held:
    if successor is None or (one.last and one.last < successor) or (one.first and successor <= one.first):
        return one
    return one._replace(last=successor - ONE_DAY)


def _begun_on(first: date, spans: list[Span]) -> list[Span]:
    """Permits, or visas, with the roster's first day, of which it has no last one, at the one it can only be of."""
    blank = [place for place, (begins, last) in enumerate(spans) if begins is None and last and last >= first]
    return [(first if [place] == blank else begins, last) for place, (begins, last) in enumerate(spans)]


def _unpacked(packed: bytes) -> Iterator[Held]:
    place = 0
    while place < len(packed):
        kind, row, first, last, number, successor = _DOCUMENT.unpack_from(packed, place)
        texts = place + _DOCUMENT.size
        place = texts + number + successor
        begins, ends = (date.fromordinal(day) if day else None for day in (first, last))
        texts_end = texts + number
        words = (_text(packed[texts:texts_end]), _text(packed[texts_end:place]))
        yield Held(KINDS[kind & ~_DOUBTFUL], row, begins, ends, *words, doubtful=bool(kind & _DOUBTFUL))


def _days(one: Document) -> Span:
    return one.valid_from, one.valid_until


def _text(data: bytes) -> str:
    # Cut off at its greatest length, a text may end within a letter.
    return data.decode(errors="ignore")


def _place(row: int, person_id: str, lang: str) -> Place:
    return Place("documents", row, person_id, lang)


def _of_successor(one: Held, successor: Held | None, place: Place) -> Iterator[Finding]:
    """What is wrong with the document that is named as another one's successor: there is none, or it is older."""
    if successor is None:
        yield place.data("data.unknown_document", "replaced_by")
    elif one.first and successor.first and successor.first <= one.first:
        first, day = successor.first, one.first
        yield place.data("data.older_document", "replaced_by", other=successor.row, first=first, day=day)


def _of_document(one: Document, problems: list[Problem], lang: str) -> Iterator[Finding]:
    place = _place(one.row, one.person_id, lang)
    for problem in problems:
        yield place.unread(problem.column, problem.error)
    for key in _REQUIRED:
        if key not in one.unread and not getattr(one, key):
            yield place.data("data.required", key)
    if in_disorder(one):
        yield place.order("valid_from", one.valid_from, "valid_until", one.valid_until)

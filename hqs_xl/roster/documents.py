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
_REQUIRED = ("person_id", "document", "valid_until")


class Held(NamedTuple):
    """A document of a person: its kind, the row it stands in, its days, its number, and that of its successor."""

    kind: str
    row: int
    first: date | None
    last: date | None
    number: str
    replaced_by: str

    @property
    def span(self) -> Span:
        """Its first and last day."""
        return self.first, self.last


# By kind, the days of each document of a person.
NOTHING_HELD: Mapping[str, Sequence[Span]] = MappingProxyType({})


class Applied(NamedTuple):
    """A person with the days of the documents that hold.

    ``held``: by kind the days of each, with the roster's own; no kind of which the roster's is all there is.
    ``permit_since``: when the unbroken run of permits began, None where it is of one permit.
    """

    person: Person
    held: Mapping[str, Sequence[Span]] = NOTHING_HELD
    permit_since: date | None = None


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
        usable = all(getattr(one, key) for key in _REQUIRED)
        if one.valid_from and one.valid_until and one.valid_until < one.valid_from:
            usable = False
        if problems or not usable:
            self._faulty.append((one, problems))
        if usable and one.document:
            number, successor = one.number.encode()[:1000], one.replaced_by.encode()[:1000]
            days = [day.toordinal() if day else 0 for day in (one.valid_from, one.valid_until)]
            head = _DOCUMENT.pack(KINDS.index(one.document), one.row, *days, len(number), len(successor))
            self._packed[one.person_id] = self._packed.get(one.person_id, b"") + head + number + successor

    def of(self, person_id: str) -> list[Held]:
        """A person's documents, in the order of the table; replaced ones end the day before their successor begins."""
        held = list(_unpacked(self._packed.get(person_id, b"")))
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
            held[kind] = spans
            if kind == "permit":
                permit_since = began_before(spans, as_of)
            days = newest(spans, as_of) if kind == "registration" else in_force(spans, as_of)
            for column, day in zip(columns, days, strict=True):
                setattr(found, column, day)
        return Applied(found, held, permit_since)

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
            if not ids.known(person_id):
                alike = near.get(person_id)
                found += [_place(one.row, person_id, lang).unknown(alike) for one in _unpacked(packed)]
                continue
            held = list(_unpacked(packed))
            numbers = {(one.kind, one.number) for one in held}
            for one in held:
                if one.replaced_by and (one.kind, one.replaced_by) not in numbers:
                    found.append(_place(one.row, person_id, lang).data("data.unknown_document", "replaced_by"))
        return iter(sorted(found, key=lambda finding: finding.row))


def _until_replaced(one: Held, successor: date | None) -> Held:
    if successor is None or (one.last and one.last < successor) or (one.first and successor <= one.first):
        return one
    return one._replace(last=successor - ONE_DAY)


def _unpacked(packed: bytes) -> Iterator[Held]:
    place = 0
    while place < len(packed):
        kind, row, first, last, number, successor = _DOCUMENT.unpack_from(packed, place)
        texts = place + _DOCUMENT.size
        place = texts + number + successor
        begins, ends = (date.fromordinal(day) if day else None for day in (first, last))
        texts_end = texts + number
        yield Held(KINDS[kind], row, begins, ends, _text(packed[texts:texts_end]), _text(packed[texts_end:place]))


def _text(data: bytes) -> str:
    # Cut off at its greatest length, a text may end within a letter.
    return data.decode(errors="ignore")


def _place(row: int, person_id: str, lang: str) -> Place:
    return Place("documents", row, person_id, lang)


def _of_document(one: Document, problems: list[Problem], lang: str) -> Iterator[Finding]:
    place = _place(one.row, one.person_id, lang)
    for problem in problems:
        yield place.unread(problem.column, problem.error)
    for key in _REQUIRED:
        if key not in one.unread and not getattr(one, key):
            yield place.data("data.required", key)
    if one.valid_from and one.valid_until and one.valid_until < one.valid_from:
        yield place.order("valid_from", one.valid_from, "valid_until", one.valid_until)

"""Notice data: the fields a notice asks for, filled from the roster and the employer table; what is missing is listed.

No official form is imitated. Which fields, and the order that has the form, are dated data (``notices.toml``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from hqs_xl.bilingual import BLANK, Bilingual, both
from hqs_xl.cells.ids import nearness
from hqs_xl.compliance.check import Roster
from hqs_xl.data import packaged, ships, toml
from hqs_xl.errors import HqsError, OutsideCalendar
from hqs_xl.law import Deadline, Quarter, due, rulebook
from hqs_xl.law.workdays import LAST_DAY
from hqs_xl.roster.findings import near_in_words
from hqs_xl.roster.records import Person
from hqs_xl.roster.settings import Settings
from hqs_xl.texts import in_words, say

BY_HAND = "by hand"
# The roster's columns for what the documents have of a permit under the same keys.
_PERMIT = {"valid_from": "permit_starts", "valid_until": "permit_expires"}


class Form(NamedTuple):
    """The order that has the form of some notices, for those filed from a day on."""

    kinds: tuple[str, ...]
    first: date
    order: Bilingual
    evidence: str
    checked: date
    note: Bilingual


class Wanted(NamedTuple):
    """A field some notices ask for, and where its value comes from."""

    kinds: tuple[str, ...]
    key: str
    origin: str
    evidence: str
    checked: date
    note: Bilingual


class Field(NamedTuple):
    """A field of one notice: what it asks, its value (None: missing), how surely it is asked.

    ``origin``: where the value comes from, or where in the workbook to type it when it is missing.
    """

    label: str
    value: str | float | date | None
    origin: str
    evidence: str
    note: Bilingual


class Notice(NamedTuple):
    """The data of one notice. ``form``: the order that has the form in force on the day of filing, if it is known.

    ``remarks``: that it was filed already, that the law names another authority.
    """

    person_id: str
    kind: str
    title: str
    form: Form | None
    deadline: Deadline | None
    fields: tuple[Field, ...]
    remarks: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still to be typed."""
        return tuple(field.label for field in self.fields if field.value is None)


@cache
def forms_and_fields() -> tuple[tuple[Form, ...], tuple[Wanted, ...]]:
    """The dated data."""
    return read_notices(packaged("output/notices.toml"))


def read_notices(text: str) -> tuple[tuple[Form, ...], tuple[Wanted, ...]]:
    """Forms and fields from the text of their file; EditionError for one that is not as ``notice_file`` declares it."""
    tree = toml(text)
    if not ships(text):
        from hqs_xl.models import refuse  # noqa: PLC0415 - what ships was looked at when it was made
        from hqs_xl.output.notice_file import NoticeFile  # noqa: PLC0415 - as above

        refuse("notices.toml", NoticeFile, tree)
    forms = tuple(
        Form(
            tuple(one["kinds"]), one["from"], _words(one, "order"), one["evidence"], one["checked"], _words(one, "note")
        )
        for one in tree["form"]
    )
    fields = tuple(
        Wanted(tuple(one["kinds"]), one["key"], one["from"], one["evidence"], one["checked"], _words(one, "note"))
        for one in tree["field"]
    )
    return forms, fields


def _words(entry: Mapping[str, Any], key: str) -> Bilingual:
    return both(entry[key]) or BLANK if key in entry else BLANK


def form_of(kind: str, day: date) -> Form | None:
    """The form of a notice filed on a day; None when none is known of that time."""
    known = [form for form in forms_and_fields()[0] if kind in form.kinds and form.first <= day]
    return max(known, key=lambda form: form.first, default=None)


def notice(
    roster: Roster,
    settings: Settings,
    person_id: str,
    kind: str,
    quarter: Quarter | None = None,
    *,
    row: int | None = None,
) -> Notice:
    """The data of a notice about a person, as of the day of the settings.

    ``quarter``: of the salary; None: the last one that is over. ``row``: which agreement of a person hired again is
    meant; None: the one that such a notice is of. Raises HqsError when there is no such person, or only a family
    member, of whom no notice is filed.
    """
    quarter = quarter or _last_whole(settings.as_of)
    rows = [person for person, _ in roster.people if person.person_id == person_id]
    if not rows:
        raise _nobody(roster, person_id, settings.lang)
    person = next((one for one in rows if one.row == row), None) or _meant(rows, roster, settings.as_of, kind, quarter)
    if not person.is_hqs:
        raise HqsError("notice.no_specialist", person=person_id)
    event = {"concluded": person.agreement_signed, "terminated": person.agreement_until, "salary": quarter.first}[kind]
    deadline = _deadline(kind, event, settings)
    facts = _Facts(roster, settings, person, kind=kind, quarter=quarter, event=event)
    return Notice(
        person_id,
        kind,
        say(f"obligation.notice.{kind}", settings.lang, quarter=quarter.spoken),
        form_of(kind, settings.as_of),
        deadline,
        tuple(facts.field(wanted) for wanted in forms_and_fields()[1] if kind in wanted.kinds),
        tuple(facts.remarks()),
    )


def _meant(rows: Sequence[Person], roster: Roster, as_of: date, kind: str, quarter: Quarter) -> Person:
    """Of several agreements of a person the last one that a notice may be of; of the same id twice the first row."""
    turns = {one.row: turn for one in rows if (turn := roster.other.ids.turn(one.row))}
    if len(turns) < len(rows):
        return rows[0]
    agreements = sorted(rows, key=lambda one: turns[one.row].number)
    may_be: Mapping[str, Callable[[Person], bool]] = {
        "concluded": lambda one: one.agreement_signed is not None and one.agreement_signed <= as_of,
        "terminated": lambda one: one.agreement_until is not None and one.agreement_until <= as_of,
        "salary": lambda one: one.agreement_from is not None and one.agreement_from <= quarter.last,
    }
    return next(filter(may_be[kind], reversed(agreements)), agreements[-1])


def _nobody(roster: Roster, person_id: str, lang: str) -> HqsError:
    near = nearness(roster.other.ids.all, [person_id]).get(person_id)
    if near is None:
        return HqsError("notice.no_person", person=person_id)
    return HqsError("notice.near_person", person=person_id, near=near.person_id, by=near_in_words(near, lang))


def _last_whole(day: date) -> Quarter:
    quarter = Quarter.of(day)
    return Quarter(quarter.year - 1, 4) if quarter.number == 1 else Quarter(quarter.year, quarter.number - 1)


def _deadline(kind: str, event: date | None, settings: Settings) -> Deadline | None:
    if event is None:
        return None
    try:
        return due(f"notice.{kind}", event, settings.edition, calendar=settings.calendar)
    except OutsideCalendar:
        return None


def _ran_in(person: Person, quarter: Quarter) -> bool:
    """Whether the agreement ran on any day of a quarter, as far as is known."""
    first = min((day for day in (person.agreement_from, person.work_started) if day), default=None)
    last = person.agreement_until
    return not (first and first > quarter.last) and not (last and last < max(first or quarter.first, quarter.first))


class _Facts:
    """Where the values of one notice come from."""

    def __init__(
        self, roster: Roster, settings: Settings, person: Person, *, kind: str, quarter: Quarter, event: date | None
    ) -> None:
        self._employer, self._lang, self._tables = roster.other.employer, settings.lang, roster.other.found
        named, self._by_law = (
            rulebook().value("authority.migration", settings.as_of, edition) for edition in (settings.edition, "law")
        )
        self._authority = in_words(named.name, settings.lang)
        self._person = person
        paid = roster.other.notices.of(person.person_id).get(quarter)
        ended = "terminated_on" if person.terminated_on or not person.agreement_ends else "agreement_ends"
        self._event = {"concluded": "agreement_signed", "terminated": ended}.get(kind, "quarter")
        self._counts_from, self._as_of = event, settings.as_of
        self._typed_quarter, self._idle = paid is not None, ""
        if kind == "salary" and not _ran_in(person, quarter):
            self._idle = in_words(quarter.spoken, settings.lang)
        self._filed = (paid and paid.filed_on, "salary", "filed_on")
        if kind != "salary":
            self._filed = (getattr(person, f"{kind}_notice_filed"), "roster", f"{kind}_notice_filed")
        self._own = {
            "event": event,
            "quarter": in_words(quarter.spoken, settings.lang),
            "salary_paid": paid.salary_paid if paid else None,
        }
        turn, day = roster.other.ids.turn(person.row), settings.as_of
        if turn and turn.is_past(day):
            # The documents of its time are asked for, not those of the agreement that followed.
            day = person.agreement_until or day
        person = roster.other.documents.applied(person, day, turn and turn.since).person
        starts, expires = person.permit_starts, None if person.permit_expires == LAST_DAY else person.permit_expires
        held = roster.other.documents.of(person.person_id)
        number = next((one.number for one in held if (one.kind, one.last) == ("permit", expires)), None)
        self._by_documents = any(one.kind == "permit" for one in held)
        self._permit = {"number": number, "valid_from": starts, "valid_until": expires}

    def field(self, wanted: Wanted) -> Field:
        """A field with its value, as far as it is known."""
        value, origin = self._value(wanted.origin)
        label = say(f"notice.field.{wanted.key}", self._lang)
        return Field(label, None if value == "" else value, origin, wanted.evidence, wanted.note)

    def remarks(self) -> Iterator[str]:
        """That it was filed already, or is not owed; that the law names another authority than the edition does."""
        day, table, column = self._filed
        if day:
            first = self._counts_from or day
            key = "filed_before" if day < first else "filed_ahead" if day > self._as_of else "filed"
            yield say(f"notice.{key}", self._lang, day=day, where=self._column(table, column), first=first)
        if self._idle:
            yield say("notice.not_owed", self._lang, quarter=self._idle)
        by_law = in_words(self._by_law.name, self._lang)
        if by_law != self._authority and "authority" not in self._employer:
            source = in_words(self._by_law.source, self._lang)
            yield say("notice.by_law", self._lang, name=by_law, source=source)

    def _value(self, origin: str) -> tuple[Any, str]:
        table, _, key = origin.rpartition(".")
        if table == "employer":
            if key == "authority" and key not in self._employer:
                return self._authority, say("notice.rule", self._lang)
            row = say(f"employer.{key}", self._lang)
            return self._employer.get(key), say("notice.row", self._lang, sheet=self._sheet("employer"), row=row)
        if table == "permit":
            in_roster = key in _PERMIT and not self._by_documents
            where = ("roster", _PERMIT[key]) if in_roster else ("documents", key)
            return self._permit[key], self._column(*where)
        if key == "quarter" and not self._typed_quarter:
            return self._own[key], say("notice.by_quarter", self._lang)
        if key in self._own:
            table, column = ("roster", self._event) if key == "event" else ("salary", key)
            return self._own[key], self._column(table, column)
        if key == BY_HAND:
            return None, say("notice.by_hand", self._lang)
        return getattr(self._person, key), self._column("roster", key)

    def _sheet(self, table: str) -> str:
        """The sheet on which a table stands, or the one that it would stand on."""
        found = self._tables.get(table)
        return found.sheet if found else say(f"table.{table}", self._lang)

    def _column(self, table: str, column: str) -> str:
        """A sheet and a column by the title it has there."""
        found = self._tables.get(table)
        title = (found.headers.get(column) if found else "") or say(f"header.{column}", self._lang)
        return say("notice.where", self._lang, sheet=self._sheet(table), column=title)

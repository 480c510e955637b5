"""Medical examinations: the first one after the entry, and another after the decision to renew the permit.

The card knows neither. Of the family's the decision is the one on the specialist's permit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hqs_xl.compliance.breach import ASK, DATA, Breach
from hqs_xl.compliance.case import Case, Check, checks
from hqs_xl.compliance.owed import Kind, Obligation, one_owed
from hqs_xl.law import Deadline, rulebook
from hqs_xl.roster.records import Person
from hqs_xl.roster.sponsors import renewal_decided

EXAMS: list[Check] = []
UNTOLD: list[Check] = []
_DONE = ("medical_done",)
EXAM = Kind("medical.exam", "medical.", _DONE, "entered_on")
EXAM_FAMILY = Kind("medical.exam_family", "medical.", _DONE, "entered_on")
REPEAT = Kind("medical.repeat", "medical.repeat_", _DONE, "permit_decided")
REPEAT_FAMILY = Kind("medical.repeat_family", "medical.repeat_", _DONE, "permit_decided")
RENEWED = ("sponsor_id", "renewal_filed", "left_on", "medical_done")


@checks(
    EXAMS,
    "relation",
    "entered_on",
    also=[*RENEWED, "permit_decided"],
    rules=["medical.exam", "medical.exam_family", "medical.validity"],
)
def medical_exam(case: Case) -> Sequence[Obligation]:
    """Laws 274-FZ, 162-FZ: an examination after the entry.

    One done since the renewal was decided answers that; of the first one the roster then has no day any more. One that
    counts from the entry because of a renewal is the same one. One from before the entry that is not a year old may
    count as well, which nobody could verify: that is asked (``medical_before_entry``), and nothing is owed meanwhile.
    """
    person = case.person
    entered, done = person.entered_on, person.medical_done
    if not case.in_russia or entered is None or not (case.is_hqs or person.is_family) or _good_since_before(case):
        return ()
    owed = one_owed(case, EXAM_FAMILY if person.is_family else EXAM, entered, done)
    decided = _decided(case) if owed else None
    if decided and (_abroad(person, decided) or entered == decided or (done and entered < decided <= done)):
        return ()
    return owed


@checks(
    EXAMS,
    "relation",
    "permit_decided",
    also=[*RENEWED, "entered_on"],
    rules=["medical.repeat", "medical.repeat_family"],
)
def medical_repeat(case: Case) -> Sequence[Obligation]:
    """Laws 357-FZ, 316-FZ: another one after the renewal is decided; who is abroad that day counts from the entry.

    Where the roster does not say who was abroad, it is counted from the decision, which is never too late.
    """
    decided, person = _decided(case), case.person
    if decided is None:
        return ()
    abroad = _abroad(person, decided)
    event = person.entered_on if abroad else decided
    kind = REPEAT_FAMILY if person.is_family else REPEAT
    owed = one_owed(case, kind, event, person.medical_done, column="permit_decided")
    return [one._replace(remark="abroad") for one in owed] if abroad is None else owed


@checks(
    UNTOLD,
    "relation",
    "entered_on",
    "medical_done",
    also=["left_on"],
    rules=["medical.exam", "medical.exam_family", "medical.validity"],
)
def medical_before_entry(case: Case) -> Sequence[Breach]:
    """An examination from before the last entry whose papers are still good: whether it counts is a question."""
    person = case.person
    rule = (EXAM_FAMILY if person.is_family else EXAM).rule
    exam, good = case.due(rule, person.entered_on), _good_since_before(case)
    if not case.in_russia or not (case.is_hqs or person.is_family) or exam is None or good is None:
        return ()
    fields = {"done": good.event, "entered": exam.event, "until": good.due}
    return (Breach("medical.before_entry", "medical_done", good.rule, exam.due, ASK, good, fields, good.event),)


@checks(
    UNTOLD,
    "relation",
    "permit_starts|permit_collected",
    also=["renewal_filed", "permit_decided", "medical_done"],
    rules=["medical.repeat"],
)
def medical_untold(case: Case) -> Sequence[Breach]:
    """The permit was renewed, and no cell says when that was decided."""
    person = case.person
    if not case.is_hqs or _decided(case) is not None:
        return ()
    obtained = _obtained(case)
    if obtained is None or (person.medical_done is not None and person.medical_done >= obtained):
        return ()
    rule = "medical.repeat"
    if rulebook()[rule].find(obtained, case.settings.edition) is None:
        return ()
    blanks = ("permit_decided", "renewal_filed", "medical_done")
    fields = {"day": obtained}
    return (Breach("medical.repeat_untold", "permit_decided", rule, None, DATA, None, fields, obtained, None, blanks),)


def _good_since_before(case: Case) -> Deadline | None:
    """To which day an examination passed before the last entry is good, where it still was at the entry, and is now."""
    entered, done = case.person.entered_on, case.person.medical_done
    if entered is None or done is None or done >= entered:
        return None
    good = case.due("medical.validity", done)
    return good if good and good.due >= max(entered, case.as_of) else None


def _decided(case: Case) -> date | None:
    """The day the permit was decided to be renewed, as far as the roster has it."""
    person = case.person
    if person.is_family:
        return case.renewals.get(person.sponsor_id)
    if not case.is_hqs:
        return None
    return renewal_decided(person.renewal_filed, person.permit_decided, case.permit_since)


def _obtained(case: Case) -> date | None:
    """From which day on a renewed permit was held; None where none was renewed."""
    person, filed, since = case.person, case.person.renewal_filed, case.permit_since
    days = [day for day in (person.permit_starts, person.permit_collected) if day is not None]
    if filed is not None and (later := [day for day in days if day > filed]):
        return min(later)
    return person.permit_starts if since and person.permit_starts and since < person.permit_starts else None


def _abroad(person: Person, day: date) -> bool | None:
    """Whether the person was abroad on a day; None where the last entry and the last departure do not tell."""
    entered, left = person.entered_on, person.left_on
    if entered is None:
        return None
    if entered <= day:
        return False
    if left is None or left > entered:
        return None
    return left < day

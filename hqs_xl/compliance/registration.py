"""Migration registration: by when the person has to be registered, since the entry and since a move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hqs_xl.compliance.case import Case, Check, checks
from hqs_xl.compliance.owed import Obligation, too_early
from hqs_xl.law import Deadline
from hqs_xl.roster.records import Person
from hqs_xl.roster.spans import registered_since
from hqs_xl.roster.status import state_of

STAY: list[Check] = []


@checks(STAY, "entered_on", also=["moved_on", "registered_on", "registered_until", "left_on"])
def registration(case: Case) -> Sequence[Obligation]:
    """S16, S19, S20: after 90 days from the entry or 30 from a move, register within the working days that follow.

    A registration dated before the last entry or move does not count for the new place. Someone never registered
    since the entry gains nothing by moving: the earlier of the two days holds. Nor does someone whose registration had
    lapsed before the move. A registration that lapses while the person stays has to be followed by another.
    """
    person = case.person
    if not case.in_russia and not (person.entered_on is None and case.happened(person.moved_on)):
        return ()
    if case.left:
        return ()
    entry = case.due("registration.entry", person.entered_on)
    move = case.due("registration.move", person.moved_on)
    moved = move is not None and case.happened(person.moved_on)
    if moved and person.entered_on and person.moved_on and person.moved_on < person.entered_on:
        moved = False
    arrived = person.moved_on if moved else person.entered_on
    registered = person.registered_on
    if registered and person.entered_on and registered < person.entered_on:
        registered = None
    deadline = move if moved else entry
    lapsed = _lapsed_before_a_move(person, entry) if moved and registered else None
    if moved and entry and move and (entry.due if registered is None else lapsed or move.due) < move.due:
        deadline = entry
    if deadline is None:
        return ()
    since = "moved_on" if moved else "entered_on"
    earlier = too_early("registered_on", person.registered_on, since, arrived or date.min)
    done = None if earlier else person.registered_on
    due = max(deadline.due, lapsed) if lapsed and deadline is entry else deadline.due
    if done and case.registrations and arrived:
        # The first one answers the arrival; one that prolongs it is no late registration.
        made, lapsed = registered_since(case.registrations, arrived, case.as_of)
        done, due = made or done, max(due, lapsed or due)
    if done and person.registered_until and done <= case.as_of and person.registered_until >= done:
        lapse = max(due, person.registered_until)
        if lapse <= case.soon:
            done, due = None, lapse
    state = state_of(due, done, case.as_of, case.soon)
    found = Obligation("registration.", "registered_on", deadline, done, due, state, marks=("registered_on",))
    return (found._replace(earlier=earlier),)


def _lapsed_before_a_move(person: Person, entry: Deadline | None) -> date | None:
    """The day by which another registration was needed, where none held on the day of the move."""
    until, moved_on = person.registered_until, person.moved_on
    return max(entry.due, until) if entry and until and moved_on and until < moved_on else None

"""Migration registration: by when the person has to be registered, since the entry and since a move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, cast

from hqs_xl.compliance.breach import rows_of
from hqs_xl.compliance.case import Case, Check, checks
from hqs_xl.compliance.owed import Earlier, Obligation, too_early
from hqs_xl.law import Deadline
from hqs_xl.law.workdays import LAST_DAY
from hqs_xl.roster.spans import ONE_DAY, bounded
from hqs_xl.roster.status import State, state_of

STAY: list[Check] = []


@checks(
    STAY,
    "entered_on",
    also=["moved_on", "registered_on", "registered_until", "left_on", "documents.valid_from"],
    rules=["registration.entry", "registration.move"],
)
def registration(case: Case) -> Sequence[Obligation]:
    """S16, S19, S20: after 90 days from the entry or 30 from a move, register within the working days that follow.

    A registration dated before the last entry or move does not count for the new place. The 30 days presuppose that
    the person is registered somewhere: who was not since the entry, or no more, gains nothing by moving, and the
    earlier of the two days holds. A registration that lapses while the person stays has to be followed by another.
    """
    person = case.person
    if not case.in_russia and not (person.entered_on is None and case.happened(person.moved_on)):
        return ()
    if case.left:
        return ()
    entry = case.due("registration.entry", person.entered_on)
    move = case.due("registration.move", person.moved_on) if case.happened(person.moved_on) else None
    if person.entered_on and person.moved_on and person.moved_on < person.entered_on:
        move = None
    if entry is None and move is None:
        return ()
    if "registration" in case.held:
        return _by_documents(case, entry, move)
    return (_by_roster(case, entry, move),)


def _by_roster(case: Case, entry: Deadline | None, move: Deadline | None) -> Obligation:
    """Of the one registration that the roster names."""
    person, done = case.person, case.person.registered_on
    since, arrival = ("moved_on", move) if move else ("entered_on", entry)
    earlier = too_early("registered_on", done, since, arrival.event) if arrival else None
    deadline, due = _owed_since(entry, move, _until_before_the_move(case, entry, move) if move else None)
    done = None if earlier else done
    if done and person.registered_until and done <= case.as_of and person.registered_until >= done:
        lapse = max(due, person.registered_until)
        if lapse <= case.soon:
            done, due = None, lapse
    return _obligation(case, deadline, due, done, earlier)


def _until_before_the_move(case: Case, entry: Deadline | None, move: Deadline | None) -> date | None:
    """To which day the registration made before the move held; None where there was none since the entry.

    The roster has one registration. Made after the move it stands in the place of one before, where the person had to
    be registered by then; who moved while free of it has not been registered as far as is known.
    """
    made = case.person.registered_on
    if entry is None or move is None or made is None or not entry.event <= made <= case.as_of:
        return None
    if made < move.event:
        return case.person.registered_until or LAST_DAY
    return LAST_DAY if entry.due < move.event else None


def _owed_since(entry: Deadline | None, move: Deadline | None, until: date | None) -> tuple[Deadline, date]:
    """From what on a registration is owed, and by when; ``until``: to which day the one before the move held."""
    if entry is None or move is None:
        only = cast("Deadline", entry or move)
        return only, only.due
    if until is not None and until >= move.event:
        return move, move.due
    lapse = max(entry.due, until) if until else entry.due
    return (entry, lapse) if lapse < move.due else (move, move.due)


def _by_documents(case: Case, entry: Deadline | None, move: Deadline | None) -> list[Obligation]:
    """Of all that the documents list: each that was made late, the first one or one after days without any."""
    made = bounded(case.held["registration"])
    found = list[Obligation]()
    run: _Run | None = None
    if entry:
        before = [span for span in made if entry.event <= span[0] and not (move and span[0] >= move.event)]
        run = _Run(entry, entry.due, entry.due).followed(case, before, found)
    if move:
        held = max((last for first, last in made if (entry or move).event <= first < move.event), default=None)
        deadline, due = _owed_since(entry, move, held)
        lapsed = held is not None and deadline is entry and due == held
        after = [span for span in made if span[0] >= move.event]
        run = _Run(deadline, due, due + ONE_DAY if lapsed else due).followed(case, after, found)
    if run is None:
        return found
    due, done = run.due, run.made
    if done and due <= case.soon:
        done = None
    since, arrival = ("moved_on", move) if move else ("entered_on", entry)
    earlier = too_early("registered_on", case.person.registered_on, since, arrival.event) if arrival else None
    return [*found, _obligation(case, run.deadline, due, done, earlier)]


class _Run(NamedTuple):
    """Registrations that follow each other: what they are owed by, and to which day that is met.

    ``due``: the day by which another one is needed. ``free``: the last day on which it is in time; the day after the
    last one ended, where nobody was unregistered a day. ``made``: when the first one of the run was made.
    """

    deadline: Deadline
    due: date
    free: date
    made: date | None = None

    def followed(self, case: Case, spans: Sequence[tuple[date, date]], late: list[Obligation]) -> _Run:
        """The run with what follows; one made too late goes to ``late`` and begins the run anew."""
        run = self
        for first, last in spans:
            if first > case.as_of and (run.made is None or first > run.free):
                break
            if first > run.free:
                late.append(_obligation(case, run.deadline, run.due, first))
                run = run._replace(made=None)
            ends = last if last >= first else LAST_DAY  # a day in disorder is said as such
            free = max(run.free, min(ends, LAST_DAY - ONE_DAY) + ONE_DAY)
            run = run._replace(due=max(run.due, ends), free=free, made=run.made or first)
        return run


def _obligation(
    case: Case, deadline: Deadline, due: date, done: date | None, earlier: Earlier | None = None
) -> Obligation:
    state = state_of(due, done, case.as_of, case.soon)
    marks, hidden = ("registered_on",), _hidden_by(case, deadline.event, due, state) if case.doubtful else ()
    return Obligation(
        "registration.", marks[0], deadline, done, due, state, marks=marks, earlier=earlier, hidden=hidden
    )


def _hidden_by(case: Case, event: date, due: date, state: State) -> tuple[int, ...]:
    """The rows of doubtful registrations that may be of this stay, and made in time or since; none where it is done."""
    if state in (State.DONE, State.LATER):
        return ()
    until = max(due + ONE_DAY, case.as_of) if state is State.OVERDUE else due + ONE_DAY
    return rows_of(one for one in case.doubtful.get("registration", ()) if one.may_be_made(event, until))

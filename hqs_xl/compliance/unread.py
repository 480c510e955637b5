"""A person some of whose cells say nothing readable: checked on what there is, noting what each check misses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hqs_xl.compliance.case import STANDING, Case, Check
from hqs_xl.roster.records import Person

# Only specialists have these facts.
_OF_A_SPECIALIST = (
    *("agreement_signed", "agreement_starts", "agreement_ends", "permit_filed", "permit_decided", "permit_collected"),
    *("permit_starts", "permit_expires", "work_started", "hiring_order", "concluded_notice_filed"),
)
_NONE = frozenset[str]()


@dataclass(slots=True)
class AskedPerson(Person):
    """A person that notes which of its unread facts are asked for."""

    asked: set[str] = field(default_factory=set)

    def __getattribute__(self, name: str) -> Any:
        """Any attribute."""
        read = object.__getattribute__
        if name in read(self, "unread"):
            read(self, "asked").add(name)
        return read(self, name)


class UnreadCase(Case):
    """The case of a person with unread cells.

    ``untold``: by unread column, the checks that asked for it, in their order; what they say may change with it. Where
    the relation can't be read, the other facts tell whether this is a specialist.
    """

    __slots__ = ("untold",)

    person: AskedPerson
    untold: dict[str, dict[str, None]]

    def __init__(self, person: Person, *others: Any, **more: Any) -> None:
        self.untold = dict[str, dict[str, None]]()
        asked = AskedPerson(**{name: getattr(person, name) for name in Person.__dataclass_fields__})
        asked.relation = person.relation or _relation(person)
        asked.unread = person.unread | blank(person)
        super().__init__(asked, *others, **more)
        self.as_read = person

    def __getattr__(self, name: str) -> Any:
        """Where the person stands, found out anew each time: what is asked of the person on the way counts."""
        return STANDING[name](self)

    def _stand(self) -> None:
        """Nothing is found out before it is asked."""

    def found(self, check: Check, before: frozenset[str], ending: frozenset[str]) -> list[Any]:
        """What a check finds, each with the columns it was found without; those asked for before it among them.

        ``ending``: of those, the ones by which the case may be closed. All that is checked hangs on them, which is too
        much to be said beside the cell.
        """
        asked = self.person.asked
        asked.clear()
        items = [*check.run(self)]
        before = before.union(asked)
        for column in before:
            self.untold.setdefault(column, {})[check.name] = None
        without = before | ending
        return [told for item in items if (told := item.without(without)) is not None] if without else items


def run(
    register: Sequence[Check], case: Case, before: frozenset[str] = _NONE, ending: frozenset[str] = _NONE
) -> list[Any]:
    """What the checks of a register find; ``before``, ``ending``: the unread columns asked for before any of them."""
    if not register:
        return []
    if isinstance(case, UnreadCase):
        return [item for check in register for item in case.found(check, before, ending)]
    return [item for check in register for item in check.run(case)]


def asked_for(case: Case, question: Callable[[], object]) -> frozenset[str]:
    """The unread columns on which the answer to a question hangs."""
    if not isinstance(case, UnreadCase):
        return _NONE
    case.person.asked.clear()
    question()
    return frozenset(case.person.asked)


def case_of(person: Person, *others: Any, **more: Any) -> Case:
    """The case of a person, whose cells may all be readable."""
    return (UnreadCase if person.unread or blank(person) else Case)(person, *others, **more)


def blank(person: Person) -> frozenset[str]:
    """The columns that say as little as an unreadable cell where they are blank: what is owed hangs on them."""
    if person.relation is not None and (person.agreement_signed is not None or person.is_family):
        return _NONE
    return frozenset(key for key in ("relation", "agreement_signed") if getattr(person, key) is None)


def _relation(person: Person) -> str | None:
    """Who somebody is by the other facts."""
    if any(getattr(person, key) is not None for key in _OF_A_SPECIALIST):
        return "HQS"
    return "Family" if person.sponsor_id else None

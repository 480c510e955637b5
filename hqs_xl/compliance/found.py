"""What one person's facts come to: what is owed, what is broken, whether the case is closed; nothing in words yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from hqs_xl.compliance.breach import Breach
from hqs_xl.compliance.breaches import BREACHES, OF_THE_STAY
from hqs_xl.compliance.case import Case, Check
from hqs_xl.compliance.medical import EXAMS, UNTOLD
from hqs_xl.compliance.obligations import LEAVING, NOTICES, RENEWALS, STEPS
from hqs_xl.compliance.owed import Obligation, is_done
from hqs_xl.compliance.permits import BEGINNING, PERMITS, TERMS
from hqs_xl.compliance.registration import STAY
from hqs_xl.compliance.salary_level import SALARY
from hqs_xl.compliance.unread import UnreadCase, asked_for, run


class Checks:
    """The checks that are wanted, by when they are made.

    ``staying``, ``in_order``: of who is here, what is owed and what is to be in order; ``steps``, ``on_a_journey``: the
    same of who has left. ``owed``, ``broken``: all of either sort, in their order.
    """

    def __init__(self, wanted: Callable[[Check], bool]) -> None:
        def of(*registers: list[Check]) -> list[Check]:
            return [check for register in registers for check in register if wanted(check)]

        self.notices, self.leaving, self.renewals, self.permits = map(of, (NOTICES, LEAVING, RENEWALS, PERMITS))
        self.steps, self.staying, self.in_order = of(STEPS), of(STAY, STEPS, EXAMS), of(TERMS, BREACHES, UNTOLD)
        self.on_a_journey = [check for check in of(TERMS, BREACHES) if check.name not in OF_THE_STAY]
        self.beginning, self.salary = of(BEGINNING), of(SALARY)
        self.owed = [*self.notices, *self.leaving, *self.renewals, *self.staying]
        self.broken = [*self.beginning, *self.permits, *self.in_order, *self.salary]


ALL = Checks(lambda _: True)


class Found(NamedTuple):
    """What is owed and what is broken; ``closed``: the agreement has ended, or the family left, with all notified."""

    obligations: Sequence[Obligation]
    breaches: Sequence[Breach]
    closed: bool


def find(case: Case, checks: Checks = ALL, *, closed: bool | None = None) -> Found:
    """What some checks find; ``closed``: whether the case is, where that is known already."""
    if not (case.past or case.left or case.ended or isinstance(case, UnreadCase)):
        return Found(run(checks.owed, case), run(checks.broken, case), closed=False)
    obligations: list[Obligation] = run(checks.notices, case)
    if closed is None:
        closed = may_be_closed(case) and all(map(is_done, obligations))
    breaches: list[Breach] = run(checks.beginning, case)
    if not case.past:
        obligations += run(checks.leaving, case)
    # Whether these checks are made at all is itself found out by cells.
    ending = _ending(case, checks)
    staying = asked_for(case, lambda: case.left)
    if not (closed or case.past):
        obligations += run(checks.renewals, case, ending=ending)
        breaches += run(checks.permits, case, ending=ending)
    if case.left and not (closed or case.past):
        # On a journey: what is of the stay waits for the next entry.
        obligations += run(checks.steps, case, ending=ending)
        breaches += run(checks.on_a_journey, case, ending=ending)
    if not (closed or case.left or case.past):
        obligations += run(checks.staying, case, staying, ending)
        breaches += run(checks.in_order, case, staying, ending)
    breaches += run(checks.salary, case)
    return Found(obligations, breaches, closed)


def _ending(case: Case, checks: Checks) -> frozenset[str]:
    """The unread columns by which the case may be closed after all: one open notice is enough to keep it open."""
    ends = asked_for(case, lambda: may_be_closed(case))
    if not isinstance(case, UnreadCase) or not may_be_closed(case):
        return ends
    by_open = list[frozenset[str]]()
    for check in checks.notices:
        case.person.asked.clear()
        if not all(map(is_done, check.run(case))):
            by_open.append(frozenset(case.person.asked))
    return ends | min(by_open, key=len, default=frozenset[str]())


def may_be_closed(case: Case) -> bool:
    """Whether nothing but notices can be owed any more."""
    return case.ended or (case.left and not case.is_hqs)

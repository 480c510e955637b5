"""Records to findings: one person against every rule, what is owed, what is broken, and both in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hqs_xl.cells.ids import Near
from hqs_xl.compliance.breach import Breach
from hqs_xl.compliance.breaches import BREACHES, OF_THE_STAY
from hqs_xl.compliance.case import Case
from hqs_xl.compliance.medical import EXAMS, UNTOLD
from hqs_xl.compliance.obligations import LEAVING, NOTICES, RENEWALS, STEPS
from hqs_xl.compliance.owed import Obligation
from hqs_xl.compliance.permits import PERMITS, TERMS
from hqs_xl.compliance.registration import STAY
from hqs_xl.compliance.salary_level import SALARY
from hqs_xl.compliance.unread import run
from hqs_xl.compliance.words import NOTHING_NEAR, TAILS, UNCLEAR, Words
from hqs_xl.roster.agreements import Before, Turn
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.records import Person, Problem
from hqs_xl.roster.status import DONE

ELSEWHERE = [check for check in BREACHES if check.name not in OF_THE_STAY]


class Outcome(NamedTuple):
    """What a check of one person came to: obligations and breaches as facts, findings in words.

    ``turn``: which of several agreements of the person it is of, None for the only one.
    """

    person: Person
    obligations: tuple[Obligation, ...]
    breaches: tuple[Breach, ...]
    findings: tuple[Finding, ...]
    closed: bool
    turn: Turn | None = None


def check_person(
    case: Case,
    problems: Sequence[Problem] = (),
    *,
    duplicate_of: int | None = None,
    near: Mapping[str, Near] = NOTHING_NEAR,
    carried: Sequence[Before] = (),
    violations_only: bool = False,
) -> Outcome:
    """Check one person.

    ``problems``: cells that could not be read; ``duplicate_of``: the row with the same id; ``near``: ids near others;
    ``carried``: facts from the row of an earlier agreement; ``violations_only``: no other finding is put into words.
    """
    obligations: list[Obligation] = run(NOTICES, case)
    closed = (case.ended or (case.left and not case.is_hqs)) and all(item.state in DONE for item in obligations)
    breaches: list[Breach] = []
    if not case.past:
        obligations += run(LEAVING, case)
    if not (closed or case.past):
        obligations += run(RENEWALS, case)
        breaches += run(PERMITS, case)
    if case.left and not (closed or case.past):
        # On a journey: what is of the stay waits for the next entry.
        obligations += run(STEPS, case)
        breaches += [item for register in (TERMS, ELSEWHERE) for item in run(register, case)]
    if not (closed or case.left or case.past):
        obligations += [*run(STAY, case, _stays), *run(STEPS, case, _stays), *run(EXAMS, case, _stays)]
        breaches += [item for register in (TERMS, BREACHES, UNTOLD) for item in run(register, case, _stays)]
    breaches += run(SALARY, case)
    words = Words(case)
    if violations_only:
        broken = [item for item in breaches if item.severity == Severity.VIOLATION]
        findings = [*words.obligations(filter(_is_violation, obligations)), *words.breaches(broken)]
    else:
        about_data = words.data(problems, duplicate_of, near, carried)
        findings = [*about_data, *words.obligations(obligations), *words.breaches(breaches)]
    return Outcome(case.as_read, tuple(obligations), tuple(breaches), tuple(findings), closed, case.turn)


def _is_violation(item: Obligation) -> bool:
    severity, _ = UNCLEAR if item.unclear else TAILS.get(item.state, UNCLEAR)
    return severity is Severity.VIOLATION


def _stays(case: Case) -> bool:
    return not case.left

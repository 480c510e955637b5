"""Records to findings: one person against every rule, what is owed, what is broken, and both in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hqs_xl.cells.ids import Near
from hqs_xl.compliance.breach import Breach
from hqs_xl.compliance.case import Case
from hqs_xl.compliance.found import find
from hqs_xl.compliance.owed import Obligation, is_done
from hqs_xl.compliance.words import NOTHING_NEAR, Words
from hqs_xl.roster.agreements import Before, Turn
from hqs_xl.roster.findings import Finding
from hqs_xl.roster.records import Person, Problem


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
) -> Outcome:
    """Check one person.

    ``problems``: cells that could not be read; ``duplicate_of``: the row with the same id; ``near``: ids near others;
    ``carried``: facts from the row of an earlier agreement.
    """
    obligations, breaches, closed = find(case)
    if closed and all(map(is_done, obligations)):
        # Nothing stands any more on what another row says.
        carried = ()
    words = Words(case)
    about_data = words.data(problems, duplicate_of, near, carried)
    findings = (*about_data, *words.obligations(obligations), *words.breaches(breaches))
    return Outcome(case.as_read, tuple(obligations), tuple(breaches), findings, closed, case.turn)

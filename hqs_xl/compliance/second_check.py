"""What else one person breaks by another edition: only the checks are made again whose rules differ between the two."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hqs_xl.compliance.breach import VIOLATION
from hqs_xl.compliance.case import Case
from hqs_xl.compliance.found import Checks, Found, find, may_be_closed
from hqs_xl.compliance.medical import UNTOLD
from hqs_xl.compliance.other_edition import Broken, OtherEdition
from hqs_xl.compliance.person import Outcome
from hqs_xl.compliance.salary_level import SALARY
from hqs_xl.compliance.stricter import stricter
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.status import State

# What these find is asked, or shown in time: nothing is broken by it.
_QUESTIONS = (*UNTOLD, *SALARY)


class SecondCheck:
    """Checks people by another edition too, after the first check of each, and counts what that one has more."""

    def __init__(self, first: Settings, into: OtherEdition) -> None:
        self._settings, self._into = replace(first, edition=into.edition), into
        rules = stricter(first.edition, into.edition)
        self._again = Checks(lambda check: check not in _QUESTIONS and not rules.isdisjoint(check.rules))

    def see(self, case: Case, outcome: Outcome) -> None:
        """Compare with the outcome of a person's case, which goes by the other edition from now on."""
        self._into.people += 1
        case.settings = self._settings
        found = find(case, self._again, closed=outcome.closed)
        if self._again.notices and may_be_closed(case):
            whole = find(case)
            found = found if whole.closed == outcome.closed else whole
        if broken := _broken(found, case.as_of):
            self._into.see(_broken(outcome, case.as_of), broken, self._settings.lang)


def _broken(found: Found | Outcome, as_of: date) -> list[Broken]:
    """What is broken, as far as that is known."""
    overdue = [item for item in found.obligations if item.state is State.OVERDUE and not item.is_untold]
    breaches = [item for item in found.breaches if item.severity == VIOLATION]
    return [
        *[Broken(item.code, item.name, (item.due - as_of).days) for item in overdue],
        *[Broken(item.code, item.to_do, (item.due - as_of).days if item.due else 0) for item in breaches],
    ]

"""Salary notices as they are typed: the salary against the dated threshold; filed before the quarter is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from operator import itemgetter

from hqs_xl.compliance.breach import ASK, DUE, Breach
from hqs_xl.compliance.case import AGREEMENT_FROM, AGREEMENT_UNTIL, Case, Check, checks
from hqs_xl.explain.words import amount_in_words
from hqs_xl.law import Quarter
from hqs_xl.law.thresholds import Threshold, salary_threshold
from hqs_xl.roster.notices import FiledAgain
from hqs_xl.roster.records import SalaryNotice

SALARY: list[Check] = []


@checks(
    SALARY,
    *("relation", AGREEMENT_FROM, "salary.salary_paid"),
    also=["person_id", "salary.filed_on", *AGREEMENT_UNTIL],
    rules=["salary.threshold", "notice.salary"],
)
def salary_level(case: Case) -> Sequence[Breach]:
    """Law 115-FZ art. 13.2: the threshold (none in the card) for each quarter that is over and not yet notified."""
    return [*_too_low(case)] if case.notices and case.is_hqs else ()


@checks(SALARY, "relation", AGREEMENT_FROM, "salary.filed_on", also=["person_id", *AGREEMENT_UNTIL], rules=())
def salary_early(case: Case) -> Sequence[Breach]:
    """S23: a notice filed before its quarter is over, which can't tell of the whole of it unless the agreement ended.

    The law names the last day only, so that it counts as done. One filed again after the quarter settles it.
    """
    if not (case.notices and case.is_hqs):
        return ()
    early = [
        (quarter, notice)
        for quarter, notice in case.notices.items()
        if (day := notice.filed_on) and day.year == quarter.year and (day.month + 2) // 3 == quarter.number
    ]
    begun, until = (case.begun, case.person.agreement_until) if early else (None, None)
    return [
        _filed_early(quarter, notice)
        for quarter, notice in sorted(early, key=itemgetter(0))
        if case.happened(notice.filed_on)
        and (begun and begun <= quarter.last)
        and not (until and notice.filed_on and until <= notice.filed_on)
        and case.owes_salary_notice(quarter)
        and not (isinstance(notice, FiledAgain) and case.happened(notice.again))
    ]


def _filed_early(quarter: Quarter, notice: SalaryNotice) -> Breach:
    fields = {"quarter": quarter.spoken, "day": notice.filed_on, "last": quarter.last}
    rule, event = "notice.salary", quarter.first
    return Breach("salary.early", "filed_on", rule, severity=ASK, fields=fields, event=event, row=notice.row)


def _too_low(case: Case) -> Iterator[Breach]:
    if case.person.agreement_from and case.notices:
        paid = [item for item in case.notices.items() if item[1].salary_paid is not None]
        for quarter, notice in sorted(paid):
            threshold = _looked_for(case, quarter, notice) if case.owes_salary_notice(quarter) else None
            if threshold and notice.salary_paid is not None and notice.salary_paid < threshold.amount:
                yield from _below(case, quarter, notice, threshold)


def _looked_for(case: Case, quarter: Quarter, notice: SalaryNotice) -> Threshold | None:
    """The threshold, when the quarter is over and its notice still to be filed."""
    if "filed_on" in notice.unread or case.happened(notice.filed) or quarter.last >= case.as_of:
        return None
    return salary_threshold(quarter, case.settings.edition)


def _below(case: Case, quarter: Quarter, notice: SalaryNotice, threshold: Threshold) -> Iterator[Breach]:
    person, deadline = case.person, case.due("notice.salary", quarter.first, column="agreement_starts")
    first = max(quarter.first, person.agreement_from or quarter.first)
    last = min(quarter.last, person.agreement_until or quarter.last)
    if deadline is None or last < first:
        return
    worked, days = (last - first).days + 1, (quarter.last - quarter.first).days + 1
    code = "salary.below" if worked == days else "salary.below_partial"
    if worked == days and threshold.changed:
        code = "salary.below_changed"
    fields: dict[str, object] = {"quarter": quarter.spoken, "amount": _rubles(threshold)}
    if worked < days:
        fields |= {"worked": worked, "days": days}
    elif threshold.changed:
        names = {"by_months": "law", "at_once": "careful"}
        fields |= {name: _rubles(salary_threshold(quarter, edition)) for name, edition in names.items()}
    yield Breach(
        code,
        "salary_paid",
        "salary.threshold",
        due=deadline.due,
        severity=DUE,
        fields=fields,
        event=quarter.last,
        row=notice.row,
    )


def _rubles(threshold: Threshold | None) -> str:
    return amount_in_words(ceil(threshold.amount)) if threshold else ""

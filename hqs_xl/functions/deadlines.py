"""Cell functions of the deadlines: from an event to the last day it allows."""

from __future__ import annotations

from typing import Any

from hqs_xl import law
from hqs_xl.cells.declared import Argument, cell_function
from hqs_xl.cells.values import BadValue
from hqs_xl.functions.arguments import (
    AGREEMENT_END,
    ARRIVAL,
    ARRIVALS,
    ARRIVED,
    EDITION,
    NOTICES,
    START_OF_TERM,
    a_day,
    a_quarter,
    named,
    one_of,
)


@cell_function(
    dates=True, filed=Argument(a_day, "The day the documents for the permit were submitted."), edition=EDITION
)
def HQS_PERMIT_DECISION_DUE(filed: Any, edition: Any = None) -> Any:
    """The day by which the authority decides on a work permit, counted from the day of filing (card S12)."""
    return law.due("permit.decision", filed, edition).due


@cell_function(dates=True, needed=Argument(a_day, "The day the decision is needed by."), edition=EDITION)
def HQS_PERMIT_FILE_BY(needed: Any, edition: Any = None) -> Any:
    """The last working day to file for a permit so that the authority's term ends by the day it is needed."""
    return law.file_by(needed, edition)


@cell_function(dates=True, start=START_OF_TERM, agreement_end=AGREEMENT_END, edition=EDITION)
def HQS_PERMIT_LAST_DAY(start: Any, agreement_end: Any = None, edition: Any = None) -> Any:
    """The last day a work permit may run to: three years, and not beyond the agreement (card S8)."""
    return law.due("permit.last_day", start, edition, until=agreement_end).due


@cell_function(dates=True, start=START_OF_TERM, agreement_end=AGREEMENT_END, edition=EDITION)
def HQS_VISA_LAST_DAY(start: Any, agreement_end: Any = None, edition: Any = None) -> Any:
    """The last day a work visa may run to: three years, and not beyond the agreement (card S7)."""
    return law.due("visa.last_day", start, edition, until=agreement_end).due


@cell_function(dates=True, expires=Argument(a_day, "The day the work permit expires."), edition=EDITION)
def HQS_RENEWAL_DUE(expires: Any, edition: Any = None) -> Any:
    """The last day to file for the renewal of a work permit (card S13)."""
    return law.due("permit.renewal", expires, edition).due


@cell_function(dates=True, arrived=ARRIVED, kind=ARRIVAL, edition=EDITION)
def HQS_REGISTRATION_FREE_UNTIL(arrived: Any, kind: Any = None, edition: Any = None) -> Any:
    """The last day without migration registration after an entry (card S16) or a move inside Russia (card S19)."""
    return law.due(ARRIVALS[kind], arrived, edition).free_until


@cell_function(dates=True, arrived=ARRIVED, kind=ARRIVAL, edition=EDITION)
def HQS_REGISTRATION_DUE(arrived: Any, kind: Any = None, edition: Any = None) -> Any:
    """The last day to register after an entry or a move: the free days, then the working days (card S16, S19, S20)."""
    return law.due(ARRIVALS[kind], arrived, edition).due


@cell_function(
    dates=True,
    event=Argument(a_day, "The day the agreement was signed, or the last working day of the person."),
    kind=Argument(one_of(named(NOTICES), "concluded"), "What happened: concluded (the default) or terminated."),
    edition=EDITION,
)
def HQS_NOTICE_DUE(event: Any, kind: Any = None, edition: Any = None) -> Any:
    """The last day to notify the authority that an agreement was concluded or terminated (card S24)."""
    return law.due(NOTICES[kind], event, edition).due


@cell_function(
    dates=True,
    quarter=Argument(a_quarter, "The quarter: 2026Q1, Q1 2026, 1 кв. 2026, or any date in it."),
    edition=EDITION,
)
def HQS_SALARY_NOTICE_DUE(quarter: Any, edition: Any = None) -> Any:
    """The last day to notify the authority of the salary paid in a quarter (card S23)."""
    return law.due("notice.salary", quarter.first, edition).due


@cell_function(
    cover_from=Argument(a_day, "The first day that needs a policy: the agreement's start, for family the entry."),
    cover_until=Argument(a_day, "The last day that needs one; blank while it goes on (then as_of is needed)."),
    policy_from=Argument(a_day, "The first day of the policy; blank: from the start."),
    policy_until=Argument(a_day, "The last day of the policy; blank together with policy_from: there is none."),
    as_of=Argument(a_day, "Count the days up to this one only; blank: up to cover_until."),
)
def HQS_INSURANCE_GAP(
    cover_from: Any, cover_until: Any = None, policy_from: Any = None, policy_until: Any = None, as_of: Any = None
) -> Any:
    """How many days that need a health insurance policy have none (card S17)."""
    ends = [day for day in (cover_until, as_of) if day is not None]
    if not ends:
        raise BadValue("is_needed", name="as_of")
    policies = [(policy_from, policy_until)] if policy_from or policy_until else []
    return law.insurance_gap((cover_from, min(ends)), policies)

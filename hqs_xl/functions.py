"""The cell functions, ``=HQS_...``: each a few lines over the law and the roster.

Registered with xlwings and plain Python at once: on every host a call takes a cell or a range in its first argument and
answers in the same shape. Names and argument names are the contract of workbooks out in the world. The first 255
characters of each docstring are the help in Excel's function wizard.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from hqs_xl import explain, law
from hqs_xl.cells import LONGEST, Argument, block_function, cell_function
from hqs_xl.errors import BadEvent
from hqs_xl.law import RUSSIA, Quarter
from hqs_xl.law.rulebook import Value
from hqs_xl.law.workdays import LAST_DAY
from hqs_xl.roster.status import DEFAULT_BANDS, STATUS_OF, state_of, status_word
from hqs_xl.texts import say
from hqs_xl.values import (
    EDITION_WORDS,
    LANGUAGE_WORDS,
    BadValue,
    is_blank,
    refuse_error,
    to_date,
    to_number,
    to_quarter,
    to_text,
    to_word,
)

# More days than the calendar holds; a date that far away could not even be written down.
MOST_DAYS = 100_000
ARRIVALS = {"entry": "registration.entry", "move": "registration.move"}
NOTICES = {"concluded": "notice.concluded", "terminated": "notice.terminated"}
TOPICS = {"medical": "medical", "quota": "quota"}
FIELDS = ("number", "unit", "source", "evidence", "from")


# --- What a cell may hold, by the argument it is given for -----------------------------------------------------------


def a_day(value: Any) -> date | None:
    """A date; a blank cell arrives as 0 from some hosts."""
    return None if value == 0 and not isinstance(value, bool) else to_date(value)


def a_whole(value: Any) -> int | None:
    """A whole number of days."""
    number = to_number(value)
    if number is not None and (not number.is_integer() or abs(number) > MOST_DAYS):
        raise BadValue("not_whole")
    return None if number is None else int(number)


def a_quarter(value: Any) -> Quarter | None:
    """A quarter."""
    return None if value == 0 and not isinstance(value, bool) else to_quarter(value)


def a_text(value: Any) -> str | None:
    """A name, such as a rule's."""
    return to_text(value) or None


def an_event(value: Any) -> date | Quarter | None:
    """A date or a quarter."""
    if isinstance(value, str):
        try:
            return Quarter.parse(value)
        except BadEvent:
            pass
    return a_day(value)


def table_block(rows: Any) -> Any:
    """A block with a header row; None where the cell is blank."""
    return None if len(rows) == 1 and is_blank(rows[0][0]) else rows


def one_of(words: Mapping[str, str], default: str | None) -> Callable[[Any], str | None]:
    """A word of a list; blank is the default."""

    def convert(value: Any) -> str | None:
        refuse_error(value)
        return default if value == 0 and not isinstance(value, bool) else to_word(value, words) or default

    return convert


def _words(names: Mapping[str, str]) -> dict[str, str]:
    return {name: name for name in names}


def first_of(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The single value of a block."""
    return lambda rows: convert(rows[0][0])


def whole_block(rows: Any) -> Sequence[Sequence[Any]]:
    """The block as it is."""
    return rows  # type: ignore[no-any-return]


EDITION = Argument(one_of(EDITION_WORDS, "card"), "Whose numbers: card (the default), law or careful.")
LANG = Argument(one_of(LANGUAGE_WORDS, "en"), "Language of the answer: en (the default) or ru.")
AS_OF = Argument(a_day, "The day of the check, such as AsOf or a date; the function never asks the clock.")
START_OF_TERM = Argument(a_day, "The first day of the permit or visa.")
AGREEMENT_END = Argument(a_day, "The last day of the agreement; blank for an open-ended one.")
ARRIVED = Argument(a_day, "The day of entry into Russia, or of arrival at the new place.")
ARRIVAL = Argument(one_of(_words(ARRIVALS), "entry"), "What arrived means: entry (the default) or move.")
DUE = Argument(a_day, "The day something is due.")
HEADERS = Argument(whole_block, "The row of column headers of the roster, English or Russian, in any order.")
ROWS = Argument(whole_block, "The rows of people below those headers, with the same columns.")
EDITION_OF_BLOCK = Argument(first_of(EDITION.convert), EDITION.doc)
LANG_OF_BLOCK = Argument(first_of(LANG.convert), LANG.doc)
AS_OF_BLOCK = Argument(first_of(AS_OF.convert), AS_OF.doc)


# --- Working days ----------------------------------------------------------------------------------------------------


@cell_function(
    dates=True,
    start=Argument(a_day, "The day to count from; it is not counted itself."),
    days=Argument(a_whole, "How many working days after it; negative counts back, 0 is the day itself or the next."),
)
def HQS_WORKDAY(start: Any, days: Any) -> Any:
    """The working day so many days after a day, on the official Russian calendar with its working Saturdays."""
    return RUSSIA.add(start, days)


@cell_function(
    start=Argument(a_day, "The first day, counted in."),
    finish=Argument(a_day, "The last day, counted in; before the first one the answer is negative."),
)
def HQS_NETWORKDAYS(start: Any, finish: Any) -> Any:
    """How many Russian working days lie between two days, both counted in."""
    return RUSSIA.count(start, finish)


@cell_function(day=Argument(a_day, "The day in question."))
def HQS_ISWORKDAY(day: Any) -> Any:
    """TRUE when the day is a working day of the official Russian five-day week, working Saturdays included."""
    return RUSSIA.is_working(day)


@cell_function(dates=True, due=DUE)
def HQS_ACT_BY(due: Any) -> Any:
    """The last working day on or before the day something is due: the day to act by."""
    return RUSSIA.on_or_before(due)


@cell_function(dates=True)
def HQS_CALENDAR_KNOWN() -> Any:
    """The last day whose working days are decreed; a date beyond it is provisional."""
    return RUSSIA.known_through


# --- Deadlines -------------------------------------------------------------------------------------------------------


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
    kind=Argument(one_of(_words(NOTICES), "concluded"), "What happened: concluded (the default) or terminated."),
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


# --- Where things stand ----------------------------------------------------------------------------------------------


@cell_function(due=DUE, as_of=AS_OF)
def HQS_DAYS_LEFT(due: Any, as_of: Any) -> Any:
    """How many calendar days are left to the day something is due; negative when it has passed."""
    return (due - as_of).days


@cell_function(
    due=DUE,
    done=Argument(a_day, "The day it was done; blank: not yet."),
    as_of=AS_OF,
    warn_days=Argument(a_whole, "How many days ahead it counts as due soon; 60 when blank."),
)
def HQS_STATUS(due: Any, done: Any = None, as_of: Any = None, warn_days: Any = None) -> Any:
    """One word on something due: OK, Due soon, Due today, Overdue, Done or Done late; marked when provisional."""
    if as_of is None:
        raise BadValue("is_needed", name="as_of")
    soon = as_of + timedelta(days=max(DEFAULT_BANDS) if warn_days is None else warn_days)
    return status_word(STATUS_OF[state_of(due, done, as_of, soon)], provisional=not RUSSIA.is_known(due))


@cell_function(
    rule=Argument(a_text, "The rule's name, such as notice.concluded; the Rules sheet lists them."),
    event=Argument(an_event, "The date it is counted from, or a quarter such as 2026Q1."),
    edition=EDITION,
    lang=LANG,
)
def HQS_EXPLAIN(rule: Any, event: Any, edition: Any = None, lang: Any = None) -> Any:
    """How a deadline is counted and who says so, in at most 255 characters."""
    event = str(event) if isinstance(event, Quarter) else event
    return explain.in_one_line(law.due(rule, event, edition), lang, LONGEST)


@cell_function(
    rule=Argument(a_text, "The rule's name, such as permit.renewal; the Rules sheet lists them."),
    field=Argument(a_text, "What to tell: number, unit, source, evidence, or from (the day it holds from)."),
    edition=EDITION,
    day=Argument(a_day, "The day of the event; blank: the newest value."),
)
def HQS_RULE(rule: Any, field: Any, edition: Any = None, day: Any = None) -> Any:
    """A number of the law as the edition has it: how many, of what, who says so, how surely, since when."""
    value = law.rulebook().value(rule, day or LAST_DAY, edition)
    fields = {
        "number": _number(value),
        "unit": _unit(value),
        "source": value.source,
        "evidence": value.evidence,
        "from": value.first or "",
    }
    if field.casefold() not in fields:
        raise BadValue("unknown_rule_field", known=", ".join(FIELDS))
    return fields[field.casefold()]


def _number(value: Value) -> Any:
    if value.amount is not None:
        return value.amount
    numbers = [term.number for term in value.terms]
    return numbers[0] if len(numbers) == 1 else " + ".join(map(str, numbers))


def _unit(value: Value) -> str:
    return f"RUB a {value.per}" if value.amount is not None else " + ".join(term.unit for term in value.terms)


@cell_function(
    topic=Argument(a_text, "What may be required of a specialist: medical or quota."),
    day=Argument(a_day, "The day of the entry, or of filing."),
    edition=EDITION,
)
def HQS_REQUIRED(topic: Any, day: Any, edition: Any = None) -> Any:
    """Whether a medical examination or a quota is required of a specialist: yes or no, how, and who says so."""
    name = f"exempt.{to_word(topic, TOPICS)}"
    rule = law.rulebook()[name]
    value = rule.value(day, edition)
    key = "required.no" if value.exempt else "required.yes"
    how = explain.value_in_words(rule, value)
    return say(key, how=how, source=explain.source_in_words(rule.statement, value))[:LONGEST]


# --- Whole tables ----------------------------------------------------------------------------------------------------


@block_function(
    signed=Argument(first_of(a_day), "The day the agreement is signed."),
    start=Argument(first_of(a_day), "The day work is wanted to start; blank: as soon as it can be."),
    edition=EDITION_OF_BLOCK,
    lang=LANG_OF_BLOCK,
)
def HQS_PLAN(signed: Any, start: Any = None, edition: Any = None, lang: Any = None) -> Any:
    """The procedure for one person as a table: step, who acts, earliest day, latest day, source."""
    return [
        [
            say(f"plan.step.{step.key}", lang),
            ", ".join(say(f"plan.who.{who}", lang) for who in step.who),
            step.earliest or "",
            (step.latest or "") if step.needed else say("plan.not_needed", lang),
            explain.source_in_statement(step.statement, step.source, step.evidence, lang),
        ]
        for step in law.plan(signed, start, edition)
    ]


# Where settings are given too, what is blank is theirs to say.
EDITION_OR_SETTING = Argument(first_of(one_of(EDITION_WORDS, None)), EDITION.doc)
LANG_OR_SETTING = Argument(first_of(one_of(LANGUAGE_WORDS, None)), LANG.doc)


@block_function(headers=HEADERS, rows=ROWS, as_of=AS_OF_BLOCK, edition=EDITION_OF_BLOCK, lang=LANG_OF_BLOCK)
def HQS_CHECK(headers: Any, rows: Any, as_of: Any = None, edition: Any = None, lang: Any = None) -> Any:
    """What does not comply, one text a person, blank when all is well. Salary notices are not looked at."""
    found = _agenda(headers, rows, {}, as_of=as_of, edition=edition, lang=lang)
    return [[line.check if line else ""] for line in found]


@block_function(headers=HEADERS, rows=ROWS, as_of=AS_OF_BLOCK, edition=EDITION_OF_BLOCK, lang=LANG_OF_BLOCK)
def HQS_NEXT(headers: Any, rows: Any, as_of: Any = None, edition: Any = None, lang: Any = None) -> Any:
    """What comes next for each person: action, due, act by, days left, status. Salary notices are not looked at."""
    return [_next(line) for line in _agenda(headers, rows, {}, as_of=as_of, edition=edition, lang=lang)]


@block_function(
    headers=HEADERS,
    rows=ROWS,
    as_of=AS_OF_BLOCK,
    edition=EDITION_OR_SETTING,
    lang=LANG_OR_SETTING,
    salary=Argument(table_block, "The salary notices with their headers; blank: nothing is said of them."),
    settings=Argument(table_block, "The settings with their headers; as_of, edition and lang win over them."),
    own_days=Argument(table_block, "Your own days off and working days, with their headers."),
    documents=Argument(table_block, "The documents with their headers: permits, visas, registrations, policies."),
)
def HQS_ANSWERS(
    headers: Any,
    rows: Any,
    as_of: Any = None,
    edition: Any = None,
    lang: Any = None,
    salary: Any = None,
    settings: Any = None,
    own_days: Any = None,
    documents: Any = None,
) -> Any:
    """All answers for each person, as the roster check has them: HQS_NEXT's five and HQS_CHECK's text, in one call."""
    beside = {"salary": salary, "settings": settings, "own_days": own_days, "documents": documents}
    found = _agenda(headers, rows, beside, as_of=as_of, edition=edition, lang=lang)
    return [[*_next(line), line.check if line else ""] for line in found]


def _next(line: Any) -> list[Any]:
    if line is None:
        return [""] * 5
    left = "" if line.days_left is None else line.days_left
    return [line.next_action, line.next_due or "", line.act_by or "", left, line.status]


def _agenda(headers: Any, rows: Any, beside: Mapping[str, Any], **given: Any) -> list[Any]:
    # Only these need the roster.
    from hqs_xl.roster.check import check_block  # noqa: PLC0415

    if len(rows[0]) != len(headers[0]):
        raise BadValue("wrong_width", columns=len(headers[0]))
    tables = {kind: table for kind, table in beside.items() if table is not None}
    return check_block(headers[0], rows, tables, **given)

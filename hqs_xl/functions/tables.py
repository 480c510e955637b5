"""Cell functions that answer whole tables: the plan of one person, the answers of a whole roster."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hqs_xl import law
from hqs_xl.cells.declared import Argument, block_function
from hqs_xl.cells.values import EDITION_WORDS, LANGUAGE_WORDS, BadValue
from hqs_xl.explain import words as explain
from hqs_xl.functions.arguments import (
    AS_OF_BLOCK,
    EDITION,
    EDITION_OF_BLOCK,
    HEADERS,
    LANG,
    LANG_OF_BLOCK,
    ROWS,
    a_day,
    first_of,
    one_of,
    table_block,
)
from hqs_xl.texts import LANGUAGES, say


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
            explain.step_with_duty(step, lang),
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


@block_function(texts=True, headers=HEADERS, rows=ROWS, as_of=AS_OF_BLOCK, edition=EDITION_OF_BLOCK, lang=LANG_OF_BLOCK)
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
    people=Argument(table_block, "The column of person ids with its header, where it stands apart from the rows."),
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
    people: Any = None,
) -> Any:
    """All answers for each person, as the roster check has them: HQS_NEXT's five and HQS_CHECK's text, in one call."""
    if people is not None:
        headers, rows = _after_ids(people, headers, rows)
    beside = {"salary": salary, "settings": settings, "own_days": own_days, "documents": documents}
    found = _agenda(headers, rows, beside, as_of=as_of, edition=edition, lang=lang)
    answered = [[*_next(line), line.check if line else ""] for line in found]
    if len(answered) == 1:
        # A block of several rows that does not grow (LibreOffice, Excel before 2021) repeats one row alone in all of
        # them: the next person would be shown this one's days.
        said = " / ".join(say("roster_sheet.press", each) for each in ([lang] if lang else LANGUAGES))
        answered.append([said, *[""] * 5])
    return answered


def _after_ids(people: Any, headers: Any, rows: Any) -> tuple[list[Any], list[Any]]:
    """Headers and rows with the column of ids before them, which stands apart."""
    if len(people) != len(rows) + 1:
        raise BadValue("wrong_length", rows=len(rows))
    return [[*people[0], *headers[0]]], [[*one, *row] for one, row in zip(people[1:], rows, strict=True)]


def _next(line: Any) -> list[Any]:
    if line is None:
        return [""] * 5
    left = "" if line.days_left is None else line.days_left
    return [line.next_action, line.next_due or "", line.act_by or "", left, line.status]


def _agenda(headers: Any, rows: Any, beside: Mapping[str, Any], **given: Any) -> list[Any]:
    # Only these need the roster.
    from hqs_xl.compliance.check import check_block  # noqa: PLC0415

    if len(rows[0]) != len(headers[0]):
        raise BadValue("wrong_width", columns=len(headers[0]))
    tables = {kind: table for kind, table in beside.items() if table is not None}
    return check_block(headers[0], rows, tables, **given)

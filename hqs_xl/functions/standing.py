"""Cell functions that say where things stand: days left, status, the count in words, a number of the law."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hqs_xl import law
from hqs_xl.cells.declared import Argument, cell_function
from hqs_xl.cells.mistakes import LONGEST
from hqs_xl.cells.values import BadValue, to_word
from hqs_xl.explain import words as explain
from hqs_xl.functions.arguments import AS_OF, DUE, EDITION, LANG, a_day, a_text, a_whole, an_event
from hqs_xl.law import RUSSIA, Quarter
from hqs_xl.law.rulebook import Value
from hqs_xl.law.workdays import LAST_DAY
from hqs_xl.roster.status import DEFAULT_BANDS, STATUS_OF, state_of, status_word
from hqs_xl.texts import in_words, say

# What may be required, and the rule that says so: one that exempts, or one that is a term.
TOPICS = {
    "medical": "exempt.medical",
    "quota": "exempt.quota",
    "medical family": "medical.exam_family",
    "medical repeat": "medical.repeat",
    "medical repeat family": "medical.repeat_family",
}
FIELDS = ("number", "unit", "source", "evidence", "from", "checked", "note")


@cell_function(due=DUE, as_of=AS_OF)
def HQS_DAYS_LEFT(due: Any, as_of: Any) -> Any:
    """How many calendar days are left to the day something is due; negative when it has passed."""
    return (due - as_of).days


@cell_function(
    texts=True,
    due=DUE,
    done=Argument(a_day, "The day it was done; blank: not yet."),
    as_of=AS_OF,
    warn_days=Argument(a_whole, "How many days ahead it counts as due soon; 60 when blank."),
    lang=LANG,
)
def HQS_STATUS(due: Any, done: Any = None, as_of: Any = None, warn_days: Any = None, lang: Any = None) -> Any:
    """One word on something due: OK, Due soon, Due today, Overdue, Done or Done late; marked when provisional."""
    if as_of is None:
        raise BadValue("is_needed", name="as_of")
    soon = as_of + timedelta(days=max(DEFAULT_BANDS) if warn_days is None else warn_days)
    return status_word(STATUS_OF[state_of(due, done, as_of, soon)], lang, provisional=not RUSSIA.is_known(due))


@cell_function(
    texts=True,
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
    field=Argument(a_text, "number, unit, source, evidence, from (since when), checked (when looked at), or note."),
    edition=EDITION,
    day=Argument(a_day, "The day of the event; blank: the newest value."),
    lang=LANG,
)
def HQS_RULE(rule: Any, field: Any, edition: Any = None, day: Any = None, lang: Any = None) -> Any:
    """A number of the law as the edition has it: how many, of what, who says so, how surely, since when."""
    value = law.rulebook().value(rule, day or LAST_DAY, edition)
    fields = {
        "number": _number(value),
        "unit": _unit(value, lang),
        "source": in_words(value.source, lang)[:LONGEST],
        "evidence": value.evidence if lang == "en" else say(f"evidence.{value.evidence}", lang),
        "from": value.first or "",
        "checked": value.checked,
        "note": in_words(value.note, lang)[:LONGEST],
    }
    if field.casefold() not in fields:
        raise BadValue("unknown_rule_field", known=", ".join(FIELDS))
    return fields[field.casefold()]


def _number(value: Value) -> Any:
    if value.amount is not None:
        return value.amount
    numbers = [term.number for term in value.terms]
    return numbers[0] if len(numbers) == 1 else " + ".join(map(str, numbers))


def _unit(value: Value, lang: str) -> str:
    """What is counted; in English always in the singular, as formulas of old compare it."""
    if value.amount is not None:
        return say(f"value.unit_{value.per}", lang)
    if lang == "en":
        return " + ".join(term.unit for term in value.terms)
    return " + ".join(explain.unit_in_words(term.number, term.unit, lang) for term in value.terms)


@cell_function(
    texts=True,
    topic=Argument(a_text, "medical, quota; medical family, medical repeat, medical repeat family."),
    day=Argument(a_day, "The day of the entry, of filing, or of the decision to renew the permit."),
    edition=EDITION,
    lang=LANG,
)
def HQS_REQUIRED(topic: Any, day: Any, edition: Any = None, lang: Any = None) -> Any:
    """Whether a medical examination, once or again, or a quota is required: yes or no, how, and who says so."""
    rule = law.rulebook()[TOPICS[to_word(topic, {name: name for name in TOPICS}) or ""]]
    value = rule.find(day, edition)
    if value is None:
        return say("required.none", lang, rule=rule.name, edition=edition, day=day)
    key = "required.no" if value.exempt else "required.yes"
    how = explain.value_in_words(rule, value, lang)
    return say(key, lang, how=how, source=explain.source_in_words(rule.statement, value, lang))[:LONGEST]

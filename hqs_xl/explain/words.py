"""A deadline in words: the count, why days are passed over, who says so and how surely."""

from __future__ import annotations

from datetime import date, timedelta

from hqs_xl.law import Deadline, PlanStep, Quarter, Step, Term, rulebook
from hqs_xl.law.rulebook import Rule, Value
from hqs_xl.law.terms import Direction, Landing, Start, Unit
from hqs_xl.texts import in_words, say, shown

NO_BREAK = "\N{NO-BREAK SPACE}"


def plural(number: int, unit: str, lang: str = "en") -> str:
    """A number with its unit as people say it: 3 working days; 3 рабочих дня, 14 рабочих дней, 21 день."""
    return f"{number} {unit_in_words(number, unit, lang)}"


def unit_in_words(number: int, unit: str, lang: str = "en") -> str:
    """The unit alone, in the form that goes with a number."""
    if lang == "ru":
        tens, ones = number % 100 // 10, number % 10
        form = "many" if tens == 1 or ones in {0, 5, 6, 7, 8, 9} else "one" if ones == 1 else "few"
    else:
        form = "one" if number == 1 else "many"
    key = unit.replace(" ", "_")
    return say(f"unit.{key}.{form}", lang)


def amount_in_words(amount: float, lang: str = "en") -> str:
    """An amount of money, kopecks only where there are any; no line breaks within it."""
    text = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
    return text.replace(",", NO_BREAK).replace(".", "," if lang == "ru" else ".")


def term_in_words(term: Term, lang: str = "en") -> str:
    """One term without its event: "90 days after", "3 working days, that day included"."""
    backward = term.direction is Direction.BACKWARD
    key = ("before" if backward else "after") + ("_inclusive" if term.start is Start.INCLUSIVE else "")
    words = say(f"term.{key}", lang, count=plural(term.number, term.unit, lang))
    if term.landing is Landing.AS_COUNTED:
        return words
    return words + say(f"term.{term.landing.name.lower()}", lang)


def _quarterly(term: Term, lang: str) -> str:
    """A term counted from a quarter; the month after it is what people call it."""
    if (term.number, term.unit, term.start) == (1, Unit.MONTH, Start.INCLUSIVE):
        return say(f"term.quarter.{term.landing.name.lower()}", lang)
    return term_in_words(term, lang)


def _terms(rule: Rule, value: Value, lang: str) -> list[str]:
    words = _quarterly if rule.event == "quarter" else term_in_words
    return [words(term, lang) for term in value.terms]


def value_in_words(rule: Rule, value: Value, lang: str = "en") -> str:
    """What a dated value says: its count, its amount, a name, or that HQS are exempt."""
    if value.terms:
        return say("term.then", lang).join(_terms(rule, value, lang))
    if value.amount is not None:
        return say(f"value.per_{value.per}", lang, amount=amount_in_words(value.amount, lang))
    if value.exempt is not None:
        return say("value.exempt" if value.exempt else "value.not_exempt", lang)
    return in_words(value.name, lang) or say("value.condition", lang)


def rule_in_words(rule: Rule, value: Value, lang: str = "en") -> str:
    """A value with what binds it besides the count, such as the agreement's end."""
    words = value_in_words(rule, value, lang)
    return words + say(f"value.at_most_{rule.at_most}", lang) if rule.at_most and value.terms else words


def event_in_words(deadline: Deadline, lang: str = "en") -> str:
    """What a deadline is counted from: its day, or its quarter."""
    if rulebook()[deadline.rule].event == "quarter":
        return in_words(Quarter.of(deadline.event - timedelta(days=1)).spoken, lang)
    return str(shown(deadline.event, lang))


def count_in_words(deadline: Deadline, lang: str = "en") -> str:
    """The count with its days: "90 days after 2024-01-15 = 2024-04-14, then 3 working days after = 2024-04-17"."""
    rule = rulebook()[deadline.rule]
    terms = zip(_terms(rule, deadline.value, lang), deadline.stages, strict=True)
    parts = say("term.then", lang).join(f"{words} = {shown(end, lang)}" for words, end in terms)
    words = say("term.count", lang, event=event_in_words(deadline, lang), parts=parts)
    if deadline.stages[-1] != deadline.due:
        words += say("term.capped", lang, day=deadline.due)
    return words


def in_one_line(deadline: Deadline, lang: str = "en", longest: int = 255) -> str:
    """The date, what is unsure about it, the count, the source, and, as far as there is room, the days passed over."""
    parts = [say("explain.short", lang, due=deadline.due, act_by=deadline.act_by)]
    if deadline.provisional:
        parts.append(say("explain.short_provisional", lang))
    if deadline.evidence == "unverified":
        parts.append(say("explain.short_unverified", lang))
    parts += [count_in_words(deadline, lang), source_in_words(deadline.statement, deadline.value, lang)]
    if skipped := skipped_in_words(deadline, lang):
        parts.append(skipped)
    line = ". ".join(part[:1].upper() + part[1:] for part in parts)
    return line if len(line) <= longest else line[: longest - 1] + "…"


def step_in_words(step: Step, lang: str = "en") -> str:
    """Why a day is counted or passed over, with the decree or law behind it."""
    words = say(f"day.{step.kind}", lang)
    return f"{words} ({in_words(step.source, lang)})" if step.source else words


def skipped_in_words(deadline: Deadline, lang: str = "en") -> str:
    """The days passed over on weekdays, and the Saturdays worked: what a plain count of weekdays would miss."""
    marked = [
        say("day.marked", lang, day=step.day, why=say(f"day.{step.kind}", lang))
        for step in deadline.steps
        if step.kind in {"holiday", "moved_day_off", "own_day_off", "own_working_day", "worked_weekend"}
    ]
    return "; ".join(marked)


def source_in_words(statement: str, value: Value, lang: str = "en") -> str:
    """The card's statement, the source, and how surely it is known."""
    return source_in_statement(statement, value.source, value.evidence, lang)


def source_in_statement(statement: str, source: str, evidence: str, lang: str = "en") -> str:
    """The same from its parts."""
    return f"{statement}: {in_words(source, lang)} ({say(f'evidence.{evidence}', lang)})"


def source_and_note(value: Value, lang: str = "en") -> str:
    """The source of a value, and what is to be known besides."""
    return in_words(value.source, lang) + (f" [{in_words(value.note, lang)}]" if value.note else "")


def action_in_words(key: str, quarter: str, lang: str = "en") -> str:
    """What is to be done, and for which quarter where it is done for one."""
    said = in_words(Quarter.parse(quarter).spoken, lang) if quarter else ""
    return say(f"action.{key}", lang) + (f" ({said})" if said else "")


def step_with_duty(step: PlanStep, lang: str = "en") -> str:
    """What is to be done at a step of the plan, and the state duty where one is known, with how surely."""
    words = say(f"plan.step.{step.key}", lang)
    if step.provisional:
        words += f" {say('status.provisional', lang)}"
    if step.duty is None or step.duty.amount is None:
        return words
    amount = amount_in_words(step.duty.amount, lang)
    return words + say("plan.duty", lang, amount=amount, evidence=say(f"evidence.{step.duty.evidence}", lang))


def weekday(day: date, lang: str = "en") -> str:
    """The day of the week, short."""
    return say("weekdays", lang).split()[day.weekday()]

"""A deadline in lines: what it is of, the date, the count, who says so, and what is unsure about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hqs_xl.explain.words import count_in_words, event_in_words, source_in_words, weekday
from hqs_xl.law import Deadline
from hqs_xl.texts import say


def deadline_title(deadline: Deadline, lang: str, editions: Sequence[str] = ()) -> str:
    """The rule, what it is counted from, and the edition; ``editions``: all those that count it so."""
    event, edition = event_in_words(deadline, lang), ", ".join(editions or [deadline.edition])
    return say("explain.title", lang, rule=deadline.rule, statement=deadline.statement, event=event, edition=edition)


def deadline_lines(deadline: Deadline, lang: str, *, quoted: bool = True, noted: bool = True) -> Iterator[str]:
    """Line by line below the title; ``quoted``: with the words of the law where known; ``noted``: with notes."""
    day, act_by = deadline.due, deadline.act_by
    words = {"weekday": weekday(day, lang), "act_weekday": weekday(act_by, lang)}
    yield say("explain.due", lang, due=day, act_by=act_by, **words)
    yield say("explain.count", lang, count=count_in_words(deadline, lang))
    yield say("explain.source", lang, source=source_in_words(deadline.statement, deadline.value, lang))
    if quoted and deadline.value.quote:
        yield say("explain.quote", lang, quote=deadline.value.quote)
    if noted and deadline.value.note:
        yield say("explain.note", lang, note=deadline.value.note)
    if deadline.evidence == "unverified":
        yield say("explain.unverified", lang)
    if deadline.provisional:
        yield say("explain.provisional", lang, known=deadline.calendar.known_through)

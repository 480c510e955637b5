"""A notice in words: its fields, those filled first, the form, the day it is due, and how sure it all is."""

from __future__ import annotations

from typing import NamedTuple

from hqs_xl.explain.words import amount_in_words, count_in_words, source_in_words
from hqs_xl.output.notice import Field, Notice
from hqs_xl.texts import in_words, say, shown


class Words(NamedTuple):
    """The data of a notice, for people: ``head`` stands above the fields, ``foot`` below them.

    ``missing``: of each what it asks, and where to type it.
    """

    title: str
    head: tuple[str, ...]
    filled: tuple[Field, ...]
    missing: tuple[Field, ...]
    foot: tuple[str, ...]


def words(found: Notice, lang: str) -> Words:
    """All that is told of it."""
    filled = tuple(field for field in found.fields if field.value is not None)
    missing = tuple(field for field in found.fields if field.value is None)
    return Words(f"{found.person_id}: {found.title}", _head(found, lang), filled, missing, _foot(found, lang))


def value_in_words(field: Field, lang: str) -> str:
    """A value as it is read; an amount stays on one line."""
    if isinstance(field.value, float):
        return amount_in_words(field.value, lang)
    return str(shown(field.value, lang))


def _head(found: Notice, lang: str) -> tuple[str, ...]:
    deadline = found.deadline
    lines = []
    if deadline:
        due = say("explain.short", lang, due=deadline.due, act_by=deadline.act_by)
        source = source_in_words(deadline.statement, deadline.value, lang)
        lines = [say("notice.due", lang, due=due, count=count_in_words(deadline, lang)), source]
    return (*found.remarks, *lines, say("notice.unchecked", lang))


def _foot(found: Notice, lang: str) -> tuple[str, ...]:
    """The form, and in one line how surely it asks for the fields."""
    form = found.form
    if form:
        surely = say(f"evidence.{form.evidence}", lang)
        line = say("notice.form", lang, order=form.order, day=form.first, evidence=surely)
        lines = [line + (f" [{in_words(form.note, lang)}]" if form.note else "")]
    else:
        lines = [say("notice.no_form", lang)]
    return (*lines, _asked(found, lang))


def _asked(found: Notice, lang: str) -> str:
    """Who says that the form asks for the fields, and of which nobody could verify it; the fewer ones are named."""
    sure, unsure = (
        [field for field in found.fields if (field.evidence == "unverified") is unverified]
        for unverified in (False, True)
    )
    sources = ", ".join(dict.fromkeys(say(f"evidence.{field.evidence}", lang) for field in sure))
    key, named = ("notice.asked_only", sure) if len(sure) < len(unsure) else ("notice.asked_but", unsure)
    return say(key, lang, sources=sources, fields="; ".join(one.label for one in named))

"""A notice in words: its fields, those filled first, the form, the day it is due, and how sure it all is."""

from __future__ import annotations

from itertools import groupby
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
    """The form, and who says that it asks for what, once for all the fields of whom the same is said."""
    form = found.form
    if form:
        surely = say(f"evidence.{form.evidence}", lang)
        line = say("notice.form", lang, order=form.order, day=form.first, evidence=surely)
        lines = [line + (f" [{in_words(form.note, lang)}]" if form.note else "")]
    else:
        lines = [say("notice.no_form", lang)]
    asked = sorted(found.fields, key=_evidence_order)
    for (evidence, note), fields in groupby(asked, key=lambda field: (field.evidence, field.note)):
        surely = say(f"evidence.{evidence}", lang) + (f", {in_words(note, lang)}" if note else "")
        lines.append(say("notice.asked", lang, evidence=surely, fields="; ".join(one.label for one in fields)))
    return tuple(lines)


def _evidence_order(field: Field) -> tuple[bool, str, str]:
    """What nobody could verify comes last."""
    return field.evidence == "unverified", field.evidence, field.note

"""What is said of a notice's data besides its fields: the form, the day it is due, what is missing."""

from __future__ import annotations

from hqs_xl.explain.words import count_in_words, source_in_words
from hqs_xl.output.notice import Field, Notice
from hqs_xl.texts import in_words, say


def about(found: Notice, lang: str, *, by_name: bool = True) -> list[str]:
    """Lines to stand beside the fields. ``by_name``: what is missing by name, or by number, as fits one line."""
    deadline, form = found.deadline, found.form
    lines = []
    if deadline:
        due = say("explain.short", lang, due=deadline.due, act_by=deadline.act_by)
        source = source_in_words(deadline.statement, deadline.value, lang)
        lines += [say("notice.due", lang, due=due, count=count_in_words(deadline, lang)), source]
    if form:
        surely = say(f"evidence.{form.evidence}", lang)
        words = say("notice.form", lang, order=form.order, day=form.first, evidence=surely)
        lines.append(words + (f" [{in_words(form.note, lang)}]" if form.note else ""))
    else:
        lines.append(say("notice.no_form", lang))
    if found.missing and not by_name:
        lines.append(say("notice.missing_count", lang, missing=say("notice.missing", lang), count=len(found.missing)))
    elif found.missing:
        lines.append(say("notice.missing_fields", lang, fields=", ".join(found.missing)))
    return [*lines, say("notice.no_imitation", lang)]


def evidence(field: Field, lang: str) -> str:
    """How surely the notice asks for a field."""
    return say(f"evidence.{field.evidence}", lang) + (f": {in_words(field.note, lang)}" if field.note else "")

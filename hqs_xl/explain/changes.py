"""A change of the law in plain words: from when on, what, what it was before, who says so."""

from __future__ import annotations

from datetime import date

from hqs_xl.explain.words import plural, rule_in_words, source_in_words
from hqs_xl.law.changes import Change
from hqs_xl.texts import say


def change_in_words(change: Change, day: date, lang: str = "en") -> list[str]:
    """Lines, the first of which names it; ``day``: the day it is looked at, after which a change is still to come."""
    rule, since = change.rule, change.since
    what = say(f"rule.{rule.name}", lang)
    key = "changes.coming" if change.day > day else "changes.since"
    lines = [
        say(key, lang, day=change.day, what=what, rule=rule.name, days=plural(abs(change.day - day).days, "day", lang))
    ]
    words = rule_in_words(rule, since, lang)
    if change.before is None:
        lines.append(say("changes.new", lang, now=words))
    elif change.same:
        # The same source, and yet another value: what was sure is no longer.
        key = "changes.unsure" if change.before.source == since.source else "changes.same"
        lines.append(say(key, lang, now=words))
    else:
        lines.append(say("changes.other", lang, now=words, before=rule_in_words(rule, change.before, lang)))
    lines.append(say("changes.source", lang, source=source_in_words(rule.statement, since, lang)))
    if since.note:
        lines.append(say("changes.note", lang, note=since.note))
    return lines

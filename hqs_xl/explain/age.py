"""What has to be looked up again, in words: what to ask of which law."""

from __future__ import annotations

from datetime import date

from hqs_xl.explain.words import rule_in_words
from hqs_xl.law.checked import Checked
from hqs_xl.texts import say


def held_in_words(one: Checked, lang: str = "en") -> str:
    """What the package holds: the number of a rule; else that it is a calendar, a form or a field."""
    if one.rule and one.value:
        return rule_in_words(one.rule, one.value, lang)
    return say(f"age.kind.{one.name.partition('.')[0]}", lang)


def look_again(one: Checked, day: date, lang: str = "en") -> str:
    """What to look up on that day, and where; blank while it was looked at not long ago."""
    if one.age(day) < 0:
        return say("age.ahead", lang, day=day)
    if not one.is_old(day):
        return ""
    return say("age.again", lang, where=one.where)

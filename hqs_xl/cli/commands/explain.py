"""``hqs-xl explain``: how one deadline is counted."""

from __future__ import annotations

import argparse
import re
from datetime import date, datetime

from hqs_xl.cli.arguments import SPOKEN, add_edition, add_lang, day, language, quarter
from hqs_xl.cli.edition_file import warn
from hqs_xl.cli.spoken import words
from hqs_xl.cli.terminal import OK, UNUSABLE
from hqs_xl.cli.wrapping import complain
from hqs_xl.errors import HqsError
from hqs_xl.law import EDITIONS, Quarter
from hqs_xl.law.deadlines import deadline_rules
from hqs_xl.law.rulebook import rulebook
from hqs_xl.texts import say

# So many are offered in place of a rule that there is none of.
NEAREST = 3
# No date has these letters.
_MEANS_QUARTER = re.compile(r"q|кв", re.IGNORECASE).search


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The rule and the event."""
    parser.description = (
        "The day of one deadline, how it is counted, and who says so; in all three editions when none is named."
    )
    parser.epilog = words("Rules: {rules}", rules=", ".join(deadline_rules()))
    parser.add_argument("rule", metavar="RULE", help="such as notice.concluded")
    parser.add_argument("event", type=_event, metavar="EVENT", help="a date, or a quarter such as 2026Q1")
    parser.add_argument("--until", type=day, metavar="DATE", help="the agreement's end, for permit and visa")
    parser.add_argument("--all", action="store_true", help="also day by day, with notes and the words of the card")
    add_edition(parser)
    add_lang(parser, SPOKEN)


def _event(text: str) -> date | str:
    """A date or a quarter; which of them the rule wants is the rule's own question."""
    try:
        return str(Quarter.parse(text))
    except HqsError:
        return str(quarter(text)) if _MEANS_QUARTER(text) else day(text)


def run(options: argparse.Namespace, now: datetime) -> int:  # noqa: ARG001 - the law is the same on every day
    """Show the count."""
    from hqs_xl.cli.screen.explanation import show_explanation

    lang = language(options)
    if options.rule not in rulebook():
        return _no_rule(options.rule, lang)
    rule = rulebook()[options.rule]
    if isinstance(options.event, str) and rule.counted and rule.event != "quarter":
        raise HqsError("quarter_for_day", rule=options.rule, event=options.event)
    if options.until:
        _check_until(options.rule, options.event, options.until, lang)
    warn(options.edition, lang)
    editions = [options.edition] if options.edition else EDITIONS
    show_explanation(options.rule, options.event, editions, options.until, lang, whole=options.all)
    return OK


def _no_rule(rule: str, lang: str) -> int:
    """Say which rules come nearest, then which there are."""
    from difflib import get_close_matches

    known = deadline_rules()
    near = ", ".join(get_close_matches(rule, known, NEAREST, cutoff=0))
    every = say("error.known_rules", lang, known=", ".join(known))
    complain(f"{say('error.no_rule_near', lang, rule=rule, near=near)}\n{every}")
    return UNUSABLE


def _check_until(rule: str, event: date | str, until: date, lang: str) -> None:
    """Refuse an agreement that ends before what is counted from; say where its end is not looked at."""
    known = rulebook().get(rule)
    if known and not known.at_most:
        complain(say("error.until_unused", lang, rule=rule))
    elif isinstance(event, date) and until < event:
        raise HqsError("until_before", until=until, event=event)

"""The data of a notice: what is filled, what is still to be typed and where, and how sure it all is."""

from __future__ import annotations

from hqs_xl.cli.screen.console import console, table
from hqs_xl.output.notice import Notice
from hqs_xl.output.notice_words import value_in_words, words
from hqs_xl.texts import say


def show_notice(found: Notice, lang: str) -> None:
    """The fields, those filled first."""
    out, told = console(), words(found, lang)
    out.print(told.title, style="bold")
    for line in told.head:
        out.print(line)
    filled = table(say(f"notice.column.{key}", lang) for key in ("field", "value", "origin"))
    for one in told.filled:
        filled.add_row(one.label, value_in_words(one, lang), one.origin)
    out.print(filled)
    if told.missing:
        out.print(say("notice.to_type", lang, count=len(told.missing)), style="bold")
        missing = table(say(f"notice.column.{key}", lang) for key in ("field", "where"))
        for one in told.missing:
            missing.add_row(one.label, one.origin)
        out.print(missing)
    for line in told.foot:
        out.print(line)

"""The warning that an edition of a user's own is laxer than the law, in words."""

from __future__ import annotations

from hqs_xl.law.rules import OwnEdition
from hqs_xl.texts import say


def laxer_in_words(edition: str | None, lang: str) -> list[str]:
    """A line for each rule by which the edition of a file is laxer than the law; none for an edition of ours."""
    if not isinstance(edition, OwnEdition):
        return []
    return [
        say(
            "own_edition.later" if one.own else "own_edition.laxer",
            lang,
            file=edition.file,
            rule=one.rule,
            event=one.event,
            own=one.own or "",
            law=one.law or "",
        )
        for one in edition.laxer
    ]

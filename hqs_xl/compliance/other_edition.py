"""What the edition `law` finds broken that the default edition `card` does not: said in one line below a check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from hqs_xl.explain.words import plural
from hqs_xl.law.rules import OwnEdition
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.settings import Settings
from hqs_xl.texts import say

DEFAULT, OTHER = "card", "law"
# So many kinds of violations are named in the line.
NAMED = 3
# What a command line takes as it stands; all else needs quotes.
_PLAIN = re.compile(r"[\w.,:=@%+/\\-]+")


class Broken(NamedTuple):
    """Something broken: its finding's code, the key of what is to be done, and by how many days it is due, if any."""

    code: str
    action: str
    days: int


@dataclass(slots=True)
class OtherEdition:
    """The violations of the edition `law` that `card` does not have, by what is to be done.

    ``people``: how many were checked by both. ``late``: by the same, the most days anybody is late. ``options``: how
    this check was asked for, as the command that shows the other one repeats it.
    """

    options: tuple[str, ...] = ()
    edition: str = OTHER
    people: int = 0
    more: Counter[str] = field(default_factory=Counter)
    late: dict[str, int] = field(default_factory=dict)

    def see(self, mine: Iterable[Broken], others: Iterable[Broken], lang: str) -> None:
        """Compare what one person breaks, by `card` and by `law`."""
        known = Counter(one.code for one in mine)
        for one in others:
            if known[one.code]:
                known[one.code] -= 1
                continue
            action = say(f"action.{one.action}", lang)
            self.more[action] += 1
            self.late[action] = max(self.late.get(action, 0), -one.days)

    def add(self, other: OtherEdition) -> None:
        """Add what was found of people further down."""
        self.people += other.people
        self.more += other.more
        for action, late in other.late.items():
            self.late[action] = max(self.late.get(action, 0), late)

    def in_words(self, lang: str, file: str, *, to_see: str = "") -> list[str]:
        """One line where `law` finds more, else none.

        ``file``: the path, as the command names it. ``to_see``: what to do instead where there is no terminal.
        """
        kinds = [self._kind(what, lang) for what, _ in self.more.most_common(NAMED)]
        kinds += ["..."] if len(self.more) > NAMED else []
        command = " ".join(map(_quoted, ("hqs-xl", "check", file, *self.options, "--edition", self.edition)))
        said = {"edition": self.edition, "command": to_see or command}
        count = plural(self.more.total(), "more violation", lang)
        return [say("check.other", lang, count=count, kinds="; ".join(kinds), **said)] if kinds else []

    def _kind(self, what: str, lang: str) -> str:
        late = self.late[what]
        key = "check.other_late" if late else "check.other_kind"
        return say(key, lang, what=what, count=self.more[what], days=plural(late, "day", lang))

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        kinds = [
            {"action": what, "count": count, "most_days_late": self.late[what]}
            for what, count in self.more.most_common()
        ]
        return {"edition": self.edition, "people": self.people, "more_violations": self.more.total(), "kinds": kinds}


def other_edition(
    other: Gathered, settings: Settings, asked: str | None, as_of: date | None = None
) -> OtherEdition | None:
    """What to compare into; None where the edition was chosen, in the book or by what was ``asked``.

    A workbook of ours comes with `card` in its settings, so that it is no choice there. ``as_of``: the day asked for.
    """
    chosen = asked or ("edition" in other.settings and "settings" not in other.marked)
    return OtherEdition(_options(other, as_of)) if settings.edition == DEFAULT and not chosen else None


def _options(other: Gathered, as_of: date | None) -> tuple[str, ...]:
    """How a check was asked for, as options of the command."""
    found = [("--as-of", str(as_of))] if as_of else []
    found += [("--sheet", other.how.sheet)] if other.how.sheet else []
    found += [("--column", f"{header}={key}") for header, key in other.how.typed.items()]
    return tuple(part for option in found for part in option)


def _quoted(part: str) -> str:
    """A part of a command in quotes, unless any command line takes it as it stands."""
    return part if _PLAIN.fullmatch(part) else f'"{part}"'


def stands_on_card(edition: str) -> bool:
    """Whether it is the default edition, or one of a file over it."""
    return DEFAULT in (edition, edition.base if isinstance(edition, OwnEdition) else "")


def explained(edition: str, lang: str) -> list[str]:
    """What the default edition is, in a sentence; nothing for one that does not stand on it."""
    return [say("check.card", lang)] if stands_on_card(edition) else []


def other_in_words(compared: OtherEdition | None, lang: str, file: str) -> list[str]:
    """What the other edition finds more, in a line; nothing where it was not compared."""
    return compared.in_words(lang, file) if compared else []

"""What the edition `law` finds broken that the default edition `card` does not: said in one line below a check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from hqs_xl.explain.words import plural
from hqs_xl.law.rules import OwnEdition
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.settings import Settings
from hqs_xl.texts import say

DEFAULT, OTHER = "card", "law"
# So many kinds of violations are named in the line.
NAMED = 3
# What a command line takes as it stands; all else needs quotes.
_PLAIN = re.compile(r"[\w.,:=@%+/\\-]+")


@dataclass(slots=True)
class OtherEdition:
    """The violations of the edition `law` that `card` does not have, by what is to be done.

    ``people``: how many were checked by both. ``late``: by the same, the most days anybody is late. ``options``: how
    this check was asked for, as the command that shows the other one repeats it.
    """

    options: tuple[str, ...] = ()
    people: int = 0
    more: Counter[str] = field(default_factory=Counter)
    late: dict[str, int] = field(default_factory=dict)

    def see(self, mine: Iterable[Finding], others: Iterable[Finding]) -> None:
        """Compare the findings about one person, by `card` and by `law`; only violations count."""
        self.people += 1
        known = Counter(finding.code for finding in mine if finding.severity is Severity.VIOLATION)
        for finding in others:
            if finding.severity is not Severity.VIOLATION:
                continue
            if known[finding.code]:
                known[finding.code] -= 1
                continue
            self.more[finding.action] += 1
            self.late[finding.action] = max(self.late.get(finding.action, 0), -(finding.days or 0))

    def in_words(self, lang: str, file: str, people: int, *, to_see: str = "") -> list[str]:
        """One line where `law` finds more, or where not all ``people`` were checked by both; else none.

        ``file``: the path, as the command names it. ``to_see``: what to do instead where there is no terminal.
        """
        kinds = [self._kind(what, lang) for what, _ in self.more.most_common(NAMED)]
        kinds += ["..."] if len(self.more) > NAMED else []
        command = " ".join(map(_quoted, ("hqs-xl", "check", file, *self.options, "--edition", OTHER)))
        said = {"edition": OTHER, "command": to_see or command}
        lines = []
        if kinds:
            lines.append(say("check.other", lang, count=self.more.total(), kinds="; ".join(kinds), **said))
        if self.people < people:
            lines.append(say("check.other_partly", lang, people=self.people, of=people, **said))
        return lines

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
        return {"edition": OTHER, "people": self.people, "more_violations": self.more.total(), "kinds": kinds}


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


def by_other(settings: Settings) -> Settings:
    """The same settings by the edition `law`."""
    return replace(settings, edition=OTHER)


def stands_on_card(edition: str) -> bool:
    """Whether it is the default edition, or one of a file over it."""
    return DEFAULT in (edition, edition.base if isinstance(edition, OwnEdition) else "")


def explained(settings: Settings) -> list[str]:
    """What the default edition is, in a sentence; nothing for one that does not stand on it."""
    return [say("check.card", settings.lang)] if stands_on_card(settings.edition) else []


def other_in_words(compared: OtherEdition | None, lang: str, file: str, people: int) -> list[str]:
    """What the other edition finds more, in a line; nothing where it was not compared."""
    return compared.in_words(lang, file, people) if compared else []

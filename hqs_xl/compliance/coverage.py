"""What a check looked at, and what it could not look at and why: part of its answer, beside what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from hqs_xl.compliance.case import Check
from hqs_xl.compliance.found import ALL
from hqs_xl.explain.words import plural
from hqs_xl.roster.columns import column, facts, normalised
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.headers.notes import HeaderCell
from hqs_xl.roster.headers.row import OWN
from hqs_xl.roster.records import Person
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.tables import Found
from hqs_xl.texts import say

CHECKS: tuple[Check, ...] = (*ALL.owed, *ALL.broken)
# What a rule counts from: where it is blank, the rule has nothing to say about that person yet.
_NEEDED = {key for check in CHECKS for some in check.needs for key in some}
# A blank one of these is a finding itself, or says no.
_SAID = ("hiring_order", "owns_housing")
COUNTED_FROM = tuple(
    column.key
    for column in facts("roster")
    if column.key in _NEEDED and not column.required and column.key not in _SAID
)
_COUNTED_FROM = attrgetter(*COUNTED_FROM)
# Without these a check goes by the roster, the official calendar and its own defaults: nothing is passed over.
MAY_BE_ABSENT = ("settings", "own_days", "documents")
# So many headers of one's own, or cells, are named in a line.
NAMED = 12


@dataclass(slots=True)
class Seen:
    """People as a check goes by: how many had cells nobody could read, and which columns were blank for how many.

    ``passed``: the rows among theirs that are nobody's, and what stands for an id in one that may be somebody's.
    """

    in_part: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    blank: Counter[str] = field(default_factory=Counter)
    passed: dict[int, str] = field(default_factory=dict)

    def see(self, people: Sequence[Person]) -> None:
        """Count people."""
        for key, facts_of_all in zip(COUNTED_FROM, zip(*map(_COUNTED_FROM, people), strict=True), strict=False):
            if None in facts_of_all:
                self.blank[key] += facts_of_all.count(None)
        for person in people:
            if person.unread:
                self.in_part += 1
                self.unread.update(person.unread)

    def add(self, other: Seen) -> None:
        """Count people that were seen elsewhere."""
        self.in_part += other.in_part
        self.unread.update(other.unread)
        self.blank.update(other.blank)
        self.passed |= other.passed


class NotChecked(NamedTuple):
    """Something a check could not look at.

    ``kind``: rule, part (of a rule), table, rows (none of their table), own (columns), means (of a header that is not
    there), people, column, setting, blank. ``what``: the name of the check, table or setting, or the key of a column.
    ``columns``: keys of those that are missing. ``number``: how many
    people, cells or columns; 0 where that says nothing. ``counts``: whether ``--strict`` minds it.
    """

    kind: str
    what: str
    columns: tuple[str, ...]
    number: int
    message: str
    counts: bool = True


class Coverage(NamedTuple):
    """What a check looked at: people, so many rules of so many; and what it could not look at.

    ``understood``: headers that were read though they are in other words than ours.
    """

    people: int
    rules: int
    of: int
    not_checked: tuple[NotChecked, ...]
    understood: tuple[HeaderCell, ...]

    @property
    def complete(self) -> bool:
        """Whether all was looked at that there is."""
        return not any(one.counts for one in self.not_checked)

    def in_words(self, lang: str, *, everything: bool = False) -> list[str]:
        """What could not be looked at, a line each below a title; and which headers were read in other words.

        ``everything``: what is blank or optional too, which else is counted alone.
        """
        minded, more = self._minded(lang), [one.message for one in self.not_checked if not one.counts]
        shown = [*minded, *more] if everything else minded
        lines = [say("coverage.title", lang), *(f"  {line}" for line in shown)] if shown else []
        if more and minded and not everything:
            lines.append("  " + say("coverage.also", lang, count=len(more)))
        return [*lines, *self.in_other_words(lang)]

    def in_other_words(self, lang: str) -> list[str]:
        """Which headers were read that are in other words than ours, in a line; nothing where there are none."""
        columns = _listed([_in_other_words(one, lang) for one in self.understood], lang)
        return [say("coverage.understood", lang, columns=columns)] if columns else []

    def in_one_line(self, lang: str) -> str:
        """The same in short, for a cell."""
        # A fixed day, which stands beside this line, is further back each morning: that alone is no news.
        fixed = {one.message for one in self.not_checked if one.what == "as_of"}
        minded = [line for line in self._minded(lang) if line not in fixed]
        more = [say("log.more", lang, count=len(minded) - NAMED)] if len(minded) > NAMED else []
        return "; ".join([*minded[:NAMED], *more])

    def _minded(self, lang: str) -> list[str]:
        """What ``--strict`` minds, a line each; the rules looked at in part together."""
        parts = [one for one in self.not_checked if one.kind == "part"]
        lines = [one.message for one in self.not_checked if one.counts and one.kind != "part"]
        if parts:
            keys = dict.fromkeys(key for one in parts for key in one.columns)
            columns = _listed([header_of(key, lang) for key in keys], lang)
            lines.insert(sum(one.kind == "rule" for one in self.not_checked), _parts(len(parts), columns, lang))
        return lines

    def looked_at(self, lang: str) -> str:
        """How much was looked at, in words."""
        if not self.people:
            return say("coverage.nobody", lang)
        return say("coverage.looked_at", lang, people=plural(self.people, "person", lang), rules=self.rules, of=self.of)

    def nothing_found(self, lang: str) -> str:
        """What to say where nothing was found: of nobody that is no good news."""
        looked_at = self.looked_at(lang)
        return say("check.well", lang, looked_at=looked_at) if self.people else looked_at


def _parts(count: int, columns: str, lang: str) -> str:
    return say("coverage.parts", lang, count=count, columns=columns)


def _listed(words: Sequence[str], lang: str) -> str:
    """Some words, and how many more there are."""
    more = [say("log.more", lang, count=len(words) - NAMED)] if len(words) > NAMED else []
    return ", ".join([*words[:NAMED], *more])


def header_of(key: str, lang: str) -> str:
    """The title of a column by its key, such as ``entered_on`` or ``salary.filed_on``."""
    kind, _, name = key.rpartition(".")
    return f"«{column(kind or 'roster', name).header(lang)}»"


def _in_other_words(one: HeaderCell, lang: str) -> str:
    header = column(one.kind, one.keys[0]).header(lang)
    return say("coverage.means", lang, text=" ".join(one.text.split()), cell=one.cell, column=header)


def coverage(other: Gathered, seen: Seen, people: int, settings: Settings) -> Coverage:
    """What a check of a book came to look at."""
    words = _Words(other, settings)
    rules = [one for check in CHECKS for one in words.rule(check)]
    named = (*words.own(), *words.unmet())
    rest = (*words.tables(), *words.passed(seen), *words.people(seen), *named, *words.settings(), *words.blanks(seen))
    left_out = sum(one.kind == "rule" for one in rules)
    return Coverage(people, len(CHECKS) - left_out, len(CHECKS), (*rules, *rest), tuple(other.headers.understood))


class _Words:
    """What could not be looked at in a book, in the language of its check."""

    def __init__(self, other: Gathered, settings: Settings) -> None:
        self.other, self.by, self.lang = other, settings, settings.lang
        self.found: Mapping[str, Found] = other.found

    def rule(self, check: Check) -> Iterator[NotChecked]:
        """A rule some of whose columns are not there: not looked at, or only in part."""
        gone = [some for some in check.needs if not any(map(self._is_there, some))]
        several = [key for some in check.needs if len(some) > 1 for key in some]
        kind, keys = "rule", [key for some in gone for key in some]
        if not gone:
            kind, keys = "part", [key for key in (*several, *check.also) if not self._is_there(key)]
        # A table that is absent is named once, with all that hangs on it.
        keys = [key for key in dict.fromkeys(keys) if "." not in key or key.partition(".")[0] in self.found]
        if not keys and not (gone and kind == "rule"):
            return
        mark = say("word.or", self.lang) if kind == "rule" and len(gone) == 1 else ", "
        subject = say(f"subject.{check.name}", self.lang)
        names = mark.join(map(self._title, keys))
        sentence = f"coverage.{kind}" if keys else "coverage.rule_without_table"
        table = say("table.salary", self.lang)
        message = say(sentence, self.lang, subject=subject, columns=names, table=table)
        yield NotChecked(kind, check.name, tuple(keys), 0, message)

    def _title(self, key: str) -> str:
        title = header_of(key, self.lang)
        return say("coverage.doubled", self.lang, column=title) if key in self.by.doubled else title

    def _is_there(self, key: str) -> bool:
        kind, _, name = key.rpartition(".")
        table = self.found.get(kind or "roster")
        # People may come without a table: then with all their columns.
        return name in table.headers if table else not kind

    def tables(self) -> Iterator[NotChecked]:
        """Tables that are not there, with what follows; and tables that look like ours."""
        for kind in ("salary", *MAY_BE_ABSENT):
            if kind not in self.found:
                fields = {"as_of": self.by.as_of, "edition": self.by.edition}
                message = say(f"coverage.absent.{kind}", self.lang, table=say(f"table.{kind}", self.lang), **fields)
                yield NotChecked("table", kind, (), 0, message, counts=kind not in MAY_BE_ABSENT)
        for left in self.other.left_alone:
            yield NotChecked("table", left.kind, (), 0, left.message(self.lang))
        for sheet, row in self.other.headers.uncounted.items():
            message = say("coverage.uncounted", self.lang, sheet=sheet, row=row)
            # A refresh itself takes out what such formulas came to, until the file is opened.
            yield NotChecked("table", "", (), 0, message, counts=False)

    def passed(self, seen: Seen) -> Iterator[NotChecked]:
        """Rows in a table that are none of it: totals, signatures, notes."""
        for kind, rows in self.other.all_passed(seen.passed).items():
            if rows:
                fields = {
                    "table": say(f"table.{kind}", self.lang),
                    "rows": _listed([*map(str, sorted(rows))], self.lang),
                }
                message = say("coverage.passed", self.lang, count=len(rows), **fields)
                yield NotChecked("rows", kind, (), len(rows), message)

    def people(self, seen: Seen) -> Iterator[NotChecked]:
        """People some of whose cells can't be read, and the columns of those cells."""
        if seen.in_part:
            message = say("coverage.people", self.lang, count=seen.in_part)
            yield NotChecked("people", "", tuple(sorted(seen.unread)), seen.in_part, message)
        for key, count in sorted(seen.unread.items(), key=lambda item: (-item[1], item[0])):
            message = say("coverage.column", self.lang, column=header_of(key, self.lang), count=count)
            yield NotChecked("column", key, (key,), count, message)

    def own(self) -> Iterator[NotChecked]:
        """Columns of one's own."""
        by_table: dict[str, list[HeaderCell]] = {}
        for cell in self.other.headers.own:
            by_table.setdefault(cell.kind, []).append(cell)
        for kind, cells in by_table.items():
            columns = _listed([f"{' '.join(cell.text.split())} ({cell.cell})" for cell in cells], self.lang)
            fields = {"table": say(f"table.{kind}", self.lang), "columns": columns}
            message = say("coverage.own", self.lang, count=len(cells), **fields)
            yield NotChecked("own", kind, (), len(cells), message)

    def unmet(self) -> Iterator[NotChecked]:
        """Headers that are said to mean something, and that stand above no column."""
        how = self.other.how
        for text, key in {**(how.told or {}), **how.typed}.items():
            if normalised(text) not in self.other.headers.met:
                message = say("coverage.unmet", self.lang, text=" ".join(text.split()))
                yield NotChecked("means", text, () if key == OWN else (key,), 0, message)

    def settings(self) -> Iterator[NotChecked]:
        """Lines of the settings, and of the employer, that name nothing known; settings that are blank or hide much."""
        for kind, row, label in self.other.nameless:
            fields = {"table": say(f"table.{kind}", self.lang), "row": row, "label": " ".join(label.split())}
            yield NotChecked("setting", kind, (), 0, say("coverage.nameless", self.lang, **fields))
        for kind, row, key in self.other.said_again:
            label = say(
                f"setting.{'language' if key == 'lang' else key}" if kind == "settings" else f"employer.{key}",
                self.lang,
            )
            fields = {"table": say(f"table.{kind}", self.lang), "row": row, "label": label}
            yield NotChecked("setting", kind, (), 0, say("coverage.said_again", self.lang, **fields))
        if self.by.age > 0:
            yield NotChecked("setting", "as_of", (), self.by.age, say("coverage.past", self.lang, day=self.by.day))
        if not self.by.widest:
            yield NotChecked("setting", "bands", (), 0, say("coverage.no_bands", self.lang, day=self.by.as_of))
        for key in self.other.blank_settings:
            # A blank day is today, as the report says in its first line.
            if key != "as_of":
                message = say("coverage.blank_setting", self.lang, setting=say(f"setting.{key}", self.lang))
                yield NotChecked("setting", key, (), 0, message, counts=False)

    def blanks(self, seen: Seen) -> Iterator[NotChecked]:
        """Columns a rule counts from that are blank for some people: nothing is owed from there yet."""
        for key in COUNTED_FROM:
            if seen.blank[key] and self._is_there(key):
                message = say("coverage.blank", self.lang, column=header_of(key, self.lang), count=seen.blank[key])
                yield NotChecked("blank", key, (key,), seen.blank[key], message, counts=False)

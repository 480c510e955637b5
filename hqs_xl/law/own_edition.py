"""An edition of a user's own: a file with dated values of some rules, read as strictly as ours, over one of ours.

A law firm's or a company's: «we notify within one day», or a law that changed before our next release. Its values are
marked as theirs (evidence ``own``) wherever they are named, and where one is laxer than the edition ``law``, that is
said there too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from hqs_xl.law.declared.edition import OwnFile
from hqs_xl.law.edition_reader import EditionReader, tree_of
from hqs_xl.law.rulebook import rulebook
from hqs_xl.law.rules import OWN, OWN_LATER, Later, OwnEdition, Rule, Value
from hqs_xl.law.workdays import FIRST_DAY, RUSSIA
from hqs_xl.models import refuse

# A value is compared with the law's over so many days from its first on: four years hold every run of days off.
COMPARED = 4 * 366
# The authority's own terms: whoever counts on less of them is late.
AUTHORITYS = frozenset({"permit.decision"})
# The last day that is compared; a count from it ends within the calendar.
LAST_COMPARED = date(2056, 12, 31)


def read_own(file: str, text: str) -> OwnEdition:
    """The edition of a file, which knows where it is laxer than the law. Raises EditionError with file and key."""
    tree = tree_of(file, text)
    refuse(file, OwnFile, tree)
    reader = _OwnReader(file, tree)
    reader.read()
    laxer = tuple(found for name, values in reader.own.items() for found in _laxer(rulebook()[name], values))
    late = {found.rule for found in laxer}
    marked = {
        name: tuple(value._replace(evidence=OWN_LATER if name in late else OWN) for value in values)
        for name, values in reader.own.items()
    }
    return OwnEdition(reader.base, file, text, marked, laxer)


class _OwnReader(EditionReader):
    """Reads the rules of a file that stands over an edition of ours; only rules that are known may stand there."""

    def __init__(self, file: str, tree: Mapping[str, Any]) -> None:
        super().__init__(file, tree, dict(rulebook()))
        self.base: str = tree.get("over", "law")
        self.own: dict[str, tuple[Value, ...]] = {}

    def read(self) -> None:
        """Read all of it."""
        super().read()
        if not self.own:
            raise self.fail("edition", "expected at least one rule, such as [[notice.concluded.value]]")

    def add(self, name: str, body: Mapping[str, Any]) -> None:
        """Add one rule."""
        if name not in self.rules:
            raise self.fail(name, f"expected one of the rules {', '.join(self.rules)}")
        super().add(name, body)
        self.own[name] = self.rules[name].values[OWN]

    def evidence(self, _entry: Mapping[str, Any]) -> str:
        """The maker's."""
        return OWN


def _laxer(rule: Rule, values: tuple[Value, ...]) -> Iterator[Later]:
    """The first event of a rule for which a value is laxer than the law's, if there is one."""
    for value in values:
        first = max(value.first or FIRST_DAY, FIRST_DAY)
        last = min(value.last or LAST_COMPARED, LAST_COMPARED)
        # An old value may go on for years; what is owed now is what counts, and the law's own changes.
        starts = [first, *(one.first for one in rule.declared("law") if one.first and first < one.first <= last)]
        for start in starts:
            for number in range(min(COMPARED, (last - start).days + 1)):
                event = start + timedelta(days=number)
                if found := _compared(rule, value, event):
                    yield found
                    return


def _compared(rule: Rule, value: Value, event: date) -> Later | None:
    law = rule.find(event, "law")
    if law is None:
        return None
    if value.terms:
        own_day, law_day = _end(value, event), _end(law, event)
        laxer = own_day < law_day if rule.name in AUTHORITYS else own_day > law_day
        return Later(rule.name, event, own_day, law_day) if laxer else None
    looser = value.exempt and not law.exempt
    less = value.amount is not None and law.amount is not None and _a_year(value) < _a_year(law)
    return Later(rule.name, event, None, None) if looser or less else None


def _end(value: Value, event: date) -> date:
    for term in value.terms:
        event = term.count(event, RUSSIA)
    return event


def _a_year(value: Value) -> int:
    return (value.amount or 0) * {"month": 12, "quarter": 4}.get(value.per, 1)

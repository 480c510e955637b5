"""The people of the demo: one in order, one for every finding there is, then as many in order as are wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, repeat
from random import Random

from hqs_xl.demo.names import demo_id
from hqs_xl.demo.person import DemoPerson, compliant
from hqs_xl.demo.scenarios import Change, scenarios

# So many people may have a year of salary notices before those fill a sheet.
SETTLED = 200_000


def people(as_of: date, count: int, lang: str) -> Iterator[DemoPerson]:
    """So many invented people: the first in order, then one for each finding, then people in order."""
    changes: Iterable[Change | None] = chain([None], scenarios(lang).values(), repeat(None))
    for number, change in zip(range(1, count + 1), changes, strict=False):
        person = compliant(demo_id(number), as_of, Random(number), lang, recent=number > SETTLED)  # noqa: S311
        if change:
            change(person, as_of)
        yield person

"""The people of the demo: one in order, one for each finding, then people in order."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from hqs_xl.demo.people import people
from hqs_xl.demo.person import compliant
from hqs_xl.demo.scenarios import scenarios
from hqs_xl.texts import LANGUAGES

AS_OF = date(2026, 11, 22)
# What is found of somebody in order: there is always a salary notice that comes due.
UNCHANGED = ["notice.salary.due"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_finding_has_its_person_in_the_order_of_the_scenarios(lang: str) -> None:
    names = list(scenarios(lang))
    found = list(people(AS_OF, len(names) + 3, lang))
    in_order = [compliant(f"HQS-{number:05}", AS_OF, Random(number), lang) for number in range(1, len(found) + 1)]  # noqa: S311
    changed = [place for place, (person, before) in enumerate(zip(found, in_order, strict=True)) if person != before]
    assert changed == [place for place, name in enumerate(names, 1) if name not in UNCHANGED]
    for place, name in enumerate(names, 1):
        scenarios(lang)[name](in_order[place], AS_OF)
    assert found == in_order

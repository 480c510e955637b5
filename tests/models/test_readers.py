"""Declared models: what pydantic says of any tree, the reader without it says too; what ships is in order."""

from __future__ import annotations

import sys
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.data import packaged, ships, toml
from hqs_xl.law.declared.decrees import DecreeTable
from hqs_xl.law.declared.edition import EditionFile, OwnFile
from hqs_xl.models import by_annotations, by_pydantic, problems
from hqs_xl.models.marks import Problem, key_of, with_rest
from hqs_xl.output.notice_file import NoticeFile

SHIPPED = {
    "law/editions/card.toml": EditionFile,
    "law/editions/law.toml": EditionFile,
    "law/editions/careful.toml": EditionFile,
    "law/decrees.toml": DecreeTable,
    "output/notices.toml": NoticeFile,
}
TERM = {"number": 1, "unit": "working day", "direction": "forward", "start": "after", "landing": "as counted"}
VALUE = {"count": [TERM], "source": {"en": "a", "ru": "б"}, "checked": date(2026, 11, 28), "from": date(2026, 1, 1)}
SMALL: list[tuple[Any, dict[str, Any]]] = [
    (OwnFile, {"edition": "own", "over": "law", "notice": {"concluded": {"value": [VALUE]}}}),
    (
        EditionFile,
        {
            "edition": "careful",
            "as_law": ["notice.salary"],
            "salary": {
                "threshold": {
                    "statement": "S1",
                    "event": "quarter",
                    "where": "a law",
                    "value": [
                        {"amount": 5, "per": "month", "source": "a", "evidence": "seed", "checked": date(2026, 11, 28)},
                        {"exempt": True, "source": "a", "evidence": "seed", "checked": date(2026, 11, 28)},
                    ],
                }
            },
        },
    ),
    (
        DecreeTable,
        {
            "fixed": {"days": ["01-01"], "decree": "a", "checked": date(2026, 11, 28)},
            "presidential": {"days": [["2020-03-30", "2020-05-08"]], "decree": "a", "checked": date(2026, 11, 28)},
            "2024": {
                "working_days": 260,
                "off": ["05-02"],
                "worked": [],
                "decree": "a",
                "checked": date(2026, 11, 28),
            },
        },
    ),
    (
        NoticeFile,
        {
            "form": [
                {
                    "kinds": ["salary"],
                    "from": date(2026, 1, 1),
                    "order": "a",
                    "evidence": "seed",
                    "checked": date(2026, 11, 28),
                }
            ],
            "field": [
                {
                    "kinds": ["concluded", "terminated"],
                    "key": "citizenship",
                    "from": "citizenship",
                    "evidence": "seed",
                    "checked": date(2026, 11, 28),
                    "note": "b",
                }
            ],
        },
    ),
]


@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_is_as_declared_and_not_looked_at_again(name: str) -> None:
    text = packaged(name)
    tree = with_rest(SHIPPED[name], toml(text))
    assert by_pydantic.problems(SHIPPED[name], tree) == []
    assert by_annotations.problems(SHIPPED[name], tree) == []
    assert ships(text)
    assert not ships(text + "\n")


def places(tree: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [place]
    for key, one in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        found += places(one, (*place, key))
    return found


ODD = st.sampled_from(
    [None, "", " ", "x", "own", "law", "day", 0, 1, -1, 1.0, True, False, [], ["x"], [[]], {}, {"en": "a"}]
    + [{"x": 1}, {"en": "a", "ru": " "}, date(2020, 1, 1), date(2030, 1, 1), datetime(2020, 1, 1), "2020-01-01"]
    + ["02-30", "02-29", [{}], [None], float("nan"), "S27", ["salary", "wages"]]
)


@given(st.data(), st.sampled_from(SMALL))
def test_both_readers_find_the_same_in_any_tree(data: st.DataObject, case: tuple[Any, dict[str, Any]]) -> None:
    model, tree = case[0], deepcopy(case[1])
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(places(tree)[1:] or [("edition",)]))
        holder = tree
        for step in way:
            holder = holder[step]
        match data.draw(st.sampled_from(["other", "gone", "more"])):
            case "gone":
                del holder[last]
            case "more" if isinstance(holder, dict):
                key = data.draw(st.sampled_from(["x", "first", "per", "exempt", "until", "2023", "rest"]))
                holder[key] = deepcopy(data.draw(ODD))
            case _:
                holder[last] = deepcopy(data.draw(ODD))
    given_tree = with_rest(model, tree)
    assert by_annotations.problems(model, deepcopy(given_tree)) == by_pydantic.problems(model, deepcopy(given_tree))


@pytest.mark.parametrize(("model", "tree"), SMALL, ids=["own", "edition", "decrees", "notices"])
def test_the_trees_that_are_spoiled_here_are_in_order(model: Any, tree: dict[str, Any]) -> None:
    assert problems(model, tree) == []


def test_without_pydantic_the_same_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    model, tree = SMALL[0]
    spoiled = {**tree, "over": "ours"}
    said = problems(model, spoiled)
    monkeypatch.setitem(sys.modules, "hqs_xl.models.by_pydantic", None)
    assert problems(model, spoiled) == said == [Problem(("over",), "expected one of card, law, careful, found 'ours'")]


@pytest.mark.parametrize(
    ("place", "key"),
    [
        (("rest", "notice", "concluded", "value", 0, "count", 1, "unit"), "notice.concluded.value[0].count[1].unit"),
        (("edition",), "edition"),
        (("notice", "rest"), "notice.rest"),
    ],
)
def test_a_place_is_named_as_in_the_file(place: tuple[Any, ...], key: str) -> None:
    assert key_of(place) == key

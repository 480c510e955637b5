"""Deadlines in words."""

from __future__ import annotations

from datetime import date

import pytest

from hqs_xl.explain.words import count_in_words, in_one_line, plural, skipped_in_words, value_in_words
from hqs_xl.law import EDITIONS, RUSSIA, due, rulebook
from hqs_xl.law.deadlines import deadline_rules
from hqs_xl.texts import LANGUAGES, say


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 рабочий день"),
        (2, "2 рабочих дня"),
        (4, "4 рабочих дня"),
        (5, "5 рабочих дней"),
        (11, "11 рабочих дней"),
        (14, "14 рабочих дней"),
        (20, "20 рабочих дней"),
        (21, "21 рабочий день"),
        (22, "22 рабочих дня"),
        (101, "101 рабочий день"),
        (111, "111 рабочих дней"),
    ],
)
def test_russian_numbers_decline(number: int, words: str) -> None:
    assert plural(number, "working day", "ru") == words


@pytest.mark.parametrize(("number", "words"), [(1, "1 month"), (2, "2 months"), (11, "11 months"), (21, "21 months")])
def test_english_numbers(number: int, words: str) -> None:
    assert plural(number, "month") == words


@pytest.mark.parametrize(
    ("rule", "event", "edition", "words"),
    [
        (
            "notice.concluded",
            date(2024, 3, 4),
            "card",
            "from 2024-03-04: 3 working days, that day included = 2024-03-06",
        ),
        ("notice.concluded", date(2024, 3, 4), "law", "from 2024-03-04: 3 working days after = 2024-03-07"),
        (
            "registration.entry",
            date(2024, 1, 15),
            "card",
            "from 2024-01-15: 90 days after = 2024-04-14, then 3 working days after = 2024-04-17",
        ),
        ("permit.renewal", date(2025, 3, 31), "card", "from 2025-03-31: 30 days before = 2025-03-01"),
        (
            "permit.renewal",
            date(2025, 3, 31),
            "careful",
            "from 2025-03-31: 31 days before, or the last working day before = 2025-02-28",
        ),
        (
            "notice.salary",
            "2024Q1",
            "careful",
            "from 2024Q1: the last working Monday-Friday of the month after the quarter = 2024-04-26",
        ),
    ],
)
def test_a_count(rule: str, event: date | str, edition: str, words: str) -> None:
    assert count_in_words(due(rule, event, edition)) == words


def test_a_count_cut_by_the_agreement() -> None:
    deadline = due("permit.last_day", date(2026, 1, 12), until=date(2027, 5, 31))
    assert count_in_words(deadline).endswith("3 years after = 2029-01-12; not beyond the agreement's end 2027-05-31")


def test_days_passed_over_are_named() -> None:
    words = skipped_in_words(due("permit.decision", date(2024, 4, 15)))
    assert words.split("; ") == [
        "2024-04-27 weekend day made working",
        "2024-04-29 moved day off",
        "2024-04-30 moved day off",
        "2024-05-01 public holiday",
    ]


def test_own_days_are_named() -> None:
    calendar = RUSSIA.with_days(off=[date(2024, 3, 5)])
    assert (
        skipped_in_words(due("notice.concluded", date(2024, 3, 4), calendar=calendar))
        == "2024-03-05 own day off (settings)"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rule", deadline_rules())
def test_every_deadline_fits_one_cell(rule: str, lang: str) -> None:
    for edition in EDITIONS:
        for day in (date(2020, 4, 1), date(2024, 4, 25), date(2027, 11, 30)):
            if rulebook()[rule].find(day, edition):
                line = in_one_line(due(rule, day, edition), lang)
                assert len(line) <= 255
                assert ("UNVERIFIED" in line or "НЕПРОВЕРЕННОЕ" in line) == (
                    due(rule, day, edition).evidence == "unverified"
                )


def test_amounts_and_exemptions() -> None:
    rules = rulebook()
    day = date(2024, 3, 1)
    assert value_in_words(rules["salary.threshold"], rules.value("salary.threshold", day, "law")) == (
        "750\u00a0000 RUB a quarter before tax"
    )
    assert value_in_words(rules["exempt.quota"], rules.value("exempt.quota", day)) == "exempt"


@pytest.mark.parametrize("unit", ["more violation", "to do", "deadline", "event"])
def test_what_is_counted_is_named_in_the_form_of_its_number(unit: str) -> None:
    one, few, many = (say(f"unit.{unit.replace(' ', '_')}.{form}", "ru") for form in ("one", "few", "many"))
    forms = {0: many, 1: one, 2: few, 4: few, 5: many, 11: many, 12: many, 21: one, 22: few, 111: many}
    assert {number: plural(number, unit, "ru") for number in forms} == {n: f"{n} {form}" for n, form in forms.items()}
    assert len({plural(number, unit).partition(" ")[2] for number in (0, 2, 5, 11, 21)}) == 1
    assert plural(1, unit).partition(" ")[2] != plural(2, unit).partition(" ")[2]

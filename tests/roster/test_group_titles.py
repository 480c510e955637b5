"""Titles of groups among people are nobody; whoever may be a person by that name is checked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hqs_xl.compliance.check import read_roster
from hqs_xl.roster.tables.no_rows import is_no_row
from tests.roster.books import MemoryBook

SIGNED = date(2025, 1, 20)
HEADER: list[Any] = ["Person ID", "Full name", "Relation", "Agreement signed"]

TITLES = [
    *("IT department", "Moscow office", "Head office", "Sector B", "On leave", "Sales", "Dismissed in 2025"),
    *("Московский офис", "Бэк-офис", "Сектор Б", "В отпуске", "Уволены в 2025 г.", "Продажи", "Группа А:"),
    *("1. Engineers", "I. Руководство", "2.1 Тестирование", "Those who left:"),
    *("Page 1 of 2", "Страница 1 из 2", "End of list", "Конец списка", "Date: 01.03.2026", "Дата: 01.03.2026"),
    *("Specialists: 5, family: 2", "Специалистов: 5, членов семьи: 2", "Anna Bee, HR, ext. 12-34"),
    *("Анна Би, кадры, тел. 12-34", "Questions: anna@example.com", "Anna, +7 921 123-45-67"),
]
IN_THE_NAMES = ["Moscow office", "IT department", "Отдел разработки", "Филиал в Казани", "Department 5", "Group A:"]
IN_THE_NAMES += ["Family members", "Члены семьи", "1. Инженеры", "Московский офис"]
IDS = ["P1", "Office-12", "anna@example.com", "Анна Петрова", "Anna Lee", "IV", "A.Smith", "12", "1.5", "№ 7"]
IDS += ["Ivanov I. P.", "МП 001", "Maria del Carmen de la Cruz", "+79211234567", "X Æ", "II Johnson"]
NAMES = ["Kenneth Branch", "Branch Key", "Группа Мария", "Sales", "Отдел", "Anna Office", "Филиал Иванович", "Ван И."]
NAMES += ["de la Cruz", "Anna Lee, Kazan", "IT Anna", "GROUP ANNA", "Team"]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_alone_is_nobody(title: str) -> None:
    assert is_no_row("roster", {"person_id": title})


@pytest.mark.parametrize("title", IN_THE_NAMES)
def test_so_is_one_in_the_column_of_names(title: str) -> None:
    assert is_no_row("roster", {"full_name": title})


@pytest.mark.parametrize("person_id", IDS)
def test_an_id_alone_is_somebody(person_id: str) -> None:
    assert not is_no_row("roster", {"person_id": person_id})


@pytest.mark.parametrize("name", NAMES)
def test_a_name_alone_is_somebody(name: str) -> None:
    assert not is_no_row("roster", {"full_name": name})


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("fact", [{"relation": "HQS"}, {"agreement_signed": SIGNED, "entered_on": SIGNED}])
def test_whoever_has_facts_is_somebody_whatever_the_id(title: str, fact: dict[str, Any]) -> None:
    assert not is_no_row("roster", {"person_id": title, **fact})


@pytest.mark.parametrize("title", ["Legend", "Условные обозначения:", "Обозначения"])
def test_below_the_title_of_a_legend_nobody_is_read_until_a_person(title: str) -> None:
    rows: list[list[Any]] = [["P1", "Amber", "HQS", SIGNED], [title], ["Red", "late"], ["Green", "fine"]]
    book = MemoryBook({"R": [HEADER, *rows, ["P2", "Basil", "Family", SIGNED]]})
    found = read_roster(book)
    assert [person.person_id for person, _ in found.people] == ["P1", "P2"]
    assert [(one.why, one.row) for one in found.other.left_alone] == [("below", 3)]

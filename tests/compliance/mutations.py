"""A demo roster in memory, and ways in which its headers may be written otherwise: seeded, so the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import Any

from hqs_xl.data import packaged, toml
from hqs_xl.demo.people import people
from hqs_xl.hosts.memory import Grid, MemoryBook
from hqs_xl.roster.columns import TABLES
from hqs_xl.texts import say

AS_OF = date(2026, 11, 20)
PEOPLE = 62
DATA = toml(packaged("texts/headers.toml"))
LOOK_ALIKES = str.maketrans("aceopxyABCEHKMOPTX" + "асеорхуАВСЕНКМОРТХ", "асеорхуАВСЕНКМОРТХ" + "aceopxyABCEHKMOPTX")

# A header: its table and the place of its column.
Header = tuple[str, int]


def demo(lang: str) -> dict[str, Grid]:
    """The sheets of a demo roster, by the kind of their table."""
    staff = [*people(AS_OF, PEOPLE, lang)]
    rows = [[one.facts.get(column.key) for column in TABLES["roster"]] for one in staff]
    notices = [[one.facts["person_id"], str(quarter), None, day] for one in staff for quarter, day in one.filed.items()]
    settings = [
        [say("setting.as_of", lang), AS_OF],
        [say("setting.edition", lang), "law"],
        [say("setting.language", lang), lang],
    ]
    settings.append([say("setting.bands", lang), "92, 30, 14, 7"])
    documents = [
        ["HQS-00001", "Permit", "A1", date(2022, 1, 10), date(2024, 1, 9)],
        ["HQS-00001", "Visa", "V1", None, date(2026, 1, 9)],
    ]
    days = [[date(2026, 3, 10), "no", None]]
    tables: dict[str, list[Any]] = {
        "roster": rows,
        "salary": notices,
        "settings": settings,
        "documents": documents,
        "own_days": days,
        "employer": [[say("employer.name", lang), "Utopia Works"], [say("employer.authority", lang), "The office"]],
        "means": [["Remark of ours", "-"]],
    }
    return {kind: [[column.header(lang) for column in TABLES[kind]], *rows] for kind, rows in tables.items()}


def book(sheets: dict[str, Grid]) -> MemoryBook:
    """The sheets as a book, the settings first as they mostly stand."""
    return MemoryBook(sheets)


def misspelt(text: str, random: Random) -> str:
    """One letter left out, put in twice, changed, or swapped with the next."""
    places = [place for place, sign in enumerate(text) if sign.isalpha()]
    at = random.choice(places[1:] or places)
    way = random.randrange(4)
    if way == 0:
        return text[:at] + text[at + 1 :]
    if way == 1:
        return text[: at + 1] + text[at:]
    if way == 2:
        return text[:at] + random.choice("aeiorst" if text.isascii() else "аеиорст") + text[at + 1 :]
    return text[: at - 1] + text[at : at + 1] + text[at - 1 : at] + text[at + 1 :] if at else text[::-1]


def in_other_letters(text: str, random: Random) -> str:
    """Some letters of the other alphabet that look the same."""
    return "".join(sign.translate(LOOK_ALIKES) if random.random() < 0.5 else sign for sign in text)


def dressed(text: str, random: Random) -> str:
    """Marks around it, a remark in brackets, the words in another order."""
    ways: list[Callable[[str], str]] = [
        lambda text: f"{text}:",
        lambda text: f"{text} *",
        lambda text: f"{text}?",
        lambda text: f"{text} (dd.mm.yyyy)",
        lambda text: f"  {text.upper()}  ",
        lambda text: " ".join(reversed(text.split())),
        lambda text: text.replace(" ", "_").lower(),
        lambda text: text.replace(" ", "\n"),
        lambda text: f"{text} (by hand)",
        lambda text: f"Date: {text}" if text.isascii() else f"Дата: {text}",
    ]
    return random.choice(ways)(text)


def cut_off(text: str) -> str:
    """The longest word cut off by a full stop."""
    longest = max(text.split(), key=len)
    return text.replace(longest, f"{longest[:5]}.") if len(longest) > 6 else text


def hyphenated(text: str) -> str:
    """The longest word parted at the end of a line."""
    longest = max(text.split(), key=len)
    return text.replace(longest, f"{longest[:4]}-\n{longest[4:]}")


# Ways in which people and programs write a header, given it and the same in the other language.
OTHERWISE: list[Callable[[str, str], str]] = [
    lambda text, other: f"{other} / {text}",
    lambda text, other: f"{text}\n{other}",
    lambda text, other: f"{text} ({other})",
    lambda text, other: f"{other} - {text}",
    lambda text, _: cut_off(text),
    lambda text, _: hyphenated(text),
    lambda text, _: text.replace(" ", "\u2011"),
    lambda text, _: f"{text[:3]}\u00ad{text[3:]}",
    lambda text, _: text.replace(" ", "\u00a0"),
    lambda text, _: text.replace(" ", "\r\n"),
    lambda text, _: text.replace(" ", "<br>"),
    lambda text, _: f"\ufeff{text}",
    lambda text, _: f"12. {text}",
    lambda text, _: f"7) {text}",
    lambda text, _: f"{text}\u00b9",
    lambda text, _: f"{text} 2)",
    lambda text, _: f"{text}:*",
    lambda text, _: text.upper(),
    lambda text, _: text.replace(" ", "_"),
    lambda text, _: "".join(word.capitalize() for word in text.split()),
    lambda text, _: f"{text}, dd.mm.yyyy",
    lambda text, _: f"{text}\n(дд.мм.гггг)",
    lambda text, _: f"«{text}»",
    lambda text, _: f"Employee: {text}" if text.isascii() else f"Сотрудник: {text}",
    lambda text, _: f"{text} (2)",
    lambda text, _: f"{text}.1",
    lambda text, _: f"Old {text}" if text.isascii() else f"Старое: {text}",
]


def synonym(kind: str, key: str, lang: str, random: Random) -> str:
    """Another phrase for a column."""
    return str(random.choice(DATA[kind][lang].get(key, "x").split("|"))).strip()


def mutated(kind: str, key: str, text: str, lang: str, random: Random) -> Iterator[str]:
    """A header written in each of these ways."""
    yield misspelt(text, random)
    yield in_other_letters(text, random)
    yield dressed(text, random)
    yield synonym(kind, key, lang, random)
    yield misspelt(synonym(kind, key, lang, random), random)


def in_two_rows(sheet: Grid) -> Grid:
    """A sheet with the first words of its headers, where several in a row share one, in a row above the others."""
    heads = [str(head) for head in sheet[0]]
    first = [re.split(r"[\s:]+", head)[0] for head in heads]
    above: list[Any] = [None] * len(heads)
    below: list[Any] = [*heads]
    for place, word in enumerate(first):
        beside = [other for other in (place - 1, place + 1) if 0 <= other < len(heads)]
        if any(first[other] == word for other in beside) and len(heads[place]) > len(word):
            below[place] = heads[place][len(word) :].strip(" :").capitalize()
            if not place or first[place - 1] != word:
                above[place] = word
    return [above, below, *sheet[1:]]


# Ways in which a word of a list, or a line's label, is written otherwise, given it and the same in the other language.
IN_A_CELL: list[Callable[[str, str], str]] = [
    lambda text, other: f"{other} / {text}",
    lambda text, other: f"{text} ({other})",
    lambda text, other: f"{text}\n{other}",
    lambda text, _: f" {text.upper()} ",
    lambda text, _: text.lower(),
    lambda text, _: f"{text}.",
    lambda text, _: f"{text}:",
    lambda text, _: f"{text} *",
    lambda text, _: f"«{text}»",
    lambda text, _: f"{text},",
    lambda text, _: f"{text}?",
    lambda text, _: f"\ufeff{text}\u200b",
    lambda text, _: f"{text[:1]}\u00ad{text[1:]}",
    lambda text, _: f"\u00a0{text}\u00a0",
    lambda text, _: text.replace(" ", "_"),
    lambda text, _: " ".join(reversed(text.split())),
    lambda text, _: text.replace(" ", "\r\n"),
    lambda text, _: f"{text} ({text.lower()})",
    lambda text, _: text.replace("ё", "е"),
    lambda text, _: "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text),
]


def in_a_cell(text: str, other: str, random: Random) -> Iterator[str]:
    """A word or a label written in each of these ways, with letters of the other alphabet, and misspelt twice."""
    for way in IN_A_CELL:
        yield way(text, other)
    yield in_other_letters(text, random)
    yield in_other_letters(text, random)
    yield misspelt(text, random)
    yield misspelt(text, random)

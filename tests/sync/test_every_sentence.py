"""Whatever a check writes beside anybody is known as its own when it is read again: every sentence there is."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import pytest

from hqs_xl.formulas.today import moving_text
from hqs_xl.roster.columns import TABLES
from hqs_xl.roster.findings import Finding
from hqs_xl.rows import UNCOUNTED, OneValue
from hqs_xl.sync.book import Summary, refresh_book
from hqs_xl.sync.own_words import TEXTS, is_check
from hqs_xl.texts import LANGUAGES, say, table
from tests.compliance.test_begins_untold import BEGINNINGS, BLANK, NEW, REHIRES, STAYED
from tests.compliance.test_gaps import PERMITS
from tests.compliance.test_rehired import FIRST
from tests.compliance.test_situations import SITUATIONS
from tests.roster.books import Formula, Grid, MemoryBook
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST, Facts
from tests.roster.test_documents import KEYS, Row

Check = tuple[date, str]

# Days and editions, between which nearly all is said that can be.
CHECKS: list[Check] = [
    (AS_OF, "card"),
    (date(2026, 5, 7), "law"),
    (date(2026, 3, 13), "careful"),
    (date(2027, 3, 1), "card"),
    (date(2025, 9, 1), "law"),
]
ODD = ("?", "31.02.2026", "#N/A", UNCOUNTED, Formula("=TODAY()+9"), date(2061, 1, 1), 0, None, None, None)
IDS = ("Nobody", "; ".join("ABCDEFGH"), "two\nlines", "«Host» is", "x" * 200, "p0")
# What no row of a roster is answered with, and why: ``finding.`` stands before each.
ELSEWHERE = {
    "where": "stands before what is said in a list of findings",
    **dict.fromkeys(
        ("due", "today", "work.suspension", "insurance.ending", "salary.below")
        + ("salary.below_changed", "salary.below_partial"),
        "is only due, which Next action and Next due say",
    ),
    "unverified": "is behind no rule of our editions that may be broken; tried below",
    "shared": "is said in the list of findings alone",
    "data.moving_unknown": "is of the day in the settings",
    "data.own_day_twice": "is of the table of own days",
    "data.passed": "is of a row that is answered only where it is a person's",
    "data.duplicate_id": "is said in a row without the other one's number",
    "data.unknown_person": "is of a notice or a document",
    "data.unknown_document": "is of a document",
    "data.older_document": "is of a document",
    "header_in_block": "is said of cells that a function is given",
    **{key[8:]: "is of a header" for key in table("en") if key.startswith("finding.data.header")},
}


def examples() -> list[tuple[Facts, list[Row]]]:
    """People in the situations of other tests, and in those which these leave out; each with documents."""
    found = [((FAMILY if one.family else SPECIALIST) | one.facts, list(one.rows)) for one in SITUATIONS.values()]
    chance = random.Random(7)  # noqa: S311 - any facts, the same each time
    for facts, rows in found.copy():
        spoilt = chance.sample(sorted(facts.keys() - {"person_id"}), 3)
        found.append((facts | {key: chance.choice(ODD) for key in spoilt}, rows))
    found += [(SPECIALIST | facts, rows) for facts, rows, _ in PERMITS.values()]
    found += [(NEW | facts, []) for facts, _, _ in BEGINNINGS.values()]
    found += [(FAMILY | {"sponsor_id": one}, []) for one in IDS]
    found += [
        (SPECIALIST | dict.fromkeys(("permit_starts", "permit_decided", "permit_collected")), []),
        (SPECIALIST | {"permit_starts": None, "permit_expires": date(2032, 1, 1)}, []),
        (SPECIALIST | {"visa_starts": None, "visa_expires": None}, [("visa", None, date(2027, 1, 1))]),
        (
            SPECIALIST | {"permit_starts": None, "permit_collected": None, "work_started": None, "hiring_order": None},
            [],
        ),
        (SPECIALIST | {"permit_starts": None, "permit_expires": AS_OF, "renewal_filed": date(2023, 3, 1)}, []),
        (SPECIALIST | {"terminated_on": date(2025, 2, 20)}, []),
        (SPECIALIST | {"visa_expires": None}, []),
        (SPECIALIST | {"host": "Self", "owns_housing": "no"}, []),
        (SPECIALIST | {"relation": "Famly"}, []),
        (SPECIALIST | {"left_on": moving_text("", None)}, []),
        (SPECIALIST | {"policy_ends": AS_OF}, [("policy", AS_OF, "?"), ("registration", AS_OF, "?"), ("vissa", AS_OF)]),
        (SPECIALIST | {"permit_expires": date(2026, 3, 13)}, [("permit", date(2025, 1, 1), "?")] * 7),
        (SPECIALIST | {"person_id": "ended", "terminated_on": date(2025, 2, 20)}, []),
        (SPECIALIST | {"person_id": "ran out", "agreement_ends": date(2025, 6, 30)}, []),
        (SPECIALIST | {"person_id": "unread end", "terminated_on": "?"}, []),
        *((FAMILY | {"sponsor_id": one}, []) for one in ("ended", "ran out", "unread end")),
        (SPECIALIST | {"person_id": "p9"}, []),
        (SPECIALIST | {"person_id": "P8", "full_name": "Two"}, []),
        (SPECIALIST | {"person_id": "merged"}, []),
        (SPECIALIST | {"person_id": "of an array", "policy_ends": None}, []),
    ]
    return found


@cache
def rows_of(lang: str) -> dict[str, Grid]:
    """The examples, each under an id of its own but for those that have one, with salary notices of most."""
    people: list[Facts] = []
    documents: list[Facts] = []
    for number, (facts, rows) in enumerate(examples()):
        one = facts["person_id"] if facts["person_id"] not in {"P1", "F1"} else f"P{number}"
        people.append({"full_name": "One", "sponsor_id": "P0"} | facts | {"person_id": one})
        documents += [{"person_id": one} | dict(zip(KEYS, row, strict=False)) for row in rows]
    paid = [facts["person_id"] for facts in people[3:] if facts.get("agreement_starts")]
    for case, (earlier, later, _) in REHIRES.items():
        people += [FIRST | earlier | {"person_id": case}, SPECIALIST | later | {"person_id": case}]
    for key in ("left_on", "registered_until", "visa_expires"):
        unread = {"person_id": f"{key} unread in the earlier row"}
        people += [FIRST | STAYED | {key: "?"} | unread, SPECIALIST | BLANK | unread]
    grids = {
        "roster": [[facts.get(column.key) for column in TABLES["roster"]] for facts in people],
        "salary": [
            *([who, quarter, None, day, None, None] for who in paid for quarter, day in FILED.items()),
            ["P0", "2025Q2", None, date(2025, 6, 20), None, None],
        ],
        "documents": [[facts.get(column.key) for column in TABLES["documents"]] for facts in documents],
    }
    return {kind: [[column.header(lang) for column in TABLES[kind]], *grid] for kind, grid in grids.items()}


def book(lang: str, *, changed: bool = False) -> MemoryBook:
    """The examples as a book; ``changed``: one fact of each of them."""
    grids = {kind: [list(row) for row in grid] for kind, grid in rows_of(lang).items()}
    ids = [row[place("person_id")] for row in grids["roster"]]
    areas = [
        OneValue(rows[0], rows[-1], place(key), place(key), merged=merged)
        for rows, key, merged in (
            (range(ids.index("merged"), ids.index("merged") + 2), "visa_expires", True),
            (range(ids.index("of an array"), ids.index("of an array") + 2), "policy_ends", False),
        )
    ]
    made = MemoryBook(grids, one_valued={"roster": areas})
    if changed:
        mend(made)
    return made


def mend(made: MemoryBook) -> None:
    """Change one fact of each person, as HR do after a check."""
    for number, row in enumerate(made.grids["roster"][1:]):
        row[place(("entered_on", "hiring_order", "policy_ends", "visa_expires")[number % 4])] = date(2027, 2, 1)


def place(key: str) -> int:
    return [column.key for column in TABLES["roster"]].index(key)


def said(made: MemoryBook, key: str) -> list[str]:
    return [row[place(key)] or "" for row in made.grids["roster"][1:]]


def refreshed(made: MemoryBook, check: Check, lang: str, **options: Any) -> Summary:
    day, edition = check
    return refresh_book(made, now=datetime.combine(day, time(9)), lang=lang, edition=edition, **options)


@cache
def answers(lang: str, check: Check) -> tuple[dict[str, list[str]], dict[int, set[str]]]:
    """What stands in the columns of text after a check, and the codes of what was found by row."""
    made, codes = book(lang), defaultdict(set)

    def tell(one: Finding) -> None:
        codes[one.row].add(one.code)

    refreshed(made, check, lang, tell=tell)
    return {key: said(made, key) for key in TEXTS}, codes


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: f"{check[0]} {check[1]}")
def test_every_answer_of_text_is_known_as_ours(lang: str, check: Check) -> None:
    found, codes = answers(lang, check)
    for key, texts in found.items():
        for row, text in enumerate(texts, 2):
            known = not text or TEXTS[key](text)
            assert known, f"own_words.py does not know the {key} of a row with {sorted(codes[row])} as ours: {text!r}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_of_findings_stands_in_an_example(lang: str) -> None:
    texts = {text for check in CHECKS for text in answers(lang, check)[0]["check"]}
    sentences = {key.removeprefix("finding."): text for key, text in table(lang).items() if key.startswith("finding.")}
    missing = [key for key, text in sentences.items() if key not in ELSEWHERE and not any(map(of(text), texts))]
    assert not missing, (
        f"no example here is answered with finding.{', finding.'.join(missing)}: "
        "add one to SITUATIONS or to examples(), or to ELSEWHERE why the column Check never holds it"
    )
    assert ELSEWHERE.keys() <= sentences.keys()


def of(sentence: str) -> Any:
    """Finds a sentence in a text, whatever fills its fields."""
    return re.compile(".*?".join(map(re.escape, re.split(r"\{\w+\}", sentence)))).search


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_word_of_an_unverified_number_may_stand_behind_any(lang: str) -> None:
    found, _ = answers(lang, CHECKS[0])
    assert all(is_check(text + say("finding.unverified", lang)) for text in found["check"] if text)


@pytest.mark.parametrize("before", LANGUAGES)
@pytest.mark.parametrize("check", CHECKS[:2], ids=lambda check: check[1])
def test_the_next_refresh_writes_over_them_and_adds_no_column(before: str, check: Check) -> None:
    made = book(before)
    refreshed(made, check, before)
    for add_columns in (False, True):
        made.changed = False
        assert not refreshed(made, check, before, add_columns=add_columns).changed
    mend(made)
    (other,) = set(LANGUAGES) - {before}
    later = (check[0] + timedelta(days=1), check[1])
    refreshed(made, later, other, add_columns=True)
    anew = book(before, changed=True)
    refreshed(anew, later, other)
    assert made.grids == anew.grids

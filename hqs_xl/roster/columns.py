"""The columns of every table, declared once: key, kind, words, who fills it, width.

Headers and help stand in ``texts`` by key (``header.permit_expires``, ``column.permit_expires``). Reader, template,
docs and validation are all made from this list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from hqs_xl import texts
from hqs_xl.bilingual import Bilingual

Kind = Literal["id", "text", "date", "word", "yes_no", "quarter", "number", "days", "any"]

# What deadlines are about, as the dashboard counts them by month.
DEADLINE_GROUPS = (
    *("agreement_notices", "salary_notices", "work_permits", "registrations"),
    *("medical_examinations", "insurance_policies", "departures"),
)
# Rows a sheet holds below its header.
FULL_SHEET = 1_048_575
# A row with fewer headers of any table opens none: no table has a single required column.
FEWEST_HEADERS = 2

RELATIONS = {"hqs": "HQS", "вкс": "HQS", "family": "Family", "семья": "Family", "член семьи": "Family"}
HOSTS = {
    "employer": "Employer",
    "работодатель": "Employer",
    "self": "Self",
    "сам": "Self",
    "лично": "Self",
    "other": "Other",
    "другой": "Other",
    "другое": "Other",
    "иной": "Other",
}
DOCUMENT_WORDS = {
    "permit": "permit",
    "work permit": "permit",
    "разрешение": "permit",
    "разрешение на работу": "permit",
    "visa": "visa",
    "виза": "visa",
    "registration": "registration",
    "регистрация": "registration",
    "учёт": "registration",
    "учет": "registration",
    "миграционный учёт": "registration",
    "миграционный учет": "registration",
    "policy": "policy",
    "полис": "policy",
}


class Column(NamedTuple):
    """One column, filled by a person or (``answer``) by the check; ``titled``: the key of a title not its own."""

    key: str
    kind: Kind
    width: int = 12
    required: bool = False
    answer: bool = False
    words: Mapping[str, str] | None = None
    titled: str = ""

    def header(self, lang: str = "en") -> str:
        """The column's title."""
        return texts.say(f"header.{self.titled or self.key}", lang)

    @property
    def title(self) -> Bilingual:
        """The column's title in the language of whoever reads of it."""
        return Bilingual(*map(self.header, texts.LANGUAGES))

    def header_beside(self, lang: str = "en") -> str:
        """The title of an answer column that stands beside one of the same title with a person's own words in it."""
        title = self.header(lang)
        return f"HQS {title[0].lower()}{title[1:]}"


def _dates(*keys: str) -> list[Column]:
    return [Column(key, "date") for key in keys]


ROSTER = (
    Column("person_id", "id", 11, required=True),
    Column("full_name", "text", 26),
    Column("relation", "word", 10, required=True, words=RELATIONS),
    Column("sponsor_id", "id", 11),
    Column("citizenship", "text", 14),
    Column("visa_required", "yes_no", 10),
    *_dates("passport_expires", "passport_changed"),
    Column("agreement_signed", "date", required=True),
    *_dates("agreement_starts", "agreement_ends", "terminated_on", "permit_filed", "permit_decided"),
    *_dates("permit_collected", "permit_starts", "permit_expires", "renewal_filed", "visa_starts", "visa_expires"),
    *_dates("entered_on", "work_started", "hiring_order", "moved_on", "registered_on", "registered_until"),
    Column("host", "word", 11, words=HOSTS),
    Column("owns_housing", "yes_no", 10),
    *_dates("left_on", "policy_starts", "policy_ends", "medical_done"),
    *_dates("concluded_notice_filed", "terminated_notice_filed"),
    Column("next_action", "text", 44, answer=True),
    Column("next_due", "date", answer=True),
    Column("act_by", "date", answer=True),
    Column("days_left", "days", 9, answer=True),
    Column("status", "text", 16, answer=True),
    Column("check", "text", 60, answer=True),
)
SALARY = (
    Column("person_id", "id", 11, required=True),
    Column("quarter", "quarter", 10, required=True),
    Column("salary_paid", "number", 14),
    Column("filed_on", "date"),
    Column("due", "date", answer=True),
    Column("status", "text", 16, answer=True),
)
SETTINGS = (Column("setting", "text", 34, required=True), Column("value", "any", 16, required=True))
OWN_DAYS = (
    Column("date", "date", required=True),
    Column("working", "yes_no", 10, required=True),
    Column("note", "text", 30),
)
DOCUMENTS = (
    Column("person_id", "id", 11, required=True),
    Column("document", "word", 16, required=True, words=DOCUMENT_WORDS),
    Column("number", "text", 22),
    Column("valid_from", "date"),
    Column("valid_until", "date", required=True),
    Column("filed", "date"),
    Column("replaced_by", "text", 22),
)
EMPLOYER = (Column("employer_field", "text", 34, required=True), Column("value", "text", 60, required=True))
# What the user's own headers mean.
MEANS = (Column("column", "text", 34, required=True), Column("means", "text", 34, required=True))
FINDINGS = (
    Column("severity", "text", 12, required=True, answer=True),
    Column("person_id", "id", 11, required=True, answer=True),
    Column("sheet", "text", 14, answer=True),
    Column("row", "days", 8, answer=True),
    Column("column", "text", 22, answer=True),
    Column("go_to", "text", 9, answer=True),
    Column("due", "date", answer=True, titled="deadline"),
    Column("days", "days", 8, answer=True),
    Column("message", "text", 70, required=True, answer=True),
    Column("action", "text", 44, answer=True),
    Column("source", "text", 50, answer=True),
    Column("code", "text", 24, answer=True),
)
LOG = (
    Column("checked_at", "text", 20, required=True, answer=True),
    Column("checked_by", "text", 16, answer=True),
    Column("as_of", "date", answer=True),
    Column("edition", "text", 10, answer=True),
    Column("version", "text", 10, answer=True),
    Column("known_through", "date", 14, answer=True),
    *(Column(key, "days", 11, answer=True) for key in ("people", "violations", "done_late", "coming_due", "data")),
    Column("changed_statuses", "text", 60, required=True, answer=True),
    Column("not_looked_at", "text", 60, answer=True),
)
# What is still to be done in the next twelve months, a line each, the nearest first.
DEADLINES = (
    Column("due", "date", 12, required=True, answer=True, titled="deadline"),
    Column("act_by", "date", 12, required=True, answer=True),
    Column("days_left", "days", 9, answer=True),
    Column("obligation", "text", 50, required=True, answer=True),
    Column("person_id", "id", 12, required=True, answer=True),
    Column("full_name", "text", 28, answer=True),
    Column("code", "text", 22, required=True, answer=True),
)
# The dashboard's tables: the first column says what is counted, the rest is what a check makes of it.
GLANCE = (
    Column("at_a_glance", "text", 30, required=True),
    Column("how_many", "any", 16, required=True, answer=True),
)
FIGURES = (Column("figure", "text", 40, required=True), Column("result", "any", 18, required=True, answer=True))
# The last line of the log, from top to bottom.
LAST_CHECK = (Column("last_check", "text", 34, required=True), Column("result", "any", 16, required=True, answer=True))
BY_OBLIGATION = (
    Column("obligation", "text", 46, required=True),
    *(Column(key, "days", 11, required=True, answer=True) for key in ("overdue", "coming_due", "done_late")),
)
BY_MONTH = (
    Column("month", "date", 12, required=True, answer=True),
    *(Column(key, "days", 13, required=True, answer=True) for key in DEADLINE_GROUPS),
    Column("all_deadlines", "days", 13, required=True, answer=True),
)
URGENT = (
    Column("place", "days", 8, required=True),
    Column("person_id", "id", 11, required=True, answer=True),
    Column("full_name", "text", 26, answer=True),
    *(column for column in ROSTER if column.key in {"next_action", "next_due", "act_by", "days_left", "status"}),
    Column("roster_line", "days", 9, answer=True),
)
# What the cell functions answer for the whole roster, where its own columns look it up.
LINES = (Column("line", "days", 8, required=True), *(column for column in ROSTER if column.answer))
# The answers of the last check as values, line by line, for programs that do not know the functions; at most so many.
KEPT_LINES = 1_000
KEPT = (
    Column("kept_person_id", "id", 16, required=True, answer=True),
    Column("kept_next_action", "text", answer=True),
    Column("kept_next_due", "date", answer=True),
    Column("kept_act_by", "date", answer=True),
    Column("kept_days_left", "days", answer=True),
    Column("kept_status", "text", required=True, answer=True),
    Column("kept_check", "text", answer=True),
)

# A header row belongs to each table here whose required columns it has all.
TABLES: Mapping[str, tuple[Column, ...]] = {
    "roster": ROSTER,
    "salary": SALARY,
    "settings": SETTINGS,
    "own_days": OWN_DAYS,
    "documents": DOCUMENTS,
    "employer": EMPLOYER,
    "means": MEANS,
    "findings": FINDINGS,
    "deadlines": DEADLINES,
    "log": LOG,
    "glance": GLANCE,
    "figures": FIGURES,
    "last_check": LAST_CHECK,
    "by_obligation": BY_OBLIGATION,
    "by_month": BY_MONTH,
    "urgent": URGENT,
    "lines": LINES,
    "kept": KEPT,
}


# Tables that people fill and a check answers beside.
ANSWERED = frozenset({"roster", "salary"})


def facts(table: str) -> list[Column]:
    """The columns a person fills."""
    return [column for column in TABLES[table] if not column.answer]


def answers(table: str) -> list[Column]:
    """The columns a check fills."""
    return [column for column in TABLES[table] if column.answer]


def column(table: str, key: str) -> Column:
    """One column by its key."""
    return next(column for column in TABLES[table] if column.key == key)


@cache
def _labels(group: str, keys: tuple[str, ...]) -> dict[str, str]:
    """By label, the keys: labels of earlier versions as well, which stand in books they made."""
    names = {f"{group}.{key}": key for key in keys}
    ever = ((key, text) for lang in texts.LANGUAGES for name, key in names.items() for text in _ever(name, lang))
    return {normalised(text): key for key, text in ever}


def _ever(name: str, lang: str) -> list[str]:
    return [*texts.written(lang).get(name, ()), texts.say(name, lang)]


def labelled(group: str, keys: Iterable[str], label: object) -> str | None:
    """Which of a group's keys a label names, in either language; None for a label of something else."""
    return _labels(group, tuple(keys)).get(normalised(label))


# Words of lists and names of countries come again in every row.
@lru_cache(maxsize=1 << 14)
def normalised(header: object) -> str:
    """A header as it is compared: without regard to case, spaces, line breaks and the dots on ё."""
    return re.sub(r"[\s_\u00a0\u200b]+", "", str(header)).casefold().replace("ё", "е")


@cache
def exact_keys(table: str) -> dict[str, str]:
    """The columns of a table by their headers and keys, as ``normalised`` has them."""
    names = {normalised(column.key): column.key for column in TABLES[table]}
    for lang in texts.LANGUAGES:
        names |= {normalised(texts.say(f"header.{column.key}", lang)): column.key for column in TABLES[table]}
        names |= {normalised(column.header(lang)): column.key for column in TABLES[table]}
    return names


@cache
def keys_beside(table: str) -> dict[str, str]:
    """The answer columns of a table by the titles they have beside columns of the same title that are not ours."""
    if table not in ANSWERED:
        return {}
    return {normalised(one.header_beside(lang)): one.key for one in answers(table) for lang in texts.LANGUAGES}


def matched(table: str, headers: Iterable[tuple[int, object]]) -> list[tuple[int, str]]:
    """The columns of a table found in a row of cells, as (position, key), in the row's order."""
    keys = exact_keys(table)
    return [(place, keys[name]) for place, cell in headers if (name := normalised(cell)) in keys]

"""What a check looked at and what it could not: its rules by their columns, tables, people, columns of one's own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hqs_xl.compliance.check import Report, check_block, check_roster, read_roster
from hqs_xl.compliance.coverage import CHECKS, Coverage, Seen
from hqs_xl.compliance.unread import UnreadCase
from hqs_xl.hosts.memory import Grid, MemoryBook
from hqs_xl.roster.columns import TABLES, column, facts
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.roster.settings import Settings
from hqs_xl.texts import LANGUAGES, say
from tests.compliance.mutations import AS_OF, demo
from tests.roster.people import SPECIALIST

TODAY = date(2026, 3, 16)


def checked(sheets: dict[str, Grid]) -> Report:
    roster = read_roster(MemoryBook(sheets))
    return check_roster(roster, roster.other.settings_for(TODAY))


def of(sheets: dict[str, Grid]) -> Coverage:
    return checked(sheets).coverage


def whole(**changes: Any) -> dict[str, Grid]:
    """One specialist in order, with every column and table."""
    keys = [column.key for column in facts("roster")]
    found = SPECIALIST | changes
    tables: dict[str, Grid] = {
        kind: [[column.header() for column in TABLES[kind]]] for kind in ("roster", "salary", "documents", "own_days")
    }
    tables["roster"].append([found.get(key) for key in keys])
    tables["salary"].append(["P1", "2025Q1", None, date(2025, 4, 28)])
    tables["settings"] = [["Setting", "Value"], ["Edition", "card"]]
    return tables


def without(header: str, sheets: dict[str, Grid]) -> dict[str, Grid]:
    """Without a column of the roster."""
    place = sheets["roster"][0].index(header)
    return {**sheets, "roster": [[cell for at, cell in enumerate(row) if at != place] for row in sheets["roster"]]}


def messages(coverage: Coverage, kind: str) -> list[str]:
    return [one.message for one in coverage.not_checked if one.kind == kind]


def test_a_roster_with_all_columns_and_tables_is_looked_at_whole() -> None:
    found = of(whole())
    assert (found.people, found.rules, found.of, found.complete) == (1, len(CHECKS), len(CHECKS), True)
    assert found.in_one_line("en") == ""
    assert found.looked_at("en") == f"Looked at: 1 person, {len(CHECKS)} of {len(CHECKS)} rules."


@pytest.mark.parametrize(
    ("people", "lang", "said"),
    [
        (0, "en", "There is nobody in the roster yet."),
        (1, "en", "Nothing to report. Looked at: 1 person, 28 of 29 rules."),
        (2, "en", "Nothing to report. Looked at: 2 people, 28 of 29 rules."),
        (0, "ru", "В реестре пока никого нет."),
        (1, "ru", "Замечаний нет. Проверено: 1 человек, правил 28 из 29."),
        (22, "ru", "Замечаний нет. Проверено: 22 человека, правил 28 из 29."),
        (25, "ru", "Замечаний нет. Проверено: 25 человек, правил 28 из 29."),
    ],
)
def test_a_roster_of_nobody_is_not_reported_as_well(people: int, lang: str, said: str) -> None:
    found = Coverage(people, 28, 29, (), ())
    assert found.nothing_found(lang) == said
    assert said.endswith(found.looked_at(lang))


def test_a_rule_without_its_column_is_not_looked_at() -> None:
    found = of(without("Entered on", whole()))
    assert "migration registration: no column «Entered on»" in messages(found, "rule")
    assert "medical examination: no column «Entered on»" in messages(found, "rule")
    assert "valid visa, in part: no column «Entered on»" in messages(found, "part")
    before = "a medical examination from before the last entry: no column «Entered on»"
    assert before in messages(found, "rule")
    assert "day of the entry: no column «Entered on»" in messages(found, "rule")
    assert (found.rules, found.complete) == (len(CHECKS) - 4, False)


def test_a_rule_that_counts_from_either_of_two_columns_needs_one_of_them() -> None:
    one = of(without("Terminated on", whole()))
    assert "notice of the ended agreement" not in " ".join(messages(one, "rule"))
    assert any(line.startswith("notice of the ended agreement, in part") for line in messages(one, "part"))
    none = of(without("Agreement ends", without("Terminated on", whole())))
    assert "notice of the ended agreement: no column «Terminated on» or «Agreement ends»" in messages(none, "rule")


def test_a_table_that_is_not_there_is_said_with_what_follows() -> None:
    sheets = whole()
    del sheets["salary"]
    found = of(sheets)
    assert "no table «Salary notices»: every quarter counts as not filed" in messages(found, "table")
    assert "salary level: no table «Salary notices»" in messages(found, "rule")
    assert not found.complete
    del sheets["settings"], sheets["documents"], sheets["own_days"]
    roster_alone = of(sheets)
    assert len(messages(roster_alone, "table")) == 4
    assert [one.what for one in roster_alone.not_checked if one.kind == "table" and one.counts] == ["salary"]


def test_a_column_of_the_salary_notices_that_is_not_there_is_said_too() -> None:
    sheets = whole()
    sheets["salary"] = [["Person ID", "Quarter", "Filed on"], ["P1", "2025Q1", date(2025, 4, 28)]]
    assert "salary level: no column «Salary paid»" in messages(of(sheets), "rule")


def test_people_with_cells_that_cannot_be_read_are_counted() -> None:
    found = of(whole(visa_expires="soon", entered_on="#N/A"))
    assert messages(found, "people") == ["people checked in part, for a cell of theirs can't be read: 1"]
    assert sorted(one.columns[0] for one in found.not_checked if one.kind == "column") == ["entered_on", "visa_expires"]
    assert not found.complete


def test_columns_of_ones_own_are_listed_once() -> None:
    sheets = whole()
    for text in ("Department", "Salary\ngrade", "Phone"):
        sheets["roster"][0].append(text)
    assert messages(of(sheets), "own") == [
        "Roster: columns of yours, 3: Department (AO1), Salary grade (AP1), Phone (AQ1)"
    ]


def test_a_line_of_the_settings_that_is_none_is_said() -> None:
    sheets = whole()
    sheets["settings"] += [["Colour", "green"], ["Last check", None], ["Reminder bands", None], ["As of", None]]
    assert messages(of(sheets), "setting") == [
        "Settings, row 3: «Colour» is no line of this table",
        "the setting «Reminder bands» is blank: the default counts",
    ]


def test_blanks_are_told_and_do_not_count() -> None:
    found = of(whole(entered_on=None))
    (blank,) = [one for one in found.not_checked if one.columns == ("entered_on",)]
    assert (blank.kind, blank.number, blank.counts) == ("blank", 1, False)
    assert found.complete


def test_headers_read_in_other_words_are_listed() -> None:
    sheets = whole()
    place = sheets["roster"][0].index("Entered on")
    sheets["roster"][0][place] = "Date of\nentry"
    assert of(sheets).in_words("en") == ["Read in other words: Date of entry (U1) as Entered on"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_check_says_what_it_reads(lang: str) -> None:
    """What a check asks of a person is what it is registered with."""
    asked: dict[str, set[str]] = {check.name: set() for check in CHECKS}
    keys = frozenset(column.key for column in facts("roster"))
    rows = demo(lang)["roster"]
    for row in rows[1:]:
        cells = {column.key: cell for column, cell in zip(TABLES["roster"], row, strict=False) if cell is not None}
        person, _ = read(Person, 2, cells)
        case = UnreadCase(person, Settings(as_of=AS_OF, edition="law"), {}, set())
        for check in CHECKS:
            case.person.unread = keys
            case.person.asked.clear()
            list(check.run(case))
            asked[check.name] |= case.person.asked
    for check in CHECKS:
        assert asked[check.name] <= check.reads, check.name
        assert {key for key in check.reads if "." not in key} <= {column.key for column in TABLES["roster"]}
        assert all(say(f"subject.{check.name}", lang) for _ in check.needs)


def test_people_seen_apart_are_seen_together() -> None:
    people = [Person(2, "P1", entered_on=TODAY), Person(3, "P2", unread=frozenset({"host"})), Person(4, "P3")]
    whole_, parts, part = Seen(), Seen(), Seen()
    whole_.see(people)
    parts.see(people[:1])
    part.see(people[1:])
    parts.add(part)
    assert whole_ == parts
    assert (whole_.in_part, whole_.unread["host"], whole_.blank["entered_on"]) == (1, 1, 2)
    whole_.see([])
    assert whole_ == parts


# ---- cells: HQS_CHECK, HQS_NEXT, HQS_ANSWERS


def answered(header: str, **changes: Any) -> Any:
    facts_ = SPECIALIST | changes
    keys = [*facts_]
    heads = [header if key == "entered_on" else column("roster", key).header() for key in keys]
    (line,) = check_block(heads, [[facts_[key] for key in keys]], {}, as_of=TODAY)
    return line


@pytest.mark.parametrize("header", ["Entered on", "Entry date", "Entered on:", "Entеred on"])
def test_a_block_of_cells_is_read_by_headers_in_other_words(header: str) -> None:
    late = {"entered_on": date(2025, 10, 1), "registered_on": None, "registered_until": None}
    assert answered(header, **late).status == "Overdue"


def test_a_header_in_doubt_is_said_in_the_answers_of_the_block() -> None:
    line = answered("Arrival date")
    assert line.status == "Missing data"
    assert line.check == "the header «Arrival date» may mean «Entered on» or «Moved on» and is not read"
    assert answered("Department").status != "Missing data"
    assert answered("Arrival date", permit_expires=date(2026, 1, 1)).status == "Overdue"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_of_the_settings_that_is_said_twice_is_named(lang: str) -> None:
    sheets = whole()
    sheets["settings"] += [["Language", lang], ["Edition", "law"], ["Edition", None]]
    sheets["employer"] = [["Employer field", "Value"], ["INN", "1"], ["INN", "2"]]
    report = checked(sheets)
    assert report.settings.edition == "law"
    found = [one.message for one in report.coverage.not_checked if one.kind == "setting" and one.counts]
    assert [" 4" in found[0], say("setting.edition", lang) in found[0]] == [True, True]
    assert [" 3" in found[1], say("employer.inn", lang) in found[1]] == [True, True]
    assert len(found) == 2

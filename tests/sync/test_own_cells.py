"""What a person typed into an answer column is never written over: it is named, and new columns can stand beside."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from hqs_xl.compliance.check import Checker
from hqs_xl.demo.people import people
from hqs_xl.errors import UnusableFile
from hqs_xl.law import EDITIONS
from hqs_xl.roster.columns import TABLES, answers
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.roster.status import Status
from hqs_xl.sync.book import Summary, refresh_book
from hqs_xl.sync.own_words import is_action, is_check, is_status
from hqs_xl.texts import LANGUAGES, say, table
from tests.roster.books import Formula, Grid, MemoryBook
from tests.roster.people import FILED, SPECIALIST
from tests.roster_files import run, write

NOW = datetime(2026, 3, 16, 7, 30)
DAY = ("--as-of", "2026-03-16")
LATE = SPECIALIST | {"hiring_order": None}
COLUMNS = [("roster", column.key) for column in answers("roster")] + [
    ("salary", column.key) for column in answers("salary")
]
ON_SHEET = {"roster": "Roster", "salary": "Salary"}


def sheets(lang: str = "en") -> dict[str, Grid]:
    """A roster of two and their salary notices, with all answer columns, nothing in them."""
    facts = [LATE, SPECIALIST | {"person_id": "P2"}]
    roster = [[one.get(column.key) for column in TABLES["roster"]] for one in facts]
    salary = [[person, quarter, None, day, None, None] for person in ("P1", "P2") for quarter, day in FILED.items()]
    heads = {kind: [column.header(lang) for column in TABLES[kind]] for kind in ON_SHEET}
    return {"Roster": [heads["roster"], *roster], "Salary": [heads["salary"], *salary]}


def place(kind: str, key: str) -> int:
    return [column.key for column in TABLES[kind]].index(key)


def refreshed(made: MemoryBook, **options: Any) -> Summary:
    return refresh_book(made, now=NOW, **options)


def answered(lang: str = "en") -> dict[str, Grid]:
    """The same, answered by an earlier check."""
    made = MemoryBook(sheets(lang))
    refresh_book(made, now=datetime(2026, 2, 1), lang=lang)
    return made.grids


def refusal(made: MemoryBook, **options: Any) -> tuple[str, str, str]:
    with pytest.raises(UnusableFile) as refused:
        refreshed(made, **options)
    sheet, cell = (str(refused.value.fields[name]) for name in ("sheet", "cell"))
    return refused.value.code, sheet, cell


def letters(column: int) -> str:
    first, last = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


# ---- each answer column of each table


@pytest.mark.parametrize("words", ["ask Anna", "sent", "x", "done?", "Overdue!", "OK (Anna)"])
@pytest.mark.parametrize("earlier", [False, True], ids=["never answered", "answered before"])
@pytest.mark.parametrize(("kind", "key"), COLUMNS)
def test_words_in_an_answer_column_are_refused_with_their_cell(kind: str, key: str, earlier: bool, words: str) -> None:
    grids = answered() if earlier else sheets()
    sheet = ON_SHEET[kind]
    grids[sheet][2][place(kind, key)] = words
    made = MemoryBook(grids)
    assert refusal(made) == ("not_ours", sheet, f"{letters(place(kind, key))}3")
    assert made.grids[sheet][2][place(kind, key)] == words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_refusal_says_how_to_go_on(lang: str) -> None:
    grids = sheets(lang)
    grids["Roster"][1][place("roster", "status")] = "ask Anna"
    with pytest.raises(UnusableFile) as refused:
        refreshed(MemoryBook(grids))
    assert "--add-columns" in refused.value.message(lang)
    assert "Anna" not in refused.value.message(lang)


@pytest.mark.parametrize("key", ["next_due", "act_by", "days_left"])
@pytest.mark.parametrize("beside", [None, "ask Anna"], ids=["nothing beside", "words beside"])
def test_a_figure_beside_no_answer_of_ours_is_somebody_s_own(key: str, beside: str | None) -> None:
    grids = sheets()
    grids["Roster"][1][place("roster", key)] = 7 if key == "days_left" else date(2026, 9, 9)
    grids["Roster"][1][place("roster", "check")] = beside
    assert refusal(MemoryBook(grids))[0] == "not_ours"


def test_a_day_that_is_the_answer_anyway_stays() -> None:
    grids = sheets()
    grids["Salary"][1][place("salary", "due")] = date(2025, 4, 30)
    made = MemoryBook(grids)
    refreshed(made)
    assert made.grids["Salary"][1][4:] == [date(2025, 4, 30), "Done"]


def test_a_figure_in_a_table_made_by_us_is_ours() -> None:
    grids = sheets()
    grids["Roster"][1][place("roster", "next_due")] = date(2026, 9, 9)
    made = MemoryBook(grids, marks={"Roster": [("Roster", 1, 0, 99)]})
    refreshed(made)
    assert made.grids["Roster"][1][place("roster", "status")] == "Overdue"


@pytest.mark.parametrize("value", [7, True, 0.5, date(2026, 9, 9)])
def test_what_is_no_text_is_no_status_of_ours(value: object) -> None:
    grids = answered()
    grids["Roster"][1][place("roster", "status")] = value
    assert refusal(MemoryBook(grids))[0] == "not_ours"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("before", LANGUAGES)
def test_answers_of_an_earlier_check_in_either_language_are_written_over(before: str, lang: str) -> None:
    made = MemoryBook(answered(before))
    refreshed(made, lang=lang)
    again = MemoryBook(sheets(before))
    refreshed(again, lang=lang)
    assert made.grids == again.grids


@pytest.mark.parametrize("value", ["#N/A", "#VALUE!", "#HQS! what is wrong"])
@pytest.mark.parametrize("key", ["status", "next_due", "check"])
def test_an_error_is_nobody_s_word(key: str, value: str) -> None:
    grids = sheets()
    grids["Roster"][1][place("roster", key)] = value
    made = MemoryBook(grids)
    refreshed(made)
    assert made.grids["Roster"][1][place("roster", "status")] == "Overdue"


def test_words_that_a_formula_of_ours_comes_to_are_ours() -> None:
    grids = sheets()
    grids["Roster"][1][place("roster", "status")] = Formula("=INDEX(HQS_LINES,1,5)", "of an earlier version")
    made = MemoryBook(grids)
    refreshed(made)
    assert made.grids["Roster"][1][place("roster", "status")].value == "Overdue"


def test_a_formula_of_somebody_s_own_is_refused_as_before() -> None:
    grids = sheets()
    grids["Roster"][1][place("roster", "status")] = Formula("=B1", "of somebody else")
    assert refusal(MemoryBook(grids))[0] == "foreign_formula"


@pytest.mark.parametrize("words", ["* seen by Anna", 7, date(2026, 1, 1)])
def test_a_note_below_the_people_stays(words: object) -> None:
    grids = answered()
    note: list[Any] = [None] * len(TABLES["roster"])
    note[place("roster", "next_due")] = words
    grids["Roster"].append(note)
    made = MemoryBook(grids)
    refreshed(made)
    assert made.grids["Roster"][3] == note


# ---- new columns beside


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("kind", "key"), COLUMNS)
def test_a_new_column_stands_beside_and_is_known_the_next_time(kind: str, key: str, lang: str) -> None:
    grids = sheets(lang)
    sheet, at = ON_SHEET[kind], place(kind, key)
    for row in grids[sheet][1:]:
        row[at] = "ask Anna"
    made = MemoryBook(grids)
    refreshed(made, add_columns=True, lang=lang)
    heads = made.grids[sheet][0]
    title = say(f"header.{key}", lang)
    assert [heads[at], *heads[len(TABLES[kind]) :]] == [title, f"HQS {title[0].lower()}{title[1:]}"]
    assert {row[at] for row in made.grids[sheet][1:]} == {"ask Anna"}
    clean = MemoryBook(sheets(lang))
    refreshed(clean, lang=lang)
    assert [row[len(TABLES[kind])] if len(row) > len(TABLES[kind]) else None for row in made.grids[sheet][1:]] == [
        row[at] for row in clean.grids[sheet][1:]
    ]
    made.changed = False
    assert not refreshed(made, lang=lang).changed
    assert not refreshed(made, lang=lang, add_columns=True).changed


def test_columns_that_are_free_get_none_beside_them() -> None:
    made = MemoryBook(answered())
    refreshed(made, add_columns=True)
    assert made.grids["Roster"][0] == sheets()["Roster"][0]


# ---- closed files


@pytest.mark.parametrize(("kind", "key"), COLUMNS)
def test_a_closed_file_keeps_them_byte_for_byte(
    kind: str, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grids = answered()
    sheet, at = ON_SHEET[kind], place(kind, key)
    grids[sheet][2][at] = "ask Anna"
    file = write(tmp_path / "r.xlsx", **grids)
    before = file.read_bytes()
    assert run("refresh", file, *DAY) == 2
    said = capsys.readouterr().err
    assert f"«{sheet}», cell {letters(at)}3" in said
    assert "--add-columns" in said
    assert file.read_bytes() == before
    assert run("refresh", file, *DAY, "--add-columns", "--backups", "0") == 1
    found = load_workbook(file)[sheet]
    assert found.cell(3, at + 1).value == "ask Anna"
    assert str(found.cell(1, len(TABLES[kind]) + 1).value).startswith("HQS ")
    assert run("refresh", file, *DAY) == 1
    assert "no change" in capsys.readouterr().out


def test_answers_of_an_earlier_day_are_written_over_in_a_closed_file(tmp_path: Path) -> None:
    file = write(tmp_path / "r.xlsx", **sheets())
    for day in ("2026-02-01", "2026-03-16", "2026-06-01"):
        assert run("refresh", file, "--as-of", day, "--backups", "0") == 1
    found = dict(zip(*load_workbook(file)["Roster"].iter_rows(max_row=2, values_only=True), strict=True))
    assert found["Status"] == "Overdue"


# ---- whose words they are


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_all_that_a_check_answers_is_known_as_ours(lang: str, edition: str) -> None:
    day = date(2026, 11, 23)
    other = Gathered()
    rows = [(number, dict(person.facts)) for number, person in enumerate(people(day, 150, lang), 2)]
    garbled = {"relation": "?", "policy_ends": "June", "person_id": "P1"}
    rows += [(number, facts | garbled) for number, facts in rows[:9]]
    for number, facts in rows:
        other.take("roster", number, facts)
    checker = Checker(other, other.settings_for(day, edition=edition, lang=lang))
    for number, facts in rows:
        _, line = checker.check(*read(Person, number, facts))
        assert is_status(line.status)
        assert not line.next_action or is_action(line.next_action)
        assert not line.check or is_check(line.check), line.check


ENTRY = ", and the roster does not say when the person entered Russia: nothing is counted from the entry"
TAKEN = "blank here; what the row of the person's earlier agreement says is taken for it: "
FOUND = "Work started 2026-01-12 and there is no hiring order"


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        (FOUND, True),
        (f"{FOUND}; {FOUND}", True),
        (f"{FOUND}; Anna asks", False),
        (f"{FOUND} - Anna asks", False),
        (f"Anna asks; {FOUND}", False),
        (f"{FOUND}; Anna asks; {FOUND}", False),
        ("No visa is on record", True),
        ("No visa is on record?", False),
        ("", False),
        ("; ", False),
        ("Виза не указана, спросить Анну", False),
        (f"«Work started» is 2026-01-12{ENTRY}", True),
        (f"Anna, «Work started» is 2026-01-12{ENTRY}", False),
        (f"«Work started»; Anna asks; «Host» is 2026-01-12{ENTRY}", False),
        (f"{TAKEN}«Entered on» 2025-10-01", True),
        (f"{TAKEN}«Entered on» 2025-10-01, «Registered on» 2025-10-02, «Registered until» 2026-10-01", True),
        (f"{TAKEN}«Entered on» 2025-10-01, «Registered on» 2025-10-02, ask Anna", False),
    ],
)
def test_a_check_is_ours_from_its_first_sign_to_its_last(text: str, ours: bool) -> None:
    assert is_check(text) is ours


@pytest.mark.parametrize("lang", LANGUAGES)
def test_status_words_are_a_closed_set(lang: str) -> None:
    words = {say(f"status.{status}", lang) for status in Status}
    mark = say("status.provisional", lang)
    for word in words:
        assert is_status(word)
        assert is_status(f"{word} {mark}")
        assert not is_status(word + ".")
        assert not is_status(word.upper()) or word.upper() == word
    assert not is_status(mark)


def test_every_action_is_known() -> None:
    plain = {(lang, key): text for lang in LANGUAGES for key, text in table(lang).items() if key.startswith("action.")}
    assert all(is_action(text) for text in plain.values() if "{" not in text)


@given(st.text(max_size=300))
def test_any_other_text_is_told_apart_at_once(text: str) -> None:
    assert not is_check("Anna: " + text)
    assert not is_status("Anna: " + text)


def test_a_long_text_takes_no_longer() -> None:
    assert not is_check("; ".join(["column «x» is empty; expected " * 30] * 60) + "!")

"""A cell of an open workbook in words: what is counted from it, or what its answer is counted from."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
import xlwings as xw

from hqs_xl.buttons import acts
from hqs_xl.buttons import excel as macros
from hqs_xl.roster.columns import facts
from hqs_xl.texts import LANGUAGES, say
from tests.engine import CHANGES, app_of, grid, made
from tests.rosters import AS_OF, KEYS, NOW, day, family, heads, person, roster


def explained(book: xw.Book, where: str, sheet: str = "R") -> str:
    app_of(book).selection = book.sheets[sheet].range(where).impl
    return acts.explain(macros.ExcelWindow(book))


def letter(key: str) -> str:
    place = KEYS.index(key)
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


ON_THAT_DAY = [heads("settings"), ["As of", day(AS_OF)]]
RULES = {
    "passport_changed": (),
    "agreement_signed": ("notice.concluded (S24), event 2025-01-20",),
    "agreement_ends": ("notice.terminated (S24), event 2028-03-02",),
    "terminated_on": ("notice.terminated (S24), event 2028-03-01",),
    "permit_filed": ("permit.decision (S12)",),
    "permit_starts": ("permit.last_day (S8)",),
    "permit_expires": ("permit.renewal (S13)",),
    "visa_starts": ("visa.last_day (S7)",),
    "entered_on": ("registration.entry (S16)",),
    "moved_on": ("registration.move (S19)",),
}
DATES = [column.key for column in facts("roster") if column.kind == "date"]


@pytest.mark.parametrize("key", DATES)
def test_each_date_says_what_is_counted_from_it(key: str) -> None:
    changes = {"moved_on": AS_OF, "agreement_ends": date(2028, 3, 2), "passport_changed": AS_OF}
    if key == "terminated_on":
        changes["terminated_on"] = date(2028, 3, 1)
    told = explained(roster(person(**changes), Settings=ON_THAT_DAY), f"{letter(key)}2")
    for rule in RULES.get(key, ()):
        assert rule in told
        assert "Source: " in told
    if key not in RULES and key not in {"permit_decided", "registered_on", "medical_done"}:
        assert told == f"No deadline is counted from «{say(f'header.{key}')}»."


def test_the_count_is_shown_day_by_day() -> None:
    told = explained(roster(person(agreement_signed=date(2026, 12, 29))), f"{letter('agreement_signed')}2")
    assert told.splitlines()[1:3] == [
        "Due 2027-01-11 (Mon), act by 2027-01-11 (Mon)",
        "Count: from 2026-12-29: 3 working days, that day included = 2027-01-11",
    ]
    assert "  2026-12-29 Tue  1  working day" in told
    assert "  2027-01-01 Fri  -  public holiday (Labour Code art. 112)" in told


def test_a_long_count_names_the_days_passed_over_only() -> None:
    told = explained(roster(person(permit_filed=date(2026, 12, 21))), f"{letter('permit_filed')}2").splitlines()
    assert told[-1].startswith("2026-12-31 moved day off; 2027-01-01 public holiday; ")
    assert len(told) <= 7


def test_own_days_are_counted_as_the_check_does() -> None:
    own = [heads("own_days"), [day(date(2026, 3, 17)), "no", "town day"]]
    told = explained(roster(person(agreement_signed=AS_OF), Own=own), f"{letter('agreement_signed')}2")
    assert "Due 2026-03-19" in told


def test_a_day_that_an_edition_has_no_rule_for_says_so() -> None:
    told = explained(roster(person(permit_decided=date(2026, 3, 10))), f"{letter('permit_decided')}2")
    assert "nothing in force" in told


RENEWED = {"renewal_filed": date(2025, 12, 1), "permit_filed": date(2025, 12, 1), "permit_decided": date(2025, 12, 15)}
RENEWED |= dict.fromkeys(("permit_collected", "permit_starts"), date(2025, 12, 17))
BY_THE_LAW = [heads("settings"), ["As of", day(AS_OF)], ["Edition", "law"]]


@pytest.mark.parametrize(
    ("changes", "key", "rules"),
    [
        ({}, "permit_decided", ["permit.collect"]),
        (RENEWED, "permit_decided", ["medical.repeat", "permit.collect"]),
        ({}, "entered_on", ["medical.exam", "registration.entry"]),
        ({}, "registered_on", ["registration.last_day"]),
    ],
    ids=["a first permit", "a renewal", "an entry", "a registration"],
)
def test_only_the_rules_of_such_people_are_told(changes: dict[str, Any], key: str, rules: list[str]) -> None:
    told = explained(roster(person(**changes), Settings=BY_THE_LAW), f"{letter(key)}2")
    assert sorted(re.findall(r"^(\S+) \(S\d+\), event", told, re.MULTILINE)) == rules


def test_of_the_family_the_rules_of_the_family() -> None:
    told = explained(roster(family(), person(), Settings=BY_THE_LAW), f"{letter('entered_on')}2")
    found = re.findall(r"^(\S+) \(S\d+\), event", told, re.MULTILINE)
    assert sorted(found) == ["medical.exam_family", "registration.entry"]


EXAMINED = {"entered_on": date(2025, 11, 3), "registered_on": date(2025, 11, 10), "medical_done": date(2025, 11, 5)}
ABROAD = {"entered_on": date(2026, 2, 20), "left_on": date(2025, 12, 1), "registered_on": date(2026, 2, 24)}


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([person(**RENEWED | EXAMINED)], "Counted from «Permit decided»: 2025-12-15"),
        ([person(**RENEWED | ABROAD | {"medical_done": None})], "Counted from «Entered on»: 2026-02-20"),
        (
            [family(sponsor_id="P1", **EXAMINED), person(**RENEWED)],
            "Counted from «Permit decided»: 2025-12-15",
        ),
    ],
    ids=["here", "abroad that day", "the family's by the specialist's row"],
)
def test_an_examination_after_a_renewal_says_what_it_is_counted_from(people: list[Any], expected: str) -> None:
    told = explained(roster(*people, Settings=BY_THE_LAW), f"{letter('next_due')}2")
    assert expected in told
    assert "Next: Pass the medical examination again" in told


def test_the_term_of_a_permit_ends_with_the_agreement() -> None:
    told = explained(roster(person(agreement_ends=date(2026, 9, 1))), f"{letter('permit_starts')}2")
    assert "Due 2026-09-01" in told
    assert "not beyond the agreement's end" in told


@pytest.mark.parametrize("key", ["next_action", "next_due", "act_by", "days_left"])
def test_each_answer_says_what_the_next_deadline_is_counted_from(key: str) -> None:
    told = explained(roster(person(concluded_notice_filed=None)), f"{letter(key)}2")
    assert told.splitlines()[:3] == [
        "P1: Overdue",
        "Next: Notify the authority of the concluded agreement",
        "Counted from «Agreement signed»: 2025-01-20",
    ]
    assert "Due 2025-01-22" in told


ANSWERS = {
    "salary": ({}, "Counted from «Quarter»: 2026Q1"),
    "the end without a termination": (
        {"agreement_ends": date(2026, 3, 10)},
        "Counted from «Agreement ends»: 2026-03-10",
    ),
    "a lapsing registration": (
        {
            "entered_on": date(2025, 12, 1),
            "registered_on": date(2025, 12, 10),
            "registered_until": date(2026, 4, 1),
        },
        "The registration in force holds until 2026-04-01",
    ),
    "a breach": ({"host": "Self", "owns_housing": "no"}, "The host is the person, who does not own housing"),
    "nothing": ({"person_id": "N1", "relation": "Family"}, "Nothing comes next for this person."),
}


@pytest.mark.parametrize(("changes", "expected"), ANSWERS.values(), ids=ANSWERS.keys())
def test_what_comes_next_is_explained(changes: dict[str, Any], expected: str) -> None:
    made_of = family(sponsor_id="P1", **changes) if changes.get("relation") == "Family" else person(**changes)
    book = roster(made_of, person(), Settings=[heads("settings"), ["As of", day(AS_OF)], ["Reminder bands", 60]])
    assert expected in explained(book, f"{letter('next_due')}2")


@pytest.mark.parametrize("where", ["B2", "E2", "F2"])
def test_a_salary_notice_says_when_it_was_due(where: str) -> None:
    told = explained(roster(), where, "S")
    assert told.startswith("notice.salary (S23), event 2025Q1")
    assert "Due 2025-04-30" in told


ELSEWHERE = [("R", "A1"), ("R", "I3"), ("R", "A9"), ("F", "A1"), ("Settings", "B2"), ("R", "BB2")]


@pytest.mark.parametrize(("sheet", "where"), ELSEWHERE)
def test_any_other_cell_says_what_to_select(sheet: str, where: str) -> None:
    book = roster(person(), [None] * len(KEYS), person(person_id="P2"))
    assert explained(book, where, sheet) == say("pointed.elsewhere")


def test_no_selection_or_one_of_another_book_says_what_to_select() -> None:
    book = roster()
    assert acts.explain(macros.ExcelWindow(book)) == say("pointed.elsewhere")
    app_of(book).selection = made(name="other.xlsx", R=[heads("roster"), person()]).sheets["R"].range("I2").impl
    assert acts.explain(macros.ExcelWindow(book)) == say("pointed.elsewhere")


def test_a_blank_day_and_a_bad_one_are_said() -> None:
    book = roster(person(moved_on=None, entered_on="soon"))
    assert explained(book, f"{letter('moved_on')}2") == "«Moved on» is empty: nothing to count from yet."
    told = explained(book, f"{letter('entered_on')}2").splitlines()
    assert told[0].startswith("Data: Roster, row 2: column «Entered on» is not understood; expected a date: 31.12.2026")
    assert told[1:] == ["To do: Correct «Entered on»"]


# --- What is found ---------------------------------------------------------------------------------------------------

NOT_TOLD = person(concluded_notice_filed=None)
OVERDUE = [
    "To do: Notify the authority of the concluded agreement",
    "Counted from «Agreement signed»: 2025-01-20",
    "notice.concluded (S24), event 2025-01-20, edition card",
]


def test_a_marked_cell_says_what_is_wrong() -> None:
    """The notice that was not filed is looked for in the empty cell."""
    told = explained(roster(NOT_TOLD, Settings=ON_THAT_DAY), f"{letter('concluded_notice_filed')}2").splitlines()
    assert told[0].startswith("Violation: Notice of the concluded agreement was due 2025-01-22, 418 days ago")
    assert told[1:4] == OVERDUE
    assert "No deadline is counted" not in str(told)


def test_a_marked_day_says_what_is_wrong_and_what_is_counted_from_it() -> None:
    expired = person(permit_expires=date(2026, 3, 2), agreement_ends=date(2028, 3, 2))
    told = explained(roster(expired, Settings=ON_THAT_DAY), f"{letter('permit_expires')}2")
    wrong, _, counted = told.partition("\n\n")
    assert wrong.startswith("Violation: The permit expired on 2026-03-02 and the agreement runs on\nTo do: ")
    assert "Source: " in wrong
    assert counted.startswith("permit.renewal (S13)")


@pytest.mark.parametrize("key", ["status", "check"])
def test_status_and_check_say_each_finding(key: str) -> None:
    two = person(concluded_notice_filed=None, host="Self", owns_housing="no")
    told = explained(roster(two, Settings=ON_THAT_DAY), f"{letter(key)}2")
    assert told.splitlines()[0] == "P1: Overdue"
    assert told.splitlines()[2:4] == [OVERDUE[0], "Source: S24: HQS procedure card, notification 2 (the card)"]
    assert "\n\nViolation: The host is the person, who does not own housing\nTo do: " in told


def test_more_than_a_message_box_shows_are_counted() -> None:
    told = explained(roster(person(**dict.fromkeys(DATES, "soon"))), f"{letter('check')}2")
    found = len(re.findall(r"^(?:Data|Violation)", told, re.MULTILINE))
    assert found == 4
    assert re.search(r"\n\nand \d+ more$", told)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_of_findings_says_that_finding(lang: str) -> None:
    book = roster(person(), person(person_id="P2", concluded_notice_filed=None), lang=lang)
    macros.sync_roster(book, AS_OF, now=NOW)
    codes = [row[-1] for row in grid(book, "F")]
    told = explained(book, f"A{codes.index('notice.concluded.overdue') + 1}", "F").splitlines()
    assert told[0].startswith(f"{say('severity.violation', lang)}: {say('obligation.notice.concluded', lang)}")
    assert told[1] == say("pointed.to_do", lang, action=say("action.notice.concluded", lang))
    event = date(2025, 1, 20)
    assert told[2] == say("pointed.from", lang, column=say("header.agreement_signed", lang), event=event)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_found_in_two_columns_is_told_of_the_column_of_the_row(lang: str) -> None:
    book = roster(person(permit_filed="soon", visa_starts="soon"), lang=lang)
    macros.sync_roster(book, AS_OF, now=NOW)
    rows = [number for number, row in enumerate(grid(book, "F"), 1) if row[-1] == "data.not_a_date"]
    told = [explained(book, f"A{row}", "F").splitlines()[0] for row in rows]
    for line, key in zip(told, ("permit_filed", "visa_starts"), strict=True):
        assert f"«{say(f'header.{key}', lang)}»" in line
    book.sheets["R"].range(f"{letter('visa_starts')}2").value = datetime(2025, 2, 20)
    still, mended = (explained(book, f"A{row}", "F").splitlines()[0] for row in rows)
    assert still == told[0]
    assert mended == say("pointed.mended", lang)


def test_a_finding_that_was_mended_says_so() -> None:
    book = roster(NOT_TOLD)
    macros.sync_roster(book, AS_OF, now=NOW)
    book.sheets["R"].range(f"{letter('concluded_notice_filed')}2").value = datetime(2025, 1, 20)
    told = explained(book, "H2", "F").splitlines()
    assert told[0] == say("pointed.mended")
    assert told[1].startswith("Violation: Notice of the concluded agreement was due")


def test_a_finding_on_another_table_says_what_is_written() -> None:
    bad = [heads("salary"), ["P1", "spring", None, day(AS_OF), None, None]]
    book = roster(person(), S=bad)
    macros.sync_roster(book, AS_OF, now=NOW)
    (row,) = [number for number, cells in enumerate(grid(book, "F"), 1) if "spring" in str(cells) or cells[2] == "S"]
    told = explained(book, f"A{row}", "F")
    assert told.startswith("Data: Salary notices, row 2: column «Quarter»")
    assert "\nTo do: " in told
    assert say("pointed.mended") not in told


def test_it_is_explained_in_russian() -> None:
    book = roster(person(concluded_notice_filed=None), lang="ru")
    told = explained(book, f"{letter('next_due')}2")
    assert "Считаем от «Договор подписан»: 20.01.2025" in told
    assert "Основание: " in told


def test_explaining_writes_nothing() -> None:
    book = roster()
    explained(book, f"{letter('next_due')}2")
    assert app_of(book).done(*CHANGES) == []

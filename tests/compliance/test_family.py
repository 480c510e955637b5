"""A family member whose specialist's agreement has ended: asked about, whatever ended it, until they have left."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from hqs_xl.compliance.check import Report, check_roster, read_roster
from hqs_xl.functions import HQS_ANSWERS
from hqs_xl.law.rules import EDITIONS
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.rows import OneValue
from hqs_xl.texts import LANGUAGES
from tests.compliance.test_mutated_headers import Host, as_ods, as_xlsx, in_memory
from tests.compliance.test_rehired import FIRST, report, sheets
from tests.roster.books import MemoryBook
from tests.roster.people import AS_OF, FAMILY, SPECIALIST, Facts, checked

DAY = timedelta(days=1)
YESTERDAY = AS_OF - DAY
ENDED, UNTOLD = "family.sponsor_ended", "family.sponsor_ended_untold"
# Terminated on Sunday 2026-03-15: six weeks from Monday to Friday 2026-04-24, then thirty days, with that one or not.
LEAVE = {"card": None, "law": "2026-05-24", "careful": "2026-05-23"}
EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS)


def of_family(one: Report, person_id: str = "F1") -> list[Finding]:
    return [item for item in one.findings if item.person_id == person_id and item.code.startswith("family.")]


def told(specialist: Facts, family: Facts | None = None, **given: Any) -> list[Finding]:
    """What is found about the family of a specialist, whoever of the two stands above."""
    two = [SPECIALIST | specialist, FAMILY | (family or {})]
    found = [of_family(checked(people, **given)) for people in (two, two[::-1])]
    assert [one._replace(row=0) for one in found[0]] == [one._replace(row=0) for one in found[1]]
    return found[0]


def codes(specialist: Facts, family: Facts | None = None, **given: Any) -> list[str]:
    return [one.code for one in told(specialist, family, **given)]


@EACH_EDITION
@pytest.mark.parametrize("column", ["terminated_on", "agreement_ends"])
@pytest.mark.parametrize(
    ("last", "expected"),
    [(YESTERDAY, [ENDED]), (AS_OF, []), (AS_OF + DAY, []), (None, []), (date(2025, 3, 4), [ENDED])],
    ids=["the day before", "today", "tomorrow", "open-ended", "a year ago"],
)
def test_from_the_day_after_the_last(column: str, last: date | None, edition: str, expected: list[str]) -> None:
    assert codes({column: last}, edition=edition) == expected


SPECIALISTS: dict[str, tuple[Facts, list[str]]] = {
    "terminated before it was to end": ({"terminated_on": YESTERDAY, "agreement_ends": date(2030, 1, 1)}, [ENDED]),
    "terminated later than it was to end": ({"terminated_on": AS_OF, "agreement_ends": YESTERDAY}, []),
    "ends never": ({"agreement_ends": "31.12.9999"}, []),
    "a link to a blank cell": ({"terminated_on": 0, "agreement_ends": 0}, []),
    "as text": ({"terminated_on": "15.03.2026"}, [ENDED]),
    "a termination nobody can read": ({"terminated_on": "soon"}, [UNTOLD]),
    "so, though the agreement ran out": ({"terminated_on": "soon", "agreement_ends": YESTERDAY}, [UNTOLD]),
    "an end nobody can read": ({"agreement_ends": "see the order"}, [UNTOLD]),
    "so, though it was terminated": ({"agreement_ends": "?", "terminated_on": YESTERDAY}, [ENDED]),
    "so, though it will be terminated": ({"agreement_ends": "?", "terminated_on": AS_OF}, []),
    "nobody knows who it is": ({"relation": None, "terminated_on": YESTERDAY}, [ENDED]),
}


@EACH_EDITION
@pytest.mark.parametrize(("facts", "expected"), SPECIALISTS.values(), ids=SPECIALISTS)
def test_by_the_specialist(facts: Facts, expected: list[str], edition: str) -> None:
    assert codes(facts, edition=edition) == expected


MEMBERS: dict[str, tuple[Facts, list[str]]] = {
    "left": ({"left_on": date(2026, 3, 2)}, []),
    "left today": ({"left_on": AS_OF}, []),
    "is to leave tomorrow": ({"left_on": AS_OF + DAY}, [ENDED]),
    "left, and entered again": ({"left_on": date(2026, 1, 5)}, [ENDED]),
    "not here yet": ({"entered_on": None, "registered_on": None, "registered_until": None}, [ENDED]),
    "whether they left can't be read": ({"left_on": "in spring"}, [ENDED]),
    "of somebody else": ({"sponsor_id": "P9"}, ["family.no_sponsor"]),
    "of nobody": ({"sponsor_id": None}, ["family.no_sponsor"]),
    "of nobody who can be read": ({"sponsor_id": "#N/A"}, []),
    "no family": ({"relation": "HQS"}, []),
}


@pytest.mark.parametrize(("facts", "expected"), MEMBERS.values(), ids=MEMBERS)
def test_by_the_family_member(facts: Facts, expected: list[str]) -> None:
    assert codes({"terminated_on": YESTERDAY}, facts) == expected


@EACH_EDITION
def test_it_is_a_question_with_the_day_to_leave_where_the_edition_has_one(edition: str) -> None:
    (one,) = told({"terminated_on": YESTERDAY}, edition=edition)
    assert (one.severity, one.column, one.due, one.days) == (Severity.ASK, "sponsor_id", None, None)
    assert "«P1» ended 2026-03-15" in one.message
    assert "Left on" in one.action
    last = LEAVE[edition]
    assert (f"has to leave by {last}" in one.message, "UNVERIFIED" in one.message) == ((last is not None,) * 2)
    assert ("Law 316-FZ" in one.source) is (last is not None)
    # The specialist's own is the same day.
    own = [
        item.due
        for item in checked([SPECIALIST | {"terminated_on": YESTERDAY}], edition=edition, bands=(90,)).findings
        if item.code == "leave.due"
    ]
    assert own == ([date.fromisoformat(last)] if last else [])


@EACH_EDITION
def test_of_one_that_ran_out_no_source_says_by_when(edition: str) -> None:
    (one,) = told({"agreement_ends": YESTERDAY}, edition=edition)
    assert "no rule of this edition says" in one.message
    assert "316-FZ" not in one.source


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("column", ["terminated_on", "agreement_ends"])
def test_which_cell_of_the_specialist_can_not_be_read(column: str, lang: str) -> None:
    (one,) = told({column: "soon"}, lang=lang)
    header = {"terminated_on": "Terminated on", "agreement_ends": "Agreement ends"}
    headers = {"en": header, "ru": {"terminated_on": "Уволен", "agreement_ends": "Договор до"}}
    assert one.severity is Severity.DATA
    assert f"«{headers[lang][column]}»" in one.message


def test_nothing_is_broken_and_the_row_says_it() -> None:
    specialist = SPECIALIST | {"terminated_on": YESTERDAY, "terminated_notice_filed": AS_OF}
    one = checked([specialist, FAMILY])
    assert not one.violated
    assert "«P1» ended 2026-03-15" in one.agenda[1].check
    assert "ended" not in one.agenda[0].check


def test_whether_they_left_can_not_be_read() -> None:
    (one,) = told({"terminated_on": YESTERDAY}, {"left_on": "in spring"})
    assert one.message.endswith("found without «Left on», where nothing can be read")


def test_only_of_those_who_name_the_specialist() -> None:
    other = SPECIALIST | {"person_id": "P2", "sponsor_id": "P1"}  # that is no family of anybody
    families = [FAMILY, FAMILY | {"person_id": "F2", "sponsor_id": "P2"}, FAMILY | {"person_id": "F3"}]
    one = checked([other, *families, SPECIALIST | {"terminated_on": YESTERDAY}])
    assert [(item.person_id, item.code) for item in one.findings if item.code.startswith("family.")] == [
        ("F1", ENDED),
        ("F3", ENDED),
    ]


# --- A specialist in several rows ------------------------------------------------------------------------------------

# The first agreement ended on 2024-08-30.
ROWS: dict[str, tuple[list[Facts], list[str]]] = {
    "hired again": ([FIRST, SPECIALIST], []),
    "hired again, and that ended too": ([FIRST, SPECIALIST | {"terminated_on": YESTERDAY}], ["2026-03-15"]),
    "and that ran out today": ([FIRST, SPECIALIST | {"agreement_ends": AS_OF}], []),
    "to begin tomorrow": (
        [FIRST, {"person_id": "P1", "relation": "HQS", "agreement_signed": AS_OF, "agreement_starts": AS_OF + DAY}],
        [],
    ),
    "two people under one id, one still works": (
        [FIRST | {"full_name": "Ann Ash"}, SPECIALIST | {"full_name": "Bob Birch"}],
        [],
    ),
    "two people under one id, nobody works": (
        [
            FIRST | {"full_name": "Ann Ash"},
            SPECIALIST | {"full_name": "Bob Birch", "agreement_ends": date(2025, 12, 31)},
        ],
        ["2025-12-31"],
    ),
    "once more without any day": ([FIRST, {"person_id": "P1", "relation": "HQS"}], []),
}


@pytest.mark.parametrize(("rows", "expected"), ROWS.values(), ids=ROWS)
def test_the_last_of_several_rows_counts(rows: list[Facts], expected: list[str]) -> None:
    for people in ([*rows, FAMILY], [*rows[::-1], FAMILY], [FAMILY, *rows], [rows[0], FAMILY, *rows[1:]]):
        found = of_family(report(*people))
        assert [one.code for one in found] == [ENDED] * len(expected)
        for one, day in zip(found, expected, strict=True):
            assert f"ended {day}," in one.message


# --- From books ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", [in_memory, as_xlsx, as_ods])
def test_from_a_book(host: Host) -> None:
    roster = host(sheets(FAMILY, SPECIALIST | {"terminated_on": YESTERDAY}))
    found = of_family(check_roster(roster, roster.other.settings_for(AS_OF)))
    assert [one.code for one in found] == [ENDED]


@pytest.mark.parametrize("merged", [True, False])
def test_a_cell_that_only_seems_blank_is_told(*, merged: bool) -> None:
    grids = sheets(SPECIALIST | {"person_id": "P2", "terminated_on": AS_OF}, SPECIALIST, FAMILY)
    place = grids["R"][0].index("terminated_on")
    book = MemoryBook(grids, one_valued={"R": [OneValue(2, 3, place, place, merged=merged)]})
    roster = read_roster(book)
    assert [one.code for one in of_family(check_roster(roster, roster.other.settings_for(AS_OF)))] == [UNTOLD]


def test_a_roster_without_those_columns_says_nothing_of_it() -> None:
    gone = {"agreement_ends", "terminated_on"}
    one = report(*({key: day for key, day in facts.items() if key not in gone} for facts in (SPECIALIST, FAMILY)))
    assert of_family(one) == []
    assert any(set(part.columns) >= gone and part.what == "sponsor" for part in one.coverage.not_checked)


def test_the_function_of_a_block_says_it() -> None:
    grid = sheets(SPECIALIST | {"terminated_on": YESTERDAY}, FAMILY)
    block = [["" if cell is None else cell for cell in (*row, None, None)] for row in grid["R"][1:]]
    answers: Any = HQS_ANSWERS([grid["R"][0]], block, AS_OF, "law", "en", grid["S"], None, None)
    assert "«P1» ended 2026-03-15" in str(answers[1])

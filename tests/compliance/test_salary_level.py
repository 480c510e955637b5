"""The salary level: a word before the notice is filed, where the edition has a threshold and the table an amount."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from hqs_xl.roster.findings import Finding
from hqs_xl.texts import LANGUAGES
from tests.roster.people import FILED, SPECIALIST, Facts, checked

# Everything filed but 2025Q4, on a day on which that notice may still be filed.
DAY = date(2026, 1, 26)
BEFORE = {quarter: day for quarter, day in FILED.items() if quarter != "2025Q4"}


def told(
    paid: Any, changes: Facts | None = None, *, edition: str = "law", quarter: str = "2025Q4", **more: Any
) -> list[Finding]:
    """What is said of the salary paid for a quarter."""
    notice = {"person_id": "P1", "quarter": quarter, "salary_paid": paid} | more.pop("notice", {})
    given = {"as_of": DAY, "edition": edition} | more
    report = checked([SPECIALIST | (changes or {})], BEFORE, [notice], **given)
    return [finding for finding in report.findings if finding.code.startswith("salary.")]


@pytest.mark.parametrize(
    ("paid", "found"),
    [(749_999.99, True), (750_000, False), (750_001, False), (0, True), ("749 999,99", True), (None, False)],
)
@pytest.mark.parametrize("edition", ["law", "careful"])
def test_below_the_threshold(paid: Any, found: bool, edition: str) -> None:
    assert [finding.code for finding in told(paid, edition=edition)] == ["salary.below"] * found


def test_the_card_has_no_threshold() -> None:
    assert told(1, edition="card") == []


def test_what_it_says_and_where_it_stands() -> None:
    (finding,) = told(600_000)
    assert (finding.severity, finding.column, finding.table, finding.row) == ("due", "salary_paid", "salary", 5)
    assert (finding.due, finding.days) == (date(2026, 1, 30), 4)
    assert "2025Q4 is below the 750\u00a0000 RUB" in finding.message
    assert "Law 316-FZ of 2023" in finding.source
    assert "before the notice is filed" in finding.action


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_salary_stands_in_it_and_no_verdict(lang: str) -> None:
    for quarter, changes in (("2025Q4", {}), ("2025Q4", {"agreement_ends": date(2025, 11, 30)})):
        (finding,) = told(612_345, changes, quarter=quarter, lang=lang)
        assert "612" not in finding.message + finding.action
        assert not re.search("must|illegal|violat|наруш|обязан", finding.message + finding.action)


@pytest.mark.parametrize(
    ("notice", "as_of"),
    [
        ({"filed_on": date(2026, 1, 20)}, DAY),
        ({"filed_on": "soon"}, DAY),
        ({}, date(2025, 12, 31)),
        ({"salary_paid": "much"}, DAY),
    ],
    ids=["filed", "unread day", "the quarter runs", "unread amount"],
)
def test_nothing_is_said(notice: Facts, as_of: date) -> None:
    assert told(1, notice=notice, as_of=as_of) == []


@pytest.mark.parametrize("as_of", [date(2026, 1, 1), date(2026, 3, 16)])
def test_it_is_said_from_the_quarters_end_until_the_notice_is_filed(as_of: date) -> None:
    assert [finding.code for finding in told(1, as_of=as_of)] == ["salary.below"]


def test_a_filing_in_the_future_is_none() -> None:
    assert told(1, notice={"filed_on": date(2026, 1, 28)})


@pytest.mark.parametrize(
    ("changes", "worked"),
    [
        ({"agreement_ends": date(2025, 12, 30)}, 91),
        ({"terminated_on": date(2025, 10, 1)}, 1),
        ({"agreement_starts": date(2025, 10, 2), "work_started": date(2025, 10, 2)}, 91),
        ({"agreement_starts": date(2025, 11, 1), "terminated_on": date(2025, 11, 30)}, 30),
    ],
)
def test_a_partial_quarter_is_named_as_such(changes: Facts, worked: int) -> None:
    (finding,) = told(100, changes)
    assert finding.code == "salary.below_partial"
    assert f"the agreement ran on {worked} of its 92 days" in finding.message
    assert "was not verified" in finding.message


@pytest.mark.parametrize(
    "changes", [{"terminated_on": date(2025, 9, 30)}, {"agreement_starts": date(2026, 1, 1)}, {"relation": "Family"}]
)
def test_a_quarter_without_the_agreement_is_none(changes: Facts) -> None:
    assert told(100, changes) == []


def test_who_has_left_still_has_a_notice_to_come() -> None:
    gone = {"left_on": date(2026, 1, 10), "terminated_on": date(2025, 12, 31)}
    assert [finding.code for finding in told(100, gone)] == ["salary.below"]


@pytest.mark.parametrize(
    ("paid", "edition", "code"),
    [
        (583_999, "law", ["salary.below_changed"]),
        (584_000, "law", []),
        (749_999, "careful", ["salary.below_changed"]),
        (750_000, "careful", []),
    ],
)
def test_the_quarter_in_which_the_threshold_changed(paid: int, edition: str, code: list[str]) -> None:
    since = dict.fromkeys(("agreement_signed", "agreement_starts", "work_started"), date(2023, 12, 1))
    found = told(paid, since, edition=edition, quarter="2024Q1", as_of=date(2024, 4, 22))
    assert [finding.code for finding in found] == code
    assert all("Law 316-FZ of 2023" in finding.source for finding in found)


@pytest.mark.parametrize(
    ("paid", "edition", "code"),
    [
        (1_216_999, "law", ["salary.below_changed"]),
        (1_217_000, "law", []),
        (2_150_999, "careful", ["salary.below_changed"]),
        (2_151_000, "careful", []),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_quarter_of_the_threshold_of_2027_names_both_readings(
    paid: int, edition: str, code: list[str], lang: str
) -> None:
    found = told(paid, edition=edition, quarter="2027Q1", as_of=date(2027, 4, 12), lang=lang)
    assert [finding.code for finding in found] == code
    for finding in found:
        law = {"en": "Law 241-FZ of 2026-07-26", "ru": "Федеральный закон от 26.07.2026 № 241-ФЗ"}
        assert law[lang] in finding.source
        assert re.search(
            r"1\u00a0217\u00a0000 \S+ \(\S+ law\).* 2\u00a0151\u00a0000 \S+ \(\S+ careful\)", finding.message
        )


@pytest.mark.parametrize(
    ("quarter", "paid", "code"),
    [
        ("2026Q4", 749_999, ["salary.below"]),
        ("2026Q4", 750_000, []),
        ("2027Q2", 2_150_999, ["salary.below"]),
        ("2027Q2", 2_151_000, []),
    ],
)
@pytest.mark.parametrize("edition", ["law", "careful"])
def test_the_quarters_before_and_after_it(quarter: str, paid: int, code: list[str], edition: str) -> None:
    as_of = date(2027, 1, 11) if quarter == "2026Q4" else date(2027, 7, 12)
    assert [finding.code for finding in told(paid, edition=edition, quarter=quarter, as_of=as_of)] == code


def test_the_source_is_that_of_the_quarter_and_not_of_its_notice() -> None:
    """The notice for 2015Q1 was due on 30 April 2015, when a new threshold was six days old."""
    since = dict.fromkeys(("agreement_signed", "agreement_starts", "work_started"), date(2014, 12, 1))
    (finding,) = told(1, since, quarter="2015Q1", as_of=date(2015, 4, 27))
    assert "Law 86-FZ" in finding.source
    assert "500\u00a0000 RUB" in finding.message

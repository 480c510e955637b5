"""A document open in LibreOffice: what is read of it, that answers reach their cells and no others, and one undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from hqs_xl.compliance.check import Report, check_roster, read_roster
from hqs_xl.demo.roster_file import write_demo
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.roster.columns import FINDINGS, ROSTER, answers
from hqs_xl.texts import say
from tests.calc.office import Office
from tests.roster_files import write
from tests.rosters import AS_OF, family, heads, notices, person
from tests.urgency import urgent_first

BOOKS = "tests.calc.books"


# --- Reading -------------------------------------------------------------------------------------------------------

READ: dict[str, tuple[Mapping[str, Any], Mapping[str, str], dict[str, dict[str, list[str]]]]] = {
    "texts and numbers": (
        {"A1": "x", "B1": 2.5, "C1": "001"},
        {},
        {"1": {"0": ["str", "x"], "1": ["float", "2.5"], "2": ["str", "001"]}},
    ),
    "a blank and a formula that comes to one": ({"A1": "x", "B1": '=""', "C2": "y"}, {}, {"1": {"0": ["str", "x"]}}),
    "a date is its serial number": ({"A1": 46097}, {"A1": "YYYY-MM-DD"}, {"1": {"0": ["float", "46097.0"]}}),
    "true, typed and counted": (
        {"A1": "=TRUE()", "B1": 1, "C1": 1},
        {"C1": "BOOLEAN"},
        {"1": {"0": ["bool", "True"], "1": ["float", "1.0"], "2": ["bool", "True"]}},
    ),
    "an error, of whatever kind": (
        {"A1": "=NA()", "B1": "=1/0", "C1": "=HQS_NOBODY(1)"},
        {},
        {"1": {"0": ["str", "#VALUE!"], "1": ["str", "#VALUE!"], "2": ["str", "#VALUE!"]}},
    ),
    "what moves with the day is no number": (
        {"A1": "As of", "B1": "=TODAY()", "C1": "=NOW()-1", "D1": "=TODAY()-TODAY()+5"},
        {},
        {"1": {"0": ["str", "As of"], **{key: ["MovingNumber", "0.0"] for key in "12"}, "3": ["MovingNumber", "5.0"]}},
    ),
    "not from the corner": ({"C5": "x"}, {}, {"5": {"2": ["str", "x"]}}),
    "nothing": ({}, {}, {}),
}


@pytest.mark.parametrize(("cells", "formats", "expected"), READ.values(), ids=READ)
def test_cells_come_as_a_closed_file_has_them(
    office: Office, cells: Mapping[str, Any], formats: Mapping[str, str], expected: Any
) -> None:
    found = office.run(BOOKS, "read", cells=cells, formats=formats)
    assert {number: row for number, row in found["rows"].items() if "0" in row or number == "5"} == expected


def test_a_fact_that_refers_to_the_day_of_the_count_is_none(office: Office) -> None:
    moving = ["=$O.$A$1", "=MIN($O.A1;$O.B1)", "=ADay", "=InAWeek", "=$O.A3", "=MAX($'O'.A1:A3)"]
    staying = ["=$O.B1", "=$O.A2", "=IF($O.$A$1>$O.B1;$O.B1;0)", "=46000+30"]
    found = office.run(BOOKS, "facts", formulas=[*moving, *staying])
    assert found == [["moving"]] * len(moving) + [[]] * len(staying)


def test_days_that_count_from_1904_come_as_dates(office: Office) -> None:
    cells = {"A1": 44635, "B1": 44635, "C1": "=DATE(2026;3;16)", "D1": "x"}
    found = office.run(BOOKS, "read", cells=cells, formats={"A1": "YYYY-MM-DD"}, day_zero=[1904, 1, 1])
    row = found["rows"]["1"]
    assert found["date1904"]
    assert (row["0"], row["1"]) == (["datetime", "2026-03-16 00:00:00"], ["float", "44635.0"])
    assert row["2"] == ["datetime", "2026-03-16 00:00:00"]


def test_days_that_count_from_1900_are_refused_in_words(office: Office) -> None:
    found = office.run(BOOKS, "read", cells={"A1": 1}, day_zero=[1900, 1, 1])
    assert "counts its days from 1900-01-01" in found["refused"]


# --- Answers ---------------------------------------------------------------------------------------------------------

DAY = ["day", 2026, 3, 16]
HEAD = {"A1": "A", "B1": "B", "C1": "C", "D1": "D"}


def edit(office: Office, cells: Mapping[str, Any], answers: Mapping[int, Sequence[Any]], **more: Any) -> Any:
    return office.run(BOOKS, "edit", cells=HEAD | dict(cells), answers=answers, **more)


def test_neighbours_and_days_are_written_and_one_step_undoes_them(office: Office) -> None:
    done = edit(office, {"A2": "p", "B2": 1, "A3": "q", "E3": "mine"}, {2: [5, "OK", DAY], 3: [6, None, DAY]})
    assert done["shown"][1:3] == [["p", "5", "OK", "2026-03-16", ""], ["q", "6", "", "2026-03-16", "mine"]]
    assert (done["changed"], done["modified"], done["again"]) == (True, True, False)
    assert done["steps"] == ["HQS: test"]
    assert done["undone"]


def test_a_step_that_was_undone_is_done_again_to_the_last_blank(office: Office) -> None:
    done = edit(office, {"A2": "p", "B2": 1, "C2": "gone", "A3": "q"}, {2: [5, None], 3: [None, "OK"]})
    assert done["shown"][1][:3] == ["p", "5", ""]
    assert (done["undone"], done["redone"]) == (True, True)


def test_a_date_format_of_the_users_stays(office: Office) -> None:
    done = edit(office, {"A2": "p", "A3": "q"}, {2: [DAY], 3: [DAY]}, formats={"B2": "DD.MM.YYYY"})
    assert [row[1] for row in done["shown"][1:3]] == ["16.03.2026", "2026-03-16"]


def test_what_stands_there_already_leaves_the_document_unmodified(office: Office) -> None:
    done = edit(office, {"A2": "p", "B2": 5, "C2": "OK", "D2": 46097}, {2: [5, "OK", DAY]})
    assert (done["changed"], done["modified"], done["steps"]) == (False, False, [])


TEXTS = {
    "a number": "001",
    "a formula": "=1+1",
    "an array": "{=1+1}",
    "an hour": "2026-03-16 07:30",
    "a Russian day": "16.03.2026",
    "true": "TRUE",
    "an apostrophe": "'x",
    "a sentence": "Notice was due 2026-03-16; file it",
    "long": "x1" * 10_000,
}


@pytest.mark.parametrize("noted", [False, True], ids=["", "beside a comment"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_stays_the_text_it_is(office: Office, text: str, noted: bool) -> None:
    done = edit(office, {"A2": "p"} | ({"C2": None} if noted else {}), {2: [text, "OK"]})
    assert (done["shown"][1][1], done["types"][1]) == (text, "TEXT")
    assert not done["again"]
    assert done["undone"]


def test_comments_of_answered_cells_stay(office: Office) -> None:
    cells = {"A2": "p", "A3": "q", "A4": "r", "B3": None, "C3": "old"}
    done = edit(office, cells, {number: [number, "OK"] for number in (2, 3, 4)})
    assert [row[1:3] for row in done["shown"][1:4]] == [["2", "OK"], ["3", "OK"], ["4", "OK"]]
    assert done["notes"] == 1
    assert done["undone"]


OURS = {
    "a function": "=HQS_RENEWAL_DUE(A2)",
    "in small letters": "=hqs_renewal_due(A2)",
    "a name": "=INDEX(HQS_LINES;1)",
    "an array": "{=HQS_ANSWERS(A1:A1;A2:A3)}",
}


@pytest.mark.parametrize("formula", OURS.values(), ids=OURS)
def test_a_formula_of_ours_counts_itself(office: Office, formula: str) -> None:
    place = "B2:B3" if formula.startswith("{") else "B2"
    done = edit(office, {"A2": "p", "A3": "q", place: formula}, {2: [9, "OK"], 3: [9, "OK"]})
    assert done["types"][1] == "FORMULA"
    assert [row[2] for row in done["shown"][1:3]] == ["OK", "OK"]


def test_an_error_that_is_no_formulas_is_written_over(office: Office) -> None:
    done = edit(office, {"A2": "p", "B2": "=#N/A"}, {2: ["OK"]})
    assert (done["types"][1], done["undone"]) == ("TEXT", True)


FOREIGN = {"a formula": ("C3", "=B3*2"), "an array": ("C2:C3", "{=B2:B3*2}")}


@pytest.mark.parametrize(("place", "formula"), FOREIGN.values(), ids=FOREIGN)
def test_a_foreign_formula_is_refused_before_anything_is_written(office: Office, place: str, formula: str) -> None:
    done = edit(office, {"A2": "p", "A3": "q", place: formula}, {2: [9], 3: [9, 9]})
    assert "cell C3: a formula of your own" in done["refused"]
    assert (done["modified"], done["steps"], done["undone"]) == (False, [], True)


def test_a_protected_sheet_is_refused_before_anything_is_written(office: Office) -> None:
    done = edit(office, {"A2": "p"}, {2: [9]}, locked="sheet")
    assert "the sheet «S» is protected" in done["refused"]
    assert (done["modified"], done["steps"], done["undone"]) == (False, [], True)


def test_a_protected_sheet_nothing_is_written_to_is_none_of_our_business(office: Office) -> None:
    assert edit(office, {"A2": "p", "B2": 9}, {2: [9]}, locked="sheet")["changed"] is False


# --- Tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [None, 1, 5])
@pytest.mark.parametrize(("before", "after"), [(0, 3), (2, 5), (5, 2), (3, 0)])
def test_findings_are_written_anew(office: Office, before: int, after: int, rows: int | None) -> None:
    rows = None if rows is None else max(rows, before)
    done = office.run(BOOKS, "rewrite", before=before, after=after, table_rows=rows)
    assert [text for text in done["first"] if text] == [f"new {number}" for number in range(1, after + 1)]
    assert done["end"] == (None if rows is None else max(after, 1) + 1)
    assert done["due"] == ("2026-03-16" if after else "")
    assert done["undone"]


def test_findings_do_not_grow_over_what_stands_below(office: Office) -> None:
    done = office.run(BOOKS, "rewrite", before=2, after=4, table_rows=2, below="C5")
    assert "row 5: " in done["refused"]
    assert done["same"]


def test_a_new_table_gets_a_sheet_at_the_end_and_the_user_keeps_the_old_in_front(office: Office) -> None:
    done = office.run(BOOKS, "new_table")
    assert (done["sheets"], done["front"]) == (["A", "Findings", "Findings2"], "A")
    assert done["tables"] == ["FINDINGS", "Findings2"]
    heads, row = done["shown"]
    assert heads == [column.header() for column in FINDINGS]
    found = dict(zip([column.key for column in FINDINGS], row, strict=True))
    assert (found["person_id"], found["due"], found["message"]) == ("007", "2026-03-16", "=1+1")
    assert done["undone"] == [["A", "Findings"], ["FINDINGS"]]


def test_what_fails_half_way_leaves_the_document_as_it_was(office: Office) -> None:
    done = office.run(BOOKS, "new_table", fails=True)
    assert done["failed"]
    assert (done["sheets"], done["tables"]) == (["A", "Findings"], ["FINDINGS"])
    assert (done["modified"], done["counts"]) == (False, True)


def test_a_protected_order_of_sheets_is_refused_in_words(office: Office) -> None:
    done = office.run(BOOKS, "new_table", locked=True)
    assert "the order of the sheets is protected" in done["refused"]
    assert (done["sheets"], done["modified"]) == (["A", "Findings"], False)


# --- The check is that of hqs-xl check ----------------------------------------------------------------------------


def report_of(file: Path) -> Report:
    with ClosedBook(file) as book:
        found = read_roster(book)
    return check_roster(found, found.other.settings_for(AS_OF))


def plain(value: Any) -> Any:
    """As a cell delivers it."""
    if isinstance(value, date):
        return float(value.toordinal() - date(1899, 12, 30).toordinal())
    return None if value == "" else float(value) if isinstance(value, int) else value


def checked(office: Office, file: Path) -> Any:
    done = office.run(BOOKS, "checked", file=str(file))
    assert done["again"] is False, "a second check writes nothing"
    assert done["steps"] == ["HQS"]
    return done


def same_as_the_check(done: Any, report: Report, lang: str, sheet: str) -> None:
    """Answers beside each person, and findings, are those of the report."""
    rows = done["sheets"][sheet]
    places = {column.key: str(place) for place, column in enumerate(ROSTER)}
    for line in report.agenda:
        for column in answers("roster"):
            told = rows[str(line.row)].get(places[column.key])
            assert told == plain(getattr(line, column.key)), (line.person_id, column.key)
    found = done["sheets"][say("table.findings", lang)]
    keys = [str([column.key for column in FINDINGS].index(key)) for key in ("person_id", "row", "due", "message")]
    told = [tuple(row.get(key) for key in keys) for number, row in found.items() if number != "1"]
    ordered = urgent_first(report.findings, report.settings.as_of)
    assert told == [(one.person_id or None, plain(one.row), plain(one.due), one.message) for one in ordered]
    assert done["people"] == report.people


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_demo_is_answered_as_by_the_check(office: Office, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "demo.xlsx"
    write_demo(file, AS_OF, 64, lang)
    same_as_the_check(checked(office, file), report_of(file), lang, say("table.roster", lang))


def saved(file: Path, *people: list[Any], epoch: Any = None) -> Path:
    """A roster of plain ranges, as nobody's program in particular writes it."""
    book = Workbook()
    if epoch:
        book.epoch = epoch
    for name, rows in {"R": [heads("roster"), *people], "S": [heads("salary"), *notices(), *notices("P2")]}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(file)
    return file


def test_merged_cells_are_said_as_by_the_check(office: Office, tmp_path: Path) -> None:
    file = saved(tmp_path / "m.xlsx", person(), person(person_id="P2"), person(person_id="P3"))
    book = load_workbook(file)
    for area in ("U2:U3", "AE3:AF4", "K4:L4"):
        book["R"].merge_cells(area)
    book.save(file)
    report = report_of(file)
    assert {one.row for one in report.findings if one.code == "data.merged"} == {3, 4}
    same_as_the_check(checked(office, file), report, "en", "R")


PEOPLE = {
    "in order": [person()],
    "a family": [person(), family()],
    "something to do": [person(concluded_notice_filed=None), person(person_id="P2", policy_ends=date(2026, 3, 1))],
    "broken rows": [
        person(person_id="P2", policy_ends="#N/A", concluded_notice_filed=None),
        person(person_id="P1", agreement_signed="soon"),
        person(person_id="P1"),
        person(person_id=None),
        person(person_id=7.0, relation=True, host="Landlord", visa_required=True),
    ],
}


@pytest.mark.parametrize("people", PEOPLE.values(), ids=PEOPLE)
def test_rosters_in_plain_ranges_are_answered_as_by_the_check(
    office: Office, tmp_path: Path, people: list[list[Any]]
) -> None:
    file = saved(tmp_path / "roster.xlsx", *people)
    same_as_the_check(checked(office, file), report_of(file), "en", "R")


def test_a_workbook_of_1904_is_answered_as_by_the_check(office: Office, tmp_path: Path) -> None:
    from openpyxl.utils.datetime import MAC_EPOCH  # noqa: PLC0415

    file = saved(tmp_path / "roster.xlsx", *PEOPLE["something to do"], epoch=MAC_EPOCH)
    assert load_workbook(file).epoch == MAC_EPOCH
    report, done = report_of(file), checked(office, file)
    told = [row.get(str(len(ROSTER) - 2)) for number, row in done["sheets"]["R"].items() if number != "1"]
    assert told == [line.status for line in report.agenda]
    due = str([column.key for column in ROSTER].index("next_due"))
    days = [str(row.get(due))[:10] for number, row in done["sheets"]["R"].items() if number != "1"]
    assert days == [str(line.next_due) for line in report.agenda]


def test_no_roster_is_said_and_nothing_written(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["x"])
    book.save(tmp_path / "other.xlsx")
    done = office.run(BOOKS, "checked", file=str(tmp_path / "other.xlsx"))
    assert done["refused"].startswith("other.xlsx: no roster found")
    assert (done["modified"], list(done["sheets"])) == (False, ["Sheet"])


EDITION_FILE = """edition = "own"
[[notice.concluded.value]]
count = [{ number = 1, unit = "working day" }]
source = "our house rule"
checked = 2026-11-28
"""


@pytest.mark.parametrize(("file", "said"), [("ours.toml", "own"), ("nobody.toml", "there is no such file")])
def test_an_edition_file_beside_the_document_is_gone_by(office: Office, tmp_path: Path, file: str, said: str) -> None:
    (tmp_path / "ours.toml").write_text(EDITION_FILE, "utf-8")
    settings = [heads("settings", "en"), ["Edition file", file]]
    write(tmp_path / "r.xlsx", R=[heads("roster", "en"), person()], Settings=settings)
    done = office.run(BOOKS, "checked", file=str(tmp_path / "r.xlsx"))
    assert said in done.get("edition", done.get("refused", ""))

"""Notice data: each field from its place, what is missing, the form of the day, and no name but where it is asked."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hqs_xl.cli.program import main
from hqs_xl.compliance.check import Roster, read_roster
from hqs_xl.errors import EditionError, HqsError
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.law import Quarter
from hqs_xl.output.notice import Notice, form_of, forms_and_fields, notice, read_notices
from hqs_xl.output.notice_file import KINDS
from hqs_xl.output.notice_html import html
from hqs_xl.output.notice_words import words as in_words
from hqs_xl.output.notice_xlsx import workbook
from hqs_xl.roster.employer import FIELDS
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.texts import LANGUAGES, say
from tests.programs import needs_validator, validator_errors
from tests.roster.people import FAMILY, SPECIALIST, Facts, settings
from tests.roster_files import roster_file, write

EMPLOYER = {key: f"our {key}" for key in FIELDS}


def data(
    kind: str,
    changes: Facts | None = None,
    employer: Mapping[str, Any] = EMPLOYER,
    quarter: str = "",
    *,
    person: str = "P1",
    lang: str = "en",
    salary: Facts | None = None,
    **given: Any,
) -> Notice:
    roster = Roster([], Gathered())
    for row, facts in enumerate([SPECIALIST | {"full_name": "Amber Quill"} | (changes or {}), FAMILY], 2):
        roster.people.append(read(Person, row, facts))
        roster.other.take("roster", row, facts)
    for row, (key, value) in enumerate(employer.items(), 2):
        label = say(f"employer.{key}", lang) if key in FIELDS else key
        roster.other.take("employer", row, {"employer_field": label, "value": value})
    if salary:
        roster.other.take("salary", 2, {"person_id": "P1"} | salary)
    return notice(roster, settings(lang=lang, **given), person, kind, Quarter.parse(quarter) if quarter else None)


def values(found: Notice) -> dict[str, Any]:
    return {field.label: field.value for field in found.fields}


# --- Fields ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_employer_is_filled_from_its_table_in_either_language(kind: str, lang: str) -> None:
    found = values(data(kind, lang=lang))
    for key in ("name", "inn", "ogrn", "activity", "address", "phone"):
        assert found[say(f"notice.field.employer_{key}", lang)] == f"our {key}"
    assert found[say("notice.field.authority", lang)] == "our authority"


@pytest.mark.parametrize(
    ("kind", "changes", "label", "value"),
    [
        ("concluded", {}, "Agreement concluded on", date(2025, 1, 20)),
        ("concluded", {}, "Person: surname, given names", "Amber Quill"),
        ("concluded", {"citizenship": "India"}, "Person: citizenship", "India"),
        ("concluded", {}, "Work permit: valid from", date(2025, 3, 3)),
        ("concluded", {}, "Work permit: valid until", date(2028, 3, 2)),
        ("terminated", {"terminated_on": date(2026, 3, 13)}, "Agreement ended on", date(2026, 3, 13)),
        ("terminated", {"agreement_ends": date(2026, 3, 12)}, "Agreement ended on", date(2026, 3, 12)),
        ("salary", {}, "Quarter reported", "2025Q4"),
    ],
)
def test_the_rest_from_the_roster(kind: str, changes: Facts, label: str, value: object) -> None:
    assert values(data(kind, changes))[label] == value


def test_the_salary_is_that_of_the_quarter() -> None:
    label = "Salary paid in the quarter, RUB before tax"
    paid = {"quarter": "2025Q3", "salary_paid": "750 000,50"}
    assert values(data("salary", quarter="2025Q3", salary=paid))[label] == 750000.5
    assert values(data("salary", quarter="2025Q2", salary=paid))[label] is None
    assert label not in values(data("concluded", salary=paid))


@pytest.mark.parametrize(
    ("as_of", "quarter"), [(date(2026, 1, 1), "2025Q4"), (date(2026, 3, 31), "2025Q4"), (date(2026, 4, 1), "2026Q1")]
)
def test_without_a_quarter_it_is_the_last_one_over(as_of: date, quarter: str) -> None:
    assert values(data("salary", as_of=as_of))["Quarter reported"] == quarter


def test_what_is_missing_is_listed_and_nothing_else() -> None:
    found = data("concluded", {"full_name": None}, employer={"inn": "#N/A", "name": " ", "phone": 123.0})
    assert set(found.missing) == {
        *("Employer: full name", "Employer: INN", "Employer: OGRN", "Employer: main activity (OKVED)"),
        *("Employer: address", "Person: surname, given names", "Person: citizenship"),
        *("Person: date and place of birth", "Person: passport, number, issued when and by whom"),
        *("Work permit: kind and series", "Work permit: number", "Profession by the agreement"),
        *("Employer: legal person, entrepreneur or other", "Contract: labour or civil", "Address of the workplace"),
        "Signed by: name and post",
    }
    assert values(found)["Employer: phone"] == "123"


def test_without_an_authority_of_ones_own_it_is_the_rules() -> None:
    found = values(data("concluded", employer={}))
    assert found["Authority the notice goes to"].startswith("Ministry of Internal Affairs (MVD)")
    old = values(data("concluded", employer={}, as_of=date(2016, 4, 4)))
    assert old["Authority the notice goes to"].startswith("Federal Migration Service")


def test_where_the_law_names_another_authority_it_is_said() -> None:
    [said] = [one for one in data("concluded", employer={}).remarks if "edition law" in one]
    assert "Service for Citizenship and Registration" in said
    assert said.endswith("(Presidential Decree 205 of 2025-04-02)")


@pytest.mark.parametrize(
    ("edition", "as_of", "employer", "said"),
    [
        ("card", date(2025, 4, 1), {}, False),
        ("card", date(2025, 4, 2), {}, True),
        ("law", date(2025, 4, 2), {}, False),
        ("careful", date(2025, 4, 2), {}, False),
        ("card", date(2025, 4, 2), {"authority": "ours"}, False),
    ],
    ids=["the day before", "the day", "by the law", "carefully", "one of our own"],
)
def test_only_where_it_does(edition: str, as_of: date, employer: Facts, said: bool) -> None:
    remarks = data("salary", employer=employer, as_of=as_of, edition=edition).remarks
    assert bool(remarks) is said


@pytest.mark.parametrize(
    ("kind", "changes", "salary", "said"),
    [
        ("concluded", {"concluded_notice_filed": date(2025, 1, 22)}, None, "column «Concluded notice filed»"),
        ("concluded", {"concluded_notice_filed": None}, None, ""),
        ("terminated", {"terminated_notice_filed": date(2025, 1, 22)}, None, "column «Terminated notice filed»"),
        ("terminated", {"concluded_notice_filed": date(2025, 1, 22)}, None, ""),
        ("salary", {"agreement_starts": date(2024, 9, 2)}, {"filed_on": date(2025, 1, 22)}, "column «Filed on»"),
        ("salary", {}, {"quarter": "2025Q3", "filed_on": date(2025, 1, 22)}, ""),
        ("salary", {}, {"quarter": "2025Q4"}, ""),
    ],
    ids=["concluded", "blank", "terminated", "another kind", "salary", "another quarter", "no day"],
)
def test_that_it_was_filed_already_is_said(kind: str, changes: Facts, salary: Facts | None, said: str) -> None:
    quarter = "2024Q4" if said and salary else ""
    found = data(kind, changes, quarter=quarter, salary=salary and {"quarter": quarter} | salary)
    assert bool(found.remarks) is bool(said)
    for line in found.remarks:
        assert line.startswith("Filed on 2025-01-22 (")
        assert said in line
        assert line in html(found, "en").replace("&#x27;", "'")


ENDED = {"terminated_on": date(2026, 3, 2)}


@pytest.mark.parametrize(
    ("kind", "changes", "filed_on", "said"),
    [
        ("terminated", ENDED | {"terminated_notice_filed": date(2026, 3, 1)}, None, "not count"),
        ("terminated", ENDED | {"terminated_notice_filed": date(2026, 3, 2)}, None, "Filed on"),
        ("terminated", ENDED | {"terminated_notice_filed": date(2026, 3, 16)}, None, "Filed on"),
        ("terminated", ENDED | {"terminated_notice_filed": date(2026, 3, 17)}, None, "still to come"),
        ("concluded", {"concluded_notice_filed": date(2025, 1, 19)}, None, "not count"),
        ("concluded", {"concluded_notice_filed": date(2025, 1, 20)}, None, "Filed on"),
        ("salary", {}, date(2025, 9, 30), "not count"),
        ("salary", {}, date(2025, 10, 1), "Filed on"),
        ("salary", {}, date(2026, 3, 17), "still to come"),
    ],
)
def test_a_filing_counts_here_as_in_the_check(kind: str, changes: Facts, filed_on: date | None, said: str) -> None:
    salary = {"quarter": "2025Q4", "filed_on": filed_on} if filed_on else None
    [line] = data(kind, changes, quarter="2025Q4", salary=salary).remarks
    assert said in line


@pytest.mark.parametrize(
    ("changes", "quarter", "owed"),
    [
        ({"agreement_starts": date(2025, 3, 31), "work_started": date(2025, 4, 1)}, "2025Q1", True),
        ({"agreement_starts": date(2025, 4, 1), "work_started": date(2025, 4, 1)}, "2025Q1", False),
        ({"agreement_starts": date(2025, 4, 1), "work_started": date(2025, 3, 31)}, "2025Q1", True),
        (dict.fromkeys(("agreement_starts", "work_started", "permit_collected")), "2025Q1", True),
        ({"terminated_on": date(2026, 1, 1)}, "2026Q1", True),
        ({"terminated_on": date(2025, 12, 31)}, "2026Q1", False),
        (
            {"agreement_starts": date(2025, 3, 3), "work_started": None, "terminated_on": date(2025, 3, 2)},
            "2025Q1",
            False,
        ),
        (
            {"agreement_starts": date(2025, 3, 3), "work_started": None, "terminated_on": date(2025, 3, 3)},
            "2025Q1",
            True,
        ),
    ],
)
def test_of_a_quarter_without_the_agreement_it_is_said_that_nothing_is_owed(
    changes: Facts, quarter: str, owed: bool
) -> None:
    said = [one for one in data("salary", changes, quarter=quarter).remarks if "did not run in" in one]
    assert said == ([] if owed else [f"The agreement did not run in {quarter}: no notice is owed for it"])


@pytest.mark.parametrize(
    ("kind", "changes", "salary", "label", "origin"),
    [
        ("terminated", ENDED, None, "Agreement ended on", "column «Terminated on»"),
        ("terminated", {"agreement_ends": date(2026, 3, 2)}, None, "Agreement ended on", "column «Agreement ends»"),
        ("terminated", {}, None, "Agreement ended on", "column «Terminated on»"),
        ("salary", {}, {"quarter": "2025Q4"}, "Quarter reported", "column «Quarter»"),
        ("salary", {}, {"quarter": "2025Q3"}, "Quarter reported", "the quarter asked for, or else the last one over"),
    ],
)
def test_a_field_says_where_it_is_from(
    kind: str, changes: Facts, salary: Facts | None, label: str, origin: str
) -> None:
    [found] = [one for one in data(kind, changes, quarter="2025Q4", salary=salary).fields if one.label == label]
    assert found.origin.endswith(origin)


def test_a_line_of_something_else_is_no_field() -> None:
    assert data("concluded", employer={"Colour": "blue"}).missing[0] == "Employer: full name"


# --- Form and day ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "day", "words"),
    [
        ("concluded", date(2014, 12, 31), None),
        ("concluded", date(2015, 1, 1), "FMS Order 147"),
        ("terminated", date(2015, 5, 24), "FMS Order 147"),
        ("concluded", date(2015, 5, 25), "FMS Order 149 of 2015-03-12"),
        ("terminated", date(2018, 4, 19), "FMS Order 149 of 2015-03-12"),
        ("concluded", date(2018, 4, 20), "MVD Order 11"),
        ("terminated", date(2019, 9, 9), "MVD Order 363"),
        ("terminated", date(2020, 12, 31), "MVD Order 363"),
        ("terminated", date(2023, 12, 31), "MVD Order 536 of 2020-07-30"),
        ("concluded", date(2024, 1, 1), "as amended by Order 887 of 2023-11-22"),
        ("concluded", date(2025, 9, 1), "as amended by Order 887 of 2023-11-22"),
        ("concluded", date(2025, 9, 2), "Orders 887 of 2023-11-22 and 552 of 2025-08-06"),
        ("terminated", date(2025, 9, 2), "Orders 887 of 2023-11-22 and 552 of 2025-08-06"),
        ("salary", date(2015, 5, 24), None),
        ("salary", date(2015, 5, 25), "FMS Order 149 of 2015-03-12"),
        ("salary", date(2018, 4, 19), "FMS Order 149 of 2015-03-12"),
        ("salary", date(2018, 4, 20), "MVD Order 11"),
        ("salary", date(2019, 9, 8), "MVD Order 11"),
        ("salary", date(2019, 9, 9), "MVD Order 363"),
        ("salary", date(2021, 1, 1), "MVD Order 536 of 2020-07-30"),
        ("salary", date(2023, 12, 31), "MVD Order 536 of 2020-07-30"),
        ("salary", date(2024, 1, 1), "as amended by Order 887"),
        ("salary", date(2026, 11, 28), "as amended by Order 887"),
    ],
)
def test_the_form_is_that_of_the_day_of_filing(kind: str, day: date, words: str | None) -> None:
    form = form_of(kind, day)
    assert (form is None) is (words is None)
    if form and words:
        assert words in form.order
        assert form.evidence in {"primary", "practitioner", "unverified"}


@pytest.mark.parametrize(
    ("kind", "changes", "due"),
    [
        ("concluded", {}, date(2025, 1, 22)),
        ("terminated", {"terminated_on": date(2026, 3, 13)}, date(2026, 3, 17)),
        ("terminated", {}, None),
        ("concluded", {"agreement_signed": None}, None),
        ("salary", {}, date(2026, 1, 30)),
    ],
)
def test_the_day_it_is_due(kind: str, changes: Facts, due: date | None) -> None:
    deadline = data(kind, changes).deadline
    assert (deadline and deadline.due) == due


@pytest.mark.parametrize(("person", "key"), [("P9", "notice.no_person"), ("F1", "notice.no_specialist")])
def test_of_whom_no_notice_is_filed(person: str, key: str) -> None:
    with pytest.raises(HqsError) as caught:
        data("concluded", person=person)
    assert caught.value.key == key


# --- The dated data --------------------------------------------------------------------------------------------------


def test_each_field_has_its_words_and_each_notice_its_fields() -> None:
    _, fields = forms_and_fields()
    for kind in KINDS:
        keys = [field.key for field in fields if kind in field.kinds]
        assert len(set(keys)) == len(keys) > 10
        for lang in LANGUAGES:
            assert all(say(f"notice.field.{key}", lang) for key in keys)


def test_the_form_nobody_has_read_says_so() -> None:
    form = form_of("concluded", date(2026, 11, 28))
    assert form
    assert (form.evidence, "was not read" in form.note) == ("unverified", True)


# How surely each field is asked for: for the notice of conclusion a copy and a list of its fields were found.
SURE = {"authority", "employer_activity"}
LISTED = {
    *("employer_name", "employer_inn", "employer_ogrn", "employer_address", "employer_phone", "person_name"),
    *("citizenship", "birth", "passport", "permit_number", "profession"),
}


def test_how_surely_a_field_is_asked_for() -> None:
    for kind in KINDS:
        evidence = {field.key: field.evidence for field in forms_and_fields()[1] if kind in field.kinds}
        found = {key for key, sure in evidence.items() if sure == "practitioner"}
        assert found == (SURE | LISTED if kind == "concluded" else set())
        assert {evidence[key] for key in ("permit_from", "permit_until")} == {"unverified"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_surely_is_said_in_one_line_that_names_the_fewer_ones(lang: str) -> None:
    for kind in KINDS:
        found = data(kind, lang=lang)
        *_, told = in_words(found, lang).foot
        named = [field for field in found.fields if field.label in told.split("; ")[1:-1]]
        sure = [field for field in found.fields if field.evidence != "unverified"]
        fewer = min((sure, [field for field in found.fields if field not in sure]), key=len)
        assert all(field in fewer for field in named)
        assert all(field.label in told for field in fewer), kind
        assert say("evidence.unverified", lang) in told


def test_each_form_and_field_says_when_it_was_last_looked_at() -> None:
    forms, fields = forms_and_fields()
    assert {form.checked for form in forms} | {field.checked for field in fields} == {date(2026, 11, 28)}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"salary"]', '"wages"]', r"kinds\[0\]"),
        ('["salary"]', "[]", "kinds"),
        ('evidence = "seed"', 'evidence = "sure"', "evidence"),
        ("checked = 2026-11-28\n", "", "checked"),
        ("checked = 2026-11-28", 'checked = "2026-11-28"', "checked"),
        ("checked = 2026-11-28", "checked = 2026-11-28T08:00:00", "checked"),
        ("from = ", "form = 1 # ", "form"),
        ('"seed"\n', '"seed"\nnote = 5\n', "note"),
    ],
    ids=[
        "kind",
        "no kind",
        "evidence",
        "never looked at",
        "looked at on a text",
        "looked at at a moment",
        "misspelt",
        "note",
    ],
)
@pytest.mark.parametrize("which", ["form", "field"])
def test_data_out_of_order_is_refused(old: str, new: str, key: str, which: str) -> None:
    said = 'evidence = "seed"\nchecked = 2026-11-28\n'
    texts = {
        "form": f'[[form]]\nkinds = ["salary"]\nfrom = 2024-01-01\norder = "O"\n{said}',
        "field": f'[[field]]\nkinds = ["salary"]\nkey = "quarter"\nfrom = "quarter"\n{said}',
    }
    assert len(read_notices("".join(texts.values()))[1]) == 1
    texts[which] = texts[which].replace(old, new)
    with pytest.raises(EditionError, match=rf"^notices\.toml: {which}\[0\]\.{key}: (expected |unknown key)"):
        read_notices("".join(texts.values()))


# --- Files and command -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_holds_each_field_and_says_what_is_missing(lang: str) -> None:
    found = data("salary", lang=lang, salary={"quarter": "2025Q4", "salary_paid": 750000})
    sheet: Any = load_workbook(io.BytesIO(workbook(found, lang))).active
    (table,) = sheet.tables.values()
    head, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    assert head == [say(f"notice.column.{key}", lang) for key in ("field", "value", "origin_or_where")]
    missing = [row[1] == say("notice.missing", lang) for row in rows]
    assert missing == sorted(missing), "what is filled stands first"
    shown = {row[0]: row[1] for row in rows}
    for field in found.fields:
        value = shown[field.label]
        assert (value.date() if hasattr(value, "date") else value) == (
            say("notice.missing", lang) if field.value is None else field.value
        )
    told = [row[0].value or "" for row in sheet.iter_rows()]
    assert any("887" in text for text in told)
    assert told.count(say("notice.unchecked", lang)) == 1
    assert workbook(found, lang) == workbook(found, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_each_field_once(lang: str) -> None:
    found = data("salary", lang=lang, salary={"quarter": "2025Q4", "salary_paid": 2250000.5})
    text = html(found, lang)
    first, second = text.split("<tbody>")[1:]
    for field in found.fields:
        assert (f">{escape(field.label)}<" in second) is (field.value is None), field.label
        assert (f">{escape(field.label)}<" in first) is (field.value is not None), field.label
    assert ("2\u00a0250\u00a0000.50" if lang == "en" else "2\u00a0250\u00a0000,50") in first
    assert text.count(escape(say("notice.unchecked", lang))) == 1
    assert text.count(escape(say("evidence.unverified", lang))) == 1
    assert html(found, lang) == text


def test_what_is_missing_is_asked_for_where_it_is_typed() -> None:
    found = {field.label: field.origin for field in data("concluded", employer={}).fields if field.value is None}
    assert found["Employer: INN"] == "sheet «Employer», row «INN»"
    assert found["Person: citizenship"] == "sheet «Roster», column «Citizenship»"
    assert found["Work permit: number"] == "sheet «Documents», column «Number»"
    assert found["Contract: labour or civil"] == "into the form itself: the workbook has no place for it"


def test_a_sheet_and_a_column_are_named_as_they_are_there(tmp_path: Path) -> None:
    heads = [say(f"header.{key}", "ru") for key in ("person_id", "relation", "agreement_signed", "citizenship")]
    people: list[list[Any]] = [heads, ["P1", "ВКС", date(2025, 1, 20), None]]
    file = write(tmp_path / "r.xlsx", Штат=people, Фирма=[["Employer field", "Value"], ["INN", None]])
    with ClosedBook(file) as book:
        roster = read_roster(book)
    found = notice(roster, roster.other.settings_for(date(2025, 1, 22)), "P1", "concluded")
    places = {field.label: field.origin for field in found.fields if field.value is None}
    assert places["Работодатель: ИНН"] == "лист «Фирма», строка «ИНН»"
    assert places["Специалист: гражданство"] == "лист «Штат», столбец «Гражданство»"


@needs_validator
def test_microsofts_validator_has_no_error(tmp_path: Path) -> None:
    (tmp_path / "n.xlsx").write_bytes(workbook(data("salary", salary={"quarter": "2025Q4", "salary_paid": 1.5}), "en"))
    assert validator_errors(tmp_path / "n.xlsx") == []


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


class TestCommand:
    def test_in_the_terminal(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        heads = list(SPECIALIST)
        rows: list[list[Any]] = [["Employer field", "Value"], ["INN", 7701234567], ["Name", "Quill & Co"]]
        file = write(tmp_path / "r.xlsx", Roster=[heads, list(SPECIALIST.values())], Employer=rows)
        assert run("notice", file, "P1", "--kind", "concluded", "--as-of", "2026-03-16") == 0
        shown = capsys.readouterr().out
        for words in (
            "7701234567",
            "Quill & Co",
            "Due 2025-01-22",
            "as amended by Orders 887",
            "Still to be typed: 15",
            "sheet «Roster», column «Citizenship»",
            "into the form itself",
        ):
            assert words in shown

    def test_as_a_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file, out = roster_file(tmp_path / "r.xlsx"), tmp_path / "n.xlsx"
        options = ("--kind", "salary", "--quarter", "2025Q3", "--out", out, "--lang", "ru")
        assert run("notice", file, "P1", *options) == 0
        assert f"{out}: заполнено полей 4 из 17" in capsys.readouterr().out
        assert out.exists()

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("P2", "--kind", "concluded"), "no person with the id «P2»"),
            (("P1", "--kind", "salary", "--out", "n.docx"), "written as .xlsx or .html"),
        ],
    )
    def test_refused_in_one_line(
        self, arguments: tuple[str, ...], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run("notice", roster_file(tmp_path / "r.xlsx"), *arguments) == 2
        captured = capsys.readouterr()
        assert words in captured.err
        assert captured.err.count("\n") == 1

    def test_no_quarter(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            run("notice", tmp_path / "r.xlsx", "P1", "--kind", "salary", "--quarter", "spring")
        assert "is no quarter such as 2026Q1" in capsys.readouterr().err

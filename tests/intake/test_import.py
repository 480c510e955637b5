"""People of another system taken into a roster: compared, shown, written without loss."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.table import Table

from hqs_xl.texts import LANGUAGES, say
from tests.hosts import ods_files
from tests.roster_files import run, write

HEADERS = ["Person ID", "Full name", "Relation", "Agreement signed", "Permit expires", "Status"]
ROWS: list[list[Any]] = [
    ["P1", "Aster Quill", "HQS", date(2026, 1, 12), date(2027, 5, 3), "OK"],
    ["P2", "Briar Moss", "HQS", date(2026, 2, 2), None, "OK"],
    ["P3", "Clove Fern", "Family", None, None, None],
]
SOURCE = """Person ID;Full name;Relation;Agreement signed;Permit expires
P1;Aster Quill;HQS;12.01.2026;03.05.2027
P2;Briar Moss-Reed;HQS;02.02.2026;04.06.2027
P9;Dill Thorn;вкс;2026-03-03;
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A plain roster of three people, one of whom the source does not know."""
    return write(tmp_path / "roster.xlsx", Roster=[HEADERS, *ROWS])


def source(folder: Path, text: str = SOURCE, encoding: str = "utf-8", name: str = "source.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def cells(path: Path, sheet: str = "Roster") -> list[list[Any]]:
    rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [[value.date() if isinstance(value, datetime) else value for value in row] for row in rows]


def ods_file(path: Path, name: str, rows: list[list[str]]) -> Path:
    lines = "".join(ods_files.row(*map(ods_files.text, row)) for row in rows)
    ods_files.book(ods_files.table(lines, name))(path)
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    """What an import says as JSON, with its exit status."""
    status = run("import", *arguments, "--json")
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found | {"status": status}


def test_what_would_change_is_shown_by_id_and_column_and_nothing_is_written(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = roster.read_bytes()
    assert run("import", source(tmp_path), "--into", roster) == 0
    said = capsys.readouterr().out
    assert said.splitlines() == [
        "source.csv: read as utf-8, delimiter «;»; the header stands in line 1",
        "New: 1",
        "  P9: Full name, Relation, Agreement signed",
        "Filled in where the roster is blank: 1",
        "  P2: Permit expires",
        "Differ and stay as they are (--replace writes them over): 1",
        "  P2: Full name",
        "Unchanged: 1",
        "In the roster and not in the source: 1",
        "  P3",
        "Nothing is written. To write it, add --yes.",
    ]
    assert not any(word in said for word in ("Aster", "Reed", "2027"))
    assert roster.read_bytes() == before
    assert not (tmp_path / "hqs-backups").exists()


@pytest.mark.parametrize(("person", "said"), [("", False), ("P1;HQS;2026-03-04\n", True)], ids=["nobody", "one"])
def test_of_a_new_workbook_it_is_spoken_where_somebody_goes_in(
    tmp_path: Path, person: str, said: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    file, new = tmp_path / "source.csv", tmp_path / "new.xlsx"
    file.write_text("Person ID;Relation;Agreement signed\n" + person, encoding="utf-8")
    assert run("import", file, "--into", new, "--yes") == 0
    assert ("new.xlsx is a new workbook" in capsys.readouterr().out) is new.exists() is said


def test_written_are_new_people_and_blanks_alone(roster: Path, tmp_path: Path) -> None:
    before = roster.read_bytes()
    assert run("import", source(tmp_path), "--into", roster, "--yes") == 0
    first, second, third = ROWS
    filled = [*second[:4], date(2027, 6, 4), "OK"]
    new = ["P9", "Dill Thorn", "HQS", date(2026, 3, 3), None, None]
    assert cells(roster) == [HEADERS, first, filled, third, new]
    [backup] = (tmp_path / "hqs-backups").iterdir()
    assert backup.read_bytes() == before
    again = roster.read_bytes()
    assert run("import", source(tmp_path), "--into", roster, "--yes") == 0
    assert roster.read_bytes() == again


def test_what_differs_is_written_over_when_that_is_asked_for(roster: Path, tmp_path: Path) -> None:
    assert run("import", source(tmp_path), "--into", roster, "--yes", "--replace") == 0
    assert cells(roster)[2][1] == "Briar Moss-Reed"


def test_a_fact_that_the_source_does_not_have_stays(roster: Path, tmp_path: Path) -> None:
    text = "Person ID;Full name;Permit expires\nP1;;\nP3;Clove Fern;01.02.2028\n"
    assert run("import", source(tmp_path, text), "--into", roster, "--yes", "--replace") == 0
    assert cells(roster)[1:] == [ROWS[0], ROWS[1], [*ROWS[2][:4], date(2028, 2, 1), None]]


def test_a_cell_of_the_roster_that_cant_be_read_is_a_fact_that_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = write(tmp_path / "r.xlsx", Roster=[HEADERS, ["P1", "Aster Quill", "HQS", "soon", None, None]])
    found = told(capsys, source(tmp_path), "--into", roster, "--yes")
    [changed] = found["changed"]
    assert (changed["filled"], changed["differing"]) == (["permit_expires"], ["agreement_signed"])
    assert cells(roster)[1][3] == "soon"


BAD = """Person ID;Full name;Relation;Permit expires;Host
N1;Wren Vale;HQS;31.02.2027;Employer
;Nobody Known;HQS;;
N2;Ivy Sedge;robot;;nowhere
N3;Sorrel Pine;HQS;31.12.2027;
N3;Sorrel Pine;HQS;31.12.2028;
"""


def test_bad_rows_are_named_and_the_others_go_in(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", source(tmp_path, BAD), "--into", roster, "--yes") == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("  line ")] == [
        "  line 2, N1, Permit expires: not a date; expected 31.12.2026, 2026-12-31 or an Excel date",
        "  line 3, nobody, Person ID: the person ID is missing",
        "  line 4, N2, Relation: unknown word; expected one of: HQS, Family",
        "  line 4, N2, Host: unknown word; expected one of: Employer, Self, Other",
        "  line 6, N3: the same person ID stands above already, in no. 5",
    ]
    assert "Rows left out: 4" in lines
    assert "Facts left out, for the roster has no such column: Host" not in lines
    assert cells(roster)[4:] == [["N3", "Sorrel Pine", "HQS", None, date(2027, 12, 31), None]]


def test_strict_takes_all_rows_or_none(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = roster.read_bytes()
    assert run("import", source(tmp_path, BAD), "--into", roster, "--yes", "--strict") == 1
    assert "Nothing is written: with --strict" in capsys.readouterr().out
    assert roster.read_bytes() == before


def test_a_person_whose_id_the_roster_has_twice_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roster = write(tmp_path / "r.xlsx", Roster=[HEADERS, ROWS[0], ROWS[0]])
    found = told(capsys, source(tmp_path), "--into", roster)
    assert found["left_out"] == [
        {
            "line": 2,
            "person_id": "P1",
            "column": "",
            "reason": "the roster has this person ID more than once, in rows 2, 3",
        }
    ]
    assert found["status"] == 1


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "no. 2 above has the person ID «0012»"), ("ru", "выше, в строке 2, есть номер «0012»")]
)
def test_ids_of_the_source_that_are_nearly_the_same_are_asked_about(
    lang: str, said: str, roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Person ID;Full name\n0012;Fern Quill\n12;Fern Quill\n120;Ivy Sedge\n"
    found = told(capsys, source(tmp_path, text), "--into", roster, "--yes", "--lang", lang)
    [left_out] = found["left_out"]
    assert (left_out["line"], left_out["person_id"], left_out["column"]) == (3, "12", "person_id")
    assert said in left_out["reason"]
    assert [row[0] for row in cells(roster)[4:]] == ["0012", "120"]


@pytest.mark.parametrize(("lang", "said"), [("en", "may be a person"), ("ru", "может быть человек")])
def test_a_row_like_a_signature_that_may_be_somebody_is_asked_about(
    lang: str, said: str, roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Person ID;Full name;Agreement signed\n____;Fern Quill;03.03.2026\nPrepared by:;Ann;03.03.2026\n"
    found = told(capsys, source(tmp_path, text), "--into", roster, "--lang", lang)
    [left_out] = found["left_out"]
    assert (left_out["line"], left_out["column"], found["status"]) == (2, "person_id", 1)
    assert "«____»" in left_out["reason"]
    assert said in left_out["reason"]


def test_no_end_is_written_as_it_was(tmp_path: Path) -> None:
    header = [*HEADERS[:4], "Policy starts", "Policy ends"]
    roster = write(tmp_path / "r.xlsx", Roster=[header, ["P1", "Aster Quill", "HQS", date(2026, 1, 12), None, None]])
    text = "Person ID;Policy starts;Policy ends\nP1;01.02.2026;31.12.9999\n"
    assert run("import", source(tmp_path, text), "--into", roster, "--yes") == 0
    assert cells(roster)[1][4:] == [date(2026, 2, 1), date(9999, 12, 31)]
    before = roster.read_bytes()
    assert run("import", source(tmp_path, text), "--into", roster, "--yes", "--replace") == 0
    assert roster.read_bytes() == before


# --- Sources ----------------------------------------------------------------------------------------------------------

FACTS = {"person_id": "P9", "full_name": "Дилл Торн", "relation": "HQS", "agreement_signed": "2026-03-03"}
LINES = "Person ID;Full name;Relation;Agreement signed\nP9;Дилл Торн;HQS;03.03.2026\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(LINES, "cp1251", id="as Excel in Russia writes it"),
        pytest.param(LINES, "utf-8-sig", id="utf-8 with its mark"),
        pytest.param(LINES.replace("\n", "\r\n"), "utf-8", id="lines of Windows"),
        pytest.param(LINES.replace(";", ","), "utf-8", id="commas"),
        pytest.param(LINES.replace(";", "\t"), "utf-16", id="Unicode text of Excel"),
        pytest.param(LINES.replace(";", "|"), "utf-8", id="bars"),
        pytest.param("sep=;\n" + LINES, "utf-8", id="the delimiter said"),
        pytest.param("People of the plant;;;\n\n" + LINES, "utf-8", id="a title above"),
        pytest.param(LINES.replace("Дилл Торн", '"Дилл Торн"'), "utf-8", id="quoted"),
        pytest.param(LINES.replace("Person ID", "ID сотрудника"), "cp1251", id="a header in other words"),
        pytest.param(LINES.replace("03.03.2026", "03.03.2026 0:00:00"), "utf-8", id="days with hours, as 1C has them"),
        pytest.param(LINES + LINES.splitlines()[0] + "\n", "utf-8", id="the header again"),
    ],
)
def test_a_text_is_read_however_it_is_written(roster: Path, tmp_path: Path, text: str, encoding: str) -> None:
    assert run("import", source(tmp_path, text, encoding), "--into", roster, "--yes") == 0
    assert cells(roster)[4][:4] == ["P9", "Дилл Торн", "HQS", date(2026, 3, 3)]


def test_records_in_json(roster: Path, tmp_path: Path) -> None:
    people = [FACTS | {"host": None, "owns_housing": None}, {"person_id": 7, "relation": "Family"}]
    path = source(tmp_path, json.dumps(people), name="people.json")
    assert run("import", path, "--into", roster, "--yes") == 0
    assert cells(roster)[4:] == [
        ["P9", "Дилл Торн", "HQS", date(2026, 3, 3), None, None],
        ["7", None, "Family", None, None, None],
    ]


def test_a_list_in_a_record_is_no_fact(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = source(tmp_path, json.dumps([FACTS | {"relation": ["HQS"]}, FACTS]), name="people.json")
    assert run("import", path, "--into", roster) == 1
    said = capsys.readouterr().out
    assert "  record 1, P9, Relation: a single value is expected, not a list or an object" in said
    assert "New: 1" in said


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_another_workbook(roster: Path, tmp_path: Path, kind: str) -> None:
    rows = [["Person ID", "Relation", "Agreement signed"], ["P9", "HQS", "2026-03-03"]]
    path = tmp_path / f"other.{kind}"
    if kind == "xlsx":
        write(path, Notes=[["Nothing here"]], People=rows)
    else:
        ods_file(path, "People", rows)
    assert run("import", path, "--into", roster, "--yes") == 0
    assert cells(roster)[4][:4] == ["P9", None, "HQS", date(2026, 3, 3)]


MAP = '[columns]\n"Табельный №" = "person_id"\n"Cost centre" = "-"\n[always]\nrelation = "HQS"\n'


def test_a_map_says_what_headers_mean_and_what_holds_for_everybody(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = source(tmp_path, "Табельный №;ФИО;Cost centre;Colour\nP9;Дилл Торн;7;red\n", "cp1251")
    found = told(capsys, path, "--into", roster, "--yes", "--map", source(tmp_path, MAP, name="map.toml"))
    assert found["headers_not_taken"] == ["Colour"]
    assert cells(roster)[4][:3] == ["P9", "Дилл Торн", "HQS"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("s.csv", "a;b\n1;2\n", "no line has the header «Person ID»"),
        ("s.csv", 'Person ID;Relation\nP1;"HQS\n', "a quoted cell that begins in line 2"),
        ("s.csv", "Person ID;Rela\0tion\n", "this is no text in UTF-8"),
        ("s.json", "[{]", "line 1 is no JSON"),
        ("s.json", '{"person_id": "P1"}', "an array of records is expected"),
        ("s.json", "[1]", "an array of records is expected"),
        ("s.doc", "x", "people are taken from .csv"),
        ("s.xlsx", "x", "plain text"),
        ("s.csv", "", "empty"),
        ("s.csv", "Person ID;Full name;Relation\nP9;" + "x" * 200_000 + ";HQS\n", "the cell that begins in line 2"),
        ("s.json", '[{"person_id": "P9", "relation": "HQS", "relation": "Family"}]', "the key «relation» twice"),
        ("s.json", '[{"person_id": "P9", "Person ID": "P8", "relation": "HQS"}]', "several headers mean «Person ID»"),
        ("s.csv", "Person ID;Person ID;Relation\nP9;P8;HQS\n", "several headers mean «Person ID»: «Person ID», «Pers"),
        ("s.json", "[]", "no line has the header"),
        ("s.csv", " \n\n", "no line has the header"),
    ],
    ids=["no header", "open quote", "binary", "broken JSON", "an object", "numbers", "ending", "no book", "0 bytes"]
    + ["an endless cell", "a key twice", "an id twice", "an id twice in a header", "nobody", "blank lines"],
)
def test_a_source_that_cant_be_read_is_one_line_and_the_roster_is_as_it_was(
    roster: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    before = roster.read_bytes()
    assert run("import", source(roster.parent, text, name=name), "--into", roster, "--yes") == 2
    [line] = capsys.readouterr().err.splitlines()
    assert said in line
    assert roster.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    ["[columns", "[other]\na = 1", "columns = 1", '[columns]\n"A" = "no such column"', "[always]\nperson_id = 1"]
    + ["[always]\nrelation = ['HQS']", "[always]\nnext_due = 1"],
)
def test_a_map_that_cant_be_read_is_one_line(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = source(tmp_path, text, name="map.toml")
    assert run("import", source(tmp_path), "--into", roster, "--map", path) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("hqs-xl: map.toml: ")
    assert "expected" in line


HEAD = "Person ID;Full name;Relation;Permit expires\n"
LEFT_OUT = {
    "the roster's id with its zeros lost": ("7;Zero Ash;HQS;\n", "7, Person ID: the roster has the person ID «007»"),
    "the roster's id in small letters": ("p1;Aster Quill;HQS;\n", "p1, Person ID: the roster has the person ID «P1»"),
    "the roster's id in Cyrillic": ("Р1;Aster Quill;HQS;\n", "nothing but letters that look alike"),
    "a text with the delimiter": ("P9;Thorn; Dill;HQS;01.02.2027\n", "line 2, P9"),
    "one cell more": ("P9;Dill;HQS;01.02.2027;late\n", "P9: the line has more cells than there are headers"),
    "a text too long for a cell": (f"P9;{'x' * 32_768};HQS;\n", "P9, Full name: a text of more than 32767"),
    "a control character": ("P9;Dill\x07;HQS;\n", "P9, Full name: it holds signs that no workbook can hold"),
    "an error of Excel": ("P9;Dill;HQS;#REF!\n", "P9, Permit expires: the cell holds an Excel error"),
    "a day as Americans write it": ("P9;Dill;HQS;12/31/2027\n", "P9, Permit expires: not a date"),
    "a day of two figures": ("P9;Dill;HQS;31.12.27\n", "P9, Permit expires: not a date"),
}


@pytest.mark.parametrize(("line", "said"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_row_that_nobody_can_be_sure_of_stays_out_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    roster = write(tmp_path / "r.xlsx", Roster=[HEADERS, *ROWS, ["007", "Zero Ash", "HQS", None, None, None]])
    before = roster.read_bytes()
    assert run("import", source(tmp_path, HEAD + line), "--into", roster, "--yes") == 1
    shown = capsys.readouterr().out
    assert said in shown
    assert "Rows left out: 1" in shown
    assert roster.read_bytes() == before


TAKEN = {
    "the roster's own id with its zeros": (
        "007;Zero Ash;HQS;01.02.2028\n",
        ["007", "Zero Ash", "HQS", date(2028, 2, 1)],
    ),
    "a delimiter at the end of the line": ("P9;Dill;HQS;01.02.2028;\n", ["P9", "Dill", "HQS", date(2028, 2, 1)]),
    "fewer cells": ("P9;Dill\n", ["P9", "Dill", None, None]),
    "as much text as a cell holds": (f"P9;{'x' * 32_767};HQS;\n", ["P9", "x" * 32_767, "HQS", None]),
    "lines within quotes": ('P9;"Dill\nThorn";HQS;\n', ["P9", "Dill\nThorn", "HQS", None]),
    "quotes within a cell": ("P9;Dill 'D' \"T\";HQS;\n", ["P9", "Dill 'D' \"T\"", "HQS", None]),
    "spaces nobody sees": ("\u00a0P9\u00a0;Dill; hqs ;\n", ["P9", "Dill", "HQS", None]),
    "what looks like a formula": ("P9;=1+1;HQS;\n", ["P9", "=1+1", "HQS", None]),
    "an id that begins like a total": ("Total7;Dill;HQS;\n", ["Total7", "Dill", "HQS", None]),
}


@pytest.mark.parametrize(("line", "row"), TAKEN.values(), ids=TAKEN)
def test_a_row_is_taken_as_it_is_meant(tmp_path: Path, line: str, row: list[Any]) -> None:
    roster = write(tmp_path / "r.xlsx", Roster=[HEADERS, ROWS[0], ["007", *[None] * 5]])
    assert run("import", source(tmp_path, HEAD + line), "--into", roster, "--yes") == 0
    assert [*row[:3], None, row[3], None] in cells(roster)
    assert {cell.data_type for cells in load_workbook(roster)["Roster"] for cell in cells} <= {
        "s",
        "n",
        "d",
        "inlineStr",
    }


@pytest.mark.parametrize("line", ["Итого;1;;", "Grand total:;1;;", "Ответственный: ________;;;", "* as of today;;;"])
def test_a_line_of_nobody_is_passed_over_and_said(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    """As reports of 1C end."""
    path = source(tmp_path, f"{HEAD}P9;Dill;HQS;\n{line}\n")
    assert run("import", path, "--into", roster) == 0
    assert (
        "Passed over, taken for nobody (totals, signatures, notes, rows of another table below), line 3"
        in capsys.readouterr().out
    )
    found = told(capsys, path, "--into", roster, "--yes", "--strict")
    assert (found["rows_passed_over"], [one["person_id"] for one in found["added"]]) == ([3], ["P9"])


def test_what_no_sign_of_xml_stands_for_stays_out(roster: Path, tmp_path: Path) -> None:
    """Half a pair, which JSON can spell."""
    before = roster.read_bytes()
    path = source(tmp_path, r'[{"person_id": "P\ud800", "relation": "HQS"}]', name="s.json")
    assert run("import", path, "--into", roster, "--yes") == 1
    assert roster.read_bytes() == before


def test_a_roster_with_an_id_that_cant_be_read_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A formula whose result is not stored: whoever it is would be there twice."""
    roster = write(tmp_path / "r.xlsx", Roster=[HEADERS, ['="P"&9', "Dill Thorn", "HQS", None, None, None]])
    before = roster.read_bytes()
    assert run("import", source(tmp_path), "--into", roster, "--yes") == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "the person ID can't be read in rows 2" in line
    assert roster.read_bytes() == before


def test_what_is_not_read_of_a_source_is_said(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people: list[list[Any]] = [["Person ID", None, "Relation"], ["P9", "x", "HQS"]]
    path = write(tmp_path / "s.xlsx", Notes=[["Nothing here"]], People=people, More=people, Else=[["Person ID"]])
    more = "Other sheets hold people too and are not read; --sheet says which one is meant: More"
    mapped = source(tmp_path, '[columns]\n"Табельный" = "person_id"\n', name="map.toml")
    assert run("import", path, "--into", roster, "--map", mapped) == 0
    shown = capsys.readouterr().out.splitlines()
    assert more in shown
    assert "Columns not taken, for they have no header: B" in shown
    assert "the map names headers that the source does not have: «Табельный»" in shown
    found = told(capsys, path, "--into", roster, "--sheet", "More")
    assert (found["columns_without_header"], found["headers_in_doubt"], found["sheet"]) == (["B"], [], "More")


# --- Rosters ----------------------------------------------------------------------------------------------------------


def test_a_roster_that_is_not_there_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = tmp_path / "new.xlsx"
    assert run("import", source(tmp_path), "--into", new, "--lang", "ru") == 0
    assert not new.exists()
    assert run("import", source(tmp_path), "--into", new, "--lang", "ru", "--yes") == 0
    sheet = load_workbook(new)["Реестр"]
    assert sheet.tables["Roster"].ref == "A1:AN4"
    assert [sheet.cell(4, column).value for column in (1, 2, 3)] == ["P9", "Dill Thorn", "ВКС"]
    assert sheet["I4"].number_format == "yyyy\\-mm\\-dd" or sheet["I4"].is_date
    capsys.readouterr()
    assert run("check", new, "--json", "--as-of", "2026-11-28") in {0, 1}
    assert json.loads(capsys.readouterr().out)["people"] == 3


def test_a_table_grows_with_its_formulas_and_formats(tmp_path: Path) -> None:
    built = Path(__file__).parents[2] / "workbook" / "hqs_roster.xlsx"
    roster = tmp_path / "roster.xlsx"
    roster.write_bytes(built.read_bytes())
    before = load_workbook(roster)["Roster"]
    last = before.max_row
    assert run("import", source(tmp_path), "--into", roster, "--yes") == 0
    after = load_workbook(roster)["Roster"]
    first, corner = before.tables["Roster"].ref.split(":")
    assert after.tables["Roster"].ref == f"{first}:{corner.removesuffix(str(last))}{last + 3}"
    assert [[cell.value for cell in row] for row in after.iter_rows(max_row=last)] == [
        [cell.value for cell in row] for row in before.iter_rows()
    ]
    for column in range(1, 41):
        above, new = after.cell(last, column), after.cell(last + 1, column)
        assert new.style_id == above.style_id
        if str(above.value).startswith("="):
            assert new.value == above.value
    assert run("refresh", roster, "--as-of", "2026-11-28", "--backups", "0") in {0, 1}
    [status] = [cell.column for row in before.iter_rows(max_row=2) for cell in row if cell.value == "Status"]
    assert load_workbook(roster, data_only=True)["Roster"].cell(last + 3, status).value


def framed(path: Path, rows: list[list[Any]], ref: str) -> Path:
    """A roster in an Excel table of that place."""
    write(path, Roster=rows)
    book = load_workbook(path)
    book["Roster"].add_table(Table(displayName="Roster", ref=ref))
    book.save(path)
    return path


def test_blank_rows_of_a_table_are_filled_first(tmp_path: Path) -> None:
    roster = framed(tmp_path / "r.xlsx", [HEADERS, *ROWS], "A1:F6")
    assert run("import", source(tmp_path), "--into", roster, "--yes") == 0
    assert load_workbook(roster)["Roster"].tables["Roster"].ref == "A1:F6"
    assert cells(roster)[4][0] == "P9"


@pytest.mark.parametrize(
    ("below", "said"),
    [
        pytest.param([["Total", 3]], "above row 5", id="a total"),
        pytest.param([[None] * 6, ["Person ID", "Quarter"]], "row 6: something stands", id="another table"),
    ],
)
def test_nothing_is_written_over_what_stands_below(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], below: list[list[Any]], said: str
) -> None:
    text = SOURCE + "P10;Elm Ash;HQS;;\n"
    roster = framed(tmp_path / "r.xlsx", [HEADERS, *ROWS, *below], "A1:F4")
    before = roster.read_bytes()
    assert run("import", source(tmp_path, text), "--into", roster, "--yes") == 2
    assert said in capsys.readouterr().err
    assert roster.read_bytes() == before


def test_what_stands_beside_the_new_rows_stays(tmp_path: Path) -> None:
    beside: list[list[Any]] = [*[[None] * 8] * 3, [None] * 7 + ["a note"], [None] * 7 + ["another"]]
    rows: list[list[Any]] = [
        [*row, *side[6:]] if row else side for row, side in zip([HEADERS, *ROWS, []], beside, strict=True)
    ]
    roster = framed(tmp_path / "r.xlsx", rows, "A1:F4")
    assert run("import", source(tmp_path), "--into", roster, "--yes") == 0
    assert cells(roster)[4] == ["P9", "Dill Thorn", "HQS", date(2026, 3, 3), None, None, None, "another"]


def test_a_formula_of_the_users_own_is_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = ["P2", "Briar Moss", "HQS", "=DATE(2026,2,3)", None, None]
    roster = write(tmp_path / "r.xlsx", Roster=[HEADERS, own])
    before = roster.read_bytes()
    assert run("import", source(tmp_path), "--into", roster, "--yes", "--replace") == 2
    said = capsys.readouterr().err
    assert "cell D2" in said
    assert "paste values" in said
    assert "answer" not in said
    assert roster.read_bytes() == before


class TestAboveTotals:
    """New people go in above what ends the roster: totals, signatures, notes."""

    END: ClassVar[dict[str, list[Any]]] = {
        "a total": ["Total", '=COUNTA(B2:B6)&" people"'],
        "a signature": [None, "____________ / A. Petrova"],
        "a total in Russian": ["Итого", 3],
    }
    MORE = SOURCE + "P10;Elm Ash;HQS;;\n"

    @pytest.mark.parametrize("end", END)
    @pytest.mark.parametrize("gap", [2, 3])
    def test_into_the_blank_rows_there(self, tmp_path: Path, end: str, gap: int) -> None:
        blank: list[list[Any]] = [[None] * 6] * gap
        roster = write(tmp_path / "r.xlsx", Roster=[HEADERS, *ROWS, *blank, self.END[end]])
        assert run("import", source(tmp_path, self.MORE), "--into", roster, "--yes") == 0
        rows = cells(roster)
        assert [row[0] for row in rows[4:6]] == ["P9", "P10"]
        kept = load_workbook(roster)["Roster"]
        assert [kept.cell(5 + gap, place).value for place in (1, 2)] == self.END[end]
        assert kept.max_row == 5 + gap

    @pytest.mark.parametrize("lang", ["en", "ru"])
    @pytest.mark.parametrize("end", END)
    @pytest.mark.parametrize("gap", [0, 1])
    def test_where_there_are_too_few_it_says_how_many_to_insert(
        self, tmp_path: Path, end: str, gap: int, lang: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        blank: list[list[Any]] = [[None] * 6] * gap
        roster = write(tmp_path / "r.xlsx", Roster=[HEADERS, *ROWS, *blank, self.END[end]])
        before = roster.read_bytes()
        for more in ([], ["--yes"]):
            assert run("import", source(tmp_path, self.MORE), "--into", roster, "--lang", lang, *more) == 2
            known = {"file": "r.xlsx", "sheet": "Roster", "row": 5 + gap, "free": gap, "count": 2 - gap}
            assert say("error.import.no_room", lang, **known) in capsys.readouterr().err
            assert roster.read_bytes() == before

    def test_the_rows_of_a_table_above_its_total_are_filled_and_the_frame_stays(self, tmp_path: Path) -> None:
        rows = [HEADERS, *ROWS, *[[None] * 6] * 2, ["Total", 3]]
        roster = framed(tmp_path / "r.xlsx", rows, "A1:F7")
        assert run("import", source(tmp_path, self.MORE), "--into", roster, "--yes") == 0
        kept = load_workbook(roster)["Roster"]
        assert kept.tables["Roster"].ref == "A1:F7"
        assert [kept.cell(row, 1).value for row in (5, 6, 7)] == ["P9", "P10", "Total"]

    def test_rows_above_a_table_s_own_totals_are_filled_as_it_is_told(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for blank in (1, 2):
            rows = [HEADERS, *ROWS, *[[None] * 6] * blank, ["Total", 3]]
            roster = framed(tmp_path / "r.xlsx", rows, f"A1:F{5 + blank}")
            book = load_workbook(roster)
            book["Roster"].tables["Roster"].totalsRowCount = 1
            book.save(roster)
            assert run("import", source(tmp_path, self.MORE), "--into", roster, "--yes") == (2 if blank == 1 else 0)
        known = {"file": "r.xlsx", "sheet": "Roster", "row": 6, "free": 1, "count": 1}
        assert capsys.readouterr().err.strip() == "hqs-xl: " + say("error.file.above_totals", **known)
        kept = load_workbook(roster)["Roster"]
        assert (kept.tables["Roster"].ref, kept.tables["Roster"].totalsRowCount) == ("A1:F7", 1)
        assert [kept.cell(row, 1).value for row in (5, 6, 7)] == ["P9", "P10", "Total"]

    def test_a_table_grows_into_rows_inserted_above_the_total_below_it(self, tmp_path: Path) -> None:
        rows = [HEADERS, *ROWS, *[[None] * 6] * 2, ["Total", 3]]
        roster = framed(tmp_path / "r.xlsx", rows, "A1:F4")
        assert run("import", source(tmp_path, self.MORE), "--into", roster, "--yes") == 0
        kept = load_workbook(roster)["Roster"]
        assert kept.tables["Roster"].ref == "A1:F6"
        assert [kept.cell(row, 1).value for row in (5, 6, 7)] == ["P9", "P10", "Total"]

    @pytest.mark.parametrize("lang", ["en", "ru"])
    def test_a_row_with_a_word_in_a_column_of_one_s_own_is_used(
        self, tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rows = [["Office", *HEADERS], *(["Kazan", *row] for row in ROWS), [1], ["for Ada"], ["Total", 3]]
        roster = write(tmp_path / "r.xlsx", Roster=rows)
        before = roster.read_bytes()
        assert run("import", source(tmp_path, self.MORE), "--into", roster, "--lang", lang, "--yes") == 2
        known = {"file": "r.xlsx", "sheet": "Roster", "cell": "A6", "header": "Office", "count": 2}
        assert say("error.import.row_used", lang, **known) in capsys.readouterr().err
        assert roster.read_bytes() == before

    def test_a_number_given_out_before_is_no_use(self, tmp_path: Path) -> None:
        rows = [["Line", *HEADERS], *([line, *row] for line, row in enumerate(ROWS, 1)), [4], [5], ["Total", 3]]
        roster = write(tmp_path / "r.xlsx", Roster=rows)
        assert run("import", source(tmp_path, self.MORE), "--into", roster, "--yes") == 0
        assert [row[:2] for row in cells(roster)[4:7]] == [[4, "P9"], [5, "P10"], ["Total", 3]]

    def test_above_a_list_of_phones(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        rows = [HEADERS, *ROWS, [], ["Name", "Phone"], ["Ada", "12-34"]]
        roster = write(tmp_path / "r.xlsx", Roster=rows)
        assert run("import", source(tmp_path, self.MORE), "--into", roster, "--yes") == 2
        assert "above row 6" in capsys.readouterr().err

    def test_a_total_between_people_is_no_end(self, tmp_path: Path) -> None:
        rows = [HEADERS, ROWS[0], ["Total", 1], *ROWS[1:]]
        roster = write(tmp_path / "r.xlsx", Roster=rows)
        assert run("import", source(tmp_path), "--into", roster, "--yes") == 0
        assert cells(roster)[5][0] == "P9"


@pytest.mark.parametrize("below", ["Phone list;;;;\nAda;12-34;;;\nBea;12-35;;;\n", "ФИО;Телефон;;;\nБея;12-35;;;\n"])
def test_a_list_below_the_people_of_a_source_is_not_taken_for_people(
    tmp_path: Path, roster: Path, below: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(capsys, source(tmp_path, SOURCE + below), "--into", roster)
    assert [one["person_id"] for one in found["added"]] == ["P9"]
    assert found["rows_passed_over"] == [*range(5, 5 + below.count("\n"))]


_HEADER, _MORE = SOURCE.splitlines(keepends=True)[0], "P6;Gale;HQS;03.02.2026;\n"
_NOTICES = "Person ID;Quarter;Filed on\nP5;2026Q1;02.04.2026\n"
_MOVED = "Person ID;Full name;Relation;Permit expires\nP5;Fern;HQS;04.06.2027\n"
# Below the people of a source: another header, and who is taken besides, which lines are left out, which passed over.
_BELOW: dict[str, tuple[str, tuple[list[str], list[int], list[int]]]] = {
    "a day for another one": (_MOVED, ([], [6], [5])),
    "all columns in another order": (
        "Person ID;Full name;Relation;Permit expires;Agreement signed\nP5;Fern;HQS;04.06.2027;03.02.2026\n",
        ([], [6], [5]),
    ),
    "a header of the user's": (_MOVED.replace("Permit expires", "Beendet"), ([], [6], [5])),
    "and the header again": (f"{_MOVED}{_HEADER}{_MORE}", (["P6"], [6], [5])),
    "and people in the columns above": (
        f"Person ID;Relation;Full name\nP5;HQS;Fern\n{_MORE}Total;2\n",
        (["P6"], [6], [5, 8]),
    ),
    "a total alone": ("Person ID;Relation;Full name\nTotal;2\n", ([], [], [5, 6])),
    "salary notices": (_NOTICES, ([], [], [5, 6])),
    "salary notices, and people": (_NOTICES + _MORE, (["P6"], [], [5, 6])),
    "the header again, and salary notices": (f"{_MOVED}{_HEADER}{_NOTICES}", ([], [6], [5, 8, 9])),
    "a list of something else": ("\nEquipment;Serial;Given\nLaptop;S-1;Anna\n", ([], [], [6, 7])),
    "the same columns": (f"Person ID;Full name;Relation\n{_MORE}", (["P6"], [], [])),
}


@pytest.mark.parametrize(("below", "came"), _BELOW.values(), ids=_BELOW)
def test_nobody_below_another_header_is_taken_by_the_columns_above(
    tmp_path: Path,
    roster: Path,
    below: str,
    came: tuple[list[str], list[int], list[int]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    more, left, passed = came
    found = told(capsys, source(tmp_path, SOURCE + below), "--into", roster, "--column", "Beendet=permit_expires")
    assert [one["person_id"] for one in found["added"]] == ["P9", *more]
    assert [one["line"] for one in found["left_out"]] == left
    assert found["rows_passed_over"] == passed
    assert found["status"] == bool(left)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_stands_below_another_header_is_named_with_both(
    tmp_path: Path, roster: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    assert run("import", source(tmp_path, SOURCE + _MOVED), "--into", roster, "--lang", lang) == 1
    said = capsys.readouterr().out
    assert say("error.import.elsewhere", lang, header=5, line=1) in " ".join(said.split())


def test_a_header_without_a_relation_is_that_of_people_again(
    tmp_path: Path, roster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = "Person ID;Agreement signed;Permit expires\n"
    moved = "Person ID;Permit expires;Policy ends\nP5;04.06.2027;05.06.2027\n"
    text = f"{header}P7;03.02.2026;\n{moved}{header}P8;04.02.2026;\n"
    found = told(capsys, source(tmp_path, text), "--into", roster)
    assert [one["person_id"] for one in found["added"]] == ["P7", "P8"]
    assert [one["line"] for one in found["left_out"]] == [4]


def test_columns_that_the_roster_lacks_are_named(
    tmp_path: Path, roster: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Person ID;Relation;Visa expires\nP9;HQS;01.02.2027\n"
    found = told(capsys, source(tmp_path, text), "--into", roster)
    assert found["columns_not_there"] == ["visa_expires"]
    assert found["added"] == [{"person_id": "P9", "columns": ["relation"]}]


def test_ods_is_refused_as_a_roster(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = ods_file(tmp_path / "r.ods", "Roster", [HEADERS])
    assert run("import", source(tmp_path), "--into", path, "--yes") == 2
    assert "OpenDocument" in capsys.readouterr().err

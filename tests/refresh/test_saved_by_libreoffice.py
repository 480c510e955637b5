"""A roster that LibreOffice saved, as .ods or .xlsx, says what it said before; the .xlsx is refreshed as any other."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from hqs_xl.compliance.check import Report, check_roster, read_roster
from hqs_xl.demo.roster_file import write_demo
from hqs_xl.hosts.closed import open_book
from hqs_xl.refresh.one import Job, Options, State, refresh_file
from hqs_xl.roster.columns import TABLES
from hqs_xl.texts import say
from tests.programs import all_converted, converted, needs_libreoffice, needs_validator, validator_errors
from tests.refresh.test_refreshed_rosters import AS_OF, NOW, compare, grid, notices, written
from tests.roster.people import SPECIALIST
from tests.roster_files import run, write

pytestmark = needs_libreoffice

WORKBOOKS = Path(__file__).parents[2] / "workbook"
LANGUAGES = ("en", "ru")
RANDOM = [(seed, lang, maker) for seed in range(8) for lang, maker in (("en", "openpyxl"), ("ru", "xlsxwriter"))]
NAMES = [
    *(f"demo_{lang}" for lang in LANGUAGES),
    *(f"{kind}_{lang}" for kind in ("xlsx", "xlsm") for lang in LANGUAGES),
    *(f"any_{seed}_{lang}_{maker}" for seed, lang, maker in RANDOM),
]
PLAIN = [name for name in NAMES if name.startswith("any")]


class Saved(NamedTuple):
    """A workbook, and what LibreOffice made of it."""

    original: Path
    ods: Path
    xlsx: Path


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Saved]:
    folder = tmp_path_factory.mktemp("saved")
    originals = list(made(folder / "original"))
    kinds = [all_converted(originals, kind, folder / kind) for kind in ("ods", "xlsx")]
    found = {file.stem: Saved(file, *others) for file, *others in zip(originals, *kinds, strict=True)}
    assert list(found) == NAMES
    return found


def made(folder: Path) -> list[Path]:
    folder.mkdir()
    files = []
    for lang in LANGUAGES:
        files.append(folder / f"demo_{lang}.xlsx")
        write_demo(files[-1], AS_OF, 60, lang, lambda _: None)
    for kind in ("xlsx", "xlsm"):
        for lang in LANGUAGES:
            source = WORKBOOKS / ("" if lang == "en" else lang) / f"hqs_roster.{kind}"
            files.append(Path(shutil.copy(source, folder / f"{kind}_{lang}.{kind}")))
    for seed, lang, maker in RANDOM:
        files.append(written(grid(seed, lang), notices(lang), folder / f"any_{seed}_{lang}_{maker}.xlsx", maker))
    return files


def checked(file: Path) -> Report:
    with open_book(file) as book:
        found = read_roster(book)
    return check_roster(found, found.other.settings_for(AS_OF))


# ---- check ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_findings_and_answers_are_those_of_the_original(books: dict[str, Saved], name: str) -> None:
    original, ods, xlsx = map(checked, books[name])
    assert original.people > 0
    assert (ods.settings, ods.findings, ods.agenda) == (original.settings, original.findings, original.agenda)
    assert (xlsx.settings, xlsx.findings, xlsx.agenda) == (original.settings, original.findings, original.agenda)


def test_the_rosters_have_something_to_find(books: dict[str, Saved]) -> None:
    found = [finding for name in NAMES for finding in checked(books[name].ods).findings]
    assert len({finding.code for finding in found}) > 30
    assert any("Excel error" in finding.message for finding in found)


@pytest.mark.parametrize("name", ["demo_en", "xlsm_ru"])
def test_the_command_prints_the_same(books: dict[str, Saved], name: str, capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for file in books[name]:
        assert run("check", file, "--json", "--as-of", AS_OF) == 1
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1] == printed[2]
    assert json.loads(printed[0])["findings"]


@pytest.mark.parametrize(
    "command", [("due", "--within", 90), ("notice", "P1", "--kind", "concluded")], ids=["due", "notice"]
)
def test_other_commands_read_ods(
    command: tuple[object, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = one_person(tmp_path)
    printed = []
    for kind in (file, converted(file, "ods", tmp_path / "ods")):
        run(command[0], kind, *command[1:], "--as-of", AS_OF)
        printed.append(capsys.readouterr().out.replace(".ods", ".xlsx"))
    assert printed[0] == printed[1] != ""


def test_a_calendar_file_is_made_of_ods(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = converted(one_person(tmp_path), "ods", tmp_path / "ods")
    assert run("ics", file, "--as-of", AS_OF) == 0
    assert "10 deadlines" in capsys.readouterr().out
    assert file.with_suffix(".ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def one_person(folder: Path) -> Path:
    return write(folder / "roster.xlsx", Roster=[list(SPECIALIST), list(SPECIALIST.values())])


def test_what_a_file_holds_decides_not_its_name(books: dict[str, Saved], tmp_path: Path) -> None:
    renamed = Path(shutil.copy(books["demo_en"].ods, tmp_path / "demo.xlsx"))
    assert checked(renamed).findings == checked(books["demo_en"].original).findings
    other = Path(shutil.copy(books["demo_en"].xlsx, tmp_path / "demo.ods"))
    assert checked(other).findings == checked(books["demo_en"].original).findings


def test_days_counted_from_1904_are_the_same_days(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(list(SPECIALIST))
    book.active.append(list(SPECIALIST.values()))
    for cell in book.active[2]:
        if cell.column_letter in {"J", "K"}:
            cell.number_format = "General"  # a number that a day is meant by
    book.save(tmp_path / "since1904.xlsx")
    original = checked(tmp_path / "since1904.xlsx")
    assert original.agenda[0].next_due
    for kind in ("ods", "xlsx"):
        file = converted(tmp_path / "since1904.xlsx", kind, tmp_path / kind)
        with open_book(file) as opened:
            assert opened.date1904
        assert (checked(file).findings, checked(file).agenda) == (original.findings, original.agenda)


def test_totals_are_nobody(tmp_path: Path) -> None:
    file = tmp_path / "totals.xlsx"
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("It's a roster")
        columns = [{"header": key, "total_string": "Total"} for key in SPECIALIST]
        sheet.add_table(2, 1, 4, len(SPECIALIST), {"columns": columns, "total_row": True})
        sheet.write_row(3, 1, list(SPECIALIST.values()))
    for kind in ("ods", "xlsx"):
        saved = converted(file, kind, tmp_path / kind)
        with open_book(saved) as opened:
            assert opened.totals("It's a roster") == {5}
        assert checked(saved).people == checked(file).people == 1


# ---- refresh -------------------------------------------------------------------------------------------------------


def refreshed(file: Path, out: Path | None = None) -> State:
    done = refresh_file(Job(file, Options(NOW, as_of=AS_OF, add_columns=True, findings_sheet=True, backups=0), out))
    assert not done.code, done.message
    return done.state


@needs_validator
@pytest.mark.parametrize("name", ["demo_ru", "xlsx_en", "xlsm_ru", *PLAIN[:2]])
def test_a_refresh_answers_once_and_breaks_nothing(books: dict[str, Saved], name: str, tmp_path: Path) -> None:
    out = tmp_path / "roster.xlsx"
    assert refreshed(books[name].xlsx, out) is State.CHANGED
    assert refreshed(out) is State.SAME
    assert set(validator_errors(out)) <= set(validator_errors(books[name].xlsx))
    original, again = checked(books[name].original), converted(out, "xlsx", tmp_path / "again")
    for file in (out, again):
        assert (checked(file).findings, checked(file).agenda) == (original.findings, original.agenda)
        assert openpyxl.load_workbook(file).sheetnames[0] == openpyxl.load_workbook(books[name].xlsx).sheetnames[0]


@pytest.mark.parametrize("name", PLAIN)
def test_others_read_the_answers(books: dict[str, Saved], name: str, tmp_path: Path) -> None:
    out = tmp_path / "roster.xlsx"
    refreshed(books[name].xlsx, out)
    compare(checked(books[name].original), out)


@pytest.mark.parametrize("name", ["xlsx_en", "xlsm_ru"])
def test_answers_stand_where_formulas_of_ours_stand(books: dict[str, Saved], name: str, tmp_path: Path) -> None:
    out = tmp_path / "roster.xlsx"
    refreshed(books[name].xlsx, out)
    formulas: Any
    values: Any
    formulas, values = (
        openpyxl.load_workbook(out, data_only=only)[say("sheet.roster", name[-2:])] for only in (False, True)
    )
    keys = {column.header(name[-2:]): column.key for column in TABLES["roster"]}
    places = {
        keys[cell.value]: cell.column for row in values.iter_rows(max_row=3) for cell in row if cell.value in keys
    }
    for line in checked(books[name].original).agenda:
        assert "HQS_" in formulas.cell(line.row, places["next_due"]).value
        found = values.cell(line.row, places["next_due"]).value
        assert (found.date() if found else None) == line.next_due
        assert (values.cell(line.row, places["status"]).value or "") == line.status


@pytest.mark.parametrize("name", ["roster.ods", "roster.xlsx"])
def test_ods_is_not_refreshed(
    books: dict[str, Saved], name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(shutil.copy(books["demo_en"].ods, tmp_path / name))
    before = file.read_bytes()
    assert run("refresh", file, "--as-of", date(2026, 3, 16)) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "menu HQS in LibreOffice" in said
    assert "save it as .xlsx" in said
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [name]

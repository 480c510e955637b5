"""The workbook HR opens: the same bytes each time, right values in every formula's cell, flags where Findings says."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.law import RUSSIA, rulebook
from hqs_xl.roster.columns import DOCUMENTS, FINDINGS, SALARY, answers
from hqs_xl.roster.findings import Severity
from hqs_xl.roster.tables.marks import CELL_NAMES, TABLE_NAMES
from hqs_xl.setup.products import EMPTY
from hqs_xl.sync.urgent_first import UrgentFirst
from hqs_xl.template.build import DEMO_DAY, DEMO_PEOPLE, build
from hqs_xl.template.sheets.stages import COLUMNS, PLACES, STAGES
from hqs_xl.template.sheets.tables import SPARE
from hqs_xl.texts import LANGUAGES, say
from tests.programs import converted, needs_libreoffice, needs_validator, validator_errors

ROOT = Path(__file__).parent.parent.parent / "workbook"
KINDS = [("en", False), ("en", True), ("ru", False), ("ru", True)]
EMPTY_FILES = ("en", "ru")
ERROR_TEXT = re.compile(r"#(HQS!|NAME\?|VALUE!|REF!|N/A|DIV/0!|NUM!)")


def made(folder: Path, lang: str = "en", *, macros: bool = False, demo: bool = True) -> Path:
    file = folder / f"{lang}{'' if demo else '-empty'}.{'xlsm' if macros else 'xlsx'}"
    if not file.exists():
        build(file, lang=lang, macros=macros, demo=demo)
    return file


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("built")


@cache
def opened(file: Path, *, values: bool = True) -> Any:
    with warnings.catch_warnings():
        # openpyxl says that it knows no such extension.
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(file, data_only=values)


@pytest.mark.parametrize(("lang", "macros"), KINDS)
class TestBytes:
    def test_two_builds_are_the_same(self, folder: Path, tmp_path: Path, lang: str, macros: bool) -> None:
        assert made(tmp_path, lang, macros=macros).read_bytes() == made(folder, lang, macros=macros).read_bytes()

    def test_the_committed_file_is_what_is_built(self, folder: Path, lang: str, macros: bool) -> None:
        committed = ROOT / ("" if lang == "en" else lang) / f"hqs_roster.{'xlsm' if macros else 'xlsx'}"
        assert committed.read_bytes() == made(folder, lang, macros=macros).read_bytes()

    def test_no_member_depends_on_who_deflates_it(self, folder: Path, lang: str, macros: bool) -> None:
        with zipfile.ZipFile(made(folder, lang, macros=macros)) as package:
            for member in package.infolist():
                stamp = (member.compress_type, member.date_time, member.create_system)
                assert stamp == (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 0)

    @needs_validator
    def test_microsofts_validator_has_no_error(self, folder: Path, lang: str, macros: bool) -> None:
        assert validator_errors(made(folder, lang, macros=macros)) == []

    @needs_validator
    def test_nor_on_an_empty_one(self, folder: Path, lang: str, macros: bool) -> None:
        assert validator_errors(made(folder, lang, macros=macros, demo=False)) == []


@pytest.mark.parametrize(("lang", "macros"), KINDS)
class TestPackage:
    def test_nothing_makes_it_recalculate_on_opening(self, folder: Path, lang: str, macros: bool) -> None:
        with zipfile.ZipFile(made(folder, lang, macros=macros)) as package:
            (order,) = re.findall(rb"<calcPr [^>]*>", package.read("xl/workbook.xml"))
        assert order == b'<calcPr calcId="191029"/>'

    def test_ribbon_and_macros_are_in_the_xlsm_alone(self, folder: Path, lang: str, macros: bool) -> None:
        with zipfile.ZipFile(made(folder, lang, macros=macros)) as package:
            inside = {name for name in package.namelist() if "customUI" in name or "vbaProject" in name}
        assert inside == ({"customUI/customUI14.xml", "xl/vbaProject.bin"} if macros else set())

    def test_the_sheets_in_their_order_and_what_is_hidden(self, folder: Path, lang: str, macros: bool) -> None:
        book = opened(made(folder, lang, macros=macros))
        # First what HR looks at.
        keys = ["start", "dashboard", "roster", "salary", "documents", "employer", "findings", "deadlines"]
        keys += ["plan", "rules", "calendar", "figures", "log", "lines", "kept"]
        names = [say(f"sheet.{key}", lang) for key in keys]
        assert book.sheetnames == names + (["xlwings.conf"] if macros else [])
        assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == book.sheetnames[13:]

    def test_every_sheet_to_see_prints_as_wide_as_a_page(self, folder: Path, lang: str, macros: bool) -> None:
        for sheet in opened(made(folder, lang, macros=macros)):
            if sheet.sheet_state == "visible":
                assert sheet.page_setup.orientation == "landscape", sheet.title
                assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
                assert sheet.page_setup.fitToWidth in {None, 1}, sheet.title

    def test_rows_fit_their_texts_and_go_on_fitting(self, folder: Path, lang: str, macros: bool) -> None:
        with zipfile.ZipFile(made(folder, lang, macros=macros)) as package:
            sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(re.search(rb"<row [^>]*customHeight", sheet) for sheet in sheets)
        assert len({height for sheet in sheets for height in re.findall(rb'<row [^>]*ht="([0-9.]+)"', sheet)}) > 3


@pytest.mark.parametrize("lang", LANGUAGES)
class TestConditionalFormats:
    def test_flags_are_looked_up_in_findings(self, folder: Path, lang: str) -> None:
        book = opened(made(folder, lang))
        for name, areas in (("roster", ["A3:B167", "I3:AN167"]), ("salary", ["A2:F269"]), ("documents", ["A2:G102"])):
            sheet = book[say(f"sheet.{name}", lang)]
            rules = [
                (str(area.sqref), rule)
                for area in sheet.conditional_formatting
                for rule in area.rules
                if "HQS_FINDING_SHEET" in rule.formula[0]
            ]
            assert len(rules) == len(Severity) * len(areas)
            for area, rule in rules:
                assert area in areas
                assert not rule.stopIfTrue
                assert f'HQS_FINDING_SHEET,"{sheet.title}"' in rule.formula[0]
                assert ("HQS_FINDING_ROW,ROW()" in rule.formula[0]) == (name != "roster")
                assert rule.dxf.border.left.style
                assert rule.dxf.fill.bgColor.rgb[2:] != "FFFFFF"

    def test_what_they_ask_for_stands_in_the_findings(self, folder: Path, lang: str) -> None:
        book = opened(made(folder, lang))
        keys = [column.key for column in FINDINGS]
        for row in book[say("sheet.findings", lang)].iter_rows(min_row=2, values_only=True):
            line = dict(zip(keys, row, strict=True))
            sheet = book[line["sheet"]]
            headers = [cell.value for cell in sheet[2 if line["sheet"] == say("sheet.roster", lang) else 1]]
            assert line["column"] in headers
            assert sheet.cell(line["row"], 1).value == line["person_id"]

    def test_each_finding_has_a_link_to_its_cell(self, folder: Path, lang: str) -> None:
        formulas, values = load_workbook(made(folder, lang)), opened(made(folder, lang))
        keys, title = [column.key for column in FINDINGS], say("sheet.findings", lang)
        lines = list(zip(formulas[title].iter_rows(min_row=2), values[title].iter_rows(min_row=2), strict=True))
        assert len(lines) > 30
        for held, shown in lines:
            line = {key: cell.value for key, cell in zip(keys, shown, strict=True)}
            link = held[keys.index("go_to")]
            assert link.value == f"""=HYPERLINK("#'{line["sheet"]}'!{line["go_to"]}","{line["go_to"]}")"""
            assert link.font.underline
            sheet = values[line["sheet"]]
            headers = 2 if line["sheet"] == say("sheet.roster", lang) else 1
            assert sheet[line["go_to"]].row == line["row"]
            assert sheet.cell(headers, sheet[line["go_to"]].column).value == line["column"]

    def test_each_name_leads_to_its_column_of_findings(self, folder: Path, lang: str) -> None:
        book = opened(made(folder, lang))
        sheet = book[say("sheet.findings", lang)]
        for key in ("severity", "person_id", "sheet", "row", "column"):
            area = book.defined_names[f"HQS_FINDING_{key.upper()}"].attr_text
            letter = area.partition("!$")[2][0]
            last = f"COUNTA('{sheet.title}'!$A:$A)"
            assert area == f"'{sheet.title}'!${letter}$1:INDEX('{sheet.title}'!${letter}:${letter},{last})"
            assert sheet[f"{letter}1"].value == say(f"header.{key}", lang)

    def test_a_status_is_told_by_a_sign_too(self, folder: Path, lang: str) -> None:
        sheet = opened(made(folder, lang))[say("sheet.roster", lang)]
        letter = sheet.cell(1, PLACES["status"] + 1).column_letter
        signs = [
            rule.dxf.numFmt.formatCode
            for area in sheet.conditional_formatting
            if str(area.sqref) == f"{letter}3:{letter}167"
            for rule in area.rules
        ]
        assert signs == ['"▲ "@', '"● "@', '"● "@', '"◆ "@', '"? "@']


@pytest.mark.parametrize("lang", LANGUAGES)
class TestWhatTheValidatorMisses:
    def test_each_table_has_the_headers_of_its_cells(self, folder: Path, lang: str) -> None:
        book = opened(made(folder, lang))
        names = []
        for sheet in book:
            for table in sheet.tables.values():
                names.append(table.name)
                first, *_ = sheet[table.ref]
                assert [cell.value for cell in first] == table.column_names
        wanted = "Calendar Deadlines Documents Employer Findings LastCheck Log OwnDays Roster Rules SalaryNotices"
        assert sorted(names) == [*wanted.split(), "SettingsTable"]

    def test_each_table_a_formula_names_is_there(self, folder: Path, lang: str) -> None:
        book = opened(made(folder, lang), values=False)
        columns = {table.name: table.column_names for sheet in book for table in sheet.tables.values()}
        for _, _, formula in formulas(book):
            assert "@" not in formula
            for table, column in re.findall(r"(\w+)\[([^\[\]#]+)\]", formula):
                assert column in columns[table], formula

    def test_the_block_of_answers_is_stored_as_the_roster_shows_it(self, folder: Path, lang: str) -> None:
        book = opened(made(folder, lang))
        block, roster = book[say("sheet.lines", lang)], book[say("sheet.roster", lang)]
        for row in range(2, 20):
            found, shown = block.cell(row, 7).value, roster.cell(row + 1, PLACES["check"] + 1).value
            assert ("" if found is None else found) == (shown or "")

    def test_the_plan_says_what_the_card_is_as_long_as_it_is_asked(self, folder: Path, lang: str) -> None:
        text = say("check.card", lang)
        stored, formula = (
            opened(made(folder, lang), values=values)[say("sheet.plan", lang)] for values in (True, False)
        )
        assert stored["A8"].value == text
        assert formula["A8"].value == f'=IF(OR(Edition="",Edition="card"),"{text}","")'

    def test_each_name_a_formula_uses_is_defined(self, folder: Path, lang: str) -> None:
        book = opened(made(folder, lang), values=False)
        texts = [text for _, _, text in formulas(book)]
        used = {name for text in texts for name in re.findall(r"\b(HQS_[A-Z_]+|AsOf|Edition|Language)\b", text)}
        functions = {"HQS_ANSWERS", "HQS_CALENDAR_KNOWN", "HQS_PLAN"}
        assert used - functions <= set(book.defined_names)
        assert used >= functions

    def test_what_marks_a_sheet_without_a_table_is_a_name_of_plain_cells(self, folder: Path, lang: str) -> None:
        """Not every program says on which sheet a name lies that is counted."""
        names = opened(made(folder, lang), values=False).defined_names
        plain = re.compile(r"('[^']+'|\w+)!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?")
        alone = {name for kind, name in CELL_NAMES.items() if kind not in TABLE_NAMES}
        assert [name for name in sorted(alone) if not plain.fullmatch(names[name].attr_text)] == []

    def test_code_names_are_those_of_the_vba_project(self, folder: Path, lang: str) -> None:
        with zipfile.ZipFile(made(folder, lang, macros=True)) as package:
            sheets = [name for name in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
            codes = {re.findall(rb'codeName="(\w+)"', package.read(name))[0].decode() for name in sheets}
            book = re.findall(rb'codeName="(\w+)"', package.read("xl/workbook.xml"))
            project = package.read("xl/vbaProject.bin")
        assert book == [b"ThisWorkbook"]
        for code in codes:
            assert f"Document={code}/&H".encode() in project
        assert len(codes) == len(sheets)


def formulas(book: Any) -> Iterator[tuple[str, str, str]]:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                text = getattr(cell.value, "text", cell.value)
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, str(text)


@pytest.mark.parametrize("lang", LANGUAGES)
class TestStoredValues:
    def test_the_roster_answers_what_the_check_says(self, folder: Path, lang: str) -> None:
        file = made(folder, lang)
        with ClosedBook(file) as book:
            roster = read_roster(book)
        report = check_roster(roster, roster.other.settings_for(date(1999, 1, 1)))
        sheet = opened(file)[say("sheet.roster", lang)]
        headers = [cell.value for cell in sheet[2]]
        for line in report.agenda:
            for column in answers("roster"):
                stored = sheet.cell(line.row, headers.index(column.header(lang)) + 1).value
                stored = stored.date() if isinstance(stored, datetime) else stored
                assert (stored or None) == (getattr(line, column.key) or None) or stored == 0
        assert len(report.agenda) == 64

    def test_findings_are_the_checks(self, folder: Path, lang: str) -> None:
        file = made(folder, lang)
        with ClosedBook(file) as book:
            roster = read_roster(book)
        settings = roster.other.settings_for(date(1999, 1, 1))
        report = check_roster(roster, settings)
        rows = list(opened(file)[say("sheet.findings", lang)].iter_rows(min_row=2, values_only=True))
        place = [column.key for column in FINDINGS].index
        with closing(UrgentFirst(settings.as_of)) as queue:
            for finding in report.findings:
                queue.take(finding)
            urgent = list(queue.in_order())
        assert [row[place("code")] for row in rows] == [finding.code for finding in urgent]
        assert [row[place("message")] for row in rows] == [finding.message for finding in urgent]
        # The card leaves nothing to be asked.
        assert {finding.severity for finding in report.findings} == set(Severity) - {Severity.ASK}

    def test_it_is_looked_at_as_of_a_fixed_day(self, folder: Path, lang: str) -> None:
        book = opened(made(folder, lang))
        cells = book.defined_names["AsOf"].attr_text.replace("$", "").replace("'", "").split("!")
        assert book[cells[0]][cells[1]].value.date() == DEMO_DAY

    def test_an_empty_answer_is_stored_as_a_text(self, folder: Path, lang: str) -> None:
        with zipfile.ZipFile(made(folder, lang)) as package:
            for name in package.namelist():
                for cell in re.findall(rb"<c [^>]*><f[^>]*>[^<]*</f><v></v>", package.read(name)):
                    assert b't="str"' in cell

    def test_no_error_stands_anywhere(self, folder: Path, lang: str) -> None:
        for demo in (True, False):
            for sheet in opened(made(folder, lang, demo=demo)):
                for row in sheet.iter_rows(values_only=True):
                    assert not [one for one in row if isinstance(one, str) and ERROR_TEXT.search(one)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_rules_say_when_they_were_looked_at_and_find_out_by_themselves_that_it_is_long_ago(
    folder: Path, lang: str
) -> None:
    sheet = opened(made(folder, lang), values=False)[say("sheet.rules", lang)]
    heads = [cell.value for cell in sheet[4]]
    checked, again = (heads.index(say(f"column.{head}", lang)) for head in ("checked", "again"))
    values = [row for row in sheet.iter_rows(min_row=5) if row[checked].value]
    assert len(values) == sum(len(one) for rule in rulebook().values() for one in rule.values.values())
    for row in values:
        assert row[checked].value.date() == date(2026, 11, 28)
        assert row[again].value.startswith(f'=IF(AsOf-${row[checked].column_letter}${row[checked].row}>400,"')
        assert len(row[again].value) < 270  # a text within a formula has 255 signs at most
    # Nothing is old on the day of the demo.
    shown = opened(made(folder, lang))[say("sheet.rules", lang)]
    assert {row[again].value or None for row in shown.iter_rows(min_row=5)} == {None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rules_are_named_in_words_and_their_codes_stand_last(folder: Path, lang: str) -> None:
    sheet = opened(made(folder, lang))[say("sheet.rules", lang)]
    names = {(row[0].value, row[-1].value) for row in sheet.iter_rows(min_row=5)}
    assert names == {(say(f"rule.{name}", lang), name) for name in rulebook()}


# What is printed of each sheet: the last column, whose rows go on as far as the sheet does.
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_last_two_years_of_the_calendar_are_printed_below_its_title(folder: Path, lang: str) -> None:
    page = opened(made(folder, lang))[say("sheet.calendar", lang)]
    first = int(page.print_area.split("$A$")[1].partition(":")[0])
    years = [page.cell(row, 1).value.year for row in (first - 1, first, page.max_row)]
    last = RUSSIA.known_through.year
    assert years == [last - 2, last - 1, last]
    assert page.print_title_rows == "$1:$4"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_log_is_printed_in_letters_that_can_be_read(folder: Path, lang: str) -> None:
    page = opened(made(folder, lang))[say("sheet.log", lang)]
    width = sum(page.column_dimensions[get_column_letter(place)].width for place in range(1, page.max_column + 1))
    # A4 across takes 149 characters in full size; it was less than half of it.
    assert width < 149 / 0.6


PRINTED = {
    "roster": ("J", "header.citizenship"),
    "findings": ("J", "header.action"),
    "deadlines": ("F", "header.full_name"),
    "rules": ("H", "column.checked"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("sheet", PRINTED)
def test_what_hr_reads_is_printed_legibly_and_to_its_last_row(folder: Path, lang: str, sheet: str) -> None:
    page = opened(made(folder, lang))[say(f"sheet.{sheet}", lang)]
    last, header = PRINTED[sheet]
    assert page.print_area.endswith(f"!$A$1:${last}$1048575")
    header_row = page.print_title_rows.rpartition("$")[2]
    assert page[f"{last}{header_row}"].value == say(header, lang)
    letters = [get_column_letter(place) for place in range(1, page[f"{last}1"].column + 1)]
    # A4 across takes 149 characters in full size; at least seven tenths of it are left.
    assert sum(page.column_dimensions[letter].width for letter in letters) < 149 / 0.68


@pytest.mark.parametrize("lang", EMPTY_FILES)
class TestEmpty:
    def test_the_committed_file_is_what_is_built(self, folder: Path, lang: str) -> None:
        committed = ROOT / ("" if lang == "en" else lang) / EMPTY
        assert committed.read_bytes() == made(folder, lang, demo=False).read_bytes()

    def test_nobody_is_in_it_and_nothing_was_checked(self, folder: Path, lang: str) -> None:
        book = opened(made(folder, lang, demo=False))
        for name, rows in (("roster", 3), ("salary", 2), ("findings", 2), ("log", 2)):
            sheet = book[say(f"sheet.{name}", lang)]
            values = [value for row in sheet.iter_rows(min_row=rows, values_only=True) for value in row]
            assert not any(values), name
            (table,) = sheet.tables.values()
            assert table.ref.endswith(str(rows))

    def test_it_is_looked_at_as_of_today(self, folder: Path, lang: str) -> None:
        book = opened(made(folder, lang, demo=False), values=False)
        assert book[say("sheet.start", lang)]["B11"].value == "=TODAY()"


@pytest.mark.parametrize("lang", LANGUAGES)
class TestRosterSheet:
    def test_every_fact_has_its_help_and_its_kind(self, folder: Path, lang: str) -> None:
        book = opened(made(folder, lang))
        for name, columns, first in (("roster", COLUMNS, 3), ("salary", SALARY, 2), ("documents", DOCUMENTS, 2)):
            sheet = book[say(f"sheet.{name}", lang)]
            rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
            for place, column in enumerate(columns):
                rule = rules[sheet.cell(first, place + 1).coordinate]
                if column.answer:
                    assert (rule.type, rule.formula1) == ("custom", "FALSE")
                    continue
                assert rule.prompt == say(f"help.{column.key}", lang)
                expected = {"date": "date", "word": "list", "yes_no": "list"}.get(column.kind)
                assert rule.type == expected or column.key == "person_id" or expected is None
                (table,) = sheet.tables.values()
                last = int(re.findall(r"\d+", table.ref)[-1])
                assert int(re.findall(r"\d+", str(rule.sqref))[-1]) in {last + SPARE, last + SPARE + 1}

    def test_dates_look_like_dates_and_ids_are_texts(self, folder: Path, lang: str) -> None:
        sheet = opened(made(folder, lang))[say("sheet.roster", lang)]
        for place, column in enumerate(COLUMNS, 1):
            look = sheet.cell(3, place).number_format
            assert (look == {"en": "yyyy-mm-dd", "ru": r"dd\.mm\.yyyy"}[lang]) == (column.kind == "date")
            assert (look == "@") == (column.kind == "id")

    def test_header_and_ids_stay_in_sight_and_in_print(self, folder: Path, lang: str) -> None:
        sheet = opened(made(folder, lang))[say("sheet.roster", lang)]
        assert sheet.freeze_panes == "C3"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$2", "$A:$B")

    def test_ten_columns_are_printed(self, folder: Path, lang: str) -> None:
        sheet = opened(made(folder, lang))[say("sheet.roster", lang)]
        # All rows, for people are added.
        assert sheet.print_area.endswith("!$A$1:$J$1048575")
        keys = ["person_id", "full_name", "status", "next_action", "next_due", "act_by", "days_left", "check"]
        headers = [say(f"header.{key}", lang) for key in [*keys, "relation", "citizenship"]]
        assert [cell.value for cell in sheet[2]][:10] == headers
        # As wide as A4 landscape at no less than three quarters of the size.
        assert sum(sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJ") < 220

    def test_the_band_names_each_stage_whose_other_columns_fold(self, folder: Path, lang: str) -> None:
        sheet = opened(made(folder, lang))[say("sheet.roster", lang)]
        named = {cell.column - 1: cell.value for cell in sheet[1] if cell.value}
        for stage, keys in STAGES.items():
            assert named[PLACES[keys[0]]] == say(f"stage.{stage}", lang)
        levels = {
            get_column_letter(place): one.outlineLevel
            for one in sheet.column_dimensions.values()
            for place in range(one.min or 1, (one.max or 0) + 1)
        }
        folded = {key for keys in STAGES.values() for key in keys[1:]} - {"citizenship"}
        for key, place in PLACES.items():
            assert levels.get(sheet.cell(1, place + 1).column_letter, 0) == (key in folded), key
        assert not sheet.sheet_properties.outlinePr.summaryRight

    def test_no_header_is_wider_than_its_column(self, folder: Path, lang: str) -> None:
        for sheet in opened(made(folder, lang)):
            for table in sheet.tables.values():
                for cell in sheet[table.ref][0]:
                    longest = max(map(len, str(cell.value).split()))
                    wide = [
                        one.width
                        for one in sheet.column_dimensions.values()
                        if (one.min or 0) <= cell.column <= (one.max or 0)
                    ]
                    assert not wide or wide[0] >= longest, (sheet.title, cell.value)

    def test_answers_are_looked_up_and_one_call_answers_for_all(self, folder: Path, lang: str) -> None:
        book = opened(made(folder, lang), values=False)
        calls = [text for sheet, _, text in formulas(book) if "HQS_ANSWERS(" in text]
        assert len(calls) == 1
        assert COLUMNS[-1].header(lang) in calls[0]
        assert not any(column.header(lang) + "]" in calls[0] for column in answers("roster"))

    @pytest.mark.parametrize("demo", [True, False], ids=["demo", "empty"])
    def test_a_thousand_people_are_answered_and_no_line_is_stored_for_nobody(
        self, folder: Path, lang: str, demo: bool
    ) -> None:
        sheet = opened(made(folder, lang, demo=demo), values=False)[say("sheet.lines", lang)]
        assert sheet["B2"].value.ref == "B2:G1001"
        assert sheet.max_row == (DEMO_PEOPLE if demo else 1) + 1
        assert [cell.value for cell in sheet["A"][1:]] == [*range(1, sheet.max_row)]


@needs_libreoffice
@pytest.mark.parametrize("lang", LANGUAGES)
def test_native_formulas_come_to_what_is_stored(folder: Path, tmp_path: Path, lang: str) -> None:
    """The dashboard recalculated by LibreOffice, over the answers as they stand: our functions are not known there."""
    file = made(folder, lang)
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"<f[^>]*>[^<]*HQS_[^<]*</f>", b"", content)
                content = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", content)
            target.writestr(name, content)
    name = say("sheet.dashboard", lang)
    stored, found = opened(file)[name], opened(converted(bare, "xlsx", tmp_path / "out"))[name]
    cells = [
        cell.coordinate for row in opened(file, values=False)[name].iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert len(cells) > 150
    different = {
        at: (stored[at].value, found[at].value) for at in cells if (stored[at].value or 0) != (found[at].value or 0)
    }
    assert different == {}

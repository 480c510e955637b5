"""The menu "HQS": the ribbon's buttons under the same names, and what each says and does in an open document."""

from __future__ import annotations

from pathlib import Path
from shutil import copy
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from openpyxl import Workbook, load_workbook

import hqs_xl
from hqs_xl.buttons import acts
from hqs_xl.buttons.groups import GROUPS
from hqs_xl.hosts.calc.addons import menu_xcu, toolbar_xcu
from hqs_xl.hosts.calc.names import MENU
from hqs_xl.roster.columns import ROSTER, TABLES, answers
from hqs_xl.template.sheets.stages import PLACES
from hqs_xl.template.sheets.tables import letters
from hqs_xl.texts import LANGUAGES, say
from tests.calc.office import Office
from tests.calc.test_book import PEOPLE, saved
from tests.calc.test_workbook import FILES
from tests.rosters import person

STORIES = "tests.calc.stories"
BUTTONS = [button.macro for buttons in GROUPS.values() for button in buttons]
XML = "{http://openoffice.org/2001/registry}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


# --- What LibreOffice is told ----------------------------------------------------------------------------------------


def test_each_button_of_the_ribbon_has_its_act() -> None:
    assert sorted(acts.BUTTONS) == sorted(BUTTONS)


@pytest.mark.parametrize(("lang", "locale"), [("en", "en-US"), ("ru", "ru")])
def test_entries_bear_the_ribbons_labels_in_each_language(lang: str, locale: str) -> None:
    titles = [
        value.text
        for prop in ET.fromstring(menu_xcu()).iter("prop")  # noqa: S314 - our own
        if prop.get(f"{XML}name") == "Title"
        for value in prop.iter("value")
        if value.get(LANG) == locale
    ]
    labels = [say(f"ribbon.label.{button}", lang) for button in BUTTONS]
    assert titles == [say("ribbon.tab", lang), *labels, *labels], "the menu's title, its entries, the toolbar's"


def test_the_xml_is_whole() -> None:
    for text in (menu_xcu(), toolbar_xcu()):
        ET.fromstring(text)  # noqa: S314 - our own


def test_libreoffice_has_menu_and_toolbar_in_the_ribbons_order(office: Office) -> None:
    told = office.run(STORIES, "menu")
    urls = [url for _, url in told["menu"] if url != "private:separator"]
    assert urls == [f"service:{MENU}?{button}" for button in BUTTONS]
    assert told["menu"][0][0] == "Check roster"
    assert [url for _, url in told["menu"]].count("private:separator") == len(GROUPS) - 1
    assert told["toolbar"] == told["menu"]
    assert (told["name"], told["docked"]) == ("HQS", True)


def test_an_entry_reaches_its_button(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"], book.worksheets[0]["B1"] = 1, "=A1*10"
    book.save(tmp_path / "book.xlsx")
    assert office.run(STORIES, "dispatched", file=str(tmp_path / "book.xlsx"), cell="B1") == [10, 20]


# --- What the buttons say --------------------------------------------------------------------------------------------


def letter(key: str) -> str:
    place = [column.key for column in ROSTER].index(key)
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_button_on_the_built_workbook(office: Office, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "hqs_roster.xlsm"
    copy(FILES[lang] / file.name, file)
    buttons = [button for button in BUTTONS if button not in {"recalculate", "empty_demo"}]
    select = [say("sheet.roster", lang), f"{letters(PLACES['permit_expires'])}5"]
    done = office.run(STORIES, "pressed", file=str(file), buttons=buttons, select=select)
    told = done["told"]
    assert told["check"].splitlines()[2] == say("macro.same", lang)
    assert told["explain"].startswith(f"{say('severity.violation', lang)}: ")
    assert "\npermit.renewal (S13)" in told["explain"]
    assert told["refresh_calendar"].splitlines()[1].startswith(say("calendar_sheet.known", lang, day="x")[:10])
    assert told["due_list"].splitlines()[0].endswith(str(tmp_path / "hqs_roster-due.html"))
    assert told["calendar_file"].splitlines()[0].endswith(str(tmp_path / "hqs_roster.ics"))
    person = told["notice_data"].splitlines()[0].partition("-notice-")[2]
    assert person == "HQS-00003-salary.html"
    assert (told["show_rules"], done["front"]) == ("", say("sheet.rules", lang))
    for part in (hqs_xl.__version__, "LibreOffice", "hqs_roster.xlsm", "careful"):
        assert part in told["about"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("hqs_roster-due.html", f"hqs_roster-notice-{person}", "hqs_roster.ics", "hqs_roster.xlsm"),
    ]
    assert (done["modified"], done["same"], done["steps"]) == (False, True, [])
    assert say("digest.overdue", lang, count=24)[:6] in (tmp_path / "hqs_roster-due.html").read_text("utf-8")


def test_explain_counts_from_the_selected_cell(office: Office, tmp_path: Path) -> None:
    file = saved(tmp_path / "roster.xlsx", person())
    done = office.run(
        STORIES, "pressed", file=str(file), buttons=["explain"], select=["R", f"{letter('agreement_signed')}2"]
    )
    assert done["told"]["explain"].startswith("notice.concluded (S24), event 2025-01-20")


def test_a_roster_in_a_plain_range_gets_findings_and_one_step_to_undo(office: Office, tmp_path: Path) -> None:
    file = saved(tmp_path / "roster.xlsx", *PEOPLE["something to do"])
    done = office.run(STORIES, "pressed", file=str(file), buttons=["check"])
    assert done["told"]["check"].splitlines()[2] == say("macro.written")
    assert done["steps"] == ["HQS: Check roster"]


# --- What the buttons refuse -----------------------------------------------------------------------------------------


def test_no_roster_is_one_sentence_for_every_button(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["x"])
    book.save(tmp_path / "other.xlsx")
    buttons = ["check", "explain", "due_list", "refresh_calendar", "show_rules"]
    done = office.run(STORIES, "pressed", file=str(tmp_path / "other.xlsx"), buttons=buttons)
    told = done["told"]
    for button in ("check", "explain", "due_list"):
        assert told[button].startswith("other.xlsx: no roster found"), button
    assert told["refresh_calendar"].startswith("no sheet holds the calendar of this product")
    assert told["show_rules"].startswith("there is no sheet «Rules»")
    assert not any("\n" in text or "Traceback" in text for text in told.values())
    assert (done["modified"], done["same"], done["steps"]) == (False, True, [])


def test_a_protected_sheet_is_one_sentence_and_nothing_is_written(office: Office, tmp_path: Path) -> None:
    file = saved(tmp_path / "roster.xlsx", *PEOPLE["something to do"])
    done = office.run(STORIES, "protected", file=str(file), sheet="R")
    assert done["told"].startswith("roster.xlsx: the sheet «R» is protected")
    assert (done["modified"], done["same"]) == (False, True)


@pytest.mark.parametrize(
    ("kind", "sheet", "key"),
    [(kind, sheet, column.key) for kind, sheet in (("roster", "R"), ("salary", "S")) for column in answers(kind)],
)
def test_words_in_an_answer_column_are_one_sentence_and_nothing_is_written(
    office: Office, tmp_path: Path, kind: str, sheet: str, key: str
) -> None:
    file = saved(tmp_path / "roster.xlsx", *PEOPLE["something to do"])
    book = load_workbook(file)
    cell = book[sheet].cell(3, [column.key for column in TABLES[kind]].index(key) + 1, "ask Anna")
    book.save(file)
    done = office.run(STORIES, "pressed", file=str(file), buttons=["check"])
    assert done["told"]["check"].startswith(
        f"roster.xlsx: sheet «{sheet}», cell {cell.coordinate}: no check has written"
    )
    assert (done["modified"], done["same"], done["steps"]) == (False, True, [])


def test_a_sheet_of_somebody_s_own_is_named_and_stays(office: Office, tmp_path: Path) -> None:
    file = saved(tmp_path / "roster.xlsx", *PEOPLE["something to do"])
    book = load_workbook(file)
    incidents = book.create_sheet("Incidents")
    for row in (["Severity", "Person ID", "Message"], ["High", "P1", "Fell from a ladder"]):
        incidents.append(row)
    book.save(file)
    done = office.run("tests.calc.books", "checked", file=str(file))
    assert done["sheets"]["Incidents"]["2"] == {"0": "High", "1": "P1", "2": "Fell from a ladder"}
    assert not done["again"]
    told = office.run(STORIES, "pressed", file=str(file), buttons=["check"])["told"]["check"]
    assert "sheet «Incidents», row 1: headers of the table «Findings»" in told


@pytest.mark.parametrize("kind", ["uno", "python"])
def test_a_fault_half_way_is_one_sentence_and_all_is_as_it_was(office: Office, tmp_path: Path, kind: str) -> None:
    file = saved(tmp_path / "roster.xlsx", *PEOPLE["something to do"])
    done = office.run(STORIES, "failing", file=str(file), kind=kind)
    assert done["blocks"] > 1
    assert done["told"].startswith("A fault of this program (")
    assert "Runtime" in done["told"]
    assert "\n" not in done["told"]
    assert "Amber" not in done["told"]
    assert (done["same"], done["modified"], done["steps"]) == (True, False, [])
    assert (done["counts"], done["locked"]) == (True, False)


def test_where_no_spreadsheet_is_open_it_says_so(office: Office) -> None:
    assert office.run(STORIES, "no_spreadsheet") == say("error.menu.no_spreadsheet")


def test_a_document_that_was_never_saved_has_no_place_for_files(office: Office) -> None:
    told: Any = office.run(STORIES, "unsaved", button="due_list")
    assert "has no folder of its own on this computer" in told

"""The ribbon's macros, over xlwings' real Book, Sheet, Range and Table: answers, and nothing but answers."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

import hqs_xl
from hqs_xl.buttons import acts
from hqs_xl.buttons import excel as macros
from hqs_xl.buttons.groups import GROUPS
from hqs_xl.compliance.check import Report, check_roster, read_roster
from hqs_xl.demo.roster_file import write_demo
from hqs_xl.errors import UnusableFile
from hqs_xl.explain.days_off import HEADERS, day_rows
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.roster.columns import LAST_CHECK, LOG, SETTINGS, TABLES, answers, facts
from hqs_xl.texts import say
from tests.engine import CHANGES, add_table, app_of, grid, made, opened
from tests.rosters import AS_OF, FACTS, KEYS, LATER, NOW, cell, day, heads, person, roster, settings_of
from tests.urgency import urgent_first


@pytest.fixture
def called() -> Iterator[Any]:
    """The book a macro is called from."""
    yield xw.Book.set_mock_caller
    if hasattr(xw.Book, "_mock_caller"):
        del xw.Book._mock_caller


# --- The answers are those of hqs-xl check ---------------------------------------------------------------------------


def report_of(file: Path) -> Report:
    with ClosedBook(file) as book:
        found = read_roster(book)
    return check_roster(found, found.other.settings_for(AS_OF))


@pytest.fixture(scope="module", params=["en", "ru"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    file = tmp_path_factory.mktemp("demo") / "demo.xlsx"
    write_demo(file, AS_OF, 64, request.param)
    return file, request.param


def test_answers_and_findings_of_the_demo_are_those_of_the_check(demo: tuple[Path, str]) -> None:
    file, lang = demo
    book, report = opened(file), report_of(file)
    summary = macros.sync_roster(book, now=NOW)
    keys = [column.key for column in answers("roster")]
    rows = grid(book, say("table.roster", lang))
    for line in report.agenda:
        expected = [day(value) if (value := getattr(line, key)) != "" else None for key in keys]
        assert rows[line.row - 1][FACTS:] == expected, line.person_id
    found = grid(book, say("table.findings", lang))
    head = {name: place for place, name in enumerate(found[0])}
    titles = {column.key: column.header(lang) for column in TABLES["findings"]}
    columns = {key: head[titles[key]] for key in ("person_id", "row", "due", "message", "code")}
    told = [tuple(row[place] for place in columns.values()) for row in found[1:]]
    ordered = urgent_first(report.findings, report.settings.as_of)
    assert told == [(one.person_id or None, one.row, day(one.due), one.message, one.code) for one in ordered]
    assert (summary.people, sum(summary.findings.values())) == (report.people, len(report.findings))
    assert summary.violated
    assert summary.changed


def test_no_fact_of_the_demo_is_changed(demo: tuple[Path, str]) -> None:
    file, lang = demo
    book = opened(file)
    before = {name: grid(book, name) for name in book.sheet_names}
    macros.sync_roster(book, now=NOW)
    after = {name: grid(book, name) for name in before}
    typed = {"roster": FACTS, "salary": len(facts("salary")), "settings": len(SETTINGS)}
    for kind, count in typed.items():
        name = say(f"table.{kind}", lang)
        assert [row[:count] for row in after[name]] == [row[:count] for row in before[name]]


def test_a_second_check_of_the_demo_writes_nothing(demo: tuple[Path, str]) -> None:
    book = opened(demo[0])
    assert macros.sync_roster(book, now=NOW).changed
    app_of(book).log.clear()
    assert not macros.sync_roster(book, now=LATER).changed
    assert app_of(book).done(*CHANGES) == []


def test_calls_into_excel_do_not_grow_with_the_roster(tmp_path: Path) -> None:
    counts = []
    for people in (64, 400):
        write_demo(tmp_path / "demo.xlsx", AS_OF, people)
        book = opened(tmp_path / "demo.xlsx")
        macros.sync_roster(book, now=NOW)
        assert len(app_of(book).done("read", "read formula")) == 6
        counts.append((len(app_of(book).log), len(app_of(book).done("write"))))
    assert counts[0] == counts[1]
    assert counts[0][1] == 3


# --- On small rosters ------------------------------------------------------------------------------------------------


def test_the_day_given_wins_over_the_books() -> None:
    book = roster(Settings=[heads("settings"), ["As of", datetime(2026, 3, 16)]])
    assert macros.sync_roster(book, now=NOW).settings.as_of == AS_OF
    assert macros.sync_roster(book, date(2026, 6, 1), now=NOW).settings.as_of == date(2026, 6, 1)
    assert cell(book, 2, "status") == "Overdue"


def test_a_day_that_moves_with_the_clock_is_the_day_of_the_click() -> None:
    book = roster(Settings=[heads("settings"), ["As of", "=TODAY()"]])
    book.impl.cached["Settings", 2, 2] = datetime(2020, 1, 1)
    assert macros.sync_roster(book, now=NOW).settings.as_of == AS_OF
    assert grid(book, "Settings")[1][1] == "=TODAY()"


@pytest.mark.parametrize("earlier", [False, True], ids=["never answered", "answered before"])
@pytest.mark.parametrize(
    ("kind", "sheet", "key"),
    [(kind, sheet, column.key) for kind, sheet in (("roster", "R"), ("salary", "S")) for column in answers(kind)],
)
def test_words_in_an_answer_column_are_refused_with_nothing_written(
    called: Any, kind: str, sheet: str, key: str, earlier: bool
) -> None:
    book = roster(person(), person(person_id="P2"))
    if earlier:
        macros.sync_roster(book, now=NOW)
    at = [column.key for column in TABLES[kind]].index(key) + 1
    book.impl.file[sheet].cell(3, at).value = "ask Anna"
    before, done = [grid(book, name) for name in ("R", "S", "F")], len(app_of(book).done("write"))
    called(book)
    macros.check()
    [told] = app_of(book).alerts
    assert f"sheet «{sheet}», cell {get_column_letter(at)}3" in told
    assert "rename that column or empty it" in told
    assert [grid(book, name) for name in ("R", "S", "F")] == before
    assert len(app_of(book).done("write")) == done


def test_a_sheet_of_somebody_s_own_is_named_and_stays(called: Any) -> None:
    incidents = [["Severity", "Person ID", "Message"], ["High", "P1", "Fell from a ladder"]]
    book = roster(person(), I=incidents)
    called(book)
    macros.check()
    [told] = app_of(book).alerts
    assert "sheet «I», row 1: headers of the table «Findings»" in told
    assert grid(book, "I") == incidents


def test_a_click_without_a_given_hour_happens_now() -> None:
    assert abs(macros.sync_roster(roster()).settings.as_of - datetime.now().astimezone().date()).days <= 1


def test_broken_rows_are_checked_as_far_as_they_go() -> None:
    broken = [
        person(person_id="P2", policy_ends="#N/A", concluded_notice_filed=None),
        [None, None, "HQS", *[None] * (len(KEYS) - 3)],
        person(person_id="P1"),
        [None] * FACTS + [say("action.permit.renewal"), None, None, 3, "OK", None],
        person(person_id=None, agreement_signed="soon"),
        person(person_id=7.0, relation=True, host="Landlord"),
    ]
    book = roster(person(), *broken)
    book.impl.file["R"]["C8"] = -2146826243
    summary = macros.sync_roster(book, now=NOW)
    assert summary.people == 6
    assert cell(book, 2, "status") == "Due soon"
    assert cell(book, 3, "status") == "Overdue"
    assert "column «Policy ends» holds an Excel error" in cell(book, 3, "check")
    assert cell(book, 4, "status") == "Missing data"
    assert "the same person id stands in a row above" in cell(book, 5, "check")
    assert grid(book, "R")[5][FACTS:] == [None] * 6
    assert "column «Agreement signed» is not understood" in cell(book, 7, "check")
    assert cell(book, 8, "status") == "Overdue"  # a specialist by the other facts
    assert not macros.sync_roster(book, now=LATER).changed


def test_a_roster_of_formulas_of_ours_gets_its_findings_only() -> None:
    formulas = dict.fromkeys((column.key for column in answers("roster")), "=INDEX(HQS_LINES,ROW()-1,1)")
    book = roster(person(**formulas), person(person_id="P2", concluded_notice_filed=None, **formulas))
    assert macros.sync_roster(book, now=NOW).changed
    assert cell(book, 2, "status") == "=INDEX(HQS_LINES,ROW()-1,1)"
    assert {sheet for _, sheet, _ in app_of(book).done("write")} == {"F", "S"}
    assert cell(book, 2, "code", "F", "findings") == "notice.concluded.overdue"


def test_the_check_is_noted_once_in_the_log_and_under_last_check() -> None:
    last = [["Last check", "Result"], *([column.header(), None] for column in LOG if column.key != "changed_statuses")]
    book = roster(L=[heads("log"), [None] * len(LOG)], C=last)
    add_table(book, "L", "Log", "A1:M2")
    macros.sync_roster(book, now=NOW)
    macros.sync_roster(book, now=LATER)
    assert [row[0] for row in grid(book, "L")] == ["Checked at", "2026-03-16 07:30"]
    assert grid(book, "C")[1] == ["Checked at", "2026-03-16 07:30"]
    assert [row[1] for row in grid(book, "C") if row[0] in {"Edition", "Version"}] == ["card", hqs_xl.__version__]
    assert len(LAST_CHECK) == 2


def test_a_workbook_without_findings_gets_a_sheet_for_them() -> None:
    book = made(R=[heads("roster"), person(concluded_notice_filed=None)])
    assert macros.sync_roster(book, now=NOW).changed
    assert book.sheet_names == ["R", "Findings"]
    assert not macros.sync_roster(book, now=LATER).changed


def test_a_foreign_formula_leaves_the_workbook_as_it_was() -> None:
    book = roster(person(), person(person_id="P2", next_due="=AJ2+30"))
    before = [grid(book, name) for name in book.sheet_names]
    with pytest.raises(UnusableFile, match="sheet «R», cell AJ3: a formula of your own"):
        macros.sync_roster(book, now=NOW)
    assert [grid(book, name) for name in book.sheet_names] == before
    assert app_of(book).done(*CHANGES) == []


# --- Excel's own settings ------------------------------------------------------------------------------------------


def test_nothing_is_counted_or_drawn_meanwhile() -> None:
    book = roster()
    app, seen = app_of(book), []
    real = app.note
    app.note = lambda *what: (seen.append((app.calculation, app.screen_updating)), real(*what))[1]  # type: ignore[func-returns-value,method-assign]
    macros.sync_roster(book, now=NOW)
    assert set(seen) == {("manual", False)}
    assert settings_of(book) == ("automatic", True, False)
    assert app.calculated == 1
    assert (app.fills_columns, app.corrects.AutoFillFormulasInLists) == (False, True)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_progress_is_shown_in_the_status_bar_and_taken_away(lang: str) -> None:
    book = roster(*(person(person_id=f"P{number}") for number in range(300)), lang=lang)
    app_of(book).status_bar = "somebody's text"
    macros.sync_roster(book, now=NOW)
    told = app_of(book).status
    assert told[0] is False
    assert told[1] == told[-1] == "somebody's text"
    shown = told[2:-1]
    assert shown[-1] == say("macro.progress", lang, percent=100)
    assert len(set(shown)) == len(shown)
    assert 10 <= len(shown) <= 25


@pytest.mark.parametrize("fails_at", ["read", "write", "resize"])
@pytest.mark.parametrize("error", [RuntimeError(), KeyboardInterrupt(), MemoryError()], ids=repr)
def test_settings_come_back_whatever_happens(fails_at: str, error: BaseException) -> None:
    book = roster(*(person(person_id=f"P{number}") for number in range(4)))
    app = app_of(book)
    app.calculation, app.screen_updating, app.status_bar = "semiautomatic", False, "mine"
    app.fails_at, app.fails_with = fails_at, error
    with pytest.raises(type(error)):
        macros.sync_roster(book, now=NOW)
    assert settings_of(book) == ("semiautomatic", False, "mine")


# --- What the user sees ----------------------------------------------------------------------------------------------


def test_check_ends_with_one_summary(called: Any) -> None:
    book = roster(person(concluded_notice_filed=None), Settings=[heads("settings"), ["As of", day(AS_OF)]])
    called(book)
    macros.check()
    macros.check()
    first, second = app_of(book).alerts
    title, counts, written, asked, looked_at, *_ = first.splitlines()
    assert re.fullmatch(r"roster.xlsx: as of 2026-03-16, \d+ days ago, edition card, calendar decreed .*", title)
    assert counts == "People: 1. Violations: 1, done late: 0, due: 1, to ask: 0, data: 4, outside the card: 0."
    assert written == "Answers and findings of this workbook are up to date."
    assert asked.startswith("The day of this check is fixed in the workbook: 2026-03-16")
    assert looked_at == "Looked at: 1 person, 29 of 29 rules."
    assert "Nothing differs from the last check." in second.splitlines()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_mistake_is_one_sentence_in_the_books_language(called: Any, lang: str) -> None:
    book = roster(person(next_due="=AJ2+30"), lang=lang)
    called(book)
    macros.check()
    [told] = app_of(book).alerts
    assert told == say("error.file.foreign_formula", lang, file="roster.xlsx", sheet="R", cell="AJ2")


def test_no_roster_is_one_sentence(called: Any) -> None:
    book = made(S=[["x"]])
    called(book)
    macros.check()
    [told] = app_of(book).alerts
    assert told.startswith("roster.xlsx: no roster found")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_fault_of_ours_is_one_sentence_and_a_line_of_the_log(
    called: Any, caplog: pytest.LogCaptureFixture, lang: str
) -> None:
    book = roster(lang=lang)
    called(book)
    app_of(book).fails_at = "write"
    with caplog.at_level(logging.ERROR, "hqs_xl"):
        macros.check()
    [told] = app_of(book).alerts
    assert told.startswith({"en": "A fault of this program (RuntimeError, engine.py:", "ru": "Работу остановила"}[lang])
    assert "\n" not in told
    [record] = caplog.records
    assert "RuntimeError" in record.getMessage()
    assert "Amber" not in told + record.getMessage()
    assert record.exc_info is None
    assert settings_of(book) == ("automatic", True, False)


def test_explain_shows_what_the_selected_cell_is_counted_from(called: Any) -> None:
    book = roster(person(entered_on="soon"))
    called(book)
    for key in ("agreement_signed", "entered_on"):
        app_of(book).selection = book.sheets["R"].range((2, KEYS.index(key) + 1)).impl
        macros.explain()
    counted, bad = app_of(book).alerts
    assert counted.startswith("notice.concluded (S24), event 2025-01-20")
    assert bad.startswith("Data: Roster, row 2: column «Entered on» is not understood; expected a date: 31.12.2026")


def test_each_button_has_its_macro() -> None:
    for buttons in GROUPS.values():
        for button in buttons:
            assert callable(getattr(macros, button.macro))


def test_recalculate_counts_what_excel_thinks_is_up_to_date_too(called: Any) -> None:
    book = roster()
    called(book)
    macros.recalculate()
    assert (app_of(book).calculated_fully, app_of(book).alerts) == (1, [])


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_about_tells_every_version(called: Any, lang: str) -> None:
    conf = {"xlwings.conf": [["INTERPRETER", "python"], ["HQS-XL", "0.0.1"]]}
    book = roster(lang=lang, **conf)
    called(book)
    macros.about()
    [told] = app_of(book).alerts
    for part in (hqs_xl.__version__, xw.__version__, "0.0.1", "roster.xlsx", "card", "law", "careful", "2027"):
        assert part in told
    assert say("macro.about.other", lang) in told


def test_about_a_workbook_of_ones_own_says_nothing_of_its_maker(called: Any) -> None:
    book = roster()
    called(book)
    macros.about()
    assert "made by" not in app_of(book).alerts[0]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_rules_are_shown_where_they_stand(called: Any, lang: str) -> None:
    book = roster(lang=lang, **{say("sheet.rules", lang): [["x"]]})
    book.impl.file.active = 0
    called(book)
    macros.show_rules()
    assert book.sheets.active.name == say("sheet.rules", lang)
    assert app_of(book).alerts == []


def test_a_workbook_without_the_sheet_says_so(called: Any) -> None:
    book = roster()
    called(book)
    macros.show_rules()
    macros.refresh_calendar()
    rules, calendar = app_of(book).alerts
    assert rules == "there is no sheet «Rules»; hqs-xl rules in a terminal lists every rule"
    assert "Day, Weekday, Why, Source" in calendar


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_calendar_is_written_anew(called: Any, lang: str) -> None:
    titles = [say(f"column.{key}", lang) for key in HEADERS]
    sheet = [["title"], ["known through some day"], titles, [datetime(2026, 1, 1), "x", "y", "z"]]
    book = roster(lang=lang, Days=sheet)
    add_table(book, "Days", "Calendar", "A3:D4")
    book.impl.file.defined_names["CalendarKnown"] = DefinedName("CalendarKnown", attr_text="Days!$A$2")
    called(book)
    macros.refresh_calendar()
    rows = grid(book, "Days")
    assert rows[3:] == [[day(row[0]), *(value or None for value in row[1:])] for row in day_rows(lang)]
    assert book.sheets["Days"].tables["Calendar"].range.impl.address == f"A3:D{len(rows)}"
    known = say("calendar_sheet.known", lang, day=date(2027, 12, 31))
    assert rows[1][0] == known
    assert known in app_of(book).alerts[0]
    app_of(book).log.clear()
    macros.refresh_calendar()
    assert app_of(book).done(*CHANGES) == []


def test_the_calendar_is_not_taken_for_own_days() -> None:
    titles = [say(f"column.{key}") for key in HEADERS]
    book = roster(Days=[titles, [datetime(2026, 3, 16), "Mon", "public holiday", "x"]])
    assert macros.sync_roster(book, now=NOW).settings.own_days == ()


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_language_is_the_name_language_or_the_setting(lang: str) -> None:
    book = roster(lang=lang)
    assert acts.language(macros.ExcelWindow(book)) == lang
    other = {"en": "ru", "ru": "en"}[lang]
    book.impl.file.create_sheet("N")["A1"] = other
    book.impl.file.defined_names["Language"] = DefinedName("Language", attr_text="N!$A$1")
    assert acts.language(macros.ExcelWindow(book)) == other
    book.impl.file["N"]["A1"] = "klingon"
    assert acts.language(macros.ExcelWindow(book)) == "en"


# --- The built workbook ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_built_workbook_is_checked_and_left_to_its_formulas(tmp_path: Path, lang: str) -> None:
    build = pytest.importorskip("hqs_xl.template.build").build
    build(tmp_path / "hqs_roster.xlsm", lang=lang)
    book = opened(tmp_path / "hqs_roster.xlsm")
    sheet, place = say("sheet.roster", lang), KEYS.index("concluded_notice_filed")
    assert not macros.sync_roster(book, now=NOW).changed
    assert app_of(book).done(*CHANGES) == []
    book.sheets[sheet].range((2, place + 1)).value = None
    app_of(book).log.clear()
    before = grid(book, sheet)
    assert macros.sync_roster(book, now=NOW).changed
    assert grid(book, sheet) == before
    assert {name for _, name, _ in app_of(book).done(*CHANGES)} <= {
        say(f"sheet.{name}", lang) for name in ("findings", "log", "start")
    }
    assert not macros.sync_roster(book, now=LATER).changed

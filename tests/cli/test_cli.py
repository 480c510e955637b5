"""The command line: what is printed, and the exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook as Workbook2

from hqs_xl.cli.program import main
from hqs_xl.demo.scenarios import scenarios
from hqs_xl.functions import HQS_PLAN
from hqs_xl.law import rulebook
from hqs_xl.law.deadlines import deadline_rules
from hqs_xl.output.checked import everything_checked
from hqs_xl.texts import LANGUAGES, say, shown, table
from tests.roster.people import SPECIALIST
from tests.roster_files import roster_file, run, write

AS_OF = "2026-11-22"


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return roster_file(tmp_path / "clean.xlsx")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return roster_file(tmp_path / "broken.xlsx", hiring_order=None)


class TestCheck:
    def test_a_clean_roster(self, clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("check", clean, "--as-of", "2026-02-16") == 0
        out = capsys.readouterr().out
        assert "Nothing to report." in out
        assert "calendar decreed through 2027-12-31" in out

    def test_a_violation_is_exit_1(self, broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("check", broken, "--as-of", "16.02.2026") == 1
        out = capsys.readouterr().out
        assert "there is no hiring order" in out
        assert "Violations: 1" in out

    def test_what_is_merely_due_is_exit_0(self, clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("check", clean, "--as-of", "2026-04-20") == 0
        assert "Salary notice for 2026Q1 is" in capsys.readouterr().out

    def test_in_json(self, broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("check", broken, "--as-of", "2026-02-16", "--json") == 1
        answer = json.loads(capsys.readouterr().out)
        heads = [
            "version",
            "as_of",
            "as_of_days_ago",
            "edition",
            "warnings",
            "calendar_known_through",
            "people",
            "findings",
            "agenda",
        ]
        assert list(answer) == [*heads, "looked_at", "not_checked", "understood", "other_edition"]
        assert (answer["as_of"], answer["edition"], answer["people"]) == ("2026-02-16", "card", 1)
        (finding,) = answer["findings"]
        assert " ".join(finding) == "severity code person_id row column due days message action source"
        assert (finding["code"], finding["row"], finding["column"]) == ("order.missing", 2, "hiring_order")
        (agenda,) = answer["agenda"]
        assert " ".join(agenda) == "person_id row next_action next_due act_by days_left status check"

    def test_in_russian(self, broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("check", broken, "--as-of", "2026-02-16", "--lang", "ru") == 1
        assert "приказа о приёме нет" in capsys.readouterr().out

    def test_an_edition(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = roster_file(tmp_path / "r.xlsx", medical_done=None)
        assert run("check", file, "--as-of", "2026-03-16", "--edition", "card") == 0
        assert run("check", file, "--as-of", "2026-03-16", "--edition", "law") == 1
        assert "Medical examination was due" in capsys.readouterr().out

    @pytest.mark.parametrize("options", [{}, {"date_1904": True}, {"constant_memory": True}], ids=str)
    def test_of_another_maker_in_a_table_with_totals(
        self, options: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        book = Workbook2(tmp_path / "table.xlsx", options)
        sheet = book.add_worksheet("People")
        dates = book.add_format({"num_format": "dd.mm.yyyy"})
        facts = SPECIALIST | {"policy_ends": date(2026, 3, 5)}
        sheet.write(0, 0, "Our people")
        sheet.write_row(2, 1, facts)
        for place, value in enumerate(facts.values(), 1):
            if isinstance(value, date):
                sheet.write_datetime(3, place, value, dates)
            else:
                sheet.write(3, place, value)
        sheet.write(4, 1, "Total")
        if not options.get("constant_memory"):
            headers = [{"header": key} for key in facts]
            headers[0]["total_string"] = "Total"
            sheet.add_table(2, 1, 4, len(facts), {"columns": headers, "total_row": True})
        book.close()
        assert run("check", tmp_path / "table.xlsx", "--as-of", "2026-03-16", "--json") == 1
        found = json.loads(capsys.readouterr().out)
        gap = [finding for finding in found["findings"] if finding["code"] == "insurance.gap"]
        assert [(finding["row"], finding["due"]) for finding in gap] == [(4, "2026-03-06")]
        assert found["people"] == 1

    def test_the_file_is_not_changed(self, broken: Path) -> None:
        before = broken.read_bytes()
        run("check", broken)
        assert broken.read_bytes() == before

    def test_a_sheet(self, clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("check", clean, "--sheet", "Roster", "--as-of", "2026-02-16") == 0
        assert run("check", clean, "--sheet", "Nowhere") == 2
        assert "there is no sheet «Nowhere»" in capsys.readouterr().err

    def test_no_name_and_no_salary_is_printed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = roster_file(tmp_path / "r.xlsx", full_name="Zanzibar Quux", hiring_order=None)
        for extra in ([], ["--json"]):
            run("check", file, *extra)
            assert "Quux" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "nowhere.xlsx"], "nowhere.xlsx"),
        (["check", __file__], "test_cli.py"),
        (["check", "x.xlsx", "--as-of", "tomorrow"], "tomorrow"),
        (["check", "x.xlsx", "--edition", "old"], "card"),
        (["explain", "notice.concluded", "soon"], "soon"),
        (
            ["explain", "notice.concluded", "2026Q1"],
            "counted from a date, such as 2026-03-31, and not from a quarter (2026Q1)",
        ),
        (["explain", "medical.exam", "2026-01-12", "--edition", "card"], "nothing in force"),
        (["explain", "order.hiring", "2026-01-12"], "nothing to count"),
        (["explain", "notice.concluded", "2060-12-31"], "2060-12-31"),
        (["calendar", "1999"], "1999"),
        (["plan"], "--signed"),
        (["plan", "--signed", "2026-13-01"], "2026-13-01"),
        (["demo", "--people", "0"], "1048575"),
        (["dance"], "dance"),
        ([], "COMMAND"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_mistake_gets_one_clear_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else -1
    captured = capsys.readouterr()
    assert status == 2
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert captured.err.startswith("hqs-xl")
    assert said in captured.err


def test_a_folder_that_can_not_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert run("demo", tmp_path / "file", "--people", 1) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("hqs-xl: ")
    assert len(captured.err.splitlines()) == 1


def test_plan_goes_by_the_settings_of_a_roster(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its authority, and its own days: the notice's second and third working day are off."""
    file = tmp_path / "r.xlsx"
    tables: dict[str, list[list[Any]]] = {
        "Employer": [["Employer field", "Value"], ["Authority notified", "The office by the bridge"]],
        "Days": [["Date", "Working"], [date(2026, 3, 3), "no"], [date(2026, 3, 4), "no"]],
        "Start": [["Setting", "Value"], ["Edition", "law"]],
    }
    write(file, Roster=[[*SPECIALIST], [*SPECIALIST.values()]], **tables)
    run("plan", "--signed", "2026-03-02")
    alone = " ".join(capsys.readouterr().out.split())
    assert run("plan", "--signed", "2026-03-02", "--roster", file) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert ("The office" in shown, "The office" in alone) == (True, False)
    assert ("2026-03-10" in shown, "2026-03-10" in alone) == (True, False)


@pytest.mark.parametrize("command", ["", "check", "demo", "explain", "rules", "calendar", "plan"])
def test_every_command_has_a_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([*command.split(), "--help"])
    assert stop.value.code == 0
    assert len(capsys.readouterr().out) > 200


class TestDemo:
    @pytest.mark.parametrize("as_of", ["2026-11-22", "2026-12-31", "2027-02-01", "2026-05-12", "2026-03-08"])
    def test_covers_every_finding(self, as_of: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("demo", tmp_path, "--as-of", as_of) == 0
        capsys.readouterr()
        found: set[str] = set()
        for edition in ("card", "law"):
            run("check", tmp_path / "demo_roster.xlsx", "--edition", edition, "--json")
            found |= {finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]}
        wanted = {name for name in scenarios("en") if " " not in name} | {"work.suspension"}
        assert wanted - found == set()

    def test_a_person_in_order_is_in_order(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        run("demo", tmp_path, "--as-of", AS_OF)
        capsys.readouterr()
        first = len(scenarios("en")) + 2
        for edition in ("card", "law", "careful"):
            run("check", tmp_path / "demo_roster.xlsx", "--edition", edition, "--json")
            answer = json.loads(capsys.readouterr().out)
            people = {line["person_id"] for line in answer["agenda"][first:]}
            found = {finding["code"] for finding in answer["findings"] if finding["person_id"] in people}
            assert found == {"notice.salary.due"}

    @pytest.mark.parametrize("people", [1, 3, 60])
    @pytest.mark.parametrize("lang", ["en", "ru"])
    def test_so_many_people(self, people: int, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("demo", tmp_path / "new", "--people", people, "--lang", lang, "--as-of", AS_OF) == 0
        assert str(people) in capsys.readouterr().out
        book = load_workbook(tmp_path / "new" / "demo_roster.xlsx")
        assert book.worksheets[0].max_row == people + 1

    def test_both_languages_find_the_same(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        found = []
        for lang in ("en", "ru"):
            run("demo", tmp_path / lang, "--lang", lang, "--as-of", AS_OF)
            capsys.readouterr()
            run("check", tmp_path / lang / "demo_roster.xlsx", "--json")
            findings = json.loads(capsys.readouterr().out)["findings"]
            found.append([(finding["code"], finding["row"], finding["due"]) for finding in findings])
        assert found[0] == found[1]

    def test_one_that_is_there_is_never_written_over(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        first = tmp_path / "demo_roster.xlsx"
        assert run("demo", tmp_path, "--people", 1, "--as-of", AS_OF) == 0
        book = load_workbook(first)
        book.worksheets[0]["B2"] = "Amber Quill"
        book.save(first)
        typed = first.read_bytes()
        for people in (1, 2, 1):
            capsys.readouterr()
            assert run("demo", tmp_path, "--people", people, "--as-of", AS_OF) == 0
            told = capsys.readouterr().out.replace("\n", "").replace(" ", "")
            written = tmp_path / f"demo_roster_{people + 1}.xlsx"
            sentence = say("demo.kept", file=first, written=written)
            assert sentence.replace(" ", "") in told
            assert first.read_bytes() == typed
        assert sorted(file.name for file in tmp_path.iterdir()) == [
            "demo_roster.xlsx",
            "demo_roster_2.xlsx",
            "demo_roster_3.xlsx",
        ]

    def test_the_very_same_is_written_once(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for _ in range(2):
            assert run("demo", tmp_path, "--people", 2, "--as-of", AS_OF) == 0
        assert "is there already" not in capsys.readouterr().out
        assert [file.name for file in tmp_path.iterdir()] == ["demo_roster.xlsx"]

    @pytest.mark.parametrize("name", ["mine.xlsx", "MINE.XLSX", "new/mine.xlsx", "реестр.xlsx"])
    def test_a_name_of_a_workbook_is_the_file(self, name: str, tmp_path: Path) -> None:
        file = tmp_path / name
        for people in (1, 1, 2):
            assert run("demo", file, "--people", people, "--as-of", AS_OF) == 0
        assert [load_workbook(one).worksheets[0].max_row for one in (file, file.with_stem(f"{file.stem}_2"))] == [2, 3]
        assert len([*file.parent.iterdir()]) == 2

    @pytest.mark.parametrize("name", ["mine", "mine.xlsx", "my.roster"])
    def test_a_folder_is_where_it_goes(self, name: str, tmp_path: Path) -> None:
        folder = tmp_path / name
        folder.mkdir()
        assert run("demo", folder, "--people", 1, "--as-of", AS_OF) == 0
        assert [one.name for one in folder.iterdir()] == ["demo_roster.xlsx"]

    def test_what_is_no_workbook_stays_too(self, tmp_path: Path) -> None:
        theirs = tmp_path / "demo_roster.xlsx"
        theirs.write_text("my notes", encoding="utf-8")
        assert run("demo", tmp_path, "--people", 1, "--as-of", AS_OF) == 0
        assert theirs.read_text(encoding="utf-8") == "my notes"
        assert (tmp_path / "demo_roster_2.xlsx").is_file()


class TestExplain:
    @pytest.mark.parametrize("lang", ["en", "ru"])
    def test_the_answer_and_why_in_a_few_lines(
        self, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("COLUMNS", "80")
        assert run("explain", "notice.concluded", "2024-04-25", "--lang", lang) == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) <= 15
        assert lines[0].endswith("card, careful")
        assert str(shown(date(2024, 4, 27), lang)) in lines[1]
        assert sum(f"{shown(date(2024, 5, 2), lang)}" in line for line in lines) == 2
        assert lines[-1] == say("explain.more", lang)
        run("explain", "notice.concluded", "2024-04-25", "--lang", lang, "--edition", "law")
        assert len(capsys.readouterr().out.splitlines()) <= 9

    def test_editions_that_say_another_thing_stand_alone(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("explain", "registration.entry", "2026-01-20")
        assert capsys.readouterr().out.count("registration.entry (S16)") == 3

    def test_the_editions_side_by_side(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("explain", "notice.concluded", "2024-04-25", "--all") == 0
        out = capsys.readouterr().out
        assert out.index("edition card") < out.index("edition law") < out.index("edition careful")
        assert "Due 2024-04-27 (Sat)" in out
        assert "Due 2024-05-02 (Thu)" in out
        assert re.search(r"2024-04-27 +Sat +weekend day made working .*No 1314", out)

    def test_an_edition_that_has_no_such_rule_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("explain", "medical.exam", "2026-01-12") == 0
        assert "nothing in force on 2026-01-12 in the edition card" in capsys.readouterr().out

    def test_the_agreements_end_binds(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("explain", "permit.last_day", "2026-01-12", "--until", "2027-05-31", "--edition", "card") == 0
        out = capsys.readouterr().out
        assert "Due 2027-05-31" in out
        assert "not beyond the agreement's end 2027-05-31" in out

    def test_a_quarter(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("explain", "notice.salary", "2024Q1") == 0
        out = capsys.readouterr().out
        assert "Due 2024-04-27 (Sat)" in out
        assert "Due 2024-04-26 (Fri)" in out

    @pytest.mark.parametrize("text", ["2026Q5", "q9 2026", "5 кв. 2026"])
    def test_no_quarter_is_said_of_one(self, text: str, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            run("explain", "notice.salary", text)
        assert f"«{text}» is no quarter such as 2026Q1" in " ".join(capsys.readouterr().err.split())

    def test_what_is_provisional_or_unverified_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("explain", "registration.entry", "2027-11-01")
        assert "decreed through 2027-12-31" in capsys.readouterr().out
        run("explain", "registration.last_day", "2026-11-02")
        assert "this number is not verified" in capsys.readouterr().out

    @pytest.mark.parametrize("rule", deadline_rules())
    @pytest.mark.parametrize("lang", ["en", "ru"])
    def test_every_rule(self, rule: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
        event = "2026Q1" if rulebook()[rule].event == "quarter" else "2026-01-12"
        assert run("explain", rule, event, "--lang", lang) == 0
        assert rule in capsys.readouterr().out


class TestLawChanges:
    def test_the_newest_first_with_what_held_before(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("law", "changes", "--since", "2026-07-26", "--as-of", "2026-11-28") == 0
        out = capsys.readouterr().out
        assert out.startswith("2027-03-01, in 93 days: Least salary of a specialist (salary.threshold)")
        assert "Now: 717\u00a0000 RUB a month before tax. Before: 750\u00a0000 RUB a quarter before tax" in out
        assert "As before, by another law: 30 days after" in out
        assert "As before, but no longer sure: 500 RUB an application" in out
        assert "2026-09-01: Medical examination of the family" in out
        assert "registration.entry" not in out

    def test_all_of_them(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("law", "changes") == 0
        out = capsys.readouterr().out
        assert all(name in out for name in ("registration.entry", "permit.collect", "authority.migration"))
        assert "New: 30 days after" in out

    def test_none(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("law", "changes", "--since", "2030-01-01") == 0
        assert capsys.readouterr().out == "Nothing has changed since that day.\n"

    def test_whom_it_touches_by_id(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = roster_file(tmp_path / "r.xlsx", full_name="Amber Quill", medical_done=None)
        assert run("law", "changes", "--roster", file, "--as-of", "2026-03-16") == 0
        out = capsys.readouterr().out
        assert "r.xlsx: touches 1: P1" in out
        assert "Still to do: P1 2026-03-04" in out
        assert "r.xlsx: touches nobody" in out
        assert "Amber" not in out

    def test_in_russian(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = roster_file(tmp_path / "r.xlsx")
        assert run("law", "changes", "--roster", file, "--lang", "ru", "--since", "2027-01-01") == 0
        assert "Минимальная зарплата ВКС" in capsys.readouterr().out

    def test_a_roster_that_is_none(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("law", "changes", "--roster", tmp_path / "none.xlsx") == 2
        assert "there is no such file" in capsys.readouterr().err

    @pytest.mark.parametrize("arguments", [("law",), ("law", "change"), ("law", "changes", "--since", "soon")])
    def test_what_it_does_not_understand(self, arguments: tuple[str, ...]) -> None:
        with pytest.raises(SystemExit) as left:
            run(*arguments)
        assert left.value.code == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_has_a_name(lang: str) -> None:
    assert {name for name in rulebook() if f"rule.{name}" in table(lang)} == set(rulebook())


class TestAge:
    @pytest.mark.parametrize(
        ("day", "old"), [("2026-11-28", False), ("2028-01-02", False), ("2028-01-03", True), ("2030-01-01", True)]
    )
    def test_when_each_value_was_looked_at(self, day: str, old: bool, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("rules", "--age", "--all", "--as-of", day) == 0
        out = capsys.readouterr().out
        for name in ("permit.renewal", "salary.threshold", "duty.visa", "calendar.2027", "form.salary", "field.birth"):
            assert name in out
        assert ("To be looked at again: " in out) is old
        assert ("None has to be looked at again: " in out) is not old
        assert ("Look up Law 109-FZ art. 20" in " ".join(out.split())) is old
        assert "clock" not in out

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize(("day", "old"), [("2026-11-28", False), ("2028-01-02", False), ("2030-01-01", True)])
    def test_without_all_only_what_matters(
        self, day: str, old: bool, lang: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What is old or unverified stands in it, all else is a number; the line that sums up is the same."""
        run("rules", "--age", "--all", "--as-of", day, "--lang", lang)
        every = capsys.readouterr().out
        run("rules", "--age", "--as-of", day, "--lang", lang)
        few = capsys.readouterr().out
        unverified = say("evidence.unverified", lang)
        assert every.count(unverified) == few.count(unverified) > 10
        assert every.splitlines()[-1] == few.splitlines()[-1]
        count = len([*everything_checked()])
        assert (f"calendar.{day[:4]}" in few or "calendar.2027" in few) is old
        assert ("--all" in few) is not old or str(count) in few
        assert "--all" not in every
        if not old:
            left = re.search(r"\d+", few.splitlines()[-2])
            assert left
            assert 0 < count - int(left[0]) < len(few.splitlines())
            assert len(few.splitlines()) * 5 < len(every.splitlines())

    def test_a_clock_that_is_behind_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("rules", "--age", "--as-of", "2026-11-27", "--edition", "card")
        assert "set the clock of this computer" in " ".join(capsys.readouterr().out.split())

    def test_of_one_edition(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("rules", "--age", "--all", "--edition", "careful")
        out = capsys.readouterr().out
        assert "permit.renewal" in out
        assert "work.right" not in out

    def test_it_is_today_when_no_day_is_given(self, capsys: pytest.CaptureFixture[str]) -> None:
        run("rules", "--age", "--lang", "ru")
        assert f"на {datetime.now(UTC).astimezone():%d.%m.%Y}" in capsys.readouterr().out


def test_rules_lists_every_rule_with_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules") == 0
    out = capsys.readouterr().out
    for name, rule in rulebook().items():
        assert name in out
        assert rule.statement in out
    assert "750\u00a0000 RUB a quarter" in out
    assert "UNVERIFIED" in out


def test_calendar_shows_days_off_and_working_saturdays(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("calendar", "2024") == 0
    out = capsys.readouterr().out
    assert "2024: 248 working days" in out
    assert re.search(r"2024-11-02 +Sat +weekend day made working", out)
    assert re.search(r"2024-12-31 +Tue +moved day off", out)
    assert run("calendar", "2030") == 0
    assert "Not decreed yet" in capsys.readouterr().out


def test_plan_shows_the_steps_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("plan", "--signed", "2026-03-02", "--start", "2026-03-10") == 0
    out = capsys.readouterr().out
    places = [out.index(f"\n {statement} ") for statement in ("S2", "S5", "S24", "S7", "S9", "S11")]
    assert places == sorted(places)
    assert "too late" in out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("edition", "times"), [((), 1), (("card",), 1), (("law",), 0), (("careful",), 0)])
def test_plan_says_what_the_card_is(
    edition: tuple[str, ...], times: int, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a check does: "not required" is by the card alone."""
    asked = ("--edition", *edition) if edition else ()
    assert run("plan", "--signed", "2026-03-02", "--lang", lang, *asked) == 0
    assert " ".join(capsys.readouterr().out.split()).count(say("check.card", lang)) == times


@pytest.mark.parametrize(
    ("edition", "lang", "words"),
    [
        ("law", "en", "state duty 5\u00a0000 RUB (UNVERIFIED)"),
        ("careful", "ru", "госпошлина 5\u00a0000 руб. (НЕ ПРОВЕРЕНО)"),
        ("card", "en", ""),
    ],
)
def test_plan_shows_the_state_duties(edition: str, lang: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("plan", "--signed", "2026-11-30", "--edition", edition, "--lang", lang) == 0
    out = " ".join(capsys.readouterr().out.split())
    steps = [step[0] for step in HQS_PLAN("2026-11-30", "", edition, lang)]
    assert [("state duty" in step or "госпошлина" in step) for step in steps].count(True) == (3 if words else 0)
    if words:
        assert any(step.endswith(words) for step in steps)
        for word in words.split():
            assert word in out


def test_as_a_module_and_without_a_terminal(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "hqs_xl", "demo", str(tmp_path), "--people", "3", "--lang", "ru"]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert "выдуманных людей" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_today_is_the_default_day(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = date.today()  # noqa: DTZ011
    run("check", clean, "--json")
    assert before <= date.fromisoformat(json.loads(capsys.readouterr().out)["as_of"]) <= date.today()  # noqa: DTZ011

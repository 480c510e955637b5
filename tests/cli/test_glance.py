"""What a check says last, where a terminal is read: what to do first, and how many findings there are."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from hqs_xl.cli.screen.glance import FEW, glance
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.texts import LANGUAGES, say
from tests.roster.people import SPECIALIST
from tests.roster_files import roster_file, run, write

DAY = "2026-11-23"


def found(severity: str, action: str, person: str = "", row: int = 2) -> Finding:
    return Finding(Severity(severity), "code", person, row, "host", None, None, "message", action, "source")


def many(severity: str, action: str, count: int) -> list[Finding]:
    return [found(severity, action, f"P{number}") for number in range(1, count + 1)]


def test_few_findings_are_seen_as_they_are() -> None:
    assert glance(many("violation", "Register", FEW), "en") == []
    assert glance(many("violation", "Register", FEW + 1), "en") != []


def test_the_gravest_come_first_and_of_them_what_most_need() -> None:
    findings = [*many("data", "Mend", 7), *many("violation", "Stop", 1), *many("violation", "Renew", 4)]
    assert glance(findings, "en") == [
        "To do first:",
        "  Violation: 5",
        "    4  Renew: P1, P2, P3 and 1 more",
        "    1  Stop: P1",
        "  Data: 7",
        "    7  Mend: P1, P2, P3 and 4 more",
    ]


def test_a_person_is_named_once_and_a_row_without_an_id_by_its_number() -> None:
    findings = [*[found("due", "Renew", "P1")] * 10, found("due", "Renew", "", 7)]
    assert glance(findings, "en")[-1] == "    11  Renew: P1, row 7"


def test_what_is_not_named_is_counted() -> None:
    findings = [found("violation", f"Do {number}", "P1") for number in range(12)]
    assert glance(findings, "en")[-1] == "    and 6 more of other kinds"


def test_nothing_is_to_be_done_about_what_was_late_or_is_out_of_scope() -> None:
    assert glance([*many("late", "", 8), *many("scope", "", 8)], "en") == ["To do first:"]


@pytest.fixture
def demo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    run("demo", tmp_path, "--as-of", DAY)
    capsys.readouterr()
    return tmp_path / "demo_roster.xlsx"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_end_of_a_long_report_is_a_screen_that_says_it_all(
    demo: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run("check", demo, "--as-of", DAY, "--lang", lang, "--json")
    findings = json.loads(capsys.readouterr().out)["findings"]
    counts = Counter(one["severity"] for one in findings)
    run("check", demo, "--as-of", DAY, "--lang", lang)
    end = capsys.readouterr().out.splitlines()[-24:]
    first = end.index(say("check.first", lang))
    for severity in ("violation", "due", "data"):
        assert f"  {say(f'severity.{severity}', lang)}: {counts[severity]}" in end[first:]
    every = {severity: counts[severity] for severity in ("violation", "late", "due", "ask", "data", "scope")}
    assert end[-1] == say("check.summary", lang, people=100, **every)


def test_all_that_was_not_looked_at_is_shown_on_request(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("check", demo, "--as-of", DAY)
    short = capsys.readouterr().out
    run("check", demo, "--as-of", DAY, "--all")
    whole = capsys.readouterr().out
    assert "blank or optional; a list of them: hqs-xl check FILE --all" in short
    assert "blank or optional" not in whole
    assert "blank for so many people" in whole
    run("check", demo, "--as-of", DAY, "--json")
    for one in json.loads(capsys.readouterr().out)["not_checked"]:
        assert one["message"] in whole


def test_rows_beyond_the_most_are_shown_on_request(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hqs_xl.cli.screen.report.MOST_ROWS", 5)
    run("check", demo, "--as-of", DAY)
    assert "hqs-xl check FILE --all" in capsys.readouterr().out
    run("check", demo, "--as-of", DAY, "--all")
    whole = capsys.readouterr().out
    assert "... and" not in whole
    assert len([line for line in whole.splitlines() if line.startswith(" Data")]) > 1


def test_a_roster_of_one_has_no_more_than_it_had(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("check", roster_file(tmp_path / "r.xlsx"), "--as-of", "2026-03-16")
    assert say("check.first") not in capsys.readouterr().out


@pytest.mark.parametrize("width", [40, 80])
def test_what_goes_on_below_stands_under_its_line(
    demo: Path, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    run("check", demo, "--as-of", DAY)
    lines = capsys.readouterr().out.splitlines()
    last = next(place for place, line in enumerate(lines) if line.startswith("People:"))
    below = lines[lines.index(say("check.first")) + 1 : last]
    assert max(map(len, below)) <= width
    assert [line for line in below if not line.startswith("  ") or line.endswith(" ")] == []
    assert any(line.startswith("      ") for line in below)


def test_a_refresh_speaks_the_language_of_the_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("demo", tmp_path, "--as-of", DAY, "--lang", "ru")
    capsys.readouterr()
    demo = tmp_path / "demo_roster.xlsx"
    run("refresh", demo, demo, "--as-of", DAY, "--dry-run")
    spoken = capsys.readouterr().out.replace(str(demo), "")
    run("refresh", demo, demo, "--as-of", DAY, "--dry-run", "--lang", "ru")
    assert spoken == capsys.readouterr().out.replace(str(demo), "")
    assert say("refresh.would_change", "ru") in spoken
    run("refresh", demo, "--as-of", DAY, "--dry-run", "--lang", "en")
    assert say("refresh.would_change", "en") in capsys.readouterr().out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lines_of_a_refresh_fit_the_terminal(
    demo: Path, lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    how = ("refresh", demo, "--as-of", DAY, "--lang", lang, "--dry-run")
    run(*how)
    whole = capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", "80")
    run(*how)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, whole.splitlines())) > 200
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line.endswith(" ")] == []
    assert "".join("".join(lines).split()) == "".join(whole.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_roster_of_nobody_is_told_as_such(tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path / "r.xlsx", Roster=[list(SPECIALIST)])
    how = ("--as-of", DAY, "--lang", lang)
    for command in (("check", file), ("refresh", file, "--digest", tmp_path), ("due", file)):
        run(*command, *how)
        said = capsys.readouterr().out
        assert say("coverage.nobody", lang) in said
        assert say("check.well", lang, looked_at="").strip() not in said
    assert say("coverage.nobody", lang) in (tmp_path / f"due-{DAY}.txt").read_text()

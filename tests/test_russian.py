"""No English in Russian: every command, each file for HR, the workbook with charts, ribbon and helps, the menus."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hqs_xl.cli.program import main
from hqs_xl.cli.spoken import speak
from hqs_xl.demo.roster_file import write_demo
from hqs_xl.demo.scenarios import scenarios
from hqs_xl.hosts.calc.addons import menu_xcu
from hqs_xl.law.deadlines import deadline_rules
from hqs_xl.setup.products import make_products
from hqs_xl.sync.tally import OBLIGATIONS
from hqs_xl.template.build import CHECKED
from hqs_xl.template.vba_project import modules
from hqs_xl.texts import say
from tests.english import english_in

DAY = datetime(2026, 11, 28, 9, tzinfo=UTC)
AS_OF = DAY.date().isoformat()
# Invented names of people, ids of theirs, and what a scenario has typed wrong.
DEMO = re.compile(r"HQS-\w+|hqs-0*\w+|\b[A-Z][a-z]+ [A-Z][a-z]+\b")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A roster in Russian with every finding there is."""
    file = tmp_path_factory.mktemp("demo") / "реестр.xlsx"
    write_demo(file, DAY.date(), 2 * len(scenarios("ru")), "ru")
    return file


@pytest.fixture(autouse=True)
def russian(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    monkeypatch.setenv("COLUMNS", "1000")
    yield
    speak("en")


def english(text: str, *typed: str) -> list[str]:
    """The lines of a text with an English word in them, and which."""
    found = [(english_in(DEMO.sub(" ", line), *typed), line.strip()[:200]) for line in text.splitlines()]
    return [f"{words}: {line}" for words, line in found if words]


def told(capsys: pytest.CaptureFixture[str], *command: object) -> str:
    """What a command prints, wherever."""
    with suppress(SystemExit):
        main([str(word) for word in command])
    captured = capsys.readouterr()
    return captured.out + captured.err


COMMANDS = [
    ["rules"],
    ["rules", "--age"],
    ["rules", "--age", "--all"],
    ["rules", "--age", "--as-of", "2030-01-01"],
    ["rules", "--age", "--as-of", "2020-01-01"],
    ["law", "changes"],
    *(["calendar", year] for year in ("2004", "2012", "2021", "2026", "2028")),
    *(
        ["plan", "--signed", "2026-11-30", "--start", "2027-03-01", "--edition", one]
        for one in ("card", "law", "careful")
    ),
    ["plan", "--signed", "2026-11-30", "--start", "2026-12-01"],
    *(["explain", rule, "2026Q1" if rule == "notice.salary" else "2026-05-12"] for rule in deadline_rules()),
    ["explain", "medical.exam", "2015-05-12"],
    ["explain", "permit.last_day", "2026-05-12", "--until", "2027-01-31"],
    ["explain", "notice.concluded", "2028-12-29"],
    ["schedule", "show"],
    ["doctor"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_without_a_roster(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    answer = told(capsys, *command)
    assert re.search("[а-яё]{4}", answer)
    assert english(answer) == []


OF_A_ROSTER = [
    *(["check", "--edition", edition] for edition in ("card", "law", "careful")),
    ["check"],
    ["due"],
    ["due", "--names"],
    ["law", "changes", "--roster"],
    ["refresh", "--dry-run", "--add-columns", "--findings-sheet"],
    ["doctor"],
    ["notice", "--kind", "concluded", "HQS-00005"],
    ["notice", "--kind", "terminated", "HQS-00005"],
    ["notice", "--kind", "salary", "HQS-00005"],
    ["notice", "--kind", "salary", "NOBODY"],
]


@pytest.mark.parametrize("command", OF_A_ROSTER, ids=" ".join)
def test_a_command_over_a_roster(command: list[str], demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = [] if command[0] == "doctor" else ["--as-of", AS_OF]
    place = -1 if command[-1].startswith(("HQS-", "NOBODY")) else len(command)
    answer = told(capsys, *command[:place], demo, *command[place:], *day)
    assert re.search("[а-яё]{4}", answer)
    assert english(answer, "NOBODY") == []


def cells_of(file: Path) -> str:
    """Every text a workbook shows, with what its cells say when they are entered."""
    lines = []
    for sheet in load_workbook(file, data_only=True).worksheets:
        if sheet.title == "xlwings.conf":
            continue
        lines.append(sheet.title)
        cells = (cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str))
        lines += [cell for cell in cells if cell not in OBLIGATIONS]  # the codes, as on the sheet of deadlines
        for rule in sheet.data_validations.dataValidation:
            lines += [text for text in (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error) if text]
    return "\n".join(lines)


# Where else a workbook holds texts that people see: charts, their names, head and foot of a page, buttons.
ELSEWHERE = re.compile(
    r"<(?:a:t|c:v|[a-z]+(?:Header|Footer))>([^<]*)<"
    r'|<xdr:cNvPr id="\d+" name="([^"]*)"'
    r'|\s(?:label|screentip|supertip|descr|title|comment|prompt|promptTitle|error|errorTitle)="([^"]*)"'
)


def elsewhere(file: Path) -> str:
    """Every text of a workbook's package that no cell holds."""
    with zipfile.ZipFile(file) as package:
        parts = [package.read(name).decode() for name in package.namelist() if name.endswith(".xml")]
    return "\n".join(unescape("".join(found)) for part in parts for found in ELSEWHERE.findall(part))


def test_the_files_for_hr(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = ("--as-of", AS_OF, "--edition", "law")
    for name in ("due.html", "due.xlsx"):
        assert english(told(capsys, "due", demo, "--out", tmp_path / name, *day)) == []
    assert english(told(capsys, "ics", demo, "--out", tmp_path / "due.ics", *day)) == []
    out = ("--out", tmp_path / "notice.xlsx")
    assert english(told(capsys, "notice", demo, "HQS-00005", "--kind", "concluded", *out, *day)) == []
    page = re.sub(r"<style>.*?</style>|<[^>]+>", " ", (tmp_path / "due.html").read_text("utf-8"), flags=re.DOTALL)
    assert english(unescape(page)) == []
    for name in ("due.xlsx", "notice.xlsx"):
        assert english(cells_of(tmp_path / name) + elsewhere(tmp_path / name)) == []
    events = re.sub(r"\r\n ", "", (tmp_path / "due.ics").read_bytes().decode("utf-8"))
    shown = re.findall(r"^(?:SUMMARY|DESCRIPTION|X-WR-CALNAME|LOCATION)[^:]*:(.*)$", events, re.MULTILINE)
    assert shown
    assert english("\n".join(shown).replace("\\n", "\n").replace("\\", "")) == []
    assert re.search(r"\d кв\. 20\d\d", " ".join(shown))
    assert not re.search(r"20\d\dQ\d", " ".join(shown))


def test_a_refreshed_roster_and_its_digest(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ("--out", tmp_path / "out.xlsx", "--digest", tmp_path / "digest", "--as-of", AS_OF)
    assert english(told(capsys, "refresh", demo, "--add-columns", "--findings-sheet", *out)) == []
    assert english(cells_of(tmp_path / "out.xlsx")) == []
    digests = list((tmp_path / "digest").iterdir())
    assert digests
    assert [english(file.read_text("utf-8")) for file in digests] == [[] for _ in digests]


def test_the_workbook_and_what_is_said_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_products(tmp_path, "ru", CHECKED, demo=True, progress=lambda _: None)
    assert english(cells_of(tmp_path / "hqs_roster.xlsx")) == []
    deadlines = load_workbook(tmp_path / "hqs_roster.xlsx")[say("sheet.deadlines", "ru")]
    assert any("(4 кв. 2026)" in str(row[3]) for row in deadlines.iter_rows(values_only=True))
    shown = elsewhere(tmp_path / "hqs_roster.xlsm")
    assert {say("dashboard.chart", "ru"), say("ribbon.label.check", "ru")} <= set(shown.splitlines())
    assert english(shown) == []
    assert english(told(capsys, "install", "--out", tmp_path / "new")) == []
    assert english(told(capsys, "doctor", tmp_path / "hqs_roster.xlsm")) == []


@pytest.mark.parametrize("scheduler", ["windows", "systemd", "cron"])
def test_what_a_scheduler_is_told(scheduler: str, demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = told(capsys, "schedule", "install", "--at", "07:30", "--with", scheduler, "--print", demo)
    for_people = [line for line in answer.splitlines() if re.search("[Dd]escription|^#|[а-яё]{4}", line)]
    assert any(re.search("[а-яё]{4}", line) for line in for_people)
    shown = [
        re.sub(r"</?\w+>|^\w+=|# (?:/\S+|schtasks /Create /TN|crontab)|^.* -m hqs_xl .*", " ", line)
        for line in for_people
    ]
    assert english("\n".join(shown)) == []


def test_our_own_vba_says_nothing_in_english() -> None:
    """What it says are the helps, which a test runs; whatever else stands in quotes there is for VBA or Python."""
    for name, text in modules("ru").items():
        if name not in {"xlwings", "Dictionary"}:
            assert not re.search(r"\b(?:MsgBox|InputBox|StatusBar|Err\.Raise)\b", text), name


def test_the_log_of_a_refresh(demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "csv.xlsx").write_text("a;b")
    log = tmp_path / "refresh.log"
    out = tmp_path / "out"
    out.mkdir()
    assert told(capsys, "refresh", demo, tmp_path / "csv.xlsx", "--out", out, "--log", log, "--as-of", AS_OF)
    lines = log.read_text("utf-8").splitlines()
    assert any("реестр.xlsx: обновлён, на 28.11.2026, людей " in line for line in lines), lines
    assert any(line.endswith("csv.xlsx: отказ, plain_text") for line in lines), lines
    assert english("\n".join(re.sub(r"^\S+ \S+ [A-Z]+ csv|^\S+ \S+ [A-Z]+", "", line) for line in lines)) == []


def test_what_was_refused_is_told_in_the_language_of_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "csv.xlsx").write_text("a;b")
    answer = told(capsys, "refresh", tmp_path / "csv.xlsx", "--digest", tmp_path / "due", "--as-of", AS_OF)
    assert "простой текст" in answer
    (digest,) = (tmp_path / "due").iterdir()
    assert english(answer + digest.read_text("utf-8")) == []


def test_the_menu_of_libreoffice() -> None:
    said = re.findall(r'<value xml:lang="ru">(.*?)</value>', menu_xcu())
    assert len(said) > 5
    assert english(unescape("\n".join(said))) == []

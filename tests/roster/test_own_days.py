"""A day of one's own in two rows: said in two ways it is a cell to mend, and the lower row counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hqs_xl.roster.findings import Severity
from hqs_xl.roster.gathered import Gathered
from tests.roster.books import Grid
from tests.roster.people import SPECIALIST
from tests.roster_files import run, write

OTHERWISE: dict[str, tuple[list[str | None], list[int]]] = {
    "off, then working": (["no", "yes"], [3]),
    "working, then off": (["yes", "no"], [3]),
    "in two languages": (["да", "no"], [3]),
    "there and back": (["no", "yes", "no"], [3, 4]),
    "the same again": (["no", "no", "yes"], [4]),
    "off twice": (["no", "no"], []),
    "working twice": (["yes", "да"], []),
    "one that can't be read": (["no", "perhaps"], [3]),
    "one that is blank": (["no", None], [3]),
}


@pytest.mark.parametrize("case", OTHERWISE)
def test_of_an_own_day_said_in_two_ways_the_lower_row_counts(case: str) -> None:
    words, rows = OTHERWISE[case]
    day, other = date(2026, 3, 20), Gathered()
    for row, word in enumerate(words, start=2):
        other.take("own_days", row, {"date": day, "working": word})
    found = [*other.first_findings("en")]
    assert [(one.table, one.row, one.column, one.severity) for one in found] == [
        ("own_days", row, "working", Severity.DATA) for row in rows
    ]
    last = [word for word in words if word not in {"perhaps", None}][-1]
    calendar = other.settings_for(date(2026, 3, 16)).calendar
    assert calendar.is_working(day) is (last != "no")
    assert calendar.is_working(date(2026, 3, 19))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Own days, row 5: column «Working» says otherwise of 2026-03-20 than row 4; expected yes or no, "),
        ("ru", "Свои дни, строка 5: в столбце «Рабочий» о дне 20.03.2026 указано иное, чем в строке 4; ожидается: "),
    ],
)
def test_it_is_said_which_rows_differ_and_what_was_expected(lang: str, said: str) -> None:
    other = Gathered()
    for row, word in ((4, "no"), (5, "yes")):
        other.take("own_days", row, {"date": date(2026, 3, 20), "working": word})
    [found] = other.first_findings(lang)
    assert found.message.startswith(said)


def test_two_days_said_once_each_are_in_order() -> None:
    other = Gathered()
    other.take("own_days", 2, {"date": date(2026, 3, 20), "working": "no"})
    other.take("own_days", 3, {"date": date(2026, 3, 21), "working": "yes"})
    assert not list(other.first_findings("en"))
    calendar = other.settings_for(date(2026, 3, 16)).calendar
    assert [calendar.is_working(date(2026, 3, day)) for day in (20, 21)] == [False, True]


COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", "{file}"),
    "due": ("due", "{file}"),
    "ics": ("ics", "{file}"),
    "plan": ("plan", "--signed", "2026-03-02", "--roster", "{file}"),
    "notice": ("notice", "{file}", "P1", "--kind", "concluded"),
    "refresh": ("refresh", "{file}", "--backups", "0"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_lives_with_an_own_day_said_in_two_ways(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    day = date(2026, 3, 20)
    own: Grid = [["Date", "Working", "Note"], [day, "no", None], [day, "yes", None]]
    file = write(tmp_path / "r.xlsx", R=[[*SPECIALIST], [*SPECIALIST.values()]], Own=own)
    assert run(*(word.format(file=file) for word in COMMANDS[command])) in {0, 1}
    assert "fault of this program" not in str(capsys.readouterr())

"""What the edition `law` finds more than `card`: counted, named in one line, and silent where nothing differs."""

from __future__ import annotations

import shlex
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hqs_xl.buttons import acts
from hqs_xl.buttons.excel import sync_roster
from hqs_xl.compliance.check import Report, Roster, check_roster
from hqs_xl.compliance.other_edition import other_edition
from hqs_xl.output.contract.report_json import report_json
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.texts import say
from tests.roster.people import AS_OF, FILED, SPECIALIST, settings
from tests.roster_files import roster_file, run
from tests.rosters import NOW, person, roster

# 30 days for the medical examination, by `law` only: 28 days late.
UNEXAMINED = {"entered_on": AS_OF - timedelta(58), "registered_on": AS_OF - timedelta(56), "medical_done": None}


def compared(*people: dict[str, Any], **given: Any) -> Report:
    roster = Roster([], Gathered())
    for row, changes in enumerate(people, 2):
        facts = SPECIALIST | {"person_id": f"P{row}"} | changes
        roster.people.append(read(Person, row, facts))
        roster.other.take("roster", row, facts)
        for number, (quarter, day) in enumerate(FILED.items(), 10 * row):
            roster.other.take("salary", number, {"person_id": f"P{row}", "quarter": quarter, "filed_on": day})
    wanted = settings(**given)
    return check_roster(roster, wanted, compared=other_edition(roster.other, wanted, None))


def lines(report: Report, lang: str = "en", file: str = "r.xlsx") -> list[str]:
    assert report.other_edition
    return report.other_edition.in_words(lang, file)


def test_what_the_law_finds_more_is_one_line_with_counts_and_the_command() -> None:
    report = compared(UNEXAMINED, {}, UNEXAMINED)
    what = say("action.medical", "en")
    assert not report.violated
    found = f"Edition law: 2 more violations ({what}: 2, up to 28 days late)"
    assert lines(report) == [f"{found}; to see them: hqs-xl check r.xlsx --edition law"]
    assert '"more_violations": 2' in report_json(report)
    assert lines(report, file="my r.xlsx")[0].endswith('hqs-xl check "my r.xlsx" --edition law')


@pytest.mark.parametrize(("days", "more"), [(29, 0), (30, 0), (31, 1)])
def test_the_day_before_the_day_and_the_day_after(days: int, more: int) -> None:
    entered = AS_OF - timedelta(days)
    report = compared({"entered_on": entered, "registered_on": entered, "medical_done": None})
    assert report.other_edition
    assert report.other_edition.more.total() == more
    assert len(lines(report)) == more


def test_what_both_find_is_not_more() -> None:
    report = compared({"concluded_notice_filed": None})
    assert report.violated
    assert lines(report) == []


@pytest.mark.parametrize("edition", ["law", "careful"])
def test_by_another_edition_nothing_is_compared(edition: str) -> None:
    assert compared(UNEXAMINED, edition=edition).other_edition is None


@pytest.mark.parametrize(
    ("typed", "marked", "asked", "is_compared"),
    [
        ({}, False, None, True),
        ({}, False, "card", False),
        ({"edition": "card"}, False, None, False),
        ({"edition": "card"}, True, None, True),
        ({"edition": "card"}, True, "card", False),
    ],
    ids=["nobody chose", "asked", "typed", "as our workbook comes", "asked of our workbook"],
)
def test_nothing_is_said_where_the_edition_was_chosen(
    typed: dict[str, str], marked: bool, asked: str | None, is_compared: bool
) -> None:
    other = Gathered(settings=dict(typed), marked=frozenset({"settings"} if marked else ()))
    given = other.settings_for(date(2026, 3, 16), edition=asked)
    assert (other_edition(other, given, asked) is not None) is is_compared


# --- Where it is said ------------------------------------------------------------------------------------------------


MORE = "Edition law: 1 more violation ("
CARD = say("check.card", "en")


@pytest.mark.parametrize(
    ("chosen", "words"),
    [([], (True, True)), (["--edition", "card"], (False, True)), (["--edition", "law"], (False,) * 2)],
)
def test_the_terminal_says_it(
    chosen: list[str], words: tuple[bool, bool], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = roster_file(tmp_path / "r.xlsx", **UNEXAMINED)
    run("check", file, "--as-of", AS_OF, *chosen)
    shown = " ".join(capsys.readouterr().out.split())
    assert (MORE in shown, CARD in shown) == words


def test_the_command_asks_as_this_check_was_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "my files"
    folder.mkdir()
    file = roster_file(folder / "r.xlsx", **UNEXAMINED)
    asked = ["--as-of", str(AS_OF), "--sheet", "Roster", "--column", "Full name=-", "--column", "Came on=entered_on"]
    run("check", file, *asked)
    shown = capsys.readouterr().out
    command = " ".join(shown.partition("to see them: ")[2].split()).partition(" --edition law")[0]
    assert command.startswith('hqs-xl check "')
    assert shlex.split(command)[3:] == asked
    run("check", *shlex.split(command)[2:], "--edition", "law", "--json")
    assert say("action.medical", "en") in capsys.readouterr().out


def test_a_refresh_says_it_in_the_terminal_with_what_card_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = roster_file(tmp_path / "r.xlsx", **UNEXAMINED)
    run("refresh", file, "--as-of", AS_OF)
    *_, more, card = capsys.readouterr().out.splitlines()
    assert card.strip() == CARD
    assert more.strip().startswith(MORE)
    assert more.endswith(f"hqs-xl check {file} --as-of {AS_OF} --edition law")
    run("refresh", file, "--as-of", AS_OF, "--edition", "law")
    shown = capsys.readouterr().out
    assert (CARD in shown, "hqs-xl check r" in shown) == (False, False)


def test_the_due_list_says_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = roster_file(tmp_path / "r.xlsx", **UNEXAMINED)
    out = tmp_path / "due.html"
    run("due", file, "--as-of", AS_OF)
    run("due", file, "--as-of", AS_OF, "--out", out)
    for shown in (capsys.readouterr().out, out.read_text("utf-8")):
        text = " ".join(shown.split())
        assert MORE in text
        assert CARD in text
    run("due", file, "--as-of", AS_OF, "--edition", "law")
    assert MORE not in capsys.readouterr().out


def test_the_digest_and_the_json_of_a_refresh_say_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = roster_file(tmp_path / "r.xlsx", **UNEXAMINED)
    run("refresh", file, "--as-of", AS_OF, "--digest", tmp_path / "out", "--json")
    assert '"more_violations": 1' in capsys.readouterr().out
    (digest,) = (tmp_path / "out").glob("due-*.txt")
    assert MORE in digest.read_text("utf-8")


def test_the_message_of_the_button_says_it_last() -> None:
    summary = sync_roster(roster(person(**UNEXAMINED)), now=NOW, as_of=AS_OF)
    *_, card, more = acts.summary_in_words(summary, "r.xlsx").split("\n")
    assert card == CARD
    assert more.startswith(MORE)


def test_a_sync_compares_everybody() -> None:
    people = [person(person_id=f"P{number}", **UNEXAMINED) for number in range(3)]
    summary = sync_roster(roster(*people), now=NOW, as_of=AS_OF)
    (more,) = summary.other_in_words("r.xlsx")
    assert more.startswith("Edition law: 3 more")
    assert summary.other_edition
    assert summary.other_edition.people == 3

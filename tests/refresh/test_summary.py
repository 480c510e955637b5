"""What is said of refreshed files: a line a file, one for all, one JSON object."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from hqs_xl.refresh.one import Refreshed, State
from hqs_xl.refresh.summary import file_line, language_of_all, summary_json, summary_line

CHANGED = Refreshed(
    Path("a.xlsx"),
    State.CHANGED,
    as_of=date(2026, 3, 16),
    edition="card",
    people=3,
    findings={"violation": 2, "due": 1},
    violated=True,
    backup=Path("hqs-backups/a.xlsx"),
)
SAME = Refreshed(Path("b.xlsx"), State.SAME, as_of=date(2026, 3, 16), edition="card", people=1, findings={"due": 1})
RUSSIAN = CHANGED._replace(lang="ru")
REFUSED = Refreshed(Path("c\n.xlsx"), State.REFUSED, code="locked", message="c: it is open elsewhere")
INTERRUPTED = Refreshed(Path("d.xlsx"), State.INTERRUPTED)
ALL = [CHANGED, SAME, REFUSED, INTERRUPTED]


@pytest.mark.parametrize(
    ("one", "lang", "said"),
    [
        (CHANGED, "en", "a.xlsx: updated. People: 3. Violations: 2, done late: 0, due: 1"),
        (SAME, "en", "b.xlsx: no change. People: 1. Violations: 0, done late: 0, due: 1"),
        (REFUSED, "en", "c: it is open elsewhere"),
        (INTERRUPTED, "en", "d.xlsx"),
        (CHANGED, "ru", "a.xlsx: updated. People: 3."),
        (RUSSIAN, "en", "a.xlsx: обновлён. Людей: 3. Нарушений: 2"),
        (INTERRUPTED, "ru", "d.xlsx: остановлено"),
    ],
    ids=lambda value: f"{value.lang} {value.state}" if isinstance(value, Refreshed) else None,
)
def test_a_file_has_a_line(one: Refreshed, lang: str, said: str) -> None:
    assert said in file_line(one, lang)
    assert "\n" not in file_line(one, lang)


@pytest.mark.parametrize(
    ("done", "asked", "lang"),
    [
        ([RUSSIAN, RUSSIAN], None, "ru"),
        ([RUSSIAN, REFUSED, INTERRUPTED], None, "ru"),
        ([RUSSIAN, SAME], None, "spoken"),
        ([REFUSED], None, "spoken"),
        ([RUSSIAN], "en", "en"),
    ],
    ids=["all the same", "those that were read", "of two languages", "none was read", "asked for"],
)
def test_all_files_are_spoken_of_in_the_language_of_them_all(
    done: list[Refreshed], asked: str | None, lang: str
) -> None:
    assert language_of_all(done, asked, "spoken") == lang


def test_a_file_that_was_not_done_counts_as_refused() -> None:
    line = summary_line(ALL, "en")
    figures = [int(word.strip(",.:")) for word in line.split() if word.strip(",.:").isdigit()]
    assert figures[:4] == [4, 1, 1, 2]
    assert "People: 4. Violations: 2, done late: 0, due: 2" in line


def test_json_has_each_file_on_a_line_of_its_own() -> None:
    text = summary_json(ALL, [Path("due.xlsx")], 2)
    found = json.loads(text)
    assert (found["status"], found["passed_over"]) == (2, ["due.xlsx"])
    assert [one["state"] for one in found["files"]] == ["changed", "same", "refused", "interrupted"]
    assert found["files"][0]["backup"] == "hqs-backups/a.xlsx"
    assert found["files"][1]["backup"] is None
    assert found["files"][2]["file"] == "c\N{REPLACEMENT CHARACTER}.xlsx"
    assert found["files"][0]["findings"]["violation"] == 2
    assert [text.count(f'"file": "{name}') for name in "abcd"] == [1, 1, 1, 1]
    assert len([line for line in text.splitlines() if '"file"' in line]) == len(ALL)

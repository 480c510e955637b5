"""explain --until: the agreement's end, which some rules alone look at, and which is not before the event."""

from __future__ import annotations

import pytest

from hqs_xl.cli.program import main
from hqs_xl.texts import LANGUAGES, say


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rule", ["permit.last_day", "visa.last_day"])
@pytest.mark.parametrize(
    ("until", "status"), [("2026-03-15", 2), ("2026-03-16", 0), ("2026-03-17", 0)], ids=["before", "the day", "after"]
)
def test_an_end_before_the_event_is_refused(
    rule: str, until: str, status: int, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", rule, "2026-03-16", "--until", until, "--lang", lang]) == status
    captured = capsys.readouterr()
    assert captured.err.count("\n") == (1 if status else 0)
    assert ("--until" in captured.err) is bool(status)
    assert bool(captured.out) is not bool(status)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("rule", "event"),
    [("notice.concluded", "2026-03-16"), ("notice.salary", "2026Q1"), ("permit.renewal", "2026-03-16")],
)
def test_where_it_is_not_looked_at_that_is_said(
    rule: str, event: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", rule, event, "--lang", lang]) == 0
    without = capsys.readouterr()
    assert main(["explain", rule, event, "--until", "2026-03-01", "--lang", lang]) == 0
    captured = capsys.readouterr()
    assert captured.out == without.out
    assert captured.err == f"hqs-xl: {say('error.until_unused', lang, rule=rule)}\n"
    assert without.err == ""


def test_a_rule_that_is_none_is_told_as_ever(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "permit.nothing", "2026-03-16", "--until", "2026-03-01"]) == 2
    assert "there is no rule" in capsys.readouterr().err

"""explain of a rule that there is none of: which come nearest, then which there are."""

from __future__ import annotations

import pytest

from hqs_xl.cli.program import main
from hqs_xl.law.deadlines import deadline_rules
from hqs_xl.texts import LANGUAGES, say


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("notice.conclude", "notice.concluded"),
        ("notice", "notice.salary"),
        ("salary", "notice.salary"),
        ("permit.renew", "permit.renewal"),
        ("Permit.Renewal", "permit.renewal"),
        ("medical", "medical.exam"),
        ("", ""),
        ("квота", ""),
    ],
)
def test_the_nearest_rule_comes_first_then_all(
    typed: str, nearest: str, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["explain", typed, "2026-01-12", "--lang", lang]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    told, known = " ".join(captured.err.split()), say("error.known_rules", lang, known=", ".join(deadline_rules()))
    assert told.endswith(f" {known}")
    first = told.removesuffix(known)
    start, _, offered = say("error.no_rule_near", lang, rule=typed, near="|").partition("|")
    assert first.startswith(f"hqs-xl: {start}{nearest}{offered}")
    assert first.count(",") == 2
    lines = captured.err.splitlines()
    assert len(lines) > 6
    assert max(map(len, lines)) <= 80

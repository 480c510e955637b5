"""What bears on all people and could not be read, in words, for what shows no findings: calendar, notice, plan."""

from __future__ import annotations

from hqs_xl.roster.gathered import Gathered


def first_in_words(other: Gathered, lang: str) -> list[str]:
    """Headers in doubt, settings and own days that could not be read, a line each; it names table and row."""
    return [f"{one.message}. {one.action}." for one in other.first_findings(lang)]

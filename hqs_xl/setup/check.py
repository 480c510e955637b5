"""One check of a computer or a workbook: what was looked at, how it went, and the words that say so."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from hqs_xl.texts import say


class State(StrEnum):
    """How a check went; only a fault keeps something from working."""

    OK = "ok"
    ATTENTION = "attention"
    FAULT = "fault"
    SKIPPED = "skipped"


class Check(NamedTuple):
    """One check: its name, how it went, and which words say so."""

    name: str
    state: State
    outcome: str
    fields: Mapping[str, object]

    def found(self, lang: str) -> str:
        """What was found."""
        return say(f"doctor.{self.name}.{self.outcome}", lang, **self.fields)

    def advice(self, lang: str) -> str:
        """What to do; nothing when all is well."""
        if self.state in {State.OK, State.SKIPPED}:
            return ""
        return say(f"doctor.advice.{self.name}.{self.outcome}", lang, **self.fields)


def checked(name: str, state: State, outcome: str, **fields: object) -> Check:
    """A check that was made."""
    return Check(name, state, outcome, fields)


def skipped(name: str, outcome: str) -> Check:
    """A check that there was nothing to make of."""
    return Check(name, State.SKIPPED, outcome, {})

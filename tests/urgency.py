"""The order of the sheet Findings, said once more: by what it weighs, what is broken longest and due soonest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hqs_xl.roster.findings import Finding

WEIGHTS = ("violation", "due", "data", "ask", "late", "scope")


def urgent_first(findings: Iterable[Finding], as_of: date) -> list[Finding]:
    """The findings of a check, which come in the order of the roster, as they stand on the sheet."""

    def urgency(one: Finding) -> tuple[int, date]:
        day = min(one.due or as_of, as_of) if one.severity == "violation" else one.due
        return WEIGHTS.index(one.severity), day if one.severity in {"violation", "due"} and day else as_of

    return sorted(findings, key=urgency)

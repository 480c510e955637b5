"""The findings of a check in the order in which HR has to see to them: what is broken longest first, then the rest.

A full sheet has more findings than memory should hold: those beyond the first thousands wait on the disk.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from tempfile import TemporaryFile
from typing import IO

from hqs_xl.roster.findings import Finding, Severity

# Findings that wait in memory.
IN_MEMORY = 1 << 14
# What may hide a broken rule stands before what only has to be asked or kept.
_ORDER = (Severity.VIOLATION, Severity.DUE, Severity.DATA, Severity.ASK, Severity.LATE, Severity.SCOPE)
_RANKS = {severity: rank for rank, severity in enumerate(_ORDER)}
# More days than there are dates.
_DAYS = 10_000_000


class UrgentFirst:
    """Takes findings in any order; those that are as urgent as each other stay in the order they came in."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of.toordinal()
        self._first: list[Finding] = []
        self._urgency = array("q")
        self._starts = array("q")

    @cached_property
    def _file(self) -> IO[bytes]:
        return TemporaryFile()

    def take(self, finding: Finding) -> None:
        """One more."""
        self._urgency.append(self._urgency_of(finding))
        if len(self._first) < IN_MEMORY:
            self._first.append(finding)
            return
        self._starts.append(self._file.tell())
        self._file.write(json.dumps(finding, default=date.toordinal).encode() + b"\n")

    def in_order(self) -> Iterator[Finding]:
        """All of them, the most urgent first."""
        for place in sorted(range(len(self._urgency)), key=self._urgency.__getitem__):
            yield self._first[place] if place < IN_MEMORY else self._read(place - IN_MEMORY)

    def close(self) -> None:
        """Throw them away."""
        if "_file" in vars(self):
            self._file.close()

    def _urgency_of(self, finding: Finding) -> int:
        """Less is more urgent: a rule broken without a day, or by a day ahead, counts as broken today."""
        day = finding.due.toordinal() if finding.due else self._as_of
        if finding.severity is Severity.VIOLATION:
            day = min(day, self._as_of)
        elif finding.severity is not Severity.DUE:
            day = 0
        return _RANKS[finding.severity] * _DAYS + day

    def _read(self, place: int) -> Finding:
        self._file.seek(self._starts[place])
        severity, *values = json.loads(self._file.readline())
        found = Finding(Severity(severity), *values)
        return found._replace(due=date.fromordinal(values[4])) if values[4] else found

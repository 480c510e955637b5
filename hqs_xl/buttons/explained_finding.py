"""A finding in words: what is wrong, what to do about it, and how the day it names is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from hqs_xl.cells.values import to_date
from hqs_xl.compliance.owed import Obligation
from hqs_xl.compliance.person import Outcome
from hqs_xl.compliance.words import TAILS, UNCLEAR
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.texts import LANGUAGES, say

# A message box shows no more findings.
MOST_FINDINGS = 4
GRAVEST = (Severity.VIOLATION, Severity.DATA, Severity.DUE, Severity.LATE, Severity.ASK, Severity.SCOPE)
_ENDS = {tail for _, tail in TAILS.values()} | {UNCLEAR[1]}


def findings_lines(
    found: Sequence[Finding], outcome: Outcome, lang: str, counted: Callable[[Obligation], Iterator[str]]
) -> Iterator[str]:
    """Findings in lines, the gravest first; ``counted``: how the day of what is owed is counted, told of one alone."""
    found = sorted(found, key=lambda one: GRAVEST.index(one.severity))
    for finding in found[:MOST_FINDINGS]:
        if finding is not found[0]:
            yield ""
        yield f"{say(f'severity.{finding.severity}', lang)}: {finding.message}"
        if finding.action:
            yield say("pointed.to_do", lang, action=finding.action)
        item = _owed(finding, outcome)
        if item and len(found) == 1:
            yield from counted(item)
        elif finding.source:
            yield say("explain.source", lang, source=finding.source)
    if len(found) > MOST_FINDINGS:
        yield ""
        yield say("pointed.more", lang, count=len(found) - MOST_FINDINGS)


def _owed(finding: Finding, outcome: Outcome) -> Obligation | None:
    """What is owed that a finding speaks of."""
    codes = {finding.code.removesuffix(end) for end in _ENDS if finding.code.endswith(end)}
    return next((one for one in outcome.obligations if one.code in codes and one.due == finding.due), None)


def meant(row: Mapping[str, Any], outcome: Outcome, headers: Mapping[str, str]) -> list[Finding]:
    """The finding that a row of the table of findings is of, as far as it still holds.

    ``headers``: the roster's by column key, for the same may be found in several columns.
    """
    due, named = to_date(row.get("due")), row.get("column") or ""
    alike = [one for one in outcome.findings if (one.code, one.due) == (row.get("code"), due)]
    return [one for one in alike if named in _names(one.column, headers)][:1]


def _names(key: str, headers: Mapping[str, str]) -> set[str]:
    """How a row of findings may name a column."""
    return {headers.get(key, ""), *(say(f"header.{key}", lang) for lang in LANGUAGES)} if key else {""}


def as_written(row: Mapping[str, Any], lang: str) -> Iterator[str]:
    """What the row itself says of a finding."""
    yield f"{row.get('severity', '')}: {row.get('message', '')}"
    if row.get("action"):
        yield say("pointed.to_do", lang, action=row["action"])
    if row.get("source"):
        yield say("explain.source", lang, source=row["source"])

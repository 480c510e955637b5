"""What is most pressing in a long report, in a few lines, for these stand last, where a terminal is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hqs_xl.compliance.first import stops
from hqs_xl.roster.findings import Finding
from hqs_xl.texts import say

# So few findings are seen at once as they are.
FEW = 10
# By weight, the gravest first, how many kinds of things to do are named; the others are counted alone.
NAMED = {"violation": 6, "due": 3, "ask": 2, "data": 3}
PEOPLE = 3


def glance(findings: Sequence[Finding], lang: str) -> list[str]:
    """What to do first: by weight, what cannot wait, then what most people need, with the first of them.

    Nothing where that is seen anyway.
    """
    if len(findings) <= FEW:
        return []
    return [say("check.first", lang), *(line for severity in NAMED for line in _of(severity, findings, lang))]


def _of(severity: str, findings: Sequence[Finding], lang: str) -> Iterator[str]:
    by_action: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity == severity:
            by_action.setdefault(finding.action, []).append(finding)
    if not by_action:
        return
    yield f"  {say(f'severity.{severity}', lang)}: {sum(map(len, by_action.values()))}"
    # What forbids work or stay, then what most need; of as many, those that stood first: they have the nearest day.
    ordered = sorted(by_action.items(), key=lambda one: (one[0] not in stops(), -len(one[1])))
    for action, found in ordered[: NAMED[severity]]:
        yield f"    {len(found)}  {action}: {_people(found, lang)}"
    if others := ordered[NAMED[severity] :]:
        yield "    " + say("check.first_others", lang, count=sum(len(found) for _, found in others))


def _people(found: Sequence[Finding], lang: str) -> str:
    who = list(dict.fromkeys(one.person_id or say("digest.row", lang, row=one.row) for one in found))
    named = ", ".join(who[:PEOPLE])
    return say("check.others", lang, person=named, count=len(who) - PEOPLE) if len(who) > PEOPLE else named

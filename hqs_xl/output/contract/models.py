"""What the commands say with ``--json``, declared as pydantic models with a version, and their JSON Schema (2020-12).

Fields are only added, never renamed or taken away; ``version`` counts what could not be done so. The models refuse a
field that is not declared here, so that nothing goes out that the published schema does not name.
More than 300 lines, for the answers of all commands share their parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from hqs_xl.output.json_lines import json_lines

VERSION = 1
DIALECT = "https://json-schema.org/draft/2020-12/schema"

Days = Annotated[int | None, Field(description="calendar days; negative: past")]
Key = Annotated[str, Field(description="the key of a column, as hqs-xl schema roster has them")]
Warnings = Annotated[
    list[str], Field(description="a day of the check that stays; an edition of one's own that is later than the law")
]
EditionName = Annotated[str, Field(description="card, law, careful, or the name of an edition of one's own")]


class Model(BaseModel):
    """What all parts of an answer share."""

    model_config = ConfigDict(extra="forbid")


class LookedAt(Model):
    """How much a check could look at."""

    people: int
    rules: int = Field(description="the rules that could be looked at")
    of: int = Field(description="the rules there are")
    complete: bool = Field(description="whether nothing that --strict minds was left out")


class NotChecked(Model):
    """Something a check could not look at."""

    kind: str
    what: str
    columns: list[Key]
    number: int
    message: str
    counts: bool = Field(description="whether --strict minds it")


class Understood(Model):
    """A header that was read though it is in other words than ours."""

    sheet: str
    cell: str
    text: str
    column: Key


class Kind(Model):
    """Violations that another edition finds, of one kind."""

    action: str
    count: int
    most_days_late: int


class OtherEdition(Model):
    """What another edition finds more, where nobody chose one."""

    edition: EditionName
    people: int
    more_violations: int
    kinds: list[Kind]


class Finding(Model):
    """One thing to know about one person."""

    severity: Literal["violation", "late", "due", "ask", "data", "scope"]
    code: str
    person_id: str
    row: int
    column: Key
    due: date | None
    days: Days
    message: str
    action: str
    source: str


class Agenda(Model):
    """The answers beside a person's facts."""

    person_id: str
    row: int
    next_action: str
    next_due: date | None
    act_by: date | None
    days_left: Days
    status: str
    check: str


class CheckReport(Model):
    """hqs-xl check --json."""

    version: Literal[1]
    as_of: date
    as_of_days_ago: int
    edition: EditionName
    warnings: Warnings
    calendar_known_through: date
    people: int
    findings: list[Finding]
    agenda: list[Agenda]
    looked_at: LookedAt
    not_checked: list[NotChecked]
    understood: list[Understood]
    other_edition: OtherEdition | None


class RefreshedFile(Model):
    """What became of one file."""

    file: str
    state: Literal["changed", "would_change", "same", "refused", "interrupted"]
    code: str = Field(description="why it was refused, for machines")
    message: str
    as_of: date | None
    as_of_days_ago: int
    edition: str
    people: int
    findings: dict[str, int]
    violated: bool
    backup: str | None
    sheets: list[str]
    warnings: Warnings
    left_alone: list[str]
    looked_at: LookedAt | None = None
    not_checked: list[NotChecked] | None = None
    understood: list[Understood] | None = None
    other_edition: OtherEdition | None


class RefreshReport(Model):
    """hqs-xl refresh --json."""

    version: Literal[1]
    files: list[RefreshedFile]
    passed_over: list[str]
    status: int


class DueEntry(Model):
    """One thing to do about one person."""

    band: Literal["overdue", "today", "week", "later"]
    action: str
    whom: str
    source: str
    due: date | None
    act_by: date | None
    days: Days
    message: str
    person_id: str
    name: str = Field(description="blank unless --names is given")
    row: int


class DueReport(Model):
    """hqs-xl due --json."""

    version: Literal[1]
    file: str
    as_of: date
    edition: EditionName
    calendar_known_through: date
    entries: list[DueEntry]
    unread: int = Field(description="cells that can't be read, behind which more may be due")
    notes: list[str]


class PlanStep(Model):
    """One step of the procedure."""

    statement: str = Field(description="the statement of the card")
    step: str
    text: str
    who: list[str]
    earliest: date | None
    latest: date | None
    too_late: bool
    provisional: bool = Field(description="a day was counted over a year whose calendar is not decreed yet")
    needed: bool
    authority: str
    source: str
    evidence: str


class PlanReport(Model):
    """hqs-xl plan --json."""

    version: Literal[1]
    signed: date
    start: date | None
    edition: EditionName
    warnings: Warnings
    steps: list[PlanStep]


class Added(Model):
    """A person who is new."""

    person_id: str
    columns: list[Key]


class Changed(Model):
    """A person of the roster whose facts are filled in, or differ."""

    person_id: str
    row: int
    filled: list[Key]
    differing: list[Key]


class LeftOut(Model):
    """Why a row of the source stays out."""

    line: int
    person_id: str
    column: str
    reason: str


class RuleEndingAbove(Model):
    """A conditional format or data validation of the roster's rows that does not hold in all new ones."""

    kind: Literal["format", "validation"]
    sheet: str
    cells: str = Field(description="where it holds, as after the import")
    first_row: int = Field(description="the first new row in which it does not hold")


class ImportReport(Model):
    """hqs-xl import --json."""

    version: Literal[1]
    source: str
    into: str
    sheet: str
    header: int
    new_book: bool
    written: bool
    backup: str | None
    added: list[Added]
    changed: list[Changed]
    unchanged: list[str]
    missing: list[str]
    left_out: list[LeftOut]
    headers_not_taken: list[str]
    headers_in_doubt: list[str]
    columns_not_there: list[Key]
    rows_passed_over: list[int] = Field(description="lines of the source that are nobody's: totals, signatures, notes")
    columns_without_header: list[str] = Field(description="their letters")
    rules_ending_above: list[RuleEndingAbove]


REPORTS: Mapping[str, type[Model]] = {
    "check": CheckReport,
    "refresh": RefreshReport,
    "due": DueReport,
    "plan": PlanReport,
    "import": ImportReport,
}


def said(kind: type[Model], fields: Mapping[str, Any]) -> str:
    """An answer as JSON text, validated as what its model promises; each record of a list on a line of its own."""
    made = kind.model_validate({"version": VERSION, **fields})
    return json_lines(made.model_dump(mode="json", exclude_unset=True))


def report_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of an answer; later versions of the product may add fields, so that it allows others."""
    made = REPORTS[name].model_json_schema(mode="serialization")
    _open(made)
    return {"$schema": DIALECT, **made}


def _open(tree: Any) -> None:
    if isinstance(tree, dict):
        tree.pop("additionalProperties", None) if tree.get("additionalProperties") is False else None
        for one in tree.values():
            _open(one)
    elif isinstance(tree, list):
        for one in tree:
            _open(one)

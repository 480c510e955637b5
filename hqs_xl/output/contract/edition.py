"""The format of an edition file as pydantic models: for editors that help who types one, and for tests of ours.

A file is read by ``law.edition_reader``, which needs nothing installed; it holds to more than a schema can say (values
in order of their days, rules of one kind).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from hqs_xl.law.terms import Direction, Landing, Start, Unit
from hqs_xl.output.contract.models import DIALECT

CONTENT = ("count", "amount", "exempt", "name", "condition", "same_as_card")


class Strict(BaseModel):
    """No key but those declared."""

    model_config = ConfigDict(extra="forbid")


Line = Annotated[str, Field(pattern=r"\S")]


class Both(Strict):
    """A text in both languages."""

    en: Line
    ru: Line


Words = Line | Both


class CountedTerm(Strict):
    """One term of a count."""

    number: int = Field(ge=1)
    unit: Unit
    direction: Direction = Direction.FORWARD
    start: Start = Start.AFTER
    landing: Landing = Landing.AS_COUNTED


class DatedValue(Strict):
    """What a rule says for events from a day on: exactly one of a count, an amount, yes or no, a name, a condition."""

    first: date | None = Field(None, alias="from", description="the first day of events; none: from ever")
    until: date | None = None
    source: Words
    evidence: Literal["seed", "primary", "practitioner", "unverified", "own"] = "own"
    checked: date = Field(description="the day the source was last looked at")
    quote: Words | None = None
    note: Words | None = None
    count: list[CountedTerm] | None = Field(None, min_length=1)
    amount: int | None = Field(None, ge=1, description="rubles")
    per: Literal["month", "quarter", "year", "application"] | None = None
    exempt: bool | None = None
    name: Words | None = None
    condition: Literal[True] | None = None
    same_as_card: Literal[True] | None = None

    @model_validator(mode="after")
    def one_content(self) -> DatedValue:
        """Exactly one thing is said."""
        said = [key for key in CONTENT if getattr(self, key) is not None]
        if len(said) != 1 or (self.per is None) != (self.amount is None):
            raise ValueError(f"exactly one of {', '.join(CONTENT)}")
        return self


class DatedRule(Strict):
    """A rule; all but its values stand in the first file that has it."""

    statement: str | None = Field(None, pattern="^S([1-9]|1[0-9]|2[0-6])$")
    event: Line | None = None
    at_most: Line | None = None
    where: Words | None = None
    value: list[DatedValue] = Field(min_length=1)


class RuleGroup(RootModel[dict[str, DatedRule]]):
    """Rules whose names begin alike, such as notice.concluded and notice.salary."""


class EditionFile(BaseModel):
    """An edition: its name, and its rules by group."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, RuleGroup] = Field(init=False)

    edition: Literal["card", "law", "careful", "own"]
    over: Literal["card", "law", "careful"] = Field("law", description="of an edition of one's own: the one below it")
    as_law: list[str] = Field([], description="of careful: the rules it takes over from law")


def edition_schema() -> dict[str, Any]:
    """The JSON Schema of an edition file, 2020-12; that exactly one thing is said stands in words only."""
    return {"$schema": DIALECT, **EditionFile.model_json_schema()}

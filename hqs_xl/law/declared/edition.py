"""What may stand in an edition file: the declared model of ours, and of a user's own.

What it takes the other editions to see (days in order, rules of one kind) ``edition_reader`` holds to.
"""

from dataclasses import dataclass, field
from typing import Annotated, Any

from hqs_xl.law.rules import EDITIONS, EVIDENCE, OWN, PERIODS
from hqs_xl.law.terms import Direction, Landing, Start, Unit
from hqs_xl.models.common import Checked, Day, Line, Words, Yes, YesNo, one_of, whole
from hqs_xl.models.marks import STRICT, Is, Misfit, a_table, some

CONTENT = ("amount", "condition", "count", "exempt", "name", "same_as_card")
STATEMENTS = frozenset(f"S{n}" for n in range(1, 27))

Statement = Annotated[
    str,
    Is(
        "the card's statement, S1 to S26",
        lambda value: isinstance(value, str) and value in STATEMENTS,
        {"type": "string", "pattern": "^S([1-9]|1[0-9]|2[0-6])$"},
    ),
]
RuleNames = Annotated[
    list[str],
    Is(
        "a list of rules",
        lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
        {"type": "array", "items": {"type": "string"}},
    ),
]


@dataclass(kw_only=True)
class CountedTerm:
    """One term of a count."""

    __pydantic_config__ = STRICT

    number: Annotated[int, whole("a whole number from 1", 1)]
    unit: Annotated[str, one_of(Unit)]
    direction: Annotated[str, one_of(Direction)] = Direction.FORWARD
    start: Annotated[str, one_of(Start)] = Start.AFTER
    landing: Annotated[str, one_of(Landing)] = Landing.AS_COUNTED


Term = Annotated[CountedTerm, a_table('expected a term such as { number = 3, unit = "working day" }')]
Absent: Any = None


@dataclass(kw_only=True)
class DatedValue:
    """What a rule says for events from a day on: exactly one of a count, an amount, yes or no, a name, a condition."""

    __pydantic_config__ = STRICT

    first: Day = field(
        default=Absent, metadata={"alias": "from", "description": "the first day of events; none: from ever"}
    )
    until: Day = Absent
    source: Words
    evidence: Annotated[str, one_of(EVIDENCE)]
    checked: Checked
    quote: Words = Absent
    note: Words = Absent
    count: Annotated[list[Term], some("expected a list of terms")] = Absent
    amount: Annotated[int, whole("a whole number of rubles", 1)] = Absent
    per: Annotated[str, one_of(PERIODS)] = Absent
    exempt: YesNo = Absent
    name: Words = Absent
    condition: Yes = Absent
    same_as_card: Yes = Absent

    def __post_init__(self) -> None:
        """Exactly one thing is said, of an amount also how often, and it does not end before it begins."""
        said = [key for key in CONTENT if getattr(self, key) is not None]
        if len(said) != 1:
            raise Misfit(f"expected exactly one of {', '.join(CONTENT)}")
        if self.amount is not None and self.per is None:
            raise Misfit(f"expected one of {', '.join(PERIODS)}, found None", ("per",))
        if self.amount is None and self.per is not None:
            raise Misfit("expected beside an amount alone", ("per",))
        if self.first and self.until and self.until < self.first:
            raise Misfit("ends before it begins", ("until",))


A_VALUE, A_RULE = a_table("expected a dated value (a table)"), a_table("expected a rule (a table)")
A_GROUP, VALUES = a_table("unknown key"), some("expected at least one dated value")


@dataclass(kw_only=True)
class RuleHead:
    """What a rule is; it stands in the first file that has the rule."""

    __pydantic_config__ = STRICT

    statement: Statement = Absent
    event: Line = Absent
    at_most: Line = Absent
    where: Words = Absent


@dataclass(kw_only=True)
class DatedRule(RuleHead):
    """A rule; all but its values stand in the first file that has it."""

    value: Annotated[list[Annotated[DatedValue, A_VALUE]], VALUES]


@dataclass(kw_only=True)
class EditionFile:
    """An edition of ours: its name, and its rules by group, such as ``notice`` of ``notice.concluded``."""

    __pydantic_config__ = STRICT

    edition: Annotated[str, one_of(EDITIONS)]
    as_law: RuleNames = field(default=Absent, metadata={"description": "of careful: the rules it takes over from law"})
    rest: dict[str, Annotated[dict[str, Annotated[DatedRule, A_RULE]], A_GROUP]]


@dataclass(kw_only=True)
class OwnValue(DatedValue):
    """A dated value of a user's own; its evidence needs no word."""

    evidence: Annotated[str, Is(OWN, lambda value: value == OWN, {"const": OWN})] = OWN


@dataclass(kw_only=True)
class OwnRule(RuleHead):
    """A rule of which a user has values of their own."""

    value: Annotated[list[Annotated[OwnValue, A_VALUE]], VALUES]


@dataclass(kw_only=True)
class OwnFile:
    """An edition of a user's own: which of ours it stands over, and its rules by group."""

    __pydantic_config__ = STRICT

    edition: Annotated[str, Is(OWN, lambda value: value == OWN, {"const": OWN})]
    over: Annotated[str, one_of(EDITIONS)] = "law"
    rest: dict[str, Annotated[dict[str, Annotated[OwnRule, A_RULE]], A_GROUP]]

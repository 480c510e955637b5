"""What may stand in the file of notices, their forms and fields: its declared model."""

from dataclasses import dataclass, field
from typing import Annotated, Any

from hqs_xl.law.rules import EVIDENCE
from hqs_xl.models.common import Checked, Day, Line, Words, one_of
from hqs_xl.models.marks import STRICT, a_table, some

KINDS = ("concluded", "terminated", "salary")
Kinds = Annotated[list[Annotated[str, one_of(KINDS)]], some(f"expected some of {', '.join(KINDS)}")]
Absent: Any = None


@dataclass(kw_only=True)
class FormEntry:
    """The order that has the form of some notices, for those filed from a day on."""

    __pydantic_config__ = STRICT

    kinds: Kinds
    first: Day = field(metadata={"alias": "from"})
    order: Words
    evidence: Annotated[str, one_of(EVIDENCE)]
    checked: Checked
    note: Words = Absent


@dataclass(kw_only=True)
class FieldEntry:
    """A field that some notices ask for, and where the roster has it."""

    __pydantic_config__ = STRICT

    kinds: Kinds
    key: Line
    origin: Line = field(metadata={"alias": "from"})
    evidence: Annotated[str, one_of(EVIDENCE)]
    checked: Checked
    note: Words = Absent


@dataclass(kw_only=True)
class NoticeFile:
    """Forms by the day of filing, and fields in the order a notice asks for them."""

    __pydantic_config__ = STRICT

    form: Annotated[list[Annotated[FormEntry, a_table("expected a form (a table)")]], some("expected forms")]
    field: Annotated[list[Annotated[FieldEntry, a_table("expected a field (a table)")]], some("expected fields")]

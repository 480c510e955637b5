"""A family member whose specialist's agreement has ended: how long the family may stay then is a question.

The term to leave is the specialist's by its source; that it is the family's too is reported, and nobody could verify
it. Of an agreement that ran out, and was not terminated, no source says anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from hqs_xl.compliance.breach import ASK, DATA, Breach
from hqs_xl.compliance.case import Case
from hqs_xl.texts import say

_COLUMN, _CODE = "sponsor_id", "family.sponsor_ended"
_WITH_THE_DAY = "family.sponsor_ended_leave"


def sponsor_ended(case: Case) -> Sequence[Breach]:
    """That the specialist's last agreement has ended, with the day to leave where the edition has one."""
    ending = case.endings.get(case.person.sponsor_id)
    if ending is None:
        return ()
    fields: dict[str, object] = {"sponsor": case.person.sponsor_id}
    if ending.day is None:
        fields["column"] = say(f"header.{ending.column}", case.settings.lang)
        return (Breach("family.sponsor_ended_untold", _COLUMN, "family.sponsor", None, DATA, fields=fields),)
    fields["day"] = ending.day
    terminated = ending.day if ending.column == "terminated_on" else None
    leave = case.due("leave.after_termination", terminated, column=_COLUMN)
    if leave is None:
        return (Breach(_CODE, _COLUMN, "family.sponsor", None, ASK, fields=fields),)
    fields["last"] = leave.due
    return (Breach(_CODE, _COLUMN, leave.rule, None, ASK, leave, fields, leave.event, sentence=_WITH_THE_DAY),)

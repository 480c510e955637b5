"""The order of the roster's columns in the workbook: who, what the check says, and the facts by stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hqs_xl.roster.columns import column

# Above the headers stands a band with the stages' names.
HEADER_ROW = 1
# Who it is, then what the check says, then the facts by stage; the first column of a stage stays when it is folded.
NAMES = ("person_id", "full_name")
ANSWERS = ("status", "next_action", "next_due", "act_by", "days_left", "check")
STAGES: Mapping[str, Sequence[str]] = {
    "person": ("relation", "citizenship", "sponsor_id", "visa_required", "passport_expires", "passport_changed"),
    "agreement": (
        *("agreement_signed", "agreement_starts", "agreement_ends", "terminated_on", "work_started", "hiring_order"),
    ),
    "permit": (
        *("permit_expires", "permit_starts", "permit_filed", "permit_decided", "permit_collected", "renewal_filed"),
    ),
    "visa": ("visa_expires", "visa_starts"),
    "stay": (*("entered_on", "registered_on", "registered_until", "moved_on", "left_on", "host", "owns_housing"),),
    "insurance": ("policy_ends", "policy_starts", "medical_done"),
    "notices": ("concluded_notice_filed", "terminated_notice_filed"),
}
FACTS = tuple(key for keys in STAGES.values() for key in keys)
# Narrower than elsewhere, so that what is printed stays legible on A4.
_WIDTHS = {"full_name": 22, "next_action": 30, "check": 42, "relation": 8, "days_left": 7}
_ALL = [column("roster", key) for key in (*NAMES, *ANSWERS, *FACTS)]
COLUMNS = [one._replace(width=_WIDTHS.get(one.key, one.width)) for one in _ALL]
PLACES = {one.key: place for place, one in enumerate(COLUMNS)}
# What HR prints: who, what the check says, relation and citizenship, legible on A4.
PRINTED = PLACES["citizenship"]

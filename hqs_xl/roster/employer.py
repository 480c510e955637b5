"""The employer table: what notices ask about the employer, typed once for all of them."""

from __future__ import annotations

from typing import Any

from hqs_xl.cells.values import BadValue, to_text
from hqs_xl.roster.columns import labelled, normalised

FIELDS = ("name", "inn", "ogrn", "activity", "address", "phone", "authority")


def read_employer(label: object, value: Any) -> dict[str, str]:
    """A line of the table as a field; empty for a line of something else, a blank, or an Excel error."""
    key = next((key for key in FIELDS if normalised(label) == key), None) or labelled("employer", FIELDS, label)
    try:
        text = to_text(value)
    except BadValue:
        # Then it is missing, as the notice will say.
        return {}
    return {key: text} if key and text else {}

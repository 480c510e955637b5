"""The names of the demo's people, by which they are known again: nobody is called so, and their ids are numbered."""

from __future__ import annotations

import re
from typing import Any

GIVEN = (
    "Arlo",
    "Bexley",
    "Cosmo",
    "Delphine",
    "Ember",
    "Fable",
    "Gale",
    "Harper",
    "Indigo",
    "Juniper",
    "Kestrel",
    "Lark",
)
SURNAMES = (
    "Alderquill",
    "Brambleforth",
    "Copperwick",
    "Dunmarrow",
    "Elmsparrow",
    "Fernhollow",
    "Glimmerstone",
    "Hazelbrook",
)
_ID = re.compile("HQS-([0-9]{5,9})", re.IGNORECASE)


def demo_id(number: int) -> str:
    """The id of one of the demo's people."""
    return f"HQS-{number:05}"


def demo_number(person_id: Any) -> int:
    """The number in an id as the demo's people have them; 0 in another one."""
    match = _ID.fullmatch(person_id.strip()) if isinstance(person_id, str) else None
    return int(match[1]) if match else 0


def is_invented(person_id: Any, full_name: Any) -> bool:
    """Whether somebody was made up for the demo; a name or an id that a person typed over theirs is a person's."""
    if not isinstance(full_name, str):
        return False
    given, _, surname = full_name.strip().partition(" ")
    return demo_number(person_id) > 0 and given in GIVEN and surname in SURNAMES

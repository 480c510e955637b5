"""Why a cell or a row of a source does not go into a roster, whatever its column: what no workbook holds, no person."""

from __future__ import annotations

import re
from typing import Any

from hqs_xl.cells.ids import Near
from hqs_xl.cells.values import BadValue
from hqs_xl.intake.json_records import Nested
from hqs_xl.roster.findings import near_in_words

# A cell of Excel holds no more; a file with a longer one is reported as damaged.
LONGEST = 32_767
# What XML has no signs for: control characters, halves of a pair.
_NO_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def unfit(value: Any) -> BadValue | None:
    """Why a value fits in no cell; None where it does."""
    if isinstance(value, Nested):
        return BadValue("import.nested")
    if isinstance(value, str):
        if len(value) > LONGEST:
            return BadValue("import.too_long", most=LONGEST)
        if _NO_SIGNS.search(value):
            return BadValue("import.no_signs")
    return None


def no_person(person_id: str, *, wide: bool) -> BadValue | None:
    """Why a row is of nobody; ``wide``: it has more cells than there are headers."""
    if wide:
        return BadValue("import.wide")
    return None if person_id else BadValue("import.no_id")


def nearly(near: Near, lang: str, *, line: int = 0) -> BadValue:
    """That an id is nearly one of the roster's: to take it for another person's would have somebody there twice.

    ``line``: it is nearly that of this line of the source.
    """
    key = "import.near_above" if line else "import.near"
    return BadValue(key, person=near.person_id, line=line, by=near_in_words(near, lang))

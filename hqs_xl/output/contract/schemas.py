"""The JSON Schemas that the product publishes: of what it says, and of what it reads."""

from __future__ import annotations

import json
from typing import Any

from hqs_xl.output.contract.edition import edition_schema
from hqs_xl.output.contract.models import REPORTS, report_schema
from hqs_xl.output.contract.roster import records_schema
from hqs_xl.roster.records import Person

NAMES = (*REPORTS, "roster", "edition")


def schema(name: str) -> dict[str, Any]:
    """One of them by its name."""
    if name == "roster":
        about = "The people that hqs-xl import takes from a .json file: one record each, a blank fact null or left out."
        return records_schema(Person, "Roster", about)
    if name == "edition":
        return edition_schema()
    return report_schema(name)


def schema_text(name: str) -> str:
    """It as JSON."""
    return json.dumps(schema(name), ensure_ascii=False, indent=1) + "\n"

"""What a check looked at and what it could not, as fields of a JSON answer."""

from __future__ import annotations

from typing import Any

from hqs_xl.compliance.coverage import Coverage


def coverage_json(looked: Coverage) -> dict[str, Any]:
    """What a check looked at, what it could not look at, and the headers it read in other words."""
    return {
        "looked_at": {"people": looked.people, "rules": looked.rules, "of": looked.of, "complete": looked.complete},
        "not_checked": [{**one._asdict(), "columns": list(one.columns)} for one in looked.not_checked],
        "understood": [
            {"sheet": one.sheet, "cell": one.cell, "text": one.text, "column": one.keys[0]} for one in looked.understood
        ],
    }

"""The due list as JSON, each entry on a line of its own."""

from __future__ import annotations

from hqs_xl.output.contract.models import DueReport, said
from hqs_xl.output.duelist import DueList


def due_json(found: DueList) -> str:
    """One object with the entries of all bands in the order of the list."""
    settings = found.settings
    return said(
        DueReport,
        {
            "file": found.file,
            "as_of": settings.as_of,
            "edition": settings.edition,
            "calendar_known_through": found.known_through,
            "entries": [
                {"band": band.key, **entry._asdict()}
                for band in found.bands
                for group in band.groups
                for entry in group.entries
            ],
            "unread": found.unread,
            "notes": list(found.notes),
        },
    )

"""The names that mark a table as made by this product: every version of the workbook has borne them.

An Excel table of ours bears its kind's name, a second one with a number behind it (Findings2). Sheets without a table
are marked by a name for cells of theirs.
"""

from __future__ import annotations

from collections.abc import Collection

from hqs_xl.roster.tables import Found
from hqs_xl.rows import Mark

# **File format**: workbooks out in the world hold these names; they never change.
TABLE_NAMES = {
    "roster": "Roster",
    "salary": "SalaryNotices",
    "settings": "SettingsTable",
    "own_days": "OwnDays",
    "documents": "Documents",
    "employer": "Employer",
    "findings": "Findings",
    "deadlines": "Deadlines",
    "log": "Log",
    "last_check": "LastCheck",
    "calendar": "Calendar",
}
CELL_NAMES = {
    "findings": "HQS_FINDING_SEVERITY",
    # HQS_LINES, the name of its columns to the sheet's end, is no plain range: not every program says where it lies.
    "lines": "HQS_LINE_COUNT",
    "kept": "HQS_KEPT",
    **dict.fromkeys(("glance", "urgent"), "HQS_DASHBOARD"),
    **dict.fromkeys(("figures", "by_obligation", "by_month"), "HQS_FIGURES"),
}


def is_marked(table: Found, marks: Collection[Mark]) -> bool:
    """Whether a name of ours says that a table was made by us."""
    return any(_says(table, mark) for mark in marks)


def _says(table: Found, mark: Mark) -> bool:
    name, row, first, last = mark
    if not row:
        return name == CELL_NAMES.get(table.kind)
    wanted = TABLE_NAMES.get(table.kind, "").casefold()
    numbered = name.casefold().removeprefix(wanted) if wanted else name
    inside = row == table.header_row and all(first <= place <= last for place in table.places)
    named = name.casefold().startswith(wanted) and (not numbered or numbered.isdecimal())
    # Other people call their tables Findings too; but ours have had codes from the first version on.
    return inside and named and (table.kind != "findings" or "code" in table.headers)

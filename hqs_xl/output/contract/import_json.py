"""What an import would change, or has changed, as JSON: people by id, facts by column, nothing of what they hold."""

from __future__ import annotations

from pathlib import Path

from hqs_xl.intake.taking import Taken
from hqs_xl.output.contract.models import ImportReport, said
from hqs_xl.rows import column_name


def import_json(source: Path, into: Path, taken: Taken) -> str:
    """One object, each person and each row left out on a line of its own."""
    incoming, found = taken.incoming, taken.comparison
    return said(
        ImportReport,
        {
            "source": str(source),
            "into": str(into),
            "sheet": incoming.sheet,
            "header": incoming.header_line,
            "new_book": taken.new_book,
            "written": taken.written,
            "backup": taken.backup and str(taken.backup),
            "added": [{"person_id": one.person_id, "columns": [*one.facts]} for one in found.added],
            "changed": [
                {"person_id": one.person_id, "row": one.row, "filled": [*one.filled], "differing": [*one.differing]}
                for one in found.changed
            ],
            "unchanged": found.unchanged,
            "missing": found.missing,
            "left_out": [
                {
                    "line": one.line,
                    "person_id": one.person_id,
                    "column": one.column,
                    "reason": one.error.message(taken.lang),
                }
                for one in taken.bad
            ],
            "headers_not_taken": [*incoming.foreign, *incoming.answered],
            "headers_in_doubt": incoming.doubts,
            "columns_not_there": found.no_column,
            "rows_passed_over": incoming.passed,
            "columns_without_header": [column_name(place) for place in incoming.headless],
            "rules_ending_above": [
                {"kind": one.kind, "sheet": taken.sheet, "cells": one.areas, "first_row": one.first_row}
                for one in taken.short
            ],
        },
    )

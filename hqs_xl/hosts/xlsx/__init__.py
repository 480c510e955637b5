"""A lossless editor of cells in closed .xlsx and .xlsm files: it takes rows and gives answers back.

Every byte that is not concerned stays. It does not know what the rows mean, so that it could leave the house as a
library of its own: it stands on ``hosts/package``, ``hosts/files``, ``hosts/sheets`` and ``hosts/system``, on the words
of ``hqs_xl.rows``, and on ``hqs_xl.errors.UnusableFile``, which an exception with a code and fields would replace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts import face

if TYPE_CHECKING:
    from hqs_xl.hosts.xlsx.carry.own_sheets import Left, carry_own_sheets
    from hqs_xl.hosts.xlsx.carry.sheet_xml import sheet_parts
    from hqs_xl.hosts.xlsx.edit.editor import Editor
    from hqs_xl.hosts.xlsx.edit.new_sheet import NewColumn
    from hqs_xl.hosts.xlsx.edit.row_remover import RowRemover
    from hqs_xl.hosts.xlsx.edit.sheet_tables import TableHeader
    from hqs_xl.hosts.xlsx.patch.cell_bytes import UNSAFE
    from hqs_xl.hosts.xlsx.patch.cell_rules import ShortRule
    from hqs_xl.hosts.xlsx.patch.grown_rows import Growth
    from hqs_xl.hosts.xlsx.read.workbook import Workbook

__all__ = [
    "UNSAFE",
    "Editor",
    "Growth",
    "Left",
    "NewColumn",
    "RowRemover",
    "ShortRule",
    "TableHeader",
    "Workbook",
    "carry_own_sheets",
    "sheet_parts",
]

if not TYPE_CHECKING:
    __getattr__ = face(
        __name__,
        {
            "UNSAFE": "patch.cell_bytes",
            "Editor": "edit.editor",
            "Growth": "patch.grown_rows",
            "Left": "carry.own_sheets",
            "NewColumn": "edit.new_sheet",
            "RowRemover": "edit.row_remover",
            "ShortRule": "patch.cell_rules",
            "TableHeader": "edit.sheet_tables",
            "Workbook": "read.workbook",
            "carry_own_sheets": "carry.own_sheets",
            "sheet_parts": "carry.sheet_xml",
        },
    )

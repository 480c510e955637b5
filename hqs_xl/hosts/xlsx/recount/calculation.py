"""What tells whoever opens a workbook to count its formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.package.opc import MAIN

if TYPE_CHECKING:
    from hqs_xl.hosts.package.part_edit import PartEdit

# What stands behind calcPr in a workbook's part; ECMA-376 part 1, 18.2.27.
_BEHIND = (
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)
# The second says that not all was counted when the file was saved, which nobody claims who stores zeros instead.
ASKED = {b"fullCalcOnLoad": b"1", b"calcCompleted": b"0"}


def ask_to_count(edit: PartEdit) -> None:
    """Have all formulas counted when the workbook is opened."""
    element = edit.child(f"{MAIN} calcPr")
    if element is None:
        tag = b"<%bcalcPr %b/>" % (edit.prefix(edit.root), b" ".join(b'%b="%b"' % each for each in ASKED.items()))
        edit.insert(tag, before=[f"{MAIN} {name}" for name in _BEHIND])
    elif element.attributes.get("fullCalcOnLoad") not in {"1", "true"}:
        for name, value in ASKED.items():
            edit.set(element, name, value)

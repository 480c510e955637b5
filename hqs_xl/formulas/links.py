"""A link to a cell, as a formula that Excel and LibreOffice both follow; whoever writes it may write it anew.

``HYPERLINK("#'Roster'!D12","D12")``: of the spellings of an address this one, with the sheet's name in apostrophes, is
understood by both programs, in whatever format LibreOffice saves it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# LibreOffice reads such signs as another one, as in an address of the web.
_ESCAPED = re.compile("%[0-9A-Fa-f]{2}")
# A semicolon stands where LibreOffice is asked.
_LINK = re.compile(r"""=?HYPERLINK\("#'(?:[^'"]|''|"")+'![A-Z]{1,3}[0-9]{1,7}"[,;]"[A-Z]{1,3}[0-9]{1,7}"\)""")
_START = "HYPERLINK("


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a cell such as D12 of a sheet; shown as the cell's name."""

    sheet: str
    cell: str

    def formula(self, separator: str = ",") -> str:
        """The formula, with what separates its arguments."""
        sheet = self.sheet.replace("'", "''").replace('"', '""')
        return f"""=HYPERLINK("#'{sheet}'!{self.cell}"{separator}"{self.cell}")"""


def link_to(sheet: str, cell: str) -> Link | str:
    """A link to a cell; its name alone where LibreOffice would look for the sheet under another name."""
    return cell if _ESCAPED.search(sheet) else Link(sheet, cell)


def is_link(formula: str) -> bool:
    """Whether a formula, with or without its equals sign, is such a link."""
    return _START in formula and _LINK.fullmatch(formula) is not None


def same_link(formula: str, link: Link) -> bool:
    """Whether a formula, with or without its equals sign and of either program, is that link."""
    return formula.removeprefix("=") in {link.formula(separator)[1:] for separator in ",;"}

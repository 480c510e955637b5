"""What the add-in is called in LibreOffice.

**File format**: documents out in the world hold these names; they never change.
"""

from __future__ import annotations

from typing import NamedTuple

# What LibreOffice tells one version of the extension from the next by.
EXTENSION = "hqs-xl.calc"
# The UNOIDL module, and in it the interface of all functions.
MODULE = "hqsxl.calc"
INTERFACE = "XFunctions"
# An .ods file holds =HQSXL.CALC.FUNCTIONS.HQSNOTICEDUE(...).
FUNCTIONS = f"{MODULE}.Functions"
# Whoever has put the toolbar somewhere has it there by this name.
MENU = f"{MODULE}.Menu"


class Implementation(NamedTuple):
    """A class that LibreOffice creates by name: where it stands, and the services it is known as."""

    module: str
    name: str
    services: tuple[str, ...]


# **The one place to add to**: what LibreOffice may create of ours.
IMPLEMENTATIONS = {
    FUNCTIONS: Implementation("hqs_xl.hosts.calc.addin", "Functions", (FUNCTIONS, "com.sun.star.sheet.AddIn")),
    MENU: Implementation("hqs_xl.buttons.menu", "Menu", (MENU,)),
}


def camel(name: str) -> str:
    """A name for UNOIDL, which takes no underscore between small letters: HQS_NOTICE_DUE is hqsNoticeDue."""
    first, *others = name.lower().split("_")
    return first + "".join(map(str.capitalize, others))

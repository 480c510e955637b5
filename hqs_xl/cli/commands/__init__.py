"""The commands, one a module: what each is asked, and what it calls; loaded when it is named.

More than 15 modules, for each command is one.
"""

from __future__ import annotations

import argparse
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast


class Command(Protocol):
    """What the module of a command holds."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Describe it and declare what it is asked."""

    def run(self, options: argparse.Namespace, now: datetime) -> int:
        """Do it at that moment; the exit status. Raises HqsError."""


# In the order of the help. The module of a command has its name, but for one that Python keeps to itself.
SUMMARIES = {
    "check": "check a roster and say what does not comply",
    "demo": "write a demo roster of invented people and check it",
    "explain": "show how one deadline is counted",
    "rules": "list every rule, its numbers and sources",
    "law": "show what changed in the law, and whom of a roster it touches",
    "calendar": "show a year's days off and working weekend days",
    "plan": "plan the procedure for one person",
    "due": "list what is overdue and what comes due",
    "ics": "write the deadlines as a calendar file",
    "notice": "put together the data of a notice to the authority",
    "import": "take people of another system into a roster",
    "refresh": "check closed workbooks and write the answers into them",
    "schedule": "refresh workbooks by themselves, every morning",
    "schema": "print the JSON Schema of what programs are told",
    "build": "make the workbook HR opens",
    "install": "make the workbook for this computer's Excel",
    "doctor": "check this computer and a workbook, and say what to do",
}


def load(name: str) -> Command:
    """The module of a command."""
    return cast("Command", import_module(f"{__name__}.{'take_in' if name == 'import' else name}"))

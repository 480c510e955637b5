"""The buttons of the ribbon in Excel and of the menu in LibreOffice: which there are, in groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Button(NamedTuple):
    """A button: what it does (``hqs_xl.buttons.acts``), its key tip and Office's own icon; texts are by macro."""

    macro: str
    keytip: str
    icon: str
    large: bool = False

    @property
    def callback(self) -> str:
        """The VBA procedure it calls, such as HqsRefreshCalendar."""
        return "Hqs" + self.macro.title().replace("_", "")


GROUPS: Mapping[str, tuple[Button, ...]] = {
    "check": (Button("check", "C", "ErrorChecking", large=True), Button("explain", "E", "FunctionWizard", large=True)),
    "refresh": (Button("recalculate", "R", "CalculateNow"), Button("refresh_calendar", "D", "RefreshAll")),
    "output": (
        Button("due_list", "U", "FilePrintPreview"),
        Button("calendar_file", "K", "NewAppointment"),
        Button("notice_data", "N", "Copy"),
    ),
    "help": (
        Button("show_rules", "L", "Help"),
        Button("about", "A", "Info"),
        Button("empty_demo", "M", "Delete"),
    ),
}

"""What the ribbon's VBA runs, under the names that workbooks hold: ``macros.check()`` and the others."""

from hqs_xl.buttons.excel import (
    about,
    calendar_file,
    check,
    due_list,
    empty_demo,
    explain,
    notice_data,
    recalculate,
    refresh_calendar,
    show_rules,
)

__all__ = [
    "about",
    "calendar_file",
    "check",
    "due_list",
    "empty_demo",
    "explain",
    "notice_data",
    "recalculate",
    "refresh_calendar",
    "show_rules",
]

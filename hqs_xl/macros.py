"""The macros by the name that workbooks hold: their VBA runs ``from hqs_xl import macros; macros.check()``."""

from hqs_xl.buttons.excel import (
    about,
    calendar_file,
    check,
    due_list,
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
    "explain",
    "notice_data",
    "recalculate",
    "refresh_calendar",
    "show_rules",
]

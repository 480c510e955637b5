"""How the workbook looks: Okabe-Ito colours in pale fills under dark text, and never colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hqs_xl.roster.status import Status

INK, BLUE, GREY_TEXT = "#1F2933", "#0072B2", "#5F6B76"
VERMILLION, ORANGE, SKY, GREY = "#D55E00", "#E69F00", "#56B4E9", "#999999"
PALE = {VERMILLION: "#F9DDCB", ORANGE: "#FCEBC5", SKY: "#DCEFFB", GREY: "#E6E6E6"}
HEADER, ANSWER, ANSWER_HEADER = "#DCE9F3", "#F3F3F3", "#D9D9D9"
# A dot stands escaped, as Excel itself stores it: SheetJS shows the number of the day for one that is not.
DATES = {"en": "yyyy-mm-dd", "ru": r"dd\.mm\.yyyy"}

# A severity's colour and the sign before its word, so that it is seen in black and white too.
SEVERITIES: Mapping[str, tuple[str, str]] = {
    "violation": (VERMILLION, "▲"),
    "due": (ORANGE, "●"),
    "late": (SKY, "◆"),
    "ask": (SKY, "○"),
    "data": (GREY, "?"),
    "scope": (GREY, "–"),
}
# The same for the status words, the gravest first.
STATUSES: Mapping[str, tuple[str, str]] = {
    "overdue": (VERMILLION, "▲"),
    "due_today": (ORANGE, "●"),
    "due_soon": (ORANGE, "●"),
    "done_late": (SKY, "◆"),
    "missing_data": (GREY, "?"),
}
# The fills of the dashboard's charts: deadlines by what they are about, people by status.
GROUP_COLOURS = (BLUE, ORANGE, "#009E73", SKY, "#CC79A7", "#F0E442", GREY)
STATUS_COLOURS = {
    Status.OK: "#009E73",
    Status.DUE_SOON: ORANGE,
    Status.DUE_TODAY: ORANGE,
    Status.OVERDUE: VERMILLION,
    Status.DONE: "#009E73",
    Status.DONE_LATE: SKY,
    Status.MISSING_DATA: GREY,
    Status.NOT_APPLICABLE: GREY,
}

_LINE = {"border": 1, "border_color": "#C9D2DA"}
_TOP = {"valign": "top"}
_BOX: Mapping[str, Any] = _LINE | _TOP


def styles(lang: str) -> dict[str, dict[str, Any]]:
    """The cell styles by name, as XlsxWriter takes them."""
    date = {"num_format": DATES[lang], "align": "left"}
    answer = {"bg_color": ANSWER, "font_color": INK, "locked": True}
    return {
        "": {},
        "title": {"bold": True, "font_size": 18, "font_color": BLUE},
        "heading": {"bold": True, "font_size": 13, "font_color": BLUE},
        "quiet": {"font_color": GREY_TEXT, "text_wrap": True, "valign": "top"},
        "header": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": HEADER, **_LINE},
        "answer_header": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": ANSWER_HEADER, **_LINE},
        "band_name": {"bg_color": "#FFFFFF"},
        "band": {"bold": True, "font_size": 12, "font_color": "#FFFFFF", "bg_color": BLUE},
        "band_dark": {"bold": True, "font_size": 12, "font_color": "#FFFFFF", "bg_color": "#00496F"},
        "band_answer": {"bold": True, "font_size": 12, "font_color": "#FFFFFF", "bg_color": GREY_TEXT},
        "text": {**_BOX, "locked": False},
        "text_wrap": {**_BOX, "text_wrap": True, "locked": False, "num_format": "@"},
        "id": {**_BOX, "num_format": "@", "locked": False},
        "wrap": {**_BOX, "text_wrap": True},
        "number": {**_BOX, "num_format": "#,##0", "locked": False},
        "money": {**_BOX, "num_format": "#,##0.00", "locked": False},
        "date": {**_BOX, **date, "locked": False},
        "answer_text": {**_BOX, **answer},
        "answer_wrap": {**_BOX, **answer, "text_wrap": True},
        "answer_date": {**_BOX, **answer, **date},
        "answer_number": {**_BOX, **answer, "num_format": "0", "align": "center"},
        "answer_link": {**_BOX, **answer, "font_color": BLUE, "underline": 1},
        "input": {**_BOX, "locked": False, "align": "left", "bold": True},
        "input_date": {**_BOX, **date, "locked": False, "bold": True},
        "figure": {**_BOX, "num_format": "#,##0", "align": "right", "bold": True},
        "figure_date": {**_BOX, **date, "align": "right", "bold": True},
        "large_label": {**_LINE, "valign": "vcenter", "text_wrap": True, "font_size": 15, "bold": True, "indent": 1},
        "large_figure": {
            **_LINE,
            "valign": "vcenter",
            "align": "center",
            "font_size": 48,
            "bold": True,
            "num_format": "#,##0",
        },
        "month": {**_BOX, "num_format": "yyyy-mm" if lang == "en" else r"mm\.yyyy", "align": "left"},
        "plain": {"font_color": INK},
        "line_wrap": {"font_color": INK, "text_wrap": True, "valign": "top"},
        "strong_wrap": {"font_color": INK, "bold": True, "text_wrap": True, "valign": "top"},
        "first": {"font_color": INK, "bold": True, "bg_color": PALE[SKY]},
        **{
            f"{name}_{kind}": {**_BOX, "bg_color": PALE[colour], "font_color": "#000000", "bold": True, **more}
            for name, colour in (("late", VERMILLION), ("soon", ORANGE))
            for kind, more in (("wrap", {"text_wrap": True}), ("date", date))
        },
        "quiet_line": {"font_color": GREY_TEXT, "italic": True},
    }


def mark(colour: str, sign: str = "") -> dict[str, Any]:
    """A conditional format: pale fill, a dark frame (for an empty cell, and in print), and a sign before the word."""
    found: dict[str, Any] = {"bg_color": PALE[colour], "font_color": "#000000", "bold": True}
    found |= {"border": 1, "border_color": colour}
    if sign:
        found["num_format"] = f'"{sign} "@'
    return found

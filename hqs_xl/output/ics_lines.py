"""The lines of a calendar file (RFC 5545): escaped, folded at 75 octets, ended by CR LF; and ours read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

OCTETS = 75
_UNESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Event(NamedTuple):
    """An event of one day; ``alarms``: how long after midnight of its day each goes off."""

    uid: str
    day: date
    summary: str
    text: str
    alarms: tuple[timedelta, ...] = ()
    cancelled: bool = False

    def same(self, other: Event) -> bool:
        """Whether a reader of the calendar would see no difference."""
        return self[:4] == other[:4] and self.cancelled == other.cancelled


def calendar(events: Iterable[Event], *, name: str, about: str, stamp: date, sequence: int) -> bytes:
    """A calendar file, the same bytes for the same events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hqs-xl//Deadlines//EN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_escaped(name)}")
    lines += [f"X-WR-CALDESC:{_escaped(about)}"] if about else []
    for event in events:
        lines += _lines(event, stamp, sequence)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _lines(event: Event, stamp: date, sequence: int) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    # Of two exports of one day, the one that cancels wins.
    yield f"SEQUENCE:{sequence + event.cancelled}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(1):%Y%m%d}"
    yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_escaped(event.summary)}"
    if event.text:
        yield f"DESCRIPTION:{_escaped(event.text)}"
    for alarm in event.alarms:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(event.summary)}")
        yield from (f"TRIGGER:{_duration(alarm)}", "END:VALARM")
    yield "END:VEVENT"


def _duration(after: timedelta) -> str:
    hours = int(after.total_seconds()) // 3600
    days, rest = divmod(abs(hours), 24)
    parts = (f"{days}D" if days else "") + (f"T{rest}H" if rest else "")
    return ("-" if hours < 0 else "") + "P" + (parts or "T0H")


def _escaped(text: str) -> str:
    """A text as a value; of what is no sign to be seen only the line break is kept."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(sign for sign in text if sign >= " " and sign != "\x7f")


def _folded(line: str) -> bytes:
    """A line of at most 75 octets, the rest on lines that begin with a space; no sign is cut in two."""
    found, part = [], b""
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > OCTETS:
            found.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*found, part]) + b"\r\n"


def events_of(content: bytes) -> dict[str, Event]:
    """The events of a file of ours by UID; what is not ours, or can't be read, is not among them."""
    text = re.sub(r"\r?\n[ \t]", "", content.decode("utf-8", errors="replace"))
    found: dict[str, Event] = {}
    for block in re.findall(r"BEGIN:VEVENT\r?\n(.*?)END:VEVENT", text, re.DOTALL):
        values = dict(line.partition(":")[::2] for line in reversed(block.split("BEGIN:VALARM")[0].splitlines()))
        uid, day = values.get("UID", ""), values.get("DTSTART;VALUE=DATE", "")
        if uid.endswith("@hqs-xl") and re.fullmatch(r"[0-9]{8}", day):
            try:
                start = datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            summary, words = (_plain(values.get(key, "")) for key in ("SUMMARY", "DESCRIPTION"))
            found[uid] = Event(uid, start, summary, words, cancelled=values.get("STATUS") == "CANCELLED")
    return found


def _plain(value: str) -> str:
    return _UNESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], value)

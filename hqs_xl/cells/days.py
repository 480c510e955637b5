"""Days as spreadsheets and the programs that fill them hold them: serial numbers, moments, texts, and no day at all.

A serial number is the day that Excel shows: rounded to the millisecond first, for a sum of fractions may fall short of
midnight by less than anybody sees. Its 0, shown as 00.01.1900, is what a link to a blank cell comes to.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from hqs_xl.rows import EPOCH, FIRST_SERIAL

# What programs write for no day: 1C and databases 01.01.0001, Excel's 0 read as a day by others.
NEVER = frozenset({date(1, 1, 1), EPOCH, EPOCH + timedelta(days=1)})
# What they write for no end: SAP and databases 31.12.9999, 1C 31.12.3999.
ENDLESS = frozenset({date(9999, 12, 31), date(3999, 12, 31)})
# The same where it is no day that can be: SAP 00.00.0000, and Excel's 0 as it shows it.
_NO_DAYS = frozenset({(0, 0, 0), (1900, 1, 0)})

_MILLISECONDS = 86_400_000
_HALF_MILLISECOND = timedelta(microseconds=500)
_LAST_SERIAL = (date.max - EPOCH).days
_FIRST_DAY = (date.min - EPOCH).days

_CLOCK = r"(?:(?:,? +|T)([01]?\d|2[0-3])(:[0-5]\d)(:[0-5]\d(?:[.,]\d{1,9})?)? ?(Z|[+-]\d\d:?\d\d)?)?"
_FORMS = (
    re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d\d)-(?P<d>\d\d){_CLOCK}", re.ASCII),
    re.compile(rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}})(?: ?г\.?)?{_CLOCK}", re.ASCII),
)
# Spaces of other widths, and marks that nobody sees: programs copy them along.
_PLAIN = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u202f\t\n\r", " ") | dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
)


def from_serial(value: float) -> date | None:
    """The day of a number of the 1900 system; None for a number that is none."""
    # The bounds keep timedelta from overflowing; NaN is within none.
    if not _FIRST_DAY <= value < _LAST_SERIAL + 1:
        return None
    number = value if isinstance(value, int) else round(value * _MILLISECONDS) // _MILLISECONDS
    # Serials below are days of which Excel and the calendar disagree; the first day of all is what .ods has for none.
    if FIRST_SERIAL <= number <= _LAST_SERIAL or (number == value and number in {0, _FIRST_DAY}):
        return _numbered(number)
    return None


# A roster repeats its days: one object for each, instead of one for each cell.
@lru_cache(maxsize=1 << 15)
def _numbered(serial: int) -> date:
    return EPOCH + timedelta(days=serial)


def from_moment(moment: datetime) -> date:
    """The day of a moment, rounded as a serial number is."""
    try:
        return (moment + _HALF_MILLISECOND).date()
    except OverflowError:
        return moment.date()


def from_text(text: str) -> date | None:
    """The day that 31.12.2026 or 2026-12-31 says, with a time of the day or without; None for any other text.

    A moment of another time zone, as programs write it, is refused where it is not midnight: its day here may differ.
    """
    plain = text.translate(_PLAIN).strip()
    match = next((found for form in _FORMS if (found := form.fullmatch(plain))), None)
    if match is None or _is_elsewhere(match):
        return None
    parts = (int(match["y"]), int(match["m"]), int(match["d"]))
    try:
        return EPOCH if parts in _NO_DAYS else date(*parts)
    except ValueError:
        return None


def _is_elsewhere(match: re.Match[str]) -> bool:
    *_, hour, minute, second, zone = match.groups()
    return bool(zone) and any(sign in "123456789" for sign in f"{hour}{minute}{second or ''}")

#!/usr/bin/env bash
# python-dateutil 2.9.0.post0 and pandas 3.1.1: a month written as in Russia, 03.2026.
#
# Behaviour: dateutil's parser takes it for the 3rd of the month that it is now; with a dash or a slash it is March.
# pandas takes it for 3 January of the year 1, and refuses 10.2026, in words that say it is not likely a date.
# One would guess: March 2026, as with a slash, or an error for both.
#
# Seen (dateutil on a 15 July):
#     03.2026 by dateutil: 2026-07-03
#     03/2026 by dateutil: 2026-03-15
#     03.2026 by pandas: 0001-01-03
#     03/2026 by pandas: 2026-03-01
#     10.2026 by pandas: Given date string "10.2026" not likely a datetime
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0 pandas==3.1.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import datetime

import pandas
from dateutil import parser

today = datetime(2026, 7, 15)
same("03.2026 by dateutil", str(parser.parse("03.2026", default=today).date()), "2026-07-03")
same("03/2026 by dateutil", str(parser.parse("03/2026", default=today).date()), "2026-03-15")
same("03.2026 by pandas", pandas.to_datetime("03.2026").isoformat()[:10], "0001-01-03")
same("03/2026 by pandas", pandas.to_datetime("03/2026").isoformat()[:10], "2026-03-01")
try:
    said = pandas.to_datetime("10.2026")
except ValueError as error:
    said = str(error)
same("10.2026 by pandas", said, 'Given date string "10.2026" not likely a datetime')
PY

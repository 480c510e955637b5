#!/usr/bin/env bash
# pandas 3.1.1: BMonthEnd, the last business day of the month, of the days at the end of January 2026, whose 31st is a Saturday.
#
# Behaviour: rolled forward, 29 and 30 January give Friday the 30th, and the 31st gives 27 February: a month's last day is in the next
# month. A range of freq="BME" from 31 January to 30 April has no day of January, and one of freq="ME" has.
# One would guess: the last business day of the month that the day is in, as its name and MonthEnd have it.
#
# Seen:
#     BMonthEnd: ['2026-01-30', '2026-01-30', '2026-02-27']
#     MonthEnd: ['2026-01-31', '2026-01-31', '2026-01-31']
#     range of BME: ['2026-02-27', '2026-03-31', '2026-04-30']
#     range of ME: ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import pandas
from pandas.tseries.offsets import BMonthEnd, MonthEnd

DAYS = [pandas.Timestamp(2026, 1, day) for day in (29, 30, 31)]
last = ["2026-01-30", "2026-01-30", "2026-02-27"]
same("BMonthEnd", [str(BMonthEnd().rollforward(day).date()) for day in DAYS], last)
same("MonthEnd", [str(MonthEnd().rollforward(day).date()) for day in DAYS], ["2026-01-31"] * 3)
months = ["2026-02-27", "2026-03-31", "2026-04-30"]
for freq, wanted in (("BME", months), ("ME", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"])):
    found = [str(day.date()) for day in pandas.date_range("2026-01-31", "2026-04-30", freq=freq)]
    same(f"range of {freq}", found, wanted)
PY

#!/usr/bin/env bash
# pandas 3.1.1: each month from 31 January 2026, by date_range and by adding.
#
# Behaviour: date_range with DateOffset(months=1) goes 31 January, 28 February, 28 March, 28 April: each day is counted from
# the one before, and the 31st is forgotten. Timestamp + DateOffset(months=1) * 2 is 31 March. So does a range of years from
# 29 February 2024: 28 February 2028 where the leap day is.
# One would guess: the days that are counted from the first one, as dateutil's relativedelta gives them.
#
# Seen:
#     date_range, months: ['2026-01-31', '2026-02-28', '2026-03-28', '2026-04-28']
#     counted from the first: ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']
#     date_range, years: ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-28']
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


def days(found):
    return [str(day.date()) for day in found]


month, first = pandas.DateOffset(months=1), pandas.Timestamp("2026-01-31")
wanted = ["2026-01-31", "2026-02-28", "2026-03-28", "2026-04-28"]
same("date_range, months", days(pandas.date_range(first, periods=4, freq=month)), wanted)
wanted = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
same("counted from the first", days([first, *(first + month * count for count in (1, 2, 3))]), wanted)
found = pandas.date_range("2024-02-29", periods=5, freq=pandas.DateOffset(years=1))
same("date_range, years", days(found), ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-28"])
PY

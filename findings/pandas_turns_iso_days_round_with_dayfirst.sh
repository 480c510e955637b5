#!/usr/bin/env bash
# pandas 3.1.1: dayfirst=True, as one sets it for Russian dates, on dates that are written as ISO 8601 (2026-03-04).
#
# Behaviour: day and month are taken the other way round, so that 4 March is 3 April, and so they are in 20260304. A
# column of a .csv depends on the days that happen to be in it: without a 13th or later all are wrong; where such a day
# comes first all are right; where it comes later the column stays text. Only the ones that are right are warned of.
# One would guess: year-month-day has one reading, whichever way round other dates are.
#
# Seen (days, type of the column, warnings):
#     2026-03-04: ['2026-04-03', 0]
#     20260304: ['2026-04-03', 0]
#     2026-03-13: ['2026-03-13', 1]
#     without a 13th: [['2026-04-03', '2026-05-04'], 'datetime64[us]', 0]
#     a 13th first: [['2026-05-13', '2026-04-05'], 'datetime64[us]', 1]
#     a 13th later: [['2026-04-05', '2026-05-13'], 'str', 0]
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


import io
import warnings

import pandas


def with_warnings(read):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        return [*read(), len(said)]


def column(*days):
    text = io.StringIO("\n".join(["day", *days]))
    read = pandas.read_csv(text, parse_dates=["day"], dayfirst=True)["day"]
    return [str(day)[:10] for day in read], str(read.dtype)


for day, *wanted in (("2026-03-04", "2026-04-03", 0), ("20260304", "2026-04-03", 0), ("2026-03-13", "2026-03-13", 1)):
    same(day, with_warnings(lambda: [str(pandas.to_datetime(day, dayfirst=True).date())]), wanted)
for what, days, wanted in (
    ("without a 13th", ("2026-03-04", "2026-04-05"), [["2026-04-03", "2026-05-04"], "datetime64[us]", 0]),
    ("a 13th first", ("2026-05-13", "2026-04-05"), [["2026-05-13", "2026-04-05"], "datetime64[us]", 1]),
    ("a 13th later", ("2026-04-05", "2026-05-13"), [["2026-04-05", "2026-05-13"], "str", 0]),
):
    same(what, with_warnings(lambda: column(*days)), wanted)
PY

#!/usr/bin/env bash
# dateparser 1.5.0 with the language ru: cells that hold a term, or a number, where a day is expected. The day of reading is 29 November
# 2026 here.
#
# Behaviour: a term is a day so long ago: "30 days" is 30 October 2026, "3 years" 29 November 2023, also with STRICT_PARSING and when
# day, month and year are required. A year alone is a day of it, and 12 the 12th of the month, unless parts are required.
# One would guess: None: a term is no day, and nothing says that it is over. "in 30 days" is read as one to come.
#
# Seen (the texts are Russian: 30 days, 3 years, in 30 days):
#     30 дней: ['2026-10-30', '2026-10-30']
#     3 года: ['2023-11-29', '2023-11-29']
#     через 30 дней: ['2026-12-29', '2026-12-29']
#     2026: ['2026-11-29', 'None']
#     12: ['2026-11-12', 'None']
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dateparser==1.5.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import datetime
import warnings

warnings.simplefilter("ignore")
from dateparser import parse

WANTED = {
    "30 дней": ["2026-10-30", "2026-10-30"],
    "3 года": ["2023-11-29", "2023-11-29"],
    "через 30 дней": ["2026-12-29", "2026-12-29"],
    "2026": ["2026-11-29", "None"],
    "12": ["2026-11-12", "None"],
}
today = {"RELATIVE_BASE": datetime.datetime(2026, 11, 29)}
strict = {**today, "STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"]}
for text, wanted in WANTED.items():
    same(text, [str(parse(text, languages=["ru"], settings=one)).split()[0] for one in (today, strict)], wanted)
PY

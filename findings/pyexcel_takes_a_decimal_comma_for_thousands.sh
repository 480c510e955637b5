#!/usr/bin/env bash
# pyexcel 0.7.6 with pyexcel-io 0.6.8: cells of a .csv that look like numbers.
#
# Behaviour: 1,5 is read as the whole number 15, and 12,5 as 125: commas are taken out before a number is looked for. The
# id 1.10 becomes 1.1, and 1e5 is 100000.0. 0012 stays a text, and so does 1 000.
# One would guess: a comma that no three digits follow is no sign of thousands: 1.5, or the text as it is; 1.10 stays 1.10.
#
# Seen:
#     1,5: 15
#     12,5: 125
#     1.10: 1.1
#     1e5: 100000.0
#     0012: 0012
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyexcel==0.7.6 pyexcel-io==0.6.8 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import csv

from pyexcel import get_array

WANTED = {"1,5": 15, "12,5": 125, "1.10": 1.1, "1e5": 100000.0, "0012": "0012"}
with open("made.csv", "w", encoding="utf-8", newline="") as file:
    csv.writer(file).writerows([text] for text in WANTED)
for (text, wanted), row in zip(WANTED.items(), get_array(file_name="made.csv"), strict=True):
    same(text, row[0], wanted)
PY

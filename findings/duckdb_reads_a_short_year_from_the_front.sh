#!/usr/bin/env bash
# DuckDB 2.0.1 from PyPI: read_csv of days with a year of two digits, which it makes dates of without being asked.
#
# Behaviour: 04.03.26 and 05.03.26 are read as 26 March 2004 and 2005: the first two digits are the year. 31.03.26, which
# can only be a day of March, is read as one of 2031. With years of four digits the same days are read right, and infinity among them is 31 December 9999.
# One would guess: texts, or 4 and 5 March 2026; what is in doubt is not made a date of.
#
# Seen:
#     04.03.26, 05.03.26: ['2004-03-26', '2005-03-26']
#     04.03.2026, 05.03.2026: ['2026-03-04', '2026-03-05']
#     04.03.26, 31.03.26: ['2004-03-26', '2031-03-26']
#     infinity, 2026-03-04: ['9999-12-31', '2026-03-04']
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==2.0.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import duckdb


def read(*days):
    with open("made.csv", "w", encoding="utf-8") as file:
        file.writelines(["id;day\n", *(f"P-{number};{day}\n" for number, day in enumerate(days))])
    return [str(day) for _, day in duckdb.sql("select * from read_csv('made.csv')").fetchall()]


same("04.03.26, 05.03.26", read("04.03.26", "05.03.26"), ["2004-03-26", "2005-03-26"])
same("04.03.2026, 05.03.2026", read("04.03.2026", "05.03.2026"), ["2026-03-04", "2026-03-05"])
same("04.03.26, 31.03.26", read("04.03.26", "31.03.26"), ["2004-03-26", "2031-03-26"])
same("infinity, 2026-03-04", read("infinity", "2026-03-04"), ["9999-12-31", "2026-03-04"])
PY

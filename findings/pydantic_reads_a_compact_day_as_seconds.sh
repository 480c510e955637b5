#!/usr/bin/env bash
# pydantic 2.14.4: a field of the type datetime or date that is given a day in the basic form of ISO 8601, 20260304, or the
# day's number in a workbook, 46112, as a text or number.
#
# Behaviour: datetime takes both for seconds since 1970: 23 August 1970 11:51:44, and 1 January 1970 12:48:32, in UTC; as
# texts too. date refuses them, for the hour is not midnight, but takes 0 for 1 January 1970. Strict mode refuses numbers.
# One would guess: 4 March 2026, as datetime.fromisoformat reads it, or an error: a text is no number of seconds.
#
# Seen:
#     datetime, '20260304': 1970-08-23 11:51:44+00:00
#     datetime, '46112': 1970-01-01 12:48:32+00:00
#     date, '20260304': date_from_datetime_inexact
#     date, '0': 1970-01-01
#     datetime.fromisoformat: 2026-03-04 00:00:00
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pydantic==2.14.4 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import date, datetime

from pydantic import TypeAdapter, ValidationError


def read(kind, text):
    try:
        return str(TypeAdapter(kind).validate_python(text))
    except ValidationError as error:
        return error.errors()[0]["type"]


same("datetime, '20260304'", read(datetime, "20260304"), "1970-08-23 11:51:44+00:00")
same("datetime, '46112'", read(datetime, "46112"), "1970-01-01 12:48:32+00:00")
same("date, '20260304'", read(date, "20260304"), "date_from_datetime_inexact")
same("date, '0'", read(date, "0"), "1970-01-01")
if sys.version_info >= (3, 11):
    same("datetime.fromisoformat", str(datetime.fromisoformat("20260304")), "2026-03-04 00:00:00")
PY

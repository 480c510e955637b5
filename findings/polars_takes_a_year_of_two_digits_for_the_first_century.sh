#!/usr/bin/env bash
# polars 2.1.0: str.to_date with the format %d.%m.%Y on a day whose year has two digits.
#
# Behaviour: 04.03.26 is 4 March of the year 26, also with strict=True and with no format at all; nothing says so, and
# days left are counted from there. Python's strptime and pandas 3.1.1 refuse it: %Y is four digits there.
# One would guess: an error, or null with strict=False, as polars gives for 31.02.2026.
#
# Seen:
#     strict: 0026-03-04
#     not strict: 0026-03-04
#     no format: 0026-03-04
#     31.02.2026, not strict: None
#     strptime: time data '04.03.26' does not match format '%d.%m.%Y'
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polars==2.1.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import datetime

import polars


def read(day, *kind, strict):
    return str(polars.Series([day]).str.to_date(*kind, strict=strict)[0])


KIND = "%d.%m.%Y"
same("strict", read("04.03.26", KIND, strict=True), "0026-03-04")
same("not strict", read("04.03.26", KIND, strict=False), "0026-03-04")
same("no format", read("04.03.26", strict=True), "0026-03-04")
same("31.02.2026, not strict", read("31.02.2026", KIND, strict=False), "None")
try:
    said = datetime.strptime("04.03.26", KIND)
except ValueError as error:
    said = str(error)
same("strptime", said, "time data '04.03.26' does not match format '%d.%m.%Y'")
PY

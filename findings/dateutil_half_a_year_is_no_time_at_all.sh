#!/usr/bin/env bash
# python-dateutil 2.9.0.post0: a relativedelta of years multiplied by a half.
#
# Behaviour: half of one year is nothing, and half of three years is one year: what is no whole year is cut off, not
# turned into months. relativedelta(years=1.5) is refused, for "non-integer years and months are ambiguous".
# One would guess: six months, or the same refusal.
#
# Seen:
#     half of a year: relativedelta()
#     half of three years: relativedelta(years=+1)
#     half of twelve months: relativedelta()
#     years=1.5: Non-integer years and months are ambiguous and not currently supported.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from dateutil.relativedelta import relativedelta

same("half of a year", str(relativedelta(years=1) * 0.5), "relativedelta()")
same("half of three years", str(relativedelta(years=3) * 0.5), "relativedelta(years=+1)")
same("half of twelve months", str(relativedelta(months=12) * 0.5), "relativedelta()")
try:
    said = str(relativedelta(years=1.5))
except ValueError as error:
    said = str(error)
same("years=1.5", said, "Non-integer years and months are ambiguous and not currently supported.")
PY

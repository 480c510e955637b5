#!/usr/bin/env bash
# QuantLib 1.44 from PyPI: its calendar Russia (Settlement), in 2026.
#
# Behaviour: 6 and 8 January are business days, though Labour Code 112 has 1 to 8 January as holidays; 7 January is none. No
# day off that the Government moved is known (9 January and 31 December 2026), nor a Saturday made a working day (1 November
# 2025). Terms are counted over them: two business days after 5 January are 8 January.
# One would guess: a calendar of Russia has the holidays of the Labour Code, whatever it knows of moved days.
#
# Seen:
#     business days to 12 January 2026: [6, 8, 9, 12]
#     two days after 5 January 2026: January 8th, 2026
#     1 November 2025: False
#     31 December 2026: True
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check QuantLib==1.44 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import QuantLib

russia = QuantLib.Russia(QuantLib.Russia.Settlement)
found = [day for day in range(1, 13) if russia.isBusinessDay(QuantLib.Date(day, 1, 2026))]
same("business days to 12 January 2026", found, [6, 8, 9, 12])
found = russia.advance(QuantLib.Date(5, 1, 2026), 2, QuantLib.Days)
same("two days after 5 January 2026", str(found), "January 8th, 2026")
same("1 November 2025", russia.isBusinessDay(QuantLib.Date(1, 11, 2025)), False)
same("31 December 2026", russia.isBusinessDay(QuantLib.Date(31, 12, 2026)), True)
PY

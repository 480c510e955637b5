#!/usr/bin/env bash
# workdays 1.4: a holiday that stands twice in the list of holidays (Wednesday 14 January 2026, of Monday 12 to Friday 16).
#
# Behaviour: it is taken off twice: three working days in that week, and two working days after Monday is Friday. Named once,
# there are four, and it is Thursday. numpy 2.4.6 takes it off once, however often it is named.
# One would guess: a day off is off once.
#
# Seen:
#     networkdays, named once: 4
#     networkdays, named twice: 3
#     workday, named once: 2026-01-15
#     workday, named twice: 2026-01-16
#     numpy, named twice: 2026-01-15
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check workdays==1.4 numpy==2.4.6 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import date

import numpy
from workdays import networkdays, workday

monday, friday, off = date(2026, 1, 12), date(2026, 1, 16), date(2026, 1, 14)
same("networkdays, named once", networkdays(monday, friday, [off]), 4)
same("networkdays, named twice", networkdays(monday, friday, [off, off]), 3)
same("workday, named once", str(workday(monday, 2, [off])), "2026-01-15")
same("workday, named twice", str(workday(monday, 2, [off, off])), "2026-01-16")
same("numpy, named twice", str(numpy.busday_offset(monday, 2, holidays=[off, off])), "2026-01-15")
PY

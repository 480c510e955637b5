#!/usr/bin/env bash
# workalendar 17.0.0 from PyPI and moment-business-days 1.2.0 (over moment 2.31.0) from npm, numpy 2.2.6: working days from Monday 12 to
# Friday 16 January 2026, and back.
#
# Behaviour: get_working_days_delta and businessDiff give 4 both ways: the days by which a deadline was missed are those that are left.
# numpy's busday_count gives 4 and -4.
# One would guess: a minus where the second day is before the first, as NETWORKDAYS of Excel and LibreOffice have it.
#
# Seen:
#     workalendar: [4, 4]
#     numpy: [4, -4]
#     moment-business-days: [4,4]
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check workalendar==17.0.0 numpy==2.2.6 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import datetime

import numpy
from workalendar.europe import Russia

ends = datetime.date(2026, 1, 12), datetime.date(2026, 1, 16)
both = ends, ends[::-1]
same("workalendar", [Russia().get_working_days_delta(*pair) for pair in both], [4, 4])
same("numpy", [int(numpy.busday_count(*pair)) for pair in both], [4, -4])
PY
npm install --silent --no-fund --no-audit moment-business-days@1.2.0 moment@2.31.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const moment = require("moment");
require("moment-business-days");
const [first, last] = [moment("2026-01-12", "YYYY-MM-DD"), moment("2026-01-16", "YYYY-MM-DD")];
same("moment-business-days", [last.businessDiff(first), first.businessDiff(last)], [4, 4]);
JS
node read.js

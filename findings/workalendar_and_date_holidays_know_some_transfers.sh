#!/usr/bin/env bash
# workalendar 17.0.0 and date-holidays 3.37.0 from npm: days off of Russia that the Government moves each year (Labour
# Code, art. 112), against holidays 0.109.
#
# Behaviour: workalendar has the moved days of 2021 and of no later year, and no Saturday made working after that of
# 2021; of 2020 it has the days that the President declared non-working with pay, so that 2020 has 220 working days, and
# the years around it 247 to 250. date-holidays has the moved days of 2022 and of no other year; the day after a
# weekend's holiday is off on 9 March alone, so that Monday 6 November 2023 is a working day there.
# One would guess: either all years that the Government has published or none, so that a test of one year tells.
#
# Seen (days off by decree; 2023-11-06 by the Code itself):
#     off by holidays: ['2021-11-05', '2022-05-03', '2023-11-06', '2025-05-02', '2026-01-09']
#     off by workalendar: ['2021-11-05', '2023-11-06']
#     off by date-holidays: ["2022-05-03"]
#     working Saturdays by holidays: ['2021-02-20', '2024-04-27', '2025-11-01']
#     working Saturdays by workalendar: ['2021-02-20']
#     working days by holidays, 2020 2021 2025: [248, 247, 247]
#     working days by workalendar, 2020 2021 2025: [220, 247, 249]
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check workalendar==17.0.0 holidays==0.109 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
npm install --silent --no-fund --no-audit date-holidays@3.37.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import date, timedelta

import holidays
from workalendar.europe import Russia

calendars = {"holidays": holidays.country_holidays("RU", years=range(2020, 2027)), "workalendar": Russia()}
moved = ["2021-11-05", "2022-05-03", "2023-11-06", "2025-05-02", "2026-01-09"]
saturdays = ["2021-02-20", "2024-04-27", "2025-11-01"]


def working_days(calendar, year):
    days = (date(year, 1, 1) + timedelta(number) for number in range(366))
    return sum(calendar.is_working_day(day) for day in days if day.year == year)


def among(days, calendar, working):
    return [day for day in days if calendar.is_working_day(date.fromisoformat(day)) is working]


off = {"holidays": moved, "workalendar": ["2021-11-05", "2023-11-06"]}
working = {"holidays": saturdays, "workalendar": ["2021-02-20"]}
counts = {"holidays": [248, 247, 247], "workalendar": [220, 247, 249]}
for name, calendar in calendars.items():
    same(f"off by {name}", among(moved, calendar, False), off[name])
    same(f"working Saturdays by {name}", among(saturdays, calendar, True), working[name])
    seen = [working_days(calendar, year) for year in (2020, 2021, 2025)]
    same(f"working days by {name}, 2020 2021 2025", seen, counts[name])
PY
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const Holidays = require("date-holidays");
const russia = new Holidays("RU");
const moved = ["2021-11-05", "2022-05-03", "2023-11-06", "2025-05-02", "2026-01-09"];
const off = moved.filter((day) => russia.isHoliday(new Date(`${day}T12:00:00+03:00`)));
same("off by date-holidays", off, ["2022-05-03"]);
JS
node read.js

#!/usr/bin/env bash
# holidays 0.109, Russia: Monday 10 March 2014.
#
# Behaviour: it is a working day, though 8 March 2014, a holiday, was a Saturday. In 2014 the Labour Code (art. 112) moved
# such a day off to the next working day, and the Government's transfers for 2014 (Decree 444 of 28 May 2013) left it there,
# so that the official calendar of that year has Saturday 8 to Monday 10 March off and 247 working days. The library counts
# 248. The days off that the decree moved elsewhere (2 May, 13 June, 3 November) are there.
# One would guess: the day is off, as Monday 9 March is in 2015 and 2020, when 8 March was a Sunday.
#
# Seen:
#     2014-03-10 is off: False
#     9 March of 2015 and 2020: [True, True]
#     moved by decree: [True, True, True]
#     working days of 2014: 248
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
cd "$work"
"$work/venv/bin/python" - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import date, timedelta

import holidays

russia = holidays.country_holidays("RU", years=range(2014, 2026))
same("2014-03-10 is off", date(2014, 3, 10) in russia, False)
same("9 March of 2015 and 2020", [date(year, 3, 9) in russia for year in (2015, 2020)], [True, True])
same("moved by decree", [date(2014, *day) in russia for day in ((5, 2), (6, 13), (11, 3))], [True, True, True])
days = [date(2014, 1, 1) + timedelta(number) for number in range(365)]
same("working days of 2014", sum(russia.is_working_day(day) for day in days), 248)
PY

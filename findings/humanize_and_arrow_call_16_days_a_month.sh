#!/usr/bin/env bash
# humanize 4.17.0 and arrow 1.4.0: a term of days in words.
#
# Behaviour: 16 to 31 days are "a month" to humanize, 15 to 31 "in a month" to arrow. In Russian alike («месяц»).
# One would guess: days or weeks up to 30, as pendulum 3.3.0 says "2 weeks", "4 weeks".
#
# Seen:
#     humanize, 15 days: 15 days
#     humanize, 16 days: a month
#     humanize, 16 days, Russian: месяц
#     arrow, 14 days: in 2 weeks
#     arrow, 15 days: in a month
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check humanize==4.17.0 arrow==1.4.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import timedelta

import arrow
import humanize

same("humanize, 15 days", humanize.naturaldelta(timedelta(days=15)), "15 days")
same("humanize, 16 days", humanize.naturaldelta(timedelta(days=16)), "a month")
humanize.i18n.activate("ru_RU")
same("humanize, 16 days, Russian", humanize.naturaldelta(timedelta(days=16)), "месяц")
today = arrow.get(2026, 1, 1)
same("arrow, 14 days", today.shift(days=14).humanize(today), "in 2 weeks")
same("arrow, 15 days", today.shift(days=15).humanize(today), "in a month")
PY

#!/usr/bin/env bash
# APScheduler 3.11.3 and croniter 7.0.0: the same line of a crontab, as crontab(5) has it.
#
# Behaviour: CronTrigger.from_crontab("0 9 * * 1") runs on Tuesdays, and "0 9 * * 0" on Mondays: days of the week count from
# Monday there. "0 9 31 * 5" runs where the 31st is a Saturday (its 5), and on no other day; in a crontab these are the 31st
# and every Friday besides.
# One would guess: Mondays, as the method is named after the crontab and as croniter reads it.
#
# Seen:
#     0 9 * * 1, APScheduler: Tue 06.01.2026 Tue 13.01.2026
#     0 9 * * 1, croniter: Mon 05.01.2026 Mon 12.01.2026
#     0 9 31 * 5, APScheduler: Sat 31.01.2026 Sat 31.10.2026
#     0 9 31 * 5, croniter: Fri 02.01.2026 Fri 09.01.2026
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check apscheduler==3.11.3 croniter==7.0.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import datetime, timedelta, timezone

from apscheduler.triggers.cron import CronTrigger
from croniter import croniter

FIRST = datetime(2026, 1, 1, tzinfo=timezone.utc)


def shown(days):
    names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    return " ".join(f"{names[day.weekday()]} {day:%d.%m.%Y}" for day in days)


def apscheduler(line):
    trigger = CronTrigger.from_crontab(line, timezone=timezone.utc)
    first = trigger.get_next_fire_time(None, FIRST)
    return shown([first, trigger.get_next_fire_time(first, first + timedelta(seconds=1))])


def by_croniter(line):
    days = croniter(line, FIRST)
    return shown([days.get_next(datetime), days.get_next(datetime)])


same("0 9 * * 1, APScheduler", apscheduler("0 9 * * 1"), "Tue 06.01.2026 Tue 13.01.2026")
same("0 9 * * 1, croniter", by_croniter("0 9 * * 1"), "Mon 05.01.2026 Mon 12.01.2026")
same("0 9 31 * 5, APScheduler", apscheduler("0 9 31 * 5"), "Sat 31.01.2026 Sat 31.10.2026")
same("0 9 31 * 5, croniter", by_croniter("0 9 31 * 5"), "Fri 02.01.2026 Fri 09.01.2026")
PY

#!/usr/bin/env bash
# cron-descriptor 2.2.1: what a line of a schedule says, in Russian.
#
# Behaviour: "0 9 L-3 * *" (three days before the end of the month) is "В 09:00" in Russian: no day at all, as of a line that
# is run each day. In English the days are there.
# One would guess: the days, in English where nobody has put them into Russian.
#
# Seen:
#     0 9 L-3 * *, Russian: В 09:00
#     0 9 * * *, Russian: В 09:00
#     0 9 L-3 * *, English: At 09:00 AM, 3 days before the last day of the month
#     0 9 L * *, Russian: В 09:00, в последний день месяца
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cron-descriptor==2.2.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from cron_descriptor import Options, get_description

russian = Options()
russian.locale_code = "ru_RU"
russian.use_24hour_time_format = True
english = Options()
english.locale_code = "en_US"
same("0 9 L-3 * *, Russian", get_description("0 9 L-3 * *", russian), "В 09:00")
same("0 9 * * *, Russian", get_description("0 9 * * *", russian), "В 09:00")
before = "At 09:00 AM, 3 days before the last day of the month"
same("0 9 L-3 * *, English", get_description("0 9 L-3 * *", english), before)
same("0 9 L * *, Russian", get_description("0 9 L * *", russian), "В 09:00, в последний день месяца")
PY

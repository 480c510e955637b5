#!/usr/bin/env bash
# pendulum 3.3.0: parse(..., strict=False) of days as they are written in Russia and elsewhere.
#
# Behaviour: 05.03.2026 is 3 May, as is 05-03-2026, and 5/3/26 is 26 March 2005: with four digits the year is the last, with
# two the first. 13.03.2026 is 13 March.
# One would guess: one order for both, or an error.
#
# Seen:
#     05.03.2026: 2026-05-03
#     13.03.2026: 2026-03-13
#     05/03/26: 2005-03-26
#     05.03.26: 2005-03-26
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pendulum==3.3.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import pendulum


def read(text):
    return str(pendulum.parse(text, strict=False).date())


same("05.03.2026", read("05.03.2026"), "2026-05-03")
same("13.03.2026", read("13.03.2026"), "2026-03-13")
same("05/03/26", read("05/03/26"), "2005-03-26")
same("05.03.26", read("05.03.26"), "2005-03-26")
PY

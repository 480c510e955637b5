#!/usr/bin/env bash
# holidays 0.109: days given as texts, which the library takes in all its methods (python-dateutil 2.9.0 reads them).
#
# Behaviour: Russia's own way to write days is read with the month first: "05.01.2026" is Labour Day, 1 May, and
# "08.03.2026" is 3 August, so that Women's Day is no holiday. "23.02.2026" is read as 23 February, for there is no month 23:
# within one list both readings are used, without a word.
# One would guess: holidays of Russia read days as Russia writes them, or refuse what has two readings.
#
# Seen:
#     05.01.2026: Holiday of Spring and Labor
#     08.03.2026: None
#     23.02.2026: Fatherland Defender's Day
#     2026-03-08: International Women's Day
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check holidays==0.109 python-dateutil==2.9.0.post0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import holidays

russia = holidays.Russia(language="en_US")
same("05.01.2026", russia.get("05.01.2026"), "Holiday of Spring and Labor")
same("08.03.2026", russia.get("08.03.2026"), None)
same("23.02.2026", russia.get("23.02.2026"), "Fatherland Defender's Day")
same("2026-03-08", russia.get("2026-03-08"), "International Women's Day")
PY

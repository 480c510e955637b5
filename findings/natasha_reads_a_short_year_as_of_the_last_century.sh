#!/usr/bin/env bash
# natasha 1.6.0: dates found in Russian texts (DatesExtractor).
#
# Behaviour: 05.03.26 is a day of 1926. 31.02.2026 is a date with the day 31 and the month 2. "5-е марта 2026" loses its day
# without a word: what is found is "марта 2026".
# One would guess: 2026 (other readers of Russian texts take 26 for it), no date, and the day.
#
# Seen:
#     05.03.26: (1926, 3, 5)
#     31.02.2026: (2026, 2, 31)
#     5-е марта 2026: (2026, 3, None)
#     5 марта 2026: (2026, 3, 5)
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check natasha==1.6.0 setuptools==80.9.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import warnings

warnings.simplefilter("ignore")  # of pkg_resources
from natasha import DatesExtractor, MorphVocab

find = DatesExtractor(MorphVocab())


def read(text):
    (found,) = find(text)
    return (found.fact.year, found.fact.month, found.fact.day)


same("05.03.26", read("05.03.26"), (1926, 3, 5))
same("31.02.2026", read("31.02.2026"), (2026, 2, 31))
same("5-е марта 2026", read("5-е марта 2026"), (2026, 3, None))
same("5 марта 2026", read("5 марта 2026"), (2026, 3, 5))
PY

#!/usr/bin/env bash
# Babel 2.19.0: parse_date with a locale, of a day that is none.
#
# Behaviour: 04.13.2026 is read as 13 April 2026 with the locale ru, in which the day stands first: a month over 12 is
# taken for the day. 13/04/2026 is read as 13 April with en_US. 31.02.2026 is refused with an error. Neither says that
# something was turned round.
# One would guess: an error, as of 31.02.2026: a locale is given so that the order is known.
#
# Seen:
#     04.13.2026, ru: 2026-04-13
#     13/04/2026, en_US: 2026-04-13
#     31.02.2026, ru: ParseError
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check babel==2.19.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from babel.dates import parse_date


def read(text, locale):
    try:
        return str(parse_date(text, locale=locale))
    except ValueError as error:
        return type(error).__name__


same("04.13.2026, ru", read("04.13.2026", "ru"), "2026-04-13")
same("13/04/2026, en_US", read("13/04/2026", "en_US"), "2026-04-13")
same("31.02.2026, ru", read("31.02.2026", "ru"), "ParseError")
PY

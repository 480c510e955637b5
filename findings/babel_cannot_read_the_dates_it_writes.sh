#!/usr/bin/env bash
# Babel 2.19.0: parse_date of what format_date has written, both with the locale ru.
#
# Behaviour: the form "medium", which both take unless told otherwise, is written with the name of the month (5 мар. 2026 г.)
# and read as if it had none: IndexError, which is no ValueError. So it is in English and with the form "long". Before «г.»
# stands a narrow space (U+202F), in whatever form has one.
# One would guess: that the day comes back, or Babel's own ParseError.
#
# Seen:
#     written, ru: '5 мар. 2026\u202fг.'
#     read again, ru: IndexError
#     written, en: 'Mar 5, 2026'
#     read again, en: IndexError
#     written, ru, short: '05.03.2026'
#     read again, ru, short: 2026-03-05
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


from datetime import date

from babel.dates import format_date, parse_date

DAY = date(2026, 3, 5)


def read(text, locale, **form):
    try:
        return str(parse_date(text, locale=locale, **form))
    except (ValueError, IndexError) as error:
        return type(error).__name__


for locale, text in (("ru", "5 мар. 2026\u202fг."), ("en", "Mar 5, 2026")):
    written = format_date(DAY, locale=locale)
    same(f"written, {locale}", repr(written), repr(text))
    same(f"read again, {locale}", read(written, locale), "IndexError")
same("written, ru, short", format_date(DAY, "short", locale="ru"), "05.03.2026")
same("read again, ru, short", read("05.03.2026", "ru", format="short"), "2026-03-05")
PY

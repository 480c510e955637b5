#!/usr/bin/env bash
# num2words 0.5.14: an amount of money in words (to="currency"), once as a whole number and once with a fraction.
#
# Behaviour: a whole number is a number of kopecks, a number with a point one of roubles: 750000 is "seven thousand five
# hundred roubles", 750000.0 "seven hundred and fifty thousand roubles". So also in English.
# One would guess: the same words, as Python has 750000 == 750000.0, and a workbook one number for both.
#
# Seen:
#     750000: семь тысяч пятьсот рублей, ноль копеек
#     750000.0: семьсот пятьдесят тысяч рублей, ноль копеек
#     2000000, English: twenty thousand euro, zero cents
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check num2words==0.5.14 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from num2words import num2words


def roubles(amount):
    return num2words(amount, to="currency", currency="RUB", lang="ru")


same("750000", roubles(750000), "семь тысяч пятьсот рублей, ноль копеек")
same("750000.0", roubles(750000.0), "семьсот пятьдесят тысяч рублей, ноль копеек")
euro = num2words(2000000, to="currency", currency="EUR", lang="en")
same("2000000, English", euro, "twenty thousand euro, zero cents")
PY

#!/usr/bin/env bash
# pymorphy3 2.0.6 (pymorphy3-dicts-ru 2.4.417150.4580142): make_agree_with_number, for terms in years and working days.
#
# Behaviour: five of «год» are «годов», where anybody says «лет», though the dictionary has «лет» as a form of «год». The
# first parse of «рабочий» is a man who works, so that two working days are «2 рабочего дня» if each word is taken by its
# first parse; as the adjective it has to be picked by hand. The other words of terms are right.
# One would guess: 5 лет, and 2 рабочих.
#
# Seen:
#     5 год: годов
#     11 год: годов
#     лет, in the dictionary: год
#     2 рабочий: рабочего
#     its part of speech: NOUN
#     5 день: дней
#     5 месяц: месяцев
# Reported for its predecessor: pymorphy2/pymorphy2, issue 147 (open).
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pymorphy3==2.0.6 pymorphy3-dicts-ru==2.4.417150.4580142 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from pymorphy3 import MorphAnalyzer

words = MorphAnalyzer()


def counted(number, word):
    return words.parse(word)[0].make_agree_with_number(number).word


same("5 год", counted(5, "год"), "годов")
same("11 год", counted(11, "год"), "годов")
same("лет, in the dictionary", words.parse("лет")[0].normal_form, "год")
same("2 рабочий", counted(2, "рабочий"), "рабочего")
same("its part of speech", str(words.parse("рабочий")[0].tag.POS), "NOUN")
same("5 день", counted(5, "день"), "дней")
same("5 месяц", counted(5, "месяц"), "месяцев")
PY

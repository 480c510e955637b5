#!/usr/bin/env bash
# cyrtranslit 1.2.0 and transliterate 1.10.2: a name as a passport has it in Latin letters, back in Russian ones.
#
# Behaviour: what is not known stays Latin, without a word: Zhukov is "Zhуков" (cyrtranslit knows "ZH" and "zh"), Chernyy
# "Chерний", Quang "Qуанг" (transliterate). Khabibullin is "Кхабибуллин" to both. cyrtranslit itself writes Жуков as "ZHukov"
# and Цыганков as "CZy'gankov".
# One would guess: an error, or the letters that passports have (kh for х, zh for ж); no word of two alphabets.
#
# Seen:
#     Zhukov: Zhуков
#     Chernyy: Chерний
#     Khabibullin: Кхабибуллин
#     Quang, transliterate: Qуанг
#     Khabibullin, transliterate: Кхабибуллин
#     Жуков: ZHukov
#     Цыганков: CZy'gankov
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cyrtranslit==1.2.0 transliterate==1.10.2 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from cyrtranslit import to_cyrillic, to_latin
from transliterate import translit

for latin, russian in (("Zhukov", "Zhуков"), ("Chernyy", "Chерний"), ("Khabibullin", "Кхабибуллин")):
    same(latin, to_cyrillic(latin, "ru"), russian)
for latin, russian in (("Quang", "Qуанг"), ("Khabibullin", "Кхабибуллин")):
    same(f"{latin}, transliterate", translit(latin, "ru"), russian)
for russian, latin in (("Жуков", "ZHukov"), ("Цыганков", "CZy'gankov")):
    same(russian, to_latin(russian, "ru"), latin)
PY

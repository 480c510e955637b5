#!/usr/bin/env bash
# petrovich 2.0.1 and pytrovich 0.2.0: Russian names in capitals, in the genitive (of whom?).
#
# Behaviour: ПАВЕЛ becomes ПАВла in both. ИВАНОВ stays as it is in petrovich, as if the name had no cases, and is ИВАНОВа in
# pytrovich. In small letters all is right.
# One would guess: ПАВЛА, ИВАНОВА: forms and exports often have names in capitals.
#
# Seen:
#     petrovich: ИВАНОВ ПАВла
#     pytrovich: ИВАНОВа ПАВла
#     petrovich, Иванов Павел: Иванова Павла
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check petrovich==2.0.1 pytrovich==0.2.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from petrovich.enums import Case, Gender
from petrovich.main import Petrovich
from pytrovich import enums
from pytrovich.maker import PetrovichDeclinationMaker


def by_petrovich(last, first):
    known = Petrovich()
    of, man = Case.GENITIVE, Gender.MALE
    return f"{known.lastname(last, of, man)} {known.firstname(first, of, man)}"


def by_pytrovich(last, first):
    make, man, of = PetrovichDeclinationMaker().make, enums.Gender.MALE, enums.Case.GENITIVE
    return f"{make(enums.NamePart.LASTNAME, man, of, last)} {make(enums.NamePart.FIRSTNAME, man, of, first)}"


same("petrovich", by_petrovich("ИВАНОВ", "ПАВЕЛ"), "ИВАНОВ ПАВла")
same("pytrovich", by_pytrovich("ИВАНОВ", "ПАВЕЛ"), "ИВАНОВа ПАВла")
same("petrovich, Иванов Павел", by_petrovich("Иванов", "Павел"), "Иванова Павла")
PY

#!/usr/bin/env bash
# IronCalc 0.9.1 from PyPI: COUNTIF of what is not a text ("<>open"), over two texts, a number and a blank cell.
#
# Behaviour: only texts that differ are counted. The number 5 and the blank cell, which are not "open" either, are not, so that of
# open, closed, 5 and a blank cell 1 is "open", 1 is not, and 2 are neither. "<>5" counts all that differ, the blank cell too.
# One would guess: whatever "open" does not count, "<>open" does: 3, as in Excel and LibreOffice.
#
# Seen:
#     =COUNTIF(A1:A4,"open"): 1.0
#     =COUNTIF(A1:A4,"<>open"): 1.0
#     =COUNTIF(A1:A4,"<>5"): 3.0
#     =ROWS(A1:A4): 4.0
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ironcalc==0.9.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import ironcalc

WANTED = {
    '=COUNTIF(A1:A4,"open")': 1.0,
    '=COUNTIF(A1:A4,"<>open")': 1.0,
    '=COUNTIF(A1:A4,"<>5")': 3.0,
    "=ROWS(A1:A4)": 4.0,
}
book = ironcalc.create("book", "en", "UTC", "en")
book.update_cell_with_text(0, 1, 1, "open")
book.update_cell_with_text(0, 2, 1, "closed")
book.update_cell_with_number(0, 3, 1, 5)
for row, formula in enumerate(WANTED, 1):
    book.update_cell_with_formula(0, row, 2, formula)
book.evaluate()
for row, (formula, wanted) in enumerate(WANTED.items(), 1):
    same(formula, book.get_cell_value(0, row, 2), wanted)
PY

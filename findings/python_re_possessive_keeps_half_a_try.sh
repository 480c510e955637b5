#!/usr/bin/env bash
# Python 3.11.2 (the python3 of Debian 12), module re: possessive repetition, new in 3.11.
#
# Behaviour: when the last try of a possessive group fails half-way, what it had eaten by then stays eaten, so that
# `(?:ab?c)*+ad` does not match "acad": the second try eats the "a" and fails at "d". A lookahead at the end of the group
# does the same: `(?:[^>/]|/(?!>))*+/>` finds no tag that ends with "/>".
# One would guess: a try that fails leaves nothing behind; the greedy form and the atomic group `(?>...)` of the same
# Python do it so, and so do 3.11.7 and later.
#
# Seen with 3.11.2:
#     (?:ab?c)*+ad in acad: None
#     (?>(?:ab?c)*)ad in acad: acad
#     (?:ab?c)*ad in acad: acad
#     <(?:[^>/]|/(?!>))*+/> in <a b="1"/>: None
#     <(?:[^>/]|/(?!>))*/> in <a b="1"/>: <a b="1"/>
set -euo pipefail

python=
for each in $(type -ap python3 python3.11); do
    if [ "$("$each" -c 'import platform; print(platform.python_version())')" = 3.11.2 ]; then python=$each; break; fi
done
[ -n "$python" ] || { echo "no Python 3.11.2 on the PATH" >&2; exit 2; }
"$python" - <<'PY'
import re
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")



def tried(pattern, text, wanted):
    found = re.search(pattern, text)
    same(f"{pattern} in {text}", found and found[0], wanted)


tried("(?:ab?c)*+ad", "acad", None)
tried("(?>(?:ab?c)*)ad", "acad", "acad")
tried("(?:ab?c)*ad", "acad", "acad")
tried("<(?:[^>/]|/(?!>))*+/>", '<a b="1"/>', None)
tried("<(?:[^>/]|/(?!>))*/>", '<a b="1"/>', '<a b="1"/>')
PY

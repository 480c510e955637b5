#!/usr/bin/env bash
# frictionless 5.21.0: a .csv with semicolons and decimal commas, of which the library finds out what its columns hold.
#
# Behaviour: a column with the shares 75,5 and 60,25 is one of points on the globe: each row has a longitude and a
# latitude in it, [75.0, 5.0] and [60.0, 25.0], and the file is valid. With a third one without a comma the column is text.
# One would guess: numbers or texts.
#
# Seen:
#     75,5 and 60,25: ('geopoint', [[75.0, 5.0], [60.0, 25.0]])
#     valid: True
#     with 1500: ('string', ['75,5', '60,25', '1500'])
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check frictionless==5.21.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from frictionless import Resource, validate


def read(*amounts):
    with open("file.csv", "w", encoding="utf-8") as file:
        file.write("person;share\n" + "".join(f"p{row};{each}\n" for row, each in enumerate(amounts)))
    with Resource("file.csv") as resource:
        rows = [row["share"] for row in resource.row_stream]
    kind = resource.schema.get_field("share").type
    return kind, [[float(one) for one in row] for row in rows] if kind == "geopoint" else rows


same("75,5 and 60,25", read("75,5", "60,25"), ("geopoint", [[75.0, 5.0], [60.0, 25.0]]))
same("valid", validate("file.csv").valid, True)
same("with 1500", read("75,5", "60,25", "1500"), ("string", ["75,5", "60,25", "1500"]))
PY

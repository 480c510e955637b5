#!/usr/bin/env bash
# iuliia 0.13.0, transliterate 1.10.2: a name in capitals, as a passport and its machine-readable zone have it.
#
# Behaviour: a Russian letter that becomes several Latin ones has the first alone in capitals: ЩЕРБАКОВ is ShchERBAKOV by
# ICAO Doc 9303 and by the order of the Ministry of the Interior, SchERBAKOV to transliterate. Such a text is neither the
# passport's SHCHERBAKOV nor found by it.
# One would guess: SHCHERBAKOV.
#
# Seen:
#     iuliia, ICAO: ShchERBAKOV IuRII
#     iuliia, MVD 782: ShchERBAKOV YuRIY
#     transliterate: SchERBAKOV JuRIJ
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check iuliia==0.13.0 transliterate==1.10.2 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import iuliia
from transliterate import translit

NAME = "ЩЕРБАКОВ ЮРИЙ"
same("iuliia, ICAO", iuliia.ICAO_DOC_9303.translate(NAME), "ShchERBAKOV IuRII")
same("iuliia, MVD 782", iuliia.MVD_782.translate(NAME), "ShchERBAKOV YuRIY")
same("transliterate", translit(NAME, "ru", reversed=True), "SchERBAKOV JuRIJ")
PY

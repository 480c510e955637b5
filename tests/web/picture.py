"""``python -m tests.web.picture en FILE``: the page for browsers with the demo checked, for docs/make_pictures.py."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from hqs_xl.web.build import SINGLE, build_page
from tests.web.page_files import LOCALES, PYODIDE, node

WINDOW = {"width": 1100, "height": 1150}

if __name__ == "__main__":
    lang, out = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        build_page(Path(folder), PYODIDE)
        url = Path(folder, SINGLE).as_uri()
        node("in_chromium.mjs", url=url, locale=LOCALES[lang], viewport=WINDOW, picture=out)

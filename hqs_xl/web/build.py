"""``hqs-xl build --web``: the page as one file to open from a disk, and as a folder for a company's web server."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from hqs_xl.data import packaged
from hqs_xl.hosts.bundle import licences
from hqs_xl.template.build import build
from hqs_xl.texts import LANGUAGES, say, table
from hqs_xl.web.compiled import OURS, compiled
from hqs_xl.web.pack import licences_of_others, own_code
from hqs_xl.web.rows import GRAVEST
from hqs_xl.web.runtime import LIBRARY, lock, runtime_files
from hqs_xl.whole_file import write_whole

SINGLE, FOLDER = "hqs_roster.html", "hqs_roster_web"
SCRIPTS = ("words", "python", "turns", "result", "counted", "page")
# In the page by these names, packed one by one.
PACKED = ("pyodide.asm.wasm", LIBRARY, OURS, "pyodide.mjs", "pyodide.asm.mjs")


def build_page(out: Path, pyodide: Path) -> list[Path]:
    """Write the single file and the folder; what was written. ``pyodide``: the folder of that npm package.

    Raises HqsError when its files are missing or not the pinned ones, or there is no Node to compile modules in.
    """
    files = runtime_files(pyodide)
    demos = _demos()
    files |= compiled(pyodide, files[LIBRARY], own_code(), next(iter(demos.values())))
    packs = {name: files[name] for name in PACKED} | demos
    pressed = {name: gzip.compress(content, 9, mtime=0) for name, content in packs.items()}
    kept = json.dumps({"lock": lock(files), **_words()}, ensure_ascii=False, sort_keys=True)
    out.mkdir(parents=True, exist_ok=True)
    folder = out / FOLDER
    folder.mkdir(exist_ok=True)
    write_whole(folder / "index.html", _page(kept, {}, "'self'").encode())
    for name, content in pressed.items():
        write_whole(folder / f"{name}.gz", content)
    single = out / SINGLE
    write_whole(single, _page(kept, pressed, "'none'").encode())
    return [single, folder]


def _page(kept: str, packs: Mapping[str, bytes], connect: str) -> str:
    """The page with all its parts in place; ``connect``: where it may take files from."""
    style, script = packaged("web/page/page.css"), page_script()
    policy = (
        f"default-src 'none'; script-src {_hashed(script)} data: 'wasm-unsafe-eval'; worker-src data:; "
        f"style-src {_hashed(style)}; img-src data:; connect-src {connect}; base-uri 'none'; form-action 'none'"
    )
    within = "\n".join(
        f'<script type="text/plain" id="pack-{name}">{base64.b64encode(content).decode()}</script>'
        for name, content in packs.items()
    )
    parts = {
        "policy": policy,
        "style": style,
        "kept": kept.replace("<", "\\u003c"),
        "worker": packaged("web/page/worker.js"),
        "licences": escape("\n\n".join([*licences().values(), *licences_of_others()])),
        "packs": within,
        "script": script,
    }
    page = packaged("web/page/index.html")
    for name, content in parts.items():
        page = page.replace(f"{{{{{name}}}}}", content, 1)
    return page


def page_script() -> str:
    """The page's script: its files one after the other, for a page from a disk can't load one from another."""
    return "\n".join(packaged(f"web/page/{name}.js") for name in SCRIPTS)


def _hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _words() -> dict[str, dict[str, dict[str, str]]]:
    """The page's own sentences, and the words for the weight of a finding, in all languages."""
    texts = {
        lang: {key.removeprefix("web."): words for key, words in table(lang).items() if key.startswith("web.")}
        for lang in LANGUAGES
    }
    return {
        "texts": texts,
        "severities": {lang: {one: say(f"severity.{one}", lang) for one in GRAVEST} for lang in LANGUAGES},
    }


def _demos() -> dict[str, bytes]:
    """The built workbook with invented people, without macros, in each language."""
    found = {}
    with TemporaryDirectory() as folder:
        for lang in LANGUAGES:
            file = Path(folder) / "demo.xlsx"
            build(file, lang=lang, macros=False)
            found[f"demo.{lang}.xlsx"] = file.read_bytes()
    return found

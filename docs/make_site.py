"""Makes one small site of this folder's pages, English and Russian: run by ``python docs/make_site.py [FOLDER]``.

It needs no network: fonts are the reader's own, and the search works in a page that is opened from the disk. MkDocs and
its theme Material (the extra "site") make it, and refuse a link, an anchor or a picture that is not there.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# In the order of the menu; what is about the program itself stands in English alone.
FOR_HR = (
    "index",
    "guide",
    "month",
    "page",
    "install",
    "workbook",
    "roster",
    "columns",
    "cells",
    "findings",
    "functions",
)
PAGES = {
    "en": (*FOR_HR, "terminal", "acceptance", "developers", "other-programs"),
    "ru": (*FOR_HR, "terminal", "acceptance"),
}
FOLDERS = {"en": Path(), "ru": Path("ru")}
NAMES = {"en": "English", "ru": "Русский"}
HOME = {"en": "What is where", "ru": "Что где"}
ABOUT = {"en": "HQS deadlines in Russia", "ru": "Сроки по ВКС"}
ASSETS = ("iframe-worker.js", "look.css")
EXTENSIONS = ["tables", "attr_list", "pymdownx.superfences", {"pymdownx.highlight": {"use_pygments": False}}]
# A link into the other language's pages: MkDocs makes each language by itself, and knows no page of the other.
ACROSS = re.compile(r"\[([^]]+)\]\(((?:\.\./|ru/)[\w-]+)\.md(#[\w-]+)?\)")
# An address that a script of the theme fetches from, and the files of its search that these two languages need.
ELSEWHERE = re.compile(r"""["`](?:https?:)?//(?:unpkg\.com|api\.github\.com|\$\{\w+\}/api)[^"`]*["`]""")
STEMMERS = {f"lunr.{part}.min.js" for part in ("stemmer.support", "multi", "ru")}
# What every site has that this script made, and hardly any other folder.
MARK = Path("ru", "404.html")
# Nothing is looked over: a word that is no link to a page, file or heading there is ends the making.
REFUSED = dict.fromkeys(("not_found", "anchors", "absolute_links", "unrecognized_links"), "warn")


def main(folder: Path) -> None:
    """Make the site anew in a folder: English at its top, Russian in ``ru`` below.

    A folder that holds anything else than a site of ours is refused, for all of it would be deleted.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise SystemExit(f"{folder} holds other files: name a new or an empty folder")
    shutil.rmtree(folder, ignore_errors=True)
    for lang, place in FOLDERS.items():
        with tempfile.TemporaryDirectory() as staged:
            stage(lang, Path(staged, "pages"))
            config = Path(staged, "mkdocs.yml")
            config.write_text(json.dumps(settings(lang)), "utf-8")  # JSON is YAML, too
            make = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
            subprocess.run([*make, "--config-file", config, "--site-dir", (folder / place).absolute()], check=True)  # noqa: S603
    disconnect(folder)


def disconnect(folder: Path) -> None:
    """Take out what the theme would fetch from elsewhere if a page asked for it (none does), and what nobody reads."""
    for script in folder.rglob("*.js"):
        script.write_text(ELSEWHERE.sub('"about:blank"', script.read_text("utf-8")), "utf-8", newline="\n")
    for spare in (*folder.rglob("*.map"), *folder.rglob("lunr/*.js"), *folder.rglob("lunr/min/*.js")):
        if spare.name not in STEMMERS:
            spare.unlink()


def stage(lang: str, pages: Path) -> None:
    """The pages of one language, with their pictures, as MkDocs is to see them."""
    (pages / "assets").mkdir(parents=True)
    for asset in ASSETS:
        shutil.copy(HERE / "site" / asset, pages / "assets")
    for name in PAGES[lang]:
        text = (HERE / FOLDERS[lang] / f"{name}.md").read_text("utf-8")
        (pages / f"{name}.md").write_text(ACROSS.sub(r'<a href="\2.html\3">\1</a>', text), "utf-8")
        for picture in re.findall(r"!\[[^]]*\]\(([\w.-]+)\)", text):
            if (HERE / FOLDERS[lang] / picture).is_file():
                shutil.copy(HERE / FOLDERS[lang] / picture, pages)


def settings(lang: str) -> dict[str, Any]:
    """What MkDocs is told."""
    up = "" if lang == "en" else "../"
    return {
        "site_name": "hqs-xl",
        "site_description": ABOUT[lang],
        "docs_dir": "pages",
        "nav": [{HOME[lang]: "index.md"}, *(f"{name}.md" for name in PAGES[lang][1:])],
        "theme": {
            "name": "material",
            "language": lang,
            "font": False,
            "features": ["navigation.footer", "navigation.top", "search.highlight", "content.code.copy", "toc.follow"],
            "palette": {"primary": "indigo", "accent": "indigo"},
            "icon": {"logo": "material/calendar-check"},
        },
        "plugins": [{"search": {"lang": sorted({"en", lang})}}, "offline"],
        "markdown_extensions": EXTENSIONS,
        "validation": {"nav": {"omitted_files": "warn", "not_found": "warn"}, "links": REFUSED},
        "extra_css": ["assets/look.css"],
        "extra": {
            "generator": False,
            "polyfills": ["assets/iframe-worker.js"],
            "alternate": [
                {"name": name, "lang": one, "link": f"{up}{(FOLDERS[one] / 'index.html').as_posix()}"}
                for one, name in NAMES.items()
            ],
        },
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "site")

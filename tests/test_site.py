"""The site made of the pages: whole in both languages, its links lead somewhere, and it needs no other computer."""

from __future__ import annotations

import json
import os
import re
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from tests.test_docs import load

pytestmark = pytest.mark.skipif(
    not find_spec("material") and not os.environ.get("HQS_REQUIRE_ALL"), reason='needs the extra "site"'
)
# Where a page would make its reader's browser fetch something; a link is followed by who wants to.
FETCHED = {"src", "srcset", "poster", "data", "action"}
FETCHED_LINKS = {"stylesheet", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "icon", "manifest"}
ELSEWHERE = re.compile(r"(?:https?:)?//")


class Page(HTMLParser):
    """What one page of the site links to, fetches, and names to be linked to."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.names: set[str] = set()
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self.names |= {held[name] for name in ("id", "name") if name in held}
        if tag == "a" and "href" in held:
            self.links.append(held["href"])
        self.fetched += [value for name, value in held.items() if name in FETCHED]
        if tag == "link" and set(held.get("rel", "").split()) & FETCHED_LINKS:
            self.fetched.append(held["href"])


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, made once for all tests."""
    folder = tmp_path_factory.mktemp("site")
    load("make_site").main(folder)
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[Path, Page]:
    return {file: Page(file) for file in site.rglob("*.html") if file.name != "404.html"}


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "roster.xlsx").write_bytes(b"somebody's")
    with pytest.raises(SystemExit, match="holds other files"):
        load("make_site").main(tmp_path)
    assert (tmp_path / "roster.xlsx").read_bytes() == b"somebody's"


def test_a_site_may_be_made_over_the_last_one(site: Path) -> None:
    assert (site / load("make_site").MARK).is_file()


def test_every_page_is_there_in_its_language(site: Path, pages: dict[Path, Page]) -> None:
    wanted = load("make_site").PAGES
    made = {file.relative_to(site).as_posix() for file in pages}
    assert made == {f"{name}.html" for name in wanted["en"]} | {f"ru/{name}.html" for name in wanted["ru"]}
    for file in pages:
        assert f'<html lang="{"ru" if file.parent.name == "ru" else "en"}"' in file.read_text("utf-8")


def test_every_page_of_the_folder_is_in_the_menu() -> None:
    maker = load("make_site")
    for lang, place in maker.FOLDERS.items():
        assert {page.stem for page in (maker.HERE / place).glob("*.md")} == set(maker.PAGES[lang])


def test_every_link_leads_somewhere(pages: dict[Path, Page]) -> None:
    """Also those between the languages, which MkDocs makes apart."""
    assert sum(len(page.links) for page in pages.values()) > 300
    for file, page in pages.items():
        # A thread on another site is the reader's own step.
        for link in (one for one in page.links if not ELSEWHERE.match(one)):
            path, name = urldefrag(unquote(link))
            target = (file.parent / path).resolve() if path else file
            assert target in pages, (file.name, link)
            assert not name or name in pages[target].names or name == "__tabbed", (file.name, link)


def test_no_page_fetches_from_elsewhere(pages: dict[Path, Page]) -> None:
    for file, page in pages.items():
        assert len(page.fetched) > 3
        for source in page.fetched:
            assert not ELSEWHERE.match(source), (file.name, source)
            if source and not source.startswith("data:"):
                assert (file.parent / urldefrag(source)[0]).is_file(), (file.name, source)


def test_no_style_or_script_knows_an_address_to_fetch_from(site: Path) -> None:
    for style in site.rglob("*.css"):
        assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", style.read_text("utf-8")) == [], style.name
    scripts = [file for file in site.rglob("*.js") if file.name != "search_index.js"]
    assert len(scripts) > 5
    for script in scripts:
        # Comments name licences; what is left is a word in a warning that developers see.
        code = re.sub(r"/\*.*?\*/", "", script.read_text("utf-8"), flags=re.DOTALL)
        assert set(re.findall(r"https?://([\w.-]+)", code)) <= {"bit.ly"}, script.name


def test_the_search_knows_both_languages_and_works_from_the_disk(site: Path) -> None:
    for place, word in ((site, "registration"), (site / "ru", "полис")):
        inlined = (place / "search" / "search_index.js").read_text("utf-8").partition("=")[2]
        assert any(word in page["text"] for page in json.loads(inlined)["docs"])
    index = (site / "ru" / "index.html").read_text("utf-8")
    assert "assets/iframe-worker.js" in index
    assert (site / "ru" / "assets" / "javascripts" / "lunr" / "min" / "lunr.ru.min.js").is_file()

"""The page: how it is put together, and a person's lap through it in a real browser, with no way out to a network."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from hqs_xl.errors import HqsError, UnusableFile
from hqs_xl.explain.words import unit_in_words
from hqs_xl.hosts.closed import open_book
from hqs_xl.law import due as due_on
from hqs_xl.texts import LANGUAGES, say, shown, table
from hqs_xl.web.build import FOLDER, SCRIPTS, SINGLE, build_page, page_script
from hqs_xl.web.compiled import compiled
from tests.web.page_files import PHONE, PYODIDE, ROOT, lap, needs_chromium, needs_firefox, needs_pyodide, node

PAGE = ROOT / "hqs_xl" / "web" / "page"
SOURCES = (PAGE / "index.html").read_text("utf-8") + page_script()


@pytest.fixture(scope="module")
def served(built: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(built / FOLDER))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class TestHowItIsBuilt:
    @needs_pyodide
    def test_two_builds_are_the_same_bytes(self, built: Path, tmp_path: Path) -> None:
        build_page(tmp_path, PYODIDE)
        names = sorted(file.relative_to(built) for file in built.rglob("*") if file.is_file())
        assert names == sorted(file.relative_to(tmp_path) for file in tmp_path.rglob("*") if file.is_file())
        assert all((built / name).read_bytes() == (tmp_path / name).read_bytes() for name in names)

    @needs_pyodide
    def test_it_is_as_small_as_promised(self, built: Path) -> None:
        packed = sum(file.stat().st_size for file in (built / FOLDER).iterdir() if not file.name.startswith("demo."))
        assert packed < 6_000_000
        assert (built / SINGLE).stat().st_size < 9_000_000

    @needs_pyodide
    def test_its_policy_allows_its_own_script_and_no_connection(self, built: Path) -> None:
        page = (built / SINGLE).read_text("utf-8")
        found = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
        assert found
        policy = dict(part.split(" ", 1) for part in found[1].split("; "))
        assert policy["default-src"] == policy["connect-src"] == policy["form-action"] == "'none'"
        script = hashlib.sha256(page_script().encode()).digest()
        assert policy["script-src"].split()[0] == f"'sha256-{base64.b64encode(script).decode()}'"

    def test_nothing_is_loaded_from_elsewhere(self) -> None:
        assert not re.search(r"https?://|\bsrc=|url\(|@import", SOURCES + (PAGE / "page.css").read_text("utf-8"))

    def test_the_script_is_all_of_the_page_s_files(self) -> None:
        assert {f"{name}.js" for name in SCRIPTS} == {file.name for file in PAGE.glob("*.js")} - {"worker.js"}

    def test_every_word_of_the_page_is_there_in_both_languages(self) -> None:
        used = re.findall(r'data-say(?:-label)?="(\w+)"|\b(?:say|status)\("(\w+)"|\[\["(\w+)", "\w+"\]', SOURCES)
        used += re.findall(r'\b(?:say|status)\([^"()]+ \? "(\w+)" : "(\w+)"', SOURCES)
        assert ("waits", "waits_for_start") in used
        for lang in LANGUAGES:
            assert {f"web.{key}" for found in used for key in found if key} <= set(table(lang))

    def test_pyodide_of_another_version_is_refused_in_words(self, tmp_path: Path) -> None:
        with pytest.raises(HqsError, match=r"pyodide\.asm\.wasm is not there.*npm ci.*314"):
            build_page(tmp_path / "out", tmp_path)
        (tmp_path / "pyodide.asm.wasm").write_bytes(b"another one")
        with pytest.raises(HqsError, match="is not that of Pyodide"):
            build_page(tmp_path / "out", tmp_path)
        assert not (tmp_path / "out").exists()

    @needs_pyodide
    def test_what_keeps_modules_from_being_compiled_is_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(HqsError, match=r"could not be compiled in Node: .*hqs_xl"):
            compiled(PYODIDE, (PYODIDE / "python_stdlib.zip").read_bytes(), b"no zip", b"no workbook")
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(HqsError, match="Node is not installed"):
            compiled(PYODIDE, b"", b"", b"")


@needs_chromium
class TestALapThroughIt:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_demo_is_checked_and_refreshed_without_a_request(self, built: Path, tmp_path: Path, lang: str) -> None:
        url = (built / SINGLE).as_uri()
        seen = lap(url, lang, out=str(tmp_path), axe=True)
        assert seen["lang"] == lang
        assert say("web.private", lang) in seen["first"]
        assert {one for one in seen["requests"] if not one.startswith("data:")} == {url}
        assert seen["faults"] == seen["axe"] == []
        assert seen["counts"][0].split()[0] == "29"
        assert seen["counts"][0].split()[1] == unit_in_words(29, "found violation", lang)
        assert len(seen["rows"]) == sum(int(one.split()[0]) for one in seen["counts"])
        # On a small screen of a desk, of 1100 pixels, no column is out of sight.
        assert seen["outOfSight"] == 0
        assert seen["people"] == say("web.shown", lang, count=64, of=64)
        assert (tmp_path / "web.xlsx").read_bytes()[:2] == b"PK"
        assert b"END:VCALENDAR" in (tmp_path / "web.ics").read_bytes()
        assert say("web.refreshed", lang) in seen["files"]["workbook"]
        due = due_on("notice.concluded", date(2026, 11, 2), "card").due
        assert seen["editions"][0].split() == ["card", str(shown(due, lang))]

    def test_the_keyboard_alone_does_it_even_before_python_is_there(self, keyboard: Any) -> None:
        seen = keyboard
        assert seen["early"] == {"ready": None, "bar": True}
        assert seen["focus"] == "result-title"
        assert seen["found"] > 0
        assert seen["sorting"] == "due"
        assert seen["dialog"]
        assert seen["closed"]
        assert seen["faults"] == seen["axe"] == []

    def test_stop_drops_what_waits_ends_what_runs_and_hides_what_python_forgot(
        self, built: Path, tmp_path: Path
    ) -> None:
        seen = lap((built / SINGLE).as_uri(), "en", stop=True, out=str(tmp_path))
        assert (seen["dropped"], seen["untouched"]) == (say("web.cancelled"), True)
        assert seen["stopped"] == {"said": say("web.cancelled", "ru"), "shown": False, "focus": "check"}
        assert seen["waits"] == say("web.waits_for_start", "ru")
        assert say("web.demo_name", "ru") in seen["title"]
        assert (seen["stale"], seen["fresh"]) == (say("web.changed", "ru"), True)
        listed = (tmp_path / "due.html").read_text("utf-8")
        assert "card" in listed
        assert "редакция law" not in listed
        assert "2060" in seen["error"]
        assert seen["faults"] == []

    def test_on_a_phone_in_the_dark_it_is_as_easy_to_read(self, phone: Any) -> None:
        assert phone["faults"] == phone["axe"] == []
        assert phone["wide"] <= PHONE["width"]

    def test_the_folder_works_from_a_web_server_and_asks_only_that(self, served: str, tmp_path: Path) -> None:
        seen = lap(f"{served}/index.html", "en", out=str(tmp_path))
        assert seen["faults"] == []
        assert {one for one in seen["requests"] if not one.startswith(("data:", served, f"blob:{served}"))} == set()
        assert seen["counts"][0].split()[0] == "29"

    def test_what_is_no_roster_gets_one_sentence(self, built: Path, tmp_path: Path) -> None:
        contents = {
            "people.xlsx": b"name;day\nLark;2026-01-01\n",
            "picture.xlsx": b"\x89PNG\r\n\x1a\n0000",
            "empty.xlsx": b"",
        }
        for name, content in contents.items():
            (tmp_path / name).write_bytes(content)
        nobody = str(ROOT / "workbook" / "hqs_roster_empty.xlsx")
        seen = lap((built / SINGLE).as_uri(), "en", files=[str(tmp_path / name) for name in contents], nobody=nobody)
        for name, said in zip(contents, seen["errors"], strict=True):
            with pytest.raises(UnusableFile) as refused:
                open_book(tmp_path / name)
            assert said.endswith(refused.value.message().rpartition(name)[2])
            assert len(said.splitlines()) == 1
        assert (seen["nobody"]["error"], seen["nobody"]["notChecked"]) == ("", say("web.nobody"))
        assert say("check.well", looked_at="").strip() not in seen["nobody"]["notes"]
        assert seen["faults"] == []

    def test_left_open_overnight_it_says_that_a_new_day_has_begun(self, built: Path) -> None:
        days = {"evening": "2026-11-28T22:00:00", "morning": "2026-11-29T07:00:00"}
        seen = lap((built / SINGLE).as_uri(), "en", **days)
        assert "5 days ago" in seen["evening"]["title"]
        assert not seen["evening"]["stale"]
        assert seen["morning"]["said"] == say("web.reload", "en", day="2026-11-28")
        assert "6 days ago" in seen["checked"]["title"]
        assert not seen["checked"]["stale"]


@needs_firefox
def test_firefox_does_it_too_without_a_request(built: Path) -> None:
    url = (built / SINGLE).as_uri()
    seen = node("in_firefox.mjs", url=url)
    assert (seen["early"], seen["ready"]) == (say("web.waits_for_start"), "yes")
    assert seen["editions"] == "card: 2026-11-05; law: 2026-11-06; careful: 2026-11-05"
    assert seen["checked"].startswith("29 ")
    assert {one for one in seen["requests"] if not one.startswith(("data:", "file:"))} == set()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """The tests' output is theirs."""

"""The page on paper: what was found and by which day, no buttons, no row torn in two, and black on white."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from hqs_xl.texts import say
from hqs_xl.web.build import SINGLE
from hqs_xl.web.rows import GRAVEST
from tests.web.page_files import lap, needs_chromium
from tests.web.paper import ink, needs_poppler, text_of

pytestmark = [needs_chromium, needs_poppler]
WEIGHTS = "|".join(say(f"severity.{one}") for one in GRAVEST)


def test_on_paper_stands_what_was_found_and_no_button(built: Path, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    seen = lap((built / SINGLE).as_uri(), "en", print=str(paper))
    pages = text_of(paper.with_suffix(".findings.pdf"))
    first, whole = " ".join(pages[0].split()), " ".join(" ".join(pages).split())
    assert seen["title"] in first
    assert say("web.made", day=date.today()) in first  # noqa: DTZ011 - the browser's own day
    for line in [*seen["notChecked"].splitlines(), say("web.shown", count=49, of=49)]:
        assert " ".join(line.split()) in first
    for row in seen["rows"]:
        assert " ".join(row[5].split()[:3]) in whole
    for key in ("choose", "demo", "counted", "save_workbook", "one_date", "licences", "more"):
        assert say(f"web.{key}") not in whole
    # Each page that holds rows of the table says what stands in its columns, and no row is torn in two.
    rows = iter(seen["rows"])
    for page in (page for page in pages if "HQS-00" in page):
        assert all(say(f"web.{key}") in page for key in ("what", "severity", "source"))
        here = list(islice(rows, len(re.findall(f"^ *({WEIGHTS})\\b", page, re.MULTILINE))))
        assert page.count("card)") == sum("card)" in row[6] for row in here)
    assert not [*rows]
    people = " ".join(" ".join(text_of(paper)).split())
    for words in (say("web.status"), say("web.act_by"), *seen["editions"]):
        assert words in people
    assert seen["folded"] is None


def test_what_is_dark_on_the_screen_is_light_on_paper(phone: Any) -> None:
    printed, all_over = ink(Path(phone["paper"]))
    # Pale letters for a dark screen come to 0.28 on paper, dark ones to 0.5.
    assert printed > 0.4
    assert all_over < 0.2

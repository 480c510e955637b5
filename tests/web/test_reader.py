"""What a screen reader is given of the page: names, headings, landmarks, and each sentence as it comes."""

from __future__ import annotations

from typing import Any

import pytest

from hqs_xl.texts import say
from tests.web.page_files import needs_chromium

pytestmark = needs_chromium
# What a person can use, or go to.
NAMED = {
    *("button", "combobox", "textbox", "searchbox", "checkbox", "Date", "progressbar"),
    *("DisclosureTriangle", "dialog", "region", "search", "table"),
}


def test_a_screen_reader_is_told_what_goes_on(keyboard: Any) -> None:
    said = [words for region, words in keyboard["heard"] if region == "status"]
    wanted = [say(f"web.{key}", "ru") for key in ("starting", "waits_for_start", "working")]
    opened = say("web.opened", "ru", file=say("web.demo_name", "ru"), people=64)
    assert [one for one in said if "%" not in one] == [*wanted, opened]
    found = say("web.filtered", "ru", filter="00002", all=49)
    assert ["shown", f"{say('web.shown', 'ru', count=1, of=1)} {found}"] in keyboard["heard"]


@pytest.mark.parametrize("stage", ["before", "after", "counted"])
def test_a_screen_reader_has_a_name_for_everything_one_can_use(keyboard: Any, stage: str) -> None:
    unnamed = [one for one in keyboard[stage] if one["role"] in NAMED and not one["name"].strip()]
    assert unnamed == []


def test_a_screen_reader_finds_its_way_by_headings_and_landmarks(keyboard: Any) -> None:
    heads = [(one["level"], one["name"]) for one in keyboard["after"] if one["role"] == "heading"]
    keys = (
        (1, "title"),
        (2, "roster"),
        (2, "settings"),
        (2, "result"),
        (3, "not_looked"),
        (2, "save"),
        (2, "one_date"),
    )
    assert heads == [(level, say(f"web.{key}", "ru")) for level, key in keys]
    marks = [one["role"] for one in keyboard["after"] if one["role"] in {"banner", "main", "contentinfo", "search"}]
    assert marks == ["banner", "main", "search", "contentinfo"]
    live = {one["live"] for one in keyboard["after"] if one["role"] == "status"}
    assert live == {"polite"}


def test_a_screen_reader_knows_whose_row_it_is_in(keyboard: Any) -> None:
    found = [one["name"] for one in keyboard["after"] if one["role"] in {"columnheader", "rowheader"}]
    assert found[:3] == [say(f"web.{key}", "ru") for key in ("severity", "person", "row")]
    assert found[8:10] == ["HQS-00002 Bexley Fernhollow", "HQS-00009 Fable Elmsparrow"]
    table = next(one for one in keyboard["after"] if one["role"] == "table")
    assert (table["name"], table["description"]) == (say("web.findings", "ru"), say("web.sorts", "ru"))

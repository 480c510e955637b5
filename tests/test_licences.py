"""Our licence, and the notices of what the workbook and the add-in carry of others."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest

from hqs_xl.hosts.bundle import LICENCES
from hqs_xl.hosts.calc.package import members
from hqs_xl.template.vba_project import modules

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NOTICES = (ROOT / "THIRD_PARTY_NOTICES.md").read_text("utf-8")
MIT = (ROOT / "LICENSE").read_text("utf-8").partition("Permission is hereby")[2]


def plain(text: str) -> str:
    """The words of a text, whatever lines and signs of comments they stand in."""
    return " ".join(re.sub(r"^'", "", text, flags=re.MULTILINE).split())


def block(heading: str) -> str:
    found = re.search(rf"^## {heading}\n\n```\n(.*?)\n```", NOTICES, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def test_the_project_says_its_licence() -> None:
    assert PROJECT["license"] == "MIT"
    assert tuple(PROJECT["license-files"]) == LICENCES
    assert all((ROOT / name).is_file() for name in LICENCES)


def test_whatever_is_needed_is_named() -> None:
    extras = PROJECT["optional-dependencies"]
    needed = [*PROJECT["dependencies"], *extras["build"], *extras["output"], *extras["fast"]]
    names = {re.split("[=>]", one)[0] for one in needed}
    assert not {name for name in names if name not in NOTICES}


@pytest.mark.parametrize(("name", "text"), [("xlwings", "LICENSE.txt"), ("holidays", "LICENSE")])
def test_a_notice_is_the_licence_of_the_version_that_is_carried(name: str, text: str) -> None:
    found = distribution(name)
    assert f"{name} {found.version}" in NOTICES
    assert plain(str(found.read_text(f"licenses/{text}"))).endswith(plain(block(name)))


@pytest.mark.parametrize("name", ["python-dateutil", "six"])
def test_the_version_that_is_carried_is_named_and_pinned(name: str) -> None:
    version = distribution(name).version
    assert f"{name} {version}" in NOTICES
    assert f"{name}=={version}" in PROJECT["optional-dependencies"]["build"]


def test_the_add_in_holds_both_texts() -> None:
    for name in LICENCES:
        assert members()[name].decode() == (ROOT / name).read_text("utf-8")


def test_modules_of_others_in_the_workbook_say_their_licences() -> None:
    dictionary = plain(modules()["Dictionary"])
    assert "Copyright (c) 2017 Tim Hall" in dictionary
    assert plain(MIT) in dictionary
    assert plain(block("VBA-Dictionary")) in dictionary
    assert "xlwings is distributed under a BSD 3-clause license." in modules()["xlwings"]

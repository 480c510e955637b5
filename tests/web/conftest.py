"""The page as built, once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hqs_xl.web.build import SINGLE, build_page
from tests.web.page_files import PHONE, PYODIDE, lap


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    build_page(folder, PYODIDE)
    return folder


@pytest.fixture(scope="session")
def keyboard(built: Path) -> Any:
    """A lap in Russian without a mouse, begun before Python is there."""
    return lap((built / SINGLE).as_uri(), "ru", keyboard=True, axe=True)


@pytest.fixture(scope="session")
def phone(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A lap in Russian on a phone in the dark, printed at its end."""
    paper = str(tmp_path_factory.mktemp("phone") / "paper.pdf")
    seen = lap((built / SINGLE).as_uri(), "ru", viewport=PHONE, dark=True, axe=True, print=paper)
    return {**seen, "paper": paper}

"""The page as built, once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from hqs_xl.web.build import build_page
from tests.web.page_files import PYODIDE


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    build_page(folder, PYODIDE)
    return folder

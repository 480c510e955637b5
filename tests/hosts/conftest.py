"""What tests of several files of this folder need."""

from __future__ import annotations

import pytest

from hqs_xl.hosts.xlsx.edit import editor as edit
from hqs_xl.hosts.xlsx.parallel import blocks
from tests.hosts.block_books import SMALL


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sheet is big, and has many blocks."""
    monkeypatch.setattr(blocks, "BLOCK", SMALL)
    monkeypatch.setattr(blocks, "BIG_SHEET", 0)
    monkeypatch.setattr(edit, "BIG_SHEET", 0)
    # The first chunk is done row by row, and should not be all there is.
    monkeypatch.setattr("hqs_xl.hosts.package.zip_guard.CHUNK", SMALL)

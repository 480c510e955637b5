"""What tests of several files of this folder need."""

from __future__ import annotations

import pytest

from hqs_xl.hosts.package import spool
from hqs_xl.hosts.xlsx import parallel
from hqs_xl.hosts.xlsx.parallel import divided
from hqs_xl.hosts.xlsx.patch import patch_stream
from tests.hosts.block_books import SMALL


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sheet is big, and has many blocks; deflated by zlib, which makes the same bytes of the same data."""
    monkeypatch.setattr(spool, "_isal", lambda: None)
    monkeypatch.setattr(divided, "CHUNK", SMALL)
    monkeypatch.setattr(patch_stream, "BATCH", 5)
    monkeypatch.setattr(parallel, "BIG_SHEET", 0)

"""One LibreOffice for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.calc.office import Office, missing


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A running LibreOffice, or a skip with the reason."""
    if missing():
        pytest.skip(missing())
    with Office(tmp_path_factory.mktemp("office")) as running:
        yield running

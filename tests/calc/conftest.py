"""One LibreOffice for all tests of this folder, with the add-in as it is built here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.calc.extension import unpacked
from tests.calc.office import Office, missing


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A running LibreOffice with the add-in, or a skip with the reason."""
    if missing():
        pytest.skip(missing())
    folder = tmp_path_factory.mktemp("office")
    with Office(folder, unpacked(folder / "extensions")) as running:
        yield running

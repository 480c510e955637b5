"""One LibreOffice for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.calc.office import Office, missing


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A running LibreOffice, or a skip with the reason."""
    if missing():
        pytest.skip(missing())
    with Office(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture(scope="session")
def booked(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """That LibreOffice, its Python finding what the package needs."""
    folder = tmp_path_factory.mktemp("libraries")
    for name in ("dateutil", "holidays", "six"):
        found = Path(str(find_spec(name).origin))
        source = found.parent if found.name == "__init__.py" else found
        (folder / source.name).symlink_to(source)
    [info] = Path(str(find_spec("holidays").origin)).parents[1].glob("holidays-*.dist-info")
    (folder / info.name).symlink_to(info)
    office.run("tests.calc.sheets", "find_in", folder=str(folder))
    return office

"""The add-in for the tests' LibreOffice: built now, unpacked where it is taken for one of its own extensions."""

from __future__ import annotations

from pathlib import Path

from hqs_xl.hosts.calc.package import FILE, members


def unpacked(folder: Path) -> Path:
    """A folder of extensions that holds the one of this checkout."""
    for name, content in members().items():
        file = folder / FILE / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder

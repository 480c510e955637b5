"""The package's own data files, read wherever it is installed (a folder, a zip, a spreadsheet's add-in)."""

from __future__ import annotations

from typing import Any


def packaged(name: str) -> str:
    """The text of a data file, named from the package's top, such as ``law/decrees.toml``."""
    import pkgutil  # noqa: PLC0415 - 2 ms, as below

    data = pkgutil.get_data("hqs_xl", name)
    if data is None:
        raise FileNotFoundError(name)
    return data.decode("utf-8")


def toml(text: str) -> dict[str, Any]:
    """A TOML text as a tree; tomllib.TOMLDecodeError (a ValueError) when it is none."""
    import tomllib  # noqa: PLC0415 - 10 ms that importing the kernel should not cost

    return tomllib.loads(text)

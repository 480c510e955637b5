"""The package's own data files, read wherever it is installed (a folder, a zip, a spreadsheet's add-in)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def packaged(name: str) -> str:
    """The text of a data file, named from the package's top, such as ``law/decrees.toml``."""
    import pkgutil  # noqa: PLC0415 - 2 ms, as below

    data = pkgutil.get_data("hqs_xl", name)
    if data is None:
        raise FileNotFoundError(name)
    return data.decode("utf-8")


def checkout() -> Path | None:
    """The folder of the checkout the package is run from; None where it is installed."""
    from pathlib import Path  # noqa: PLC0415 - 5 ms, as below

    import hqs_xl  # noqa: PLC0415 - whatever is put in its place

    folder = Path(hqs_xl.__file__).parent.parent
    return None if folder.name in {"site-packages", "dist-packages"} else folder


def toml(text: str) -> dict[str, Any]:
    """A TOML text as a tree; tomllib.TOMLDecodeError (a ValueError) when it is none."""
    import tomllib  # noqa: PLC0415 - 10 ms that importing the kernel should not cost

    return tomllib.loads(text)

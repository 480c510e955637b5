"""What took long to find out, kept in the user's cache folder: may be lost at any time, and is then found out anew.

Without such a folder, or a right to write there, nothing is kept and nothing is wrong. No network, no facts of people.
"""

from __future__ import annotations

import os
from pathlib import Path


def kept(name: str) -> str | None:
    """A text as it was kept; None where it is not there, or can't be read."""
    try:
        return (_folder() / name).read_text("utf-8")
    except (ImportError, OSError, ValueError):
        return None


def keep(name: str, text: str) -> None:
    """Keep a text whole or not at all, whoever else does so meanwhile."""
    try:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"{name}.{os.getpid()}"
        fresh.write_text(text, "utf-8")
        fresh.replace(folder / name)
    except (ImportError, OSError, RuntimeError):
        return


def _folder() -> Path:
    """ImportError where the library that knows the folder is missing, as in LibreOffice."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - not everywhere, and 3 ms

    return user_cache_path("hqs-xl", appauthor=False)

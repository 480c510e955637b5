"""Closed .ods files to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.closed.beside import Beside
from hqs_xl.hosts.files import LIMITS, Limits
from hqs_xl.hosts.ods import OdsBook

if TYPE_CHECKING:
    from pathlib import Path


class ClosedOds(OdsBook):
    """A closed .ods, read and never edited. Raises ``UnusableFile``."""

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        super().__init__(path, limits)
        self.beside = Beside(path.parent)

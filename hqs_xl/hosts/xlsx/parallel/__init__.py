"""The rows of big sheets read and answered in several worker processes.

An editor is given a ``WorkerPool`` as its ``executor``; without one it does everything itself, and nothing here is
imported. The rows written are the same either way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts import face

if TYPE_CHECKING:
    from hqs_xl.hosts.xlsx.parallel.pool import WorkerPool

__all__ = ["BIG_SHEET", "WorkerPool"]

# Sheets of so many bytes are worth the start of worker processes, which takes as long as some thousand rows.
BIG_SHEET = 16 << 20

if not TYPE_CHECKING:
    __getattr__ = face(__name__, {"WorkerPool": "pool"})

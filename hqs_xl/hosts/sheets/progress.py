"""How much of a sheet is done, told in steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# A caller's progress bar needs no more than a hundred steps.
STEP = 0.01


class Progressing(Protocol):
    """What is done by and by."""

    @property
    def share(self) -> float:
        """The share done, 0 to 1."""


class Steps:
    """Tells a caller the share done, 0 to 1, now and then; nobody where there is none."""

    def __init__(self, tell: Callable[[float], None] | None) -> None:
        self._tell, self._told = tell, 0.0

    def at(self, share: float) -> None:
        """So much is done."""
        if self._tell is not None and share - self._told >= STEP:
            self._told = share
            self._tell(share)

    def end(self) -> None:
        """All is done."""
        if self._tell is not None:
            self._tell(1.0)


def told(chunks: Iterable[bytes], done: Progressing, tell: Callable[[float], None] | None) -> Iterator[bytes]:
    """The chunks of a part; after each of them, what is done is told."""
    steps = Steps(tell)
    for chunk in chunks:
        yield chunk
        steps.at(done.share)
    steps.end()

"""The text of an element, as the parser gives it piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.package.zip_guard import GuardedZip


class Text:
    """The text of one element, in the pieces the parser gives."""

    __slots__ = ("_package", "_part", "limits", "parts")

    def __init__(self, package: GuardedZip, part: str) -> None:
        self._package = package
        self._part = part
        self.limits = package.limits
        self.parts: list[str] = []

    def whole(self) -> str:
        """The text gathered so far."""
        parts = self.parts
        text = parts[0] if len(parts) == 1 else "".join(parts)
        if len(text) > self.limits.text:
            raise self.fault("bomb")
        return text

    def settle(self, *, gathering: bool) -> None:
        """Keep nothing between two chunks but the text of an element still open."""
        self.parts[:] = [self.whole()] if gathering else []

    def fault(self, code: str) -> UnusableFile:
        """The error to raise about this part."""
        return self._package.refusal(code, part=self._part)

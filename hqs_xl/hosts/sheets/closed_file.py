"""A closed file that holds sheets, open as long as it is read."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hqs_xl.hosts.package.zip_guard import GuardedZip

Package = TypeVar("Package", bound="GuardedZip")
Kept = TypeVar("Kept")


class ClosedFile(Generic[Package]):
    """What readers of any format have in common. Used in a ``with`` statement, it is closed at its end."""

    name: str
    date1904: bool
    sheets: tuple[str, ...]
    _package: Package

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; reading from it is over."""
        self._package.close()

    @contextmanager
    def _opening(self) -> Iterator[None]:
        """Closes the file where it turns out to be none of ours."""
        try:
            yield
        except BaseException:
            self.close()
            raise

    def _of_sheet(self, sheet: str, known: Mapping[str, Kept]) -> Kept:
        """What is known of a sheet. Raises UnusableFile where there is none such."""
        try:
            return known[sheet]
        except KeyError:
            raise self._package.refusal("no_sheet", sheet=sheet, known=", ".join(self.sheets)) from None

"""Packages that can be read, but not changed without loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.package.opc import Package

_SIGNATURES = "_xmlsignatures/"


def unchangeable(package: Package) -> UnusableFile | None:
    """Why a package can't be changed; None where it can."""
    for name in (info.orig_filename for info in package.infos):
        if name.casefold().startswith(_SIGNATURES):
            return package.refusal("signed")
        if "\\" in name:  # nobody knows how all programs take names of both kinds side by side
            return package.refusal("backslashes", member=name)
    return None

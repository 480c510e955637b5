"""What ``hqs-xl build`` makes: the workbooks HR opens, with people and empty, and the add-in for LibreOffice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, NamedTuple

from hqs_xl.hosts.calc.package import FILE, package
from hqs_xl.hosts.files import Fingerprint, reserved, save
from hqs_xl.whole_file import in_temporary_folder, write_whole

NAME = "hqs_roster"
# To begin with, for people without Python: beside the workbook with invented people, and without macros.
EMPTY = "hqs_roster_empty.xlsx"
WORKBOOKS = (f"{NAME}.xlsm", f"{NAME}.xlsx", EMPTY)


class Product(NamedTuple):
    """Where it is, and the copy of a workbook that was there before, for somebody may have typed in it."""

    file: Path
    backup: Path | None = None


def make_products(
    folder: Path, lang: str, stamp: datetime, *, demo: bool, progress: Callable[[float], None], also: Iterable[str] = ()
) -> list[Product]:
    """Write them into a folder. ``stamp`` names the copies of what is there, ``demo``: with invented people.

    ``also``: workbooks that are to follow. Raises HqsError, before any is written, when one of those names is open
    or can't be written.
    """
    from hqs_xl.template.build import build  # noqa: PLC0415 - needs libraries that are looked for before

    folder.mkdir(parents=True, exist_ok=True)
    for name in (*WORKBOOKS, *also):
        with reserved(folder / name):
            pass
    products = []
    for done, name in enumerate(WORKBOOKS, 1):
        with in_temporary_folder(), TemporaryDirectory() as elsewhere:
            made = Path(elsewhere) / name
            build(made, lang=lang, demo=demo and name != EMPTY, macros=name.endswith(".xlsm"))
            content = made.read_bytes()
        products.append(put(folder / name, content, stamp))
        progress(done / len(WORKBOOKS))
    write_whole(folder / FILE, package())
    return [*products, Product(folder / FILE)]


def put(target: Path, content: bytes, stamp: datetime) -> Product:
    """Put a workbook in its place, whole, after a dated copy of another that is there. Raises HqsError."""
    with in_temporary_folder(), TemporaryDirectory() as elsewhere:
        made = Path(elsewhere) / target.name
        made.write_bytes(content)
        with reserved(target):
            saved = save(made, lambda file: _write(file, content), seen=Fingerprint.of(made), stamp=stamp, out=target)
    return Product(target, saved.backup)


def _write(file: BinaryIO, content: bytes) -> None:
    file.write(content)

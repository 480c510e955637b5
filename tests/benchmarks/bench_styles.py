"""``python -m tests.benchmarks.bench_styles``: the peak memory of a refresh of workbooks with 21 MB of formats.

A demo roster whose part of formats is filled up with cell formats, named styles or fonts, no two of them alike, as
workbooks have them that were copied from one another for years. Wanted: at most 200 MiB.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from hqs_xl.demo.roster_file import write_demo
from tests.benchmarks.bench_refresh import measured
from tests.benchmarks.big_roster import AS_OF

if TYPE_CHECKING:
    from collections.abc import Callable

WANTED = 21_000_000  # bytes of the part
STYLES = "xl/styles.xml"
REFRESH = f"""
import sys; from hqs_xl.cli.program import main
assert main(['refresh', sys.argv[1], '--as-of', '{AS_OF}', '--add-columns', '--findings-sheet']) < 2
"""
FLAGS = " ".join(f'apply{word}="1"' for word in ("NumberFormat", "Font", "Fill", "Border", "Alignment", "Protection"))


def cell_format(number: int) -> str:
    """A format nobody else has: its alignment and rotation say its number."""
    aligned = f'horizontal="left" vertical="center" textRotation="{number % 180}" indent="{number // 180}"'
    return (
        f'<xf numFmtId="{14 if number % 3 else 0}" fontId="0" fillId="0" borderId="0" xfId="0" {FLAGS}>'
        f'<alignment {aligned} wrapText="1" readingOrder="1"/><protection locked="0" hidden="0"/></xf>'
    )


def named_style(number: int) -> str:
    """A named style, of which workbooks gather many."""
    return f'<cellStyle name="Normal {number}" xfId="0" customBuiltin="0"/>'


def font(number: int) -> str:
    """A font of its own size."""
    return f'<font><sz val="{8 + number / 1000}"/><color theme="1"/><name val="Calibri"/><family val="2"/></font>'


KINDS: dict[str, tuple[str, Callable[[int], str]]] = {
    "cell formats": ("cellXfs", cell_format),
    "named styles": ("cellStyles", named_style),
    "fonts": ("fonts", font),
}


def fill(source: Path, target: Path, name: str, item: Callable[[int], str]) -> int:
    """A workbook copied with one list of its formats filled up; how many it has now."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            data = old.read(member)
            if member == STYLES:
                data, count = filled(data.decode(), name, item)
            new.writestr(member, data)
    return count


def filled(text: str, name: str, item: Callable[[int], str], size: int = WANTED) -> tuple[bytes, int]:
    """A part with one list filled up until it has so many bytes, and how many the list holds."""
    count = int(re.search(f'<{name} count="([0-9]+)"', text)[1])  # type: ignore[index]
    added: list[str] = []
    left = size - len(text)
    while left > 0:
        added.append(item(len(added)))
        left -= len(added[-1])
    text = text.replace(f'<{name} count="{count}"', f'<{name} count="{count + len(added)}"', 1)
    return text.replace(f"</{name}>", f"{''.join(added)}</{name}>", 1).encode(), count + len(added)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        plain, file = Path(folder) / "plain.xlsx", Path(folder) / "filled.xlsx"
        write_demo(plain, AS_OF, 64)
        seconds, _, peak = measured(REFRESH, plain)
        print(f"{'no more than it has':24} {'':7}     {seconds:5.1f} s {peak:5} MiB peak")
        for kind, (name, item) in KINDS.items():
            count = fill(plain, file, name, item)
            seconds, _, peak = measured(REFRESH, file)
            print(f"21 MB of {kind:15} {count:7} of them {seconds:5.1f} s {peak:5} MiB peak")


if __name__ == "__main__":
    main()

"""``python -m tests.benchmarks.bench_refresh [PEOPLE] [--full]``: a refresh of a closed workbook, time and memory.

By default 100,000 people in 40 columns: the refresh, and a second one that changes nothing, beside openpyxl's load and
save of the same file. With ``--full`` a full sheet, beside zlib inflating and deflating the same bytes at level 6,
which any program has to do that writes the sheet anew. Every run is a process of its own on a fresh copy, in turns.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from hqs_xl.roster.columns import FULL_SHEET
from tests.benchmarks.bench_check import run
from tests.benchmarks.big_roster import AS_OF, COLUMNS, write_roster

ROUNDS = 3
REFRESH = f"""
import sys; from hqs_xl.cli.program import main
assert main(['refresh', sys.argv[1], '--as-of', '{AS_OF}']) < 2
"""
OPENPYXL = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[1])"
ZLIB = """
import sys, zipfile, zlib
with zipfile.ZipFile(sys.argv[1]) as source:
    for name in source.namelist():
        pressed = zlib.compressobj(6, zlib.DEFLATED, -15)
        with source.open(name) as part:
            while chunk := part.read(1 << 16):
                pressed.compress(chunk)
        pressed.flush()
"""


def measured(code: str, file: Path) -> tuple[float, float, int]:
    """Seconds, seconds of work of all cores (which a busy machine changes less), and peak MiB of a process."""
    before = getrusage(RUSAGE_CHILDREN)
    seconds, peak = run(code, file)
    after = getrusage(RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("people", nargs="?", type=int, default=100_000)
    parser.add_argument("--full", action="store_true", help="a full sheet; takes minutes")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    people = FULL_SHEET if options.full else options.people
    base = ("zlib, inflate + deflate 6", ZLIB) if options.full else ("openpyxl loads and saves", OPENPYXL)
    with tempfile.TemporaryDirectory() as folder:
        source, refreshed = Path(folder) / "source.xlsx", Path(folder) / "refreshed.xlsx"
        write_roster(source, people)
        runs: dict[str, list[tuple[float, float, int]]] = {base[0]: [], "refresh": [], "refresh, no change": []}
        for _ in range(options.rounds):
            for name, code in (base, ("refresh", REFRESH)):
                shutil.copyfile(source, refreshed)
                runs[name].append(measured(code, refreshed))
            runs["refresh, no change"].append(measured(REFRESH, refreshed))
        print(
            f"{people} people, {len(COLUMNS)} columns, {source.stat().st_size / 2**20:.1f} MiB, refreshed "
            f"{refreshed.stat().st_size / 2**20:.1f} MiB; medians of {options.rounds} alternating runs"
        )
        first = [median(run[place] for run in runs[base[0]]) for place in (0, 1)]
        for name, results in runs.items():
            seconds, work = (median(run[place] for run in results) for place in (0, 1))
            print(
                f"{name:26} {seconds:7.1f} s  {seconds / first[0]:5.2f} of the first  {work:7.1f} s of work  "
                f"{work / first[1]:5.2f} of the first  {max(run[2] for run in results):6} MiB peak"
            )


if __name__ == "__main__":
    main()

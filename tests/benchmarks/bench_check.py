"""``python -m tests.benchmarks.bench_check [PEOPLE]``: a check of a roster, its time and peak memory.

Each run is a process of its own; the time of reading the same sheet alone, with openpyxl and with our reader, stands
beside it, so that the figures can be compared on a machine whose speed drifts.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 3
READ_OPENPYXL = """
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True):
    for row in sheet.iter_rows(values_only=True, max_row=1048576): pass
"""
READ = """
import sys, pathlib
from hqs_xl.hosts.closed import ClosedBook
with ClosedBook(pathlib.Path(sys.argv[1])) as book:
    for sheet in book.sheets:
        for row in book.rows(sheet): pass
"""
CHECK = "import sys; from hqs_xl.cli.program import main; main(['check', sys.argv[1], '--json'])"
PEAK = "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)"


def run(code: str, file: Path) -> tuple[float, int]:
    """Seconds and peak MiB of a process."""
    began = perf_counter()
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code + PEAK, str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    return perf_counter() - began, int(done.stderr.split()[-1])


def main() -> None:
    """Print the table."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        write = "import sys; from hqs_xl.cli.program import main; main(['demo', sys.argv[1], '--people', sys.argv[2]])"
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", write, folder, str(people)], stdout=subprocess.DEVNULL, check=True
        )
        file = Path(folder) / "demo_roster.xlsx"
        codes = {"openpyxl reads": READ_OPENPYXL, "hqs_xl reads": READ, "hqs-xl check --json": CHECK}
        runs: dict[str, list[tuple[float, int]]] = {name: [] for name in codes}
        for _ in range(ROUNDS):
            for name, code in codes.items():
                runs[name].append(run(code, file))
        base = median(seconds for seconds, _ in runs["openpyxl reads"])
        print(f"{people} people, {file.stat().st_size / 2**20:.1f} MiB; medians of {ROUNDS} alternating runs")
        for name, results in runs.items():
            seconds, peak = median(one for one, _ in results), max(one for _, one in results)
            print(f"{name:22} {seconds:7.1f} s  {seconds / base:5.2f} of openpyxl's reading  {peak:6} MiB peak")


if __name__ == "__main__":
    main()

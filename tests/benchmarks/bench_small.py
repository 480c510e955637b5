"""``python -m tests.benchmarks.bench_small --before PATH``: small workbooks, against openpyxl and an earlier build.

PATH is a checkout of the earlier build, such as ``git worktree add /tmp/before 3a435eb`` makes. Every run is a process
of its own, in turns, on fresh copies; each file of a folder holds other people. The figures are medians of its seconds
of work (which a busy machine changes less than those of a clock), and all that count are ratios.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter

from tests.benchmarks.other_people import with_other_people

HERE = Path(__file__).parents[2]
AS_OF, LATER = "2026-11-22", "2026-12-22"
OPENPYXL = """
import sys, pathlib, openpyxl
for file in pathlib.Path(sys.argv[1]).glob("*.xlsx"): openpyxl.load_workbook(file).save(file)
"""
PEAK = """
import resource, sys; from hqs_xl.cli import main
main(sys.argv[1:]); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
"""
# Each runs in a folder of its own with so many copies of a workbook, and comes to seconds of work and of the clock.
Timed = tuple[float, float]
# The sheets of people, of salary notices and of documents.
TYPED_IN_BUILT = frozenset(f"xl/worksheets/sheet{number}.xml" for number in (2, 3, 4))
TYPED_IN_DEMO = frozenset(f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3))


class Bench:
    """Runs things in turns; ``folder`` is where compiled modules and copies are kept."""

    def __init__(self, folder: Path, rounds: int) -> None:
        self.folder, self.rounds = folder, rounds
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        self.environment = kept | {"PYTHONPYCACHEPREFIX": str(folder / "pyc"), "XDG_CACHE_HOME": str(folder / "cache")}

    def run(self, tree: Path, *line: str) -> Timed:
        """A Python process in a checkout."""
        before, began = getrusage(RUSAGE_CHILDREN), perf_counter()
        done = subprocess.run(  # noqa: S603 - our own lines
            [sys.executable, *line], cwd=tree, env=self.environment, capture_output=True, text=True, check=False
        )
        seconds, after = perf_counter() - began, getrusage(RUSAGE_CHILDREN)
        if done.returncode > 1:
            raise SystemExit(done.stderr)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, seconds

    def command(self, tree: Path, *line: str) -> Timed:
        """A command of a checkout."""
        return self.run(tree, "-m", "hqs_xl", *line)

    def in_turns(self, works: Mapping[str, Callable[[], Timed]]) -> dict[str, list[Timed]]:
        """The runs of each work; a first one of each, that compiles modules, does not count."""
        for work in works.values():
            work()
        found: dict[str, list[Timed]] = {name: [] for name in works}
        for _ in range(self.rounds):
            for name, work in works.items():
                found[name].append(work())
        return found

    def rosters(self, name: str, source: Path, files: int, typed: Collection[str]) -> Path:
        """A folder of rosters with other people in each, refreshed once; ``typed`` as in ``with_other_people``."""
        target = self.folder / name
        target.mkdir()
        for number in range(files):
            with_other_people(source, target / f"{number:04}.xlsx", number, typed)
        self.command(HERE, "refresh", str(target), "--as-of", AS_OF, "--backups", "0")
        return target

    def copies(self, name: str, source: Path) -> Callable[[], str]:
        """Makes a fresh copy of a folder each time it is called."""

        def make() -> str:
            target = self.folder / name
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target)
            return str(target)

        return make


def told(name: str, runs: Mapping[str, list[Timed]], clock: bool = False) -> None:
    """A line: how many times longer the first takes than the last; ``clock``: by the clock, not by work."""
    first, *_, last = runs.values()
    ratios = [one[clock] / other[clock] for one, other in zip(first, last, strict=True)]
    print(f"{name:58} {median(ratios):6.2f} times   (run by run {min(ratios):.2f}-{max(ratios):.2f})")


def of_folders(bench: Bench, source: Path, name: str) -> None:
    """A folder refreshed in one process, against openpyxl's load and save of it."""
    refreshed, plain = bench.copies("refreshed", source), bench.copies("plain", source)
    how = ("--jobs", "1", "--backups", "0")
    for day, what in ((AS_OF, "nothing changes"), (LATER, "everything written")):
        works: dict[str, Callable[[], Timed]] = {
            "openpyxl": lambda: bench.run(HERE, "-c", OPENPYXL, plain()),
            "ours": partial(lambda day: bench.command(HERE, "refresh", refreshed(), "--as-of", day, *how), day),
        }
        told(f"{name}, {len([*source.iterdir()])} files, {what}: openpyxl", bench.in_turns(works))


def of_processes(bench: Bench, source: Path) -> None:
    """Two processes against one, by the clock."""
    folder = bench.copies("refreshed", source)
    how = ("--as-of", AS_OF, "--backups", "0", "--jobs")
    works = {
        jobs: partial(lambda jobs: bench.command(HERE, "refresh", folder(), *how, jobs), jobs) for jobs in ("1", "2")
    }
    told(f"{len([*source.iterdir()])} files, --jobs 2: --jobs 1", bench.in_turns(works), clock=True)


def of_commands(bench: Bench, before: Path, files: dict[Path, Path]) -> None:
    """Commands of one file against the same of the earlier build."""
    for line in (
        ("refresh", "FILE", "--as-of", AS_OF),
        ("check", "FILE", "--as-of", AS_OF),
        ("due", "FILE", "--as-of", AS_OF),
        ("explain", "permit.renewal", "2026-03-31"),
        ("explain", "permit.renewal", "2029-03-31"),
    ):
        works = {
            tree.name: partial(bench.command, tree, *(one.replace("FILE", str(files[tree])) for one in line))
            for tree in (before, HERE)
        }
        told(f"{' '.join(line[:1] + line[2:])}: the build before", bench.in_turns(works))


def of_memory(bench: Bench, trees: dict[Path, Path]) -> None:
    """The peak of a refresh of one file."""
    for tree, file in trees.items():
        done = subprocess.run(  # noqa: S603 - our own lines
            [sys.executable, "-c", PEAK, "refresh", str(file), "--as-of", AS_OF],
            cwd=tree,
            env=bench.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        print(f"{'peak memory of refresh, ' + tree.name:58} {done.stderr.split()[-1]:>6} MiB")


def refreshed_copy(bench: Bench, tree: Path, name: str) -> Path:
    """The built workbook of a checkout, refreshed once."""
    file = bench.folder / name
    shutil.copyfile(tree / "workbook" / "hqs_roster.xlsx", file)
    bench.command(tree, "refresh", str(file), "--as-of", AS_OF, "--backups", "0")
    return file


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path, help="a checkout of the earlier build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--files", type=int, default=60, help="in a folder; of demo rosters thrice and a third as many")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), options.rounds)
        built = refreshed_copy(bench, HERE, "built.xlsx")
        bench.command(HERE, "demo", name, "--people", "100", "--as-of", AS_OF)
        demo = Path(name) / "demo_roster.xlsx"
        workbooks = bench.rosters("workbooks", built, options.files, TYPED_IN_BUILT)
        demos = bench.rosters("demos", demo, options.files * 10 // 3, TYPED_IN_DEMO)
        of_folders(bench, workbooks, "the built workbook")
        of_folders(bench, demos, "a demo roster of 100")
        of_processes(bench, workbooks)
        files = {HERE: built}
        if options.before:
            files = {options.before: refreshed_copy(bench, options.before, "before.xlsx"), **files}
            of_commands(bench, options.before, files)
        of_memory(bench, files)


if __name__ == "__main__":
    main()

"""How fast the law's kernel is: ``python -m tests.benchmarks.bench_law``.

Everything is measured in one run, in turns, and shown as a median with its ratio to what it stands against: absolute
figures belong to the machine, ratios travel.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import holidays

from hqs_xl.law import RUSSIA, deadlines, due

ROOT = Path(__file__).parents[2]
ROUNDS, IMPORT_RUNS = 9, 15
DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range(1000)]
RULES = ("permit.decision", "permit.renewal", "registration.entry", "notice.concluded", "notice.salary")


def in_turns(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median seconds of each work, all of them taking turns so that a busy moment hits them alike."""
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            began = perf_counter()
            work()
            seconds[name].append(perf_counter() - began)
    return {name: median(taken) for name, taken in seconds.items()}


def adding() -> dict[str, float]:
    """Seconds a call of adding 7 working days: ours, and the holidays library's."""
    library: Any = holidays.country_holidays("RU", years=range(2023, 2029))
    add, nth = RUSSIA.add, library.get_nth_working_day

    def ours() -> None:
        for day in DAYS:
            add(day, 7)

    def theirs() -> None:
        for day in DAYS:
            nth(day, 7)

    wrong = sum(add(day, 7) != nth(day, 7) for day in DAYS)
    if wrong:
        raise SystemExit(f"the two disagree on {wrong} days: nothing to compare")
    return {name: taken / len(DAYS) for name, taken in in_turns({"ours": ours, "theirs": theirs}, ROUNDS).items()}


def falling_due() -> dict[str, float]:
    """Seconds a call of due: when first asked, and when asked again."""

    def ask() -> None:
        for rule in RULES:
            for day in DAYS:
                due(rule, day)

    def first() -> None:
        deadlines._due.cache_clear()
        ask()

    taken = in_turns({"first": first, "again": ask}, ROUNDS)
    return {name: seconds / len(DAYS) / len(RULES) for name, seconds in taken.items()}


def importing() -> dict[str, float]:
    """Seconds of an interpreter that does nothing, of one that imports the kernel, and of one that asks it once.

    The children compile to a folder of their own first, so that none of the timed runs does.
    """
    asked = "from datetime import date; from hqs_xl.law import due; due('permit.renewal', date(2026, 3, 31))"
    codes = {"bare": "pass", "import": "import hqs_xl.law", "asked": asked}
    with tempfile.TemporaryDirectory() as compiled:
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment = kept | {"PYTHONPYCACHEPREFIX": compiled}

        def child(code: str) -> Callable[[], object]:
            line = [sys.executable, "-c", code]
            return lambda: subprocess.run(line, cwd=ROOT, env=environment, check=True)  # noqa: S603 - our own lines

        works = {name: child(code) for name, code in codes.items()}
        for work in works.values():
            work()
        return in_turns(works, IMPORT_RUNS)


def main() -> None:
    """Print one line for each figure, with its ratio to what it stands against."""
    add, ask, start = adding(), falling_due(), importing()
    micro, milli = 1e6, 1e3
    rows = [
        ("add 7 working days, a call", add["ours"] * micro, "us", "", ""),
        ("  holidays.get_nth_working_day", add["theirs"] * micro, "us", add["theirs"] / add["ours"], "of add"),
        ("due, first asked, a call", ask["first"] * micro, "us", ask["first"] / add["ours"], "of add"),
        ("due, asked again, a call", ask["again"] * micro, "us", ask["again"] / add["ours"], "of add"),
        ("bare interpreter", start["bare"] * milli, "ms", "", ""),
        ("  import hqs_xl.law", start["import"] * milli, "ms", start["import"] / start["bare"], "of bare"),
        ("  import and one deadline", start["asked"] * milli, "ms", start["asked"] / start["bare"], "of bare"),
    ]
    for name, figure, unit, ratio, against in rows:
        shown = f"{ratio:8.2f} {against}" if ratio else ""
        sys.stdout.write(f"{name:34}{figure:9.2f} {unit}  {shown}".rstrip() + "\n")


if __name__ == "__main__":
    main()

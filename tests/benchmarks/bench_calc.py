"""``python -m tests.benchmarks.bench_calc``: HQS_NOTICE_DUE in LibreOffice against its own WORKDAY, side by side.

10,000 rows each in documents of their own, recalculated in turn: per cell, and as one range. WORKDAY counts three days
over a list of all weekdays off of the decreed years, as it has to, to come near: it can't know a working Saturday. It
takes no range of days, so that one range of ours is held against its 10,000 cells. Wanted: at most 1.5 times its time
per cell, less as a range. The first recalculation stands apart: in later ones our answers are remembered.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from hqs_xl.law import RUSSIA
from hqs_xl.law.decrees import days_of, table
from tests.calc.extension import unpacked
from tests.calc.office import Office, missing

ROWS = 10_000
ROUNDS = 9
SATURDAY = 5
KINDS = {
    "WORKDAY, cells": ("=WORKDAY(A{row};3;$D$1:$D${holidays})", False),
    "HQS_NOTICE_DUE, cells": ("=HQS_NOTICE_DUE(A{row})", False),
    "HQS_NOTICE_DUE, one range": ("=HQS_NOTICE_DUE(A1:A{rows})", True),
}


def holidays() -> list[str]:
    """The weekdays off of all decreed years."""
    days = [day for year in table() for day in days_of(year)]
    return [day.isoformat() for day in days if day.weekday() < SATURDAY and not RUSSIA.is_working(day)]


def measured(folder: Path) -> tuple[Any, Any]:
    """Seconds of the first recalculation of each kind, and of the later ones in turn."""
    with Office(folder, unpacked(folder / "extensions")) as office:
        found = office.run(
            "tests.calc.timing",
            "recalculations",
            kinds=list(KINDS.values()),
            rows=ROWS,
            holidays=holidays(),
            rounds=ROUNDS,
        )
    return found["first"], found["later"]


def main() -> None:
    """Print the figures."""
    if missing():
        sys.exit(missing())
    with tempfile.TemporaryDirectory() as folder:
        first, later = measured(Path(folder))
    own = median(run[0] for run in later)
    print(f"{ROWS} rows recalculated in LibreOffice, medians of {ROUNDS} runs in turn; {len(holidays())} holidays")
    for place, name in enumerate(KINDS):
        seconds = median(run[place] for run in later)
        ratios = [run[place] / run[0] for run in later]
        print(
            f"  {name:26} {seconds:.3f} s, {seconds / own:.2f} times WORKDAY"
            f" (run by run {min(ratios):.2f}-{max(ratios):.2f}); first {first[place]:.3f} s"
        )


if __name__ == "__main__":
    main()

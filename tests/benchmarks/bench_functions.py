"""``python -m tests.benchmarks.bench_functions``: what the cell functions cost over xlwings' own conversion.

A column through the real CallUDF, against an identity function registered the same way, side by side in one run; one
cell likewise; and the import against xlwings' own, as processes of their own in turn.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import types
from collections.abc import Callable
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from tests.functions.com_host import MODULE, load

ROWS = 100_000
ROUNDS = 9
IDENTITY = "identity_module"


def timed(call: Callable[[], Any]) -> float:
    """Seconds of a call."""
    began = perf_counter()
    call()
    return perf_counter() - began


def identity_module() -> None:
    """A module with an identity function, registered with xlwings as ours are."""
    import xlwings as xw  # noqa: PLC0415

    def identity(value: Any) -> Any:
        return value

    module = types.ModuleType(IDENTITY)
    module.__file__ = __file__
    registered = xw.ret(date_format="yyyy-mm-dd")(identity)
    module.identity = xw.func(xw.arg("value", ndim=2, err_to_str=True)(registered))  # type: ignore[attr-defined]
    sys.modules[IDENTITY] = module


def columns() -> dict[str, tuple[Any, ...]]:
    """Columns as COM delivers them: few different days, all different days, serial numbers, texts."""
    chance = random.Random(1)  # noqa: S311
    first = datetime(2010, 1, 1)
    days = [first + timedelta(days=chance.randrange(6500)) for _ in range(ROWS)]
    return {
        "dates of 18 years": tuple((day,) for day in days),
        "dates of one year": tuple((first + timedelta(days=5000 + n % 365),) for n in range(ROWS)),
        "serial numbers": tuple((float(40179 + (n * 7919) % 6500),) for n in range(ROWS)),
        "ISO texts": tuple((day.date().isoformat(),) for day in days),
    }


def bench_columns(server: Any) -> None:
    """Microseconds a date over identity, for each kind of column, the first call and later ones."""
    print(f"{ROWS} cells through CallUDF, medians of {ROUNDS} alternating runs; microseconds a cell")
    for name, column in columns().items():

        def ours(column: Any = column) -> Any:
            return server.CallUDF(MODULE, "HQS_RENEWAL_DUE", (column, None), None, None)

        def identity(column: Any = column) -> Any:
            return server.CallUDF(IDENTITY, "identity", (column,), None, None)

        cold = timed(ours)
        runs = [(timed(identity), timed(ours)) for _ in range(ROUNDS)]
        base, own = (median(run[i] for run in runs) / ROWS * 1e6 for i in (0, 1))
        print(
            f"  {name:18} identity {base:6.2f}  HQS_RENEWAL_DUE {own:6.2f}  more {own - base:+6.2f}"
            f"  (first call {cold / ROWS * 1e6:6.2f})  ratio {own / base:5.2f}"
        )


def bench_cell(server: Any) -> None:
    """Microseconds of one cell over identity."""
    day = datetime(2026, 3, 16)
    count = 2_000
    calls = ((IDENTITY, "identity", (day,)), (MODULE, "HQS_RENEWAL_DUE", (day, None)))

    def run(module: str, name: str, arguments: tuple[Any, ...]) -> float:
        return timed(lambda: [server.CallUDF(module, name, arguments, None, None) for _ in range(count)])

    runs = [[run(*call) for call in calls] for _ in range(ROUNDS)]
    base, own = (median(one[i] for one in runs) / count * 1e6 for i in (0, 1))
    print(f"one cell: identity {base:.1f} us, HQS_RENEWAL_DUE {own:.1f} us, more {own - base:+.1f} us")


def bench_import() -> None:
    """Milliseconds of importing the functions over importing xlwings, and of xlwings over nothing."""
    with tempfile.TemporaryDirectory() as cache:
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = cache
        codes = ("pass", "import xlwings", "import hqs_xl.functions")

        def run(code: str) -> float:
            return timed(lambda: subprocess.run([sys.executable, "-c", code], env=environment, check=True))  # noqa: S603

        for code in codes:
            run(code)
        runs = [[run(code) * 1e3 for code in codes] for _ in range(15)]
    nothing, xlwings, ours = (median(run[i] for run in runs) for i in range(3))
    print(
        f"import: python {nothing:.0f} ms, xlwings {xlwings:.0f} ms, hqs_xl.functions {ours:.0f} ms,"
        f" more than xlwings {ours - xlwings:+.0f} ms"
    )


def main() -> None:
    """Print the figures."""
    com_server, _ = load()
    server = com_server.XLPython()
    identity_module()
    bench_columns(server)
    bench_cell(server)
    bench_import()


if __name__ == "__main__":
    main()

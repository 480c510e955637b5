"""Inside LibreOffice's Python: calls what the tests ask for, ``python -m tests.calc.inside PIPE``.

Reads one JSON line a call, [module, function, arguments], and answers one: {"answer": ...} or {"error": traceback}.
At the end of its input it ends LibreOffice.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
import traceback
from contextlib import suppress
from typing import Any

import uno
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

# A fresh profile with an extension takes a few seconds.
PATIENCE = 90


def context() -> Any:
    """The component context of the LibreOffice that listens at the pipe of this process."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(PATIENCE * 10):
        try:
            return resolver.resolve(f"uno:pipe,name={sys.argv[1]};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
    raise TimeoutError("LibreOffice does not answer")


def service(name: str) -> Any:
    """A service of that LibreOffice."""
    office = context()
    return office.ServiceManager.createInstanceWithContext(name, office)


def answer(office: Any, line: str) -> dict[str, Any]:
    """What a call comes to."""
    module, function, arguments = json.loads(line)
    try:
        return {"answer": getattr(importlib.import_module(module), function)(office, **arguments)}
    except Exception:  # noqa: BLE001 - the test shows it
        return {"error": traceback.format_exc()}


def main() -> None:
    office = service("com.sun.star.frame.Desktop")
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(office, line), default=str) + "\n")
        sys.stdout.flush()
    with suppress(DisposedException):
        office.terminate()


if __name__ == "__main__":
    main()

"""The writer of VBA wrappers in xlwings, run on any platform: ``python -m hqs_xl.template.generator``.

In a process of its own, for xlwings is loaded as on Windows (``on_windows``). Writes one JSON object: the wrappers'
text and the helps xlwings hands to ``MacroOptions``.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from hqs_xl.template.on_windows import imported, put_stand_ins

MODULE = "hqs_xl.functions"


class _Workbook:
    """The little of Excel's workbook that ``import_udfs`` touches."""

    Name = "hqs_roster.xlsm"
    Version = "16.0"

    def __init__(self) -> None:
        self.vba = ""
        self.helps: list[dict[str, Any]] = []
        self.VBProject = self.Application = self.VBComponents = self

    def __call__(self, name: str) -> str:
        return name

    def Remove(self, _component: str) -> None:  # noqa: N802
        """The wrappers of before: there are none."""

    def Import(self, file: str) -> None:  # noqa: N802
        """The wrappers' module, as xlwings wrote it into a file for Excel."""
        self.vba = Path(file).read_text()

    def MacroOptions(self, name: str, **options: Any) -> None:  # noqa: N802
        """The help of one function, its name with the workbook's before it."""
        arguments = options["ArgumentDescriptions"] or []
        self.helps.append({"name": name.rpartition("!")[2], "text": options["Description"], "arguments": arguments})


def main() -> None:
    """Write the wrappers and helps to standard output."""
    put_stand_ins()
    (udfs,), workbook = imported("xlwings.udfs"), _Workbook()
    # Loaded without a workbook, it is not searched for Python code in its sheets; a licence would change the search.
    udfs.__pro__ = False
    udfs.get_udf_module(MODULE, None)
    with contextlib.redirect_stdout(sys.stderr):
        udfs.import_udfs(MODULE, workbook)
    json.dump({"vba": workbook.vba, "helps": workbook.helps}, sys.stdout)


if __name__ == "__main__":
    main()

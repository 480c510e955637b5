"""A folder's workbooks as firms have them: the same layout, and other people in each."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection
from functools import partial
from pathlib import Path
from random import Random

from hqs_xl.demo.names import GIVEN, SURNAMES, demo_id

_ID = re.compile(rb"HQS-([0-9]{5})")
_NAME = re.compile(rf"\b(?:{'|'.join(GIVEN)}) (?:{'|'.join(SURNAMES)})\b".encode())
_ROW = re.compile(rb"<row .*?</row>", re.DOTALL)
# A day that somebody typed, and no formula's.
_DAY = re.compile(rb'(?<="><v>)(4[0-9]{4})(?=</v>)')
# Rows with an id of their own are numbered so far apart.
_PEOPLE = 1_000
_DAYS = 20


def with_other_people(source: Path, target: Path, seed: int, typed: Collection[str]) -> None:
    """A copy of a workbook of the demo's people under other ids and names, each person's days moved by some days.

    ``typed``: the parts of the sheets where people type days.
    """
    random = Random(seed)  # noqa: S311 - the same files every time
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename.endswith(".xml"):
                data = _ID.sub(lambda found: demo_id(int(found[1]) + seed * _PEOPLE).encode(), data)
                data = _NAME.sub(lambda _: f"{random.choice(GIVEN)} {random.choice(SURNAMES)}".encode(), data)
            if info.filename in typed:
                data = _ROW.sub(lambda row: _moved(row[0], random.randint(-_DAYS, _DAYS)), data)
            new.writestr(info, data)


def _moved(row: bytes, days: int) -> bytes:
    return _DAY.sub(partial(_later, days), row)


def _later(days: int, day: re.Match[bytes]) -> bytes:
    return b"%d" % (int(day[1]) + days)

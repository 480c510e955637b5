"""Contents that show whether they are whole, and ``python -m tests.hosts.saver FILE ROUNDS``: kills savers at random.

The savers are forked, so that a round costs milliseconds; each saves the file in a loop until it is killed.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from hqs_xl.hosts.files.saving import Fingerprint, reserved, save

STAMP = datetime(2026, 11, 22, 7, 30)
SIZE = 160_000


def content(number: int) -> bytes:
    """Bytes that end in their own hash."""
    body = random.Random(number).randbytes(SIZE // 10) * 10  # noqa: S311
    return body + hashlib.sha256(body).digest()


def is_whole(found: bytes) -> bool:
    return len(found) == SIZE + 32 and hashlib.sha256(found[:-32]).digest() == found[-32:]


def writer(found: bytes, pieces: int = 8) -> Callable[[BinaryIO], None]:
    """Writes in several goes, as an edit does."""

    def write(file: BinaryIO) -> None:
        step = len(found) // pieces + 1
        for start in range(0, len(found), step):
            file.write(found[start : start + step])
            file.flush()

    return write


def save_once(path: Path, number: int) -> None:
    with reserved(path):
        save(path, writer(content(number)), seen=Fingerprint.of(path), stamp=STAMP, backups=2)


def save_for_ever(path: Path) -> None:
    number = os.getpid() * 1_000_000
    while True:
        number += 1
        save_once(path, number)


def kill_one(path: Path, after: float) -> None:
    child = os.fork()
    if not child:
        try:
            save_for_ever(path)
        finally:
            os._exit(1)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "a saver ended by itself"


def main() -> None:
    """One line: how many of the files seen were whole, how many kills left litter, how many different contents."""
    path, rounds = Path(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(rounds)  # noqa: S311
    took, whole, littered, contents = 0.0, 0, 0, set()
    for done in range(rounds):
        if done % 20 == 0:  # a machine's speed drifts, and the kills are to fall on every step of a save
            began = time.perf_counter()
            save_once(path, -done)
            took = time.perf_counter() - began
        kill_one(path, chance.uniform(0.0, 2.5 * took))
        found = [path.read_bytes(), *(one.read_bytes() for one in (path.parent / "hqs-backups").glob("roster.*"))]
        whole += all(map(is_whole, found))
        contents.add(found[0][-32:])
        littered += any(one.name.startswith(".") for one in path.parent.rglob("*"))
    sys.stdout.write(f"{whole} {littered} {len(contents)}\n")


if __name__ == "__main__":
    main()

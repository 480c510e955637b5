"""What is to be run when, and how a scheduler's own program is asked."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple, Protocol

from hqs_xl.errors import HqsError

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Times(NamedTuple):
    """The local time of day, and the days of the week: 0 is Monday."""

    at: time
    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A command (the program and its arguments), the local time it is run at, and the days: 0 is Monday.

    ``lang``: what the scheduler says of it to people.
    """

    command: tuple[str, ...]
    at: time
    days: tuple[int, ...]
    lang: str = "en"

    @property
    def times(self) -> Times:
        """When it is run."""
        return Times(self.at, self.days)

    @property
    def daily(self) -> bool:
        """Whether it runs every day."""
        return len(self.days) == len(WEEK)


class Scheduler(Protocol):
    """One of the three. It holds at most one plan of ours: a new one takes the old one's place."""

    @property
    def name(self) -> str:
        """How it is asked for: windows, systemd, cron."""

    def available(self) -> bool:
        """Whether this machine has it, working, for this user."""

    def drafted(self, plan: Plan, today: date) -> list[tuple[str, str]]:
        """Where and what would be installed."""

    def install(self, plan: Plan, today: date) -> None:
        """Put the plan in place. Raises HqsError."""

    def installed(self) -> str | None:
        """What is in place, as the scheduler holds it."""

    def times(self, installed: str) -> Times | None:
        """When that runs; None for times which somebody changed to what a plan of ours never holds."""

    def remove(self) -> bool:
        """Take away what is in place; whether anything was."""


def parse_days(text: str) -> tuple[int, ...]:
    """Days from "mon-fri", "mon,wed,fri", "sat-mon" or "daily". Raises ValueError."""
    if text == "daily":
        return tuple(range(len(WEEK)))
    days: set[int] = set()
    for part in text.lower().split(","):
        first, dash, last = (word.strip() for word in part.partition("-"))
        if not {first, last if dash else first} <= set(WEEK):
            raise ValueError(f"no days: {text}")
        start = WEEK.index(first)
        length = (WEEK.index(last) - start) % len(WEEK) if dash else 0
        days |= {(start + step) % len(WEEK) for step in range(length + 1)}
    return tuple(sorted(days))


def parse_time(text: str) -> time:
    """A time of day from "07:30". Raises ValueError."""
    found = re.fullmatch("([01]?[0-9]|2[0-3]):([0-5][0-9])", text)
    if not found:
        raise ValueError(f"no time of day: {text}")
    return time(int(found[1]), int(found[2]))


def ask(program: str, *arguments: str, given: bytes | None = None) -> bytes:
    """What a scheduler's own program answers; HqsError with its complaint when it fails."""
    done = run(program, *arguments, given=given)
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
        raise HqsError("schedule.failed", program=program, said=said[0] if said else f"status {done.returncode}")
    return done.stdout


def run(program: str, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run a scheduler's own program; found on the path by its name, with nothing of the user's in a shell."""
    command: Sequence[str] = [program, *arguments]
    try:
        return subprocess.run(command, input=given or b"", capture_output=True, check=False)  # noqa: S603
    except OSError as fault:
        raise HqsError("schedule.failed", program=program, said=fault) from fault

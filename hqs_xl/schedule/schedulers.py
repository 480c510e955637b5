"""The schedulers there are, and a plan put in place by one of them alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hqs_xl.errors import HqsError
from hqs_xl.schedule.cron import Cron
from hqs_xl.schedule.plan import Plan, Scheduler
from hqs_xl.schedule.systemd import Systemd
from hqs_xl.schedule.windows import Windows

# The first that is there is taken.
SCHEDULERS: tuple[Scheduler, ...] = (Windows(), Systemd(), Cron())


def schedulers(name: str | None = None) -> Sequence[Scheduler]:
    """The one of a name, or all that this machine has."""
    if name:
        return [one for one in SCHEDULERS if one.name == name]
    return [one for one in SCHEDULERS if one.available()]


def scheduler(name: str | None = None) -> Scheduler:
    """The one of a name, or the first that this machine has. Raises HqsError when it has none."""
    found = schedulers(name)
    if not found:
        raise HqsError("schedule.no_scheduler")
    return found[0]


def install(chosen: Scheduler, plan: Plan, today: date) -> None:
    """Put a plan in place, and take away those of the others, or files would be refreshed twice a day."""
    for other in SCHEDULERS:
        if other.name != chosen.name and other.available():
            other.remove()
    chosen.install(plan, today)

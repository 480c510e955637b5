"""cron: a marked block in the user's own crontab; every other line stays as it is."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from datetime import date, time

from hqs_xl.errors import HqsError
from hqs_xl.schedule.plan import WEEK, Plan, Times, ask, run

# Longer commands are refused by the classic cron.
_LONGEST = 998
_FIRST = "# >>> hqs-xl refresh >>>"
_BEGIN = f"{_FIRST} (hqs-xl schedule remove)"
_END = "# <<< hqs-xl refresh <<<"
_LINE = re.compile(r"^([0-5]?[0-9]) ([01]?[0-9]|2[0-3]) \* \* (\*|[0-6](?:,[0-6])*) ", re.MULTILINE)
# Earlier versions said more in the first line.
_BLOCK = re.compile(rf"^{re.escape(_FIRST)}[^\n]*\n.*?^{re.escape(_END)}\n".encode(), re.MULTILINE | re.DOTALL)


class Cron:
    """The user's crontab."""

    name = "cron"

    def available(self) -> bool:
        """Whether there is a crontab to write to."""
        return shutil.which("crontab") is not None

    def drafted(self, plan: Plan, today: date) -> list[tuple[str, str]]:
        """The lines that go into the crontab."""
        del today  # cron knows no first day
        return [("crontab", block(plan))]

    def install(self, plan: Plan, today: date) -> None:
        """Write the crontab with the new block at its end."""
        del today
        others = _BLOCK.sub(b"", _crontab())
        if others and not others.endswith(b"\n"):
            others += b"\n"
        ask("crontab", "-", given=others + block(plan).encode(errors="surrogateescape"))

    def installed(self) -> str | None:
        """Our block."""
        found = _BLOCK.search(_crontab())
        return found[0].decode(errors="surrogateescape") if found else None

    def times(self, installed: str) -> Times | None:
        """What the five fields of its line say."""
        found = _LINE.search(installed)
        if not found:
            return None
        days = range(len(WEEK)) if found[3] == "*" else ((int(day) - 1) % len(WEEK) for day in found[3].split(","))
        return Times(time(int(found[2]), int(found[1])), tuple(sorted(days)))

    def remove(self) -> bool:
        """Write the crontab without our block; an empty one goes."""
        before = _crontab()
        after = _BLOCK.sub(b"", before)
        if after == before:
            return False
        if after:
            ask("crontab", "-", given=after)
        else:
            ask("crontab", "-r")
        return True


def block(plan: Plan) -> str:
    """The lines of a plan: minute, hour, days of the week (0 is Sunday), command."""
    days = "*" if plan.daily else ",".join(str((day + 1) % len(WEEK)) for day in plan.days)
    return f"{_BEGIN}\n{plan.at.minute} {plan.at.hour} * * {days} {_line(plan.command)}\n{_END}\n"


def _line(command: tuple[str, ...]) -> str:
    """The command for sh; cron makes a percent sign a new line unless a backslash stands before it."""
    for word in command:
        if "\n" in word or "\r" in word:
            raise HqsError("schedule.bad_path", path=word.encode("unicode_escape").decode())
    line = shlex.join(command).replace("%", r"\%")
    if len(os.fsencode(line)) > _LONGEST:
        raise HqsError("schedule.too_long", longest=_LONGEST)
    return line


def _crontab() -> bytes:
    """The crontab as it is; none is as good as an empty one."""
    done = run("crontab", "-l")
    if not done.returncode:
        return done.stdout
    if b"no crontab" in done.stderr.lower() or not done.stderr:
        return b""
    raise HqsError("schedule.failed", program="crontab", said=done.stderr.decode(errors="replace").strip())

"""systemd: a timer of the user's own and the service it starts; what was missed while the machine slept is made up."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path

from hqs_xl.schedule.plan import WEEK, Plan, Times, ask, parse_days, parse_time, run
from hqs_xl.texts import say
from hqs_xl.whole_file import write_whole

UNIT = "hqs-xl-refresh"

_MARK = "# hqs-xl schedule install (hqs-xl schedule remove)\n"
_CALENDAR = re.compile(rf"^OnCalendar=((?:{'|'.join(WEEK)}|,)*) ?\*-\*-\* (\S{{5}}):00$", re.MULTILINE | re.IGNORECASE)
_ESCAPED = {"\\": r"\\", '"': r"\"", "%": "%%", "\n": r"\n", "\t": r"\t", "\r": r"\r"}


class Systemd:
    """The user's own systemd."""

    name = "systemd"

    def available(self) -> bool:
        """Whether the user's own systemd answers; in containers and some sessions there is none."""
        return shutil.which("systemctl") is not None and not run("systemctl", "--user", "show-environment").returncode

    def drafted(self, plan: Plan, today: date) -> list[tuple[str, str]]:
        """The two unit files."""
        del today  # a timer knows no first day
        return [(str(path), text) for path, text in units(plan).items()]

    def install(self, plan: Plan, today: date) -> None:
        """Write the units and start the timer."""
        del today
        for path, text in units(plan).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode())
        ask("systemctl", "--user", "daemon-reload")
        ask("systemctl", "--user", "enable", f"{UNIT}.timer")
        ask("systemctl", "--user", "restart", f"{UNIT}.timer")

    def installed(self) -> str | None:
        """The unit files."""
        found = [path.read_text("utf-8") for path in _paths() if path.is_file()]
        return "\n".join(found) or None

    def times(self, installed: str) -> Times | None:
        """What OnCalendar= of the timer says."""
        found = _CALENDAR.search(installed)
        try:
            return Times(parse_time(found[2]), parse_days(found[1] or "daily")) if found else None
        except ValueError:
            return None

    def remove(self) -> bool:
        """Stop the timer and take the units away."""
        found = [path for path in _paths() if path.is_file()]
        if not found:
            return False
        if self.available():
            ask("systemctl", "--user", "disable", "--now", f"{UNIT}.timer")
        for path in found:
            path.unlink()
        if self.available():
            ask("systemctl", "--user", "daemon-reload")
        return True


def units(plan: Plan) -> dict[Path, str]:
    """The service and the timer, by their places."""
    days = "" if plan.daily else ",".join(WEEK[day].capitalize() for day in plan.days) + " "
    service, timer = _paths()
    return {
        service: f"""{_MARK}[Unit]
Description={say("schedule.unit.service", plan.lang)}

[Service]
Type=oneshot
ExecStart={exec_line(plan.command)}
# {say("schedule.unit.status", plan.lang)}
SuccessExitStatus=1
""",
        timer: f"""{_MARK}[Unit]
Description={say("schedule.unit.timer", plan.lang)}

[Timer]
OnCalendar={days}*-*-* {plan.at:%H:%M:%S}
Persistent=true

[Install]
WantedBy=timers.target
""",
    }


def exec_line(command: tuple[str, ...]) -> str:
    """A command as ExecStart= takes it: quoted, and no sign of it a specifier, variable or escape."""
    program, *arguments = map(_quoted, command)
    # Variables are looked for in the arguments only.
    return " ".join([program, *(word.replace("$", "$$") for word in arguments)])


def _quoted(word: str) -> str:
    signs = (_ESCAPED.get(sign) or (sign if sign.isprintable() else _bytes(sign)) for sign in word)
    return f'"{"".join(signs)}"'


def _bytes(sign: str) -> str:
    """A control sign, or a byte of a file's name that is no text."""
    return "".join(f"\\x{byte:02x}" for byte in sign.encode(errors="surrogateescape"))


def _paths() -> tuple[Path, Path]:
    config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    folder = Path(config) / "systemd" / "user"
    return folder / f"{UNIT}.service", folder / f"{UNIT}.timer"

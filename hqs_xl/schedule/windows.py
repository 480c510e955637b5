"""Windows' Task Scheduler: a task in its documented XML ([MS-TSCH] 2.5), brought in by schtasks."""

from __future__ import annotations

import codecs
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path, PureWindowsPath
from xml.sax.saxutils import escape

from hqs_xl.schedule.plan import Plan, Times, ask, parse_time, run
from hqs_xl.texts import say

TASK = "hqs-xl refresh"

_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_STARTS = re.compile(r"<StartBoundary>[-0-9]+T([0-9]{2}:[0-9]{2})")
_ENCODING = "utf-16"


class Windows:
    """The Task Scheduler."""

    name = "windows"

    def available(self) -> bool:
        """Whether this is Windows."""
        return sys.platform == "win32" and shutil.which("schtasks") is not None

    def drafted(self, plan: Plan, today: date) -> list[tuple[str, str]]:
        """The task's XML."""
        return [(f"schtasks /Create /TN {TASK!r}", task(plan, today))]

    def install(self, plan: Plan, today: date) -> None:
        """Bring the task in over one of the same name."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "task.xml"
            file.write_bytes(encoded(task(plan, today)))
            ask("schtasks", "/Create", "/TN", TASK, "/XML", str(file), "/F")

    def installed(self) -> str | None:
        """The task's XML as Windows gives it back."""
        done = run("schtasks", "/Query", "/TN", TASK, "/XML")
        return None if done.returncode else _decoded(done.stdout)

    def times(self, installed: str) -> Times | None:
        """What its one trigger says."""
        found = _STARTS.findall(installed)
        days = [place for place, day in enumerate(_DAYS) if re.search(rf"<{day}\s*/>", installed)]
        return Times(parse_time(found[0]), tuple(days)) if len(found) == 1 and days else None

    def remove(self) -> bool:
        """Delete the task."""
        if self.installed() is None:
            return False
        ask("schtasks", "/Delete", "/TN", TASK, "/F")
        return True


def task(plan: Plan, today: date) -> str:
    """The task's XML: runs as the user, with nobody's password kept, once the user is logged on.

    ``today`` is the first day it may run. What was missed while the machine was off is made up; on battery it runs too.
    """
    days = "".join(f"<{_DAYS[day]} />" for day in plan.days)
    program, *arguments = plan.command
    lines = f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="{_NAMESPACE}">
  <RegistrationInfo>
    <Description>{escape(say("schedule.unit.task", plan.lang))}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{datetime.combine(today, plan.at):%Y-%m-%dT%H:%M:%S}</StartBoundary>
      <ScheduleByWeek>
        <DaysOfWeek>{days}</DaysOfWeek>
        <WeeksInterval>1</WeeksInterval>
      </ScheduleByWeek>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="User">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT2H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="User">
    <Exec>
      <Command>{escape(_without_window(program))}</Command>
      <Arguments>{escape(subprocess.list2cmdline(arguments))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""
    return lines.replace("\n", "\r\n")


def encoded(text: str) -> bytes:
    """As schtasks reads it: UTF-16 with its mark."""
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le")


def _without_window(program: str) -> str:
    """pythonw.exe beside python.exe opens no black window on somebody's screen every morning."""
    path = PureWindowsPath(program)
    quiet = path.with_name("pythonw.exe")
    return str(quiet) if path.name.lower() == "python.exe" and Path(str(quiet)).exists() else program


def _decoded(found: bytes) -> str:
    """What schtasks prints: UTF-16 or the console's own encoding, by its version."""
    if found.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or found[1:2] == b"\0":
        return found.decode(_ENCODING, "replace")
    return found.decode(errors="replace")

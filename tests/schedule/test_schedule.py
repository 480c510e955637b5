"""A refresh every morning, by each of the three schedulers, asked for real where they run."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hqs_xl.cli.program import main
from hqs_xl.errors import HqsError
from hqs_xl.schedule import cron, systemd, windows
from hqs_xl.schedule.plan import Plan, parse_days, parse_time
from tests.roster_files import roster_file, write

# Names HR gives to files and folders, and names nobody should.
ODD = (
    "/srv/Кадры 2026/реестр.xlsx",
    "/srv/100% ready/50%%/a.xlsx",
    '/srv/it\'s "quoted"/a.xlsx',
    "/srv/$HOME/${USER}/$$.xlsx",
    "/srv/back\\slash\\n.xlsx",
    "/srv/ two  spaces /a;b&c|d.xlsx",
    "/srv/*.xlsx",
    "/srv/`id`/$(id).xlsx",
    "/srv/#5/~$x.xlsx",
)
PLAN = Plan(("/opt/my python/bin/python", "-m", "hqs_xl", "refresh", "--", *ODD), time(7, 30), (0, 1, 2, 3, 4))
DAILY = Plan(PLAN.command, time(0, 5), tuple(range(7)))
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("Mon,wed, FRI", (0, 2, 4)),
        ("sat-mon", (0, 5, 6)),
        ("mon-tue,thu-fri", (0, 1, 3, 4)),
        ("sun", (6,)),
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
        ("mon-sun", (0, 1, 2, 3, 4, 5, 6)),
        ("fri-thu", (0, 1, 2, 3, 4, 5, 6)),
    ],
)
def test_days(text: str, days: tuple[int, ...]) -> None:
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["", "monday", "mon-", "-fri", "mon..fri", "1-5", "mon,,tue"])
def test_no_days(text: str) -> None:
    with pytest.raises(ValueError, match="no days"):
        parse_days(text)


@pytest.mark.parametrize(("text", "at"), [("07:30", time(7, 30)), ("7:05", time(7, 5)), ("23:59", time(23, 59))])
def test_times(text: str, at: time) -> None:
    assert parse_time(text) == at


@pytest.mark.parametrize("text", ["", "7", "24:00", "7.30", "07:60", "7:5", "07:30:00", "7:30 pm", "٠٧:٣٠"])
def test_no_times(text: str) -> None:
    with pytest.raises(ValueError, match="no time of day"):
        parse_time(text)


def found(program: str) -> str:
    where = shutil.which(program)
    if not where:
        pytest.skip(f"{program} is not installed")
    return where


class TestSystemd:
    @pytest.fixture(autouse=True)
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        return tmp_path / "config" / "systemd" / "user"

    @pytest.mark.parametrize(
        ("plan", "next_run"),
        [
            (PLAN, "Mon 2026-11-23 07:30:00"),
            (DAILY, "Sun 2026-11-22 00:05:00"),
            (Plan(("x",), time(23, 59), (5, 6)), "Sun 2026-11-22 23:59:00"),
        ],
        ids=["working days", "daily", "weekend"],
    )
    def test_the_calendar_says_the_days_and_the_time(self, plan: Plan, next_run: str) -> None:
        """Asked on the Sunday before a working week."""
        [calendar] = re.findall(r"^OnCalendar=(.*)$", "".join(systemd.units(plan).values()), re.MULTILINE)
        command = [found("systemd-analyze"), "calendar", "--base-time=2026-11-22 00:00:00", calendar]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        assert done.returncode == 0, done.stderr
        assert f"Next elapse: {next_run}" in done.stdout

    def test_the_units_are_in_order(self, home: Path) -> None:
        home.mkdir(parents=True)
        plan = Plan((sys.executable, *PLAN.command[1:]), PLAN.at, PLAN.days)
        for path, text in systemd.units(plan).items():
            path.write_text(text, "utf-8")
        command = [found("systemd-analyze"), "verify", "--user", "--man=no", *map(str, sorted(home.iterdir()))]
        environment = os.environ | {"XDG_RUNTIME_DIR": str(home)}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603
        assert [line for line in done.stderr.splitlines() if "hqs-xl" in line] == []
        assert done.returncode == 0

    def test_a_unit_out_of_order_is_noticed(self, home: Path) -> None:
        """The check before would see a path left unquoted."""
        home.mkdir(parents=True)
        service, _ = systemd.units(PLAN)
        text = systemd.units(PLAN)[service].replace('"/opt/my python/bin/python"', "/opt/my python/bin/python")
        service.write_text(text, "utf-8")
        command = [found("systemd-analyze"), "verify", "--user", "--man=no", str(service)]
        environment = os.environ | {"XDG_RUNTIME_DIR": str(home)}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)  # noqa: S603
        assert "/opt/my" in done.stderr

    def test_every_word_comes_back(self) -> None:
        words = (*PLAN.command, "/srv/tab\tline\nbreak.xlsx", "/srv/\udcff.xlsx")
        line = systemd.exec_line(words)
        assert "\n" not in line
        assert exec_words(line) == [os.fsencode(word) for word in words]

    def test_in_and_out(self, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = stand_in(tmp_path, "systemctl", monkeypatch)
        scheduler = systemd.Systemd()
        assert scheduler.available()
        assert scheduler.installed() is None
        assert not scheduler.remove()
        asked.unlink()
        scheduler.install(PLAN, TODAY)
        assert asked.read_text().split("\n")[:3] == [
            "--user daemon-reload",
            "--user enable hqs-xl-refresh.timer",
            "--user restart hqs-xl-refresh.timer",
        ]
        assert sorted(path.name for path in home.iterdir()) == ["hqs-xl-refresh.service", "hqs-xl-refresh.timer"]
        scheduler.install(DAILY, TODAY)
        assert "00:05" in str(scheduler.installed())
        (home / "other.timer").touch()
        assert scheduler.remove()
        assert "--user disable --now hqs-xl-refresh.timer" in asked.read_text()
        assert [path.name for path in home.iterdir()] == ["other.timer"]
        assert scheduler.installed() is None

    def test_no_systemd_of_the_user(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        stand_in(tmp_path, "systemctl", monkeypatch, status=1)
        assert not systemd.Systemd().available()


class TestCron:
    @pytest.fixture
    def crontab(self) -> Iterator[None]:
        """This user's own crontab, put back afterwards."""
        program = found("crontab")
        before = subprocess.run([program, "-l"], capture_output=True, check=False)  # noqa: S603
        subprocess.run([program, "-r"], capture_output=True, check=False)  # noqa: S603
        yield
        if before.returncode:
            subprocess.run([program, "-r"], capture_output=True, check=False)  # noqa: S603
        else:
            subprocess.run([program, "-"], input=before.stdout, check=True)  # noqa: S603

    @pytest.mark.parametrize(
        ("plan", "when"),
        [
            (PLAN, "30 7 * * 1,2,3,4,5"),
            (DAILY, "5 0 * * *"),
            (Plan(("x",), time(23, 59), (5, 6)), "59 23 * * 6,0"),
        ],
        ids=["working days", "daily", "weekend"],
    )
    def test_the_days_and_the_time(self, plan: Plan, when: str) -> None:
        assert cron.block(plan).splitlines()[1].startswith(f"{when} ")

    def test_every_word_comes_back_from_cron_and_the_shell(self) -> None:
        line = cron.block(PLAN).splitlines()[1].split(" ", 5)[5]
        # cron ends the command at a bare percent sign, and takes the backslash from before the others.
        assert not re.search(r"(?<!\\)%", line)
        shell_line = line.replace(r"\%", "%")
        program = ["sh", "-c", f"printf '%s\\n' {shell_line}"]
        done = subprocess.run(program, capture_output=True, text=True, check=True)  # noqa: S603
        assert done.stdout.splitlines() == list(PLAN.command)
        assert shlex.split(shell_line) == list(PLAN.command)

    @pytest.mark.usefixtures("crontab")
    @pytest.mark.parametrize(
        "others", ["", "MAILTO=hr\n# mine\n5 4 * * * echo 100\\%\n\n# last\n"], ids=["none", "some"]
    )
    def test_in_and_out(self, others: str) -> None:
        if others:
            subprocess.run(["crontab", "-"], input=others, text=True, check=True)  # noqa: S607
        scheduler = cron.Cron()
        assert scheduler.available()
        assert scheduler.installed() is None
        assert not scheduler.remove()
        scheduler.install(PLAN, TODAY)
        assert crontab_now() == others + cron.block(PLAN)
        assert scheduler.installed() == cron.block(PLAN)
        scheduler.install(DAILY, TODAY)
        assert crontab_now() == others + cron.block(DAILY)
        with_more = crontab_now() + "# added later\n"
        subprocess.run(["crontab", "-"], input=with_more, text=True, check=True)  # noqa: S607
        assert scheduler.remove()
        assert crontab_now() == others + "# added later\n"

    @pytest.mark.usefixtures("crontab")
    def test_the_block_of_an_earlier_version_is_known(self) -> None:
        said_more = cron.block(PLAN).replace("(hqs-xl schedule remove)", "(hqs-xl schedule remove takes this away)")
        assert said_more != cron.block(PLAN)
        subprocess.run(["crontab", "-"], input=said_more + "# mine\n", text=True, check=True)  # noqa: S607
        assert cron.Cron().installed() == said_more
        cron.Cron().install(DAILY, TODAY)
        assert crontab_now() == "# mine\n" + cron.block(DAILY)

    @pytest.mark.usefixtures("crontab")
    def test_a_crontab_of_ours_alone_goes(self) -> None:
        cron.Cron().install(PLAN, TODAY)
        assert cron.Cron().remove()
        done = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)  # noqa: S607
        assert done.returncode == 1
        assert "no crontab" in done.stderr

    @pytest.mark.usefixtures("crontab")
    def test_the_longest_command_is_taken_and_a_longer_one_refused(self) -> None:
        def plan(length: int) -> Plan:
            return Plan(("x" * length,), time(7, 30), (0,))

        cron.Cron().install(plan(998), TODAY)
        with pytest.raises(HqsError, match="998"):
            cron.Cron().install(plan(999), TODAY)
        with pytest.raises(HqsError, match="998"):
            cron.block(Plan(("%" * 500,), time(7, 30), (0,)))  # each with its backslash
        assert crontab_now() == cron.block(plan(998))

    def test_a_path_of_two_lines_is_refused(self) -> None:
        with pytest.raises(HqsError, match=r"a\\nb"):
            cron.block(Plan(("/srv/a\nb.xlsx",), time(7, 30), (0,)))

    def test_a_crontab_that_is_denied(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        stand_in(tmp_path, "crontab", monkeypatch, status=1, said="You (anna) are not allowed to use this program")
        with pytest.raises(HqsError, match="not allowed"):
            cron.Cron().install(PLAN, TODAY)


NAMESPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
# [MS-TSCH] 2.5: the elements a parent may hold. A tuple: in this order; a set: in any order; "!": has to be there.
SCHEMA: dict[str, tuple[str, ...] | frozenset[str]] = {
    "Task": frozenset({"RegistrationInfo", "Triggers", "Settings", "Data", "Principals", "!Actions"}),
    "RegistrationInfo": frozenset({"URI", "SecurityDescriptor", "Source", "Date", "Author", "Version", "Description"}),
    "Triggers": ("CalendarTrigger",),
    "CalendarTrigger": (
        "Enabled",
        "StartBoundary",
        "EndBoundary",
        "Repetition",
        "ExecutionTimeLimit",
        "RandomDelay",
        "!ScheduleByWeek",
    ),
    "ScheduleByWeek": frozenset({"WeeksInterval", "DaysOfWeek"}),
    "DaysOfWeek": frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}),
    "Principals": ("!Principal",),
    "Principal": frozenset({"UserId", "LogonType", "GroupId", "DisplayName", "RunLevel"}),
    "Settings": frozenset(
        {
            "AllowStartOnDemand",
            "RestartOnFailure",
            "MultipleInstancesPolicy",
            "DisallowStartIfOnBatteries",
            "StopIfGoingOnBatteries",
            "AllowHardTerminate",
            "StartWhenAvailable",
            "RunOnlyIfNetworkAvailable",
            "WakeToRun",
            "Enabled",
            "Hidden",
            "DeleteExpiredTaskAfter",
            "IdleSettings",
            "ExecutionTimeLimit",
            "Priority",
            "RunOnlyIfIdle",
        }
    ),
    "Actions": ("!Exec",),
    "Exec": frozenset({"!Command", "Arguments", "WorkingDirectory"}),
}
BOOLEAN = r"true|false|1|0"
TEXTS = {
    "StartBoundary": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
    "WeeksInterval": r"[1-9]|[1-4]\d|5[0-2]",
    "LogonType": r"S4U|Password|InteractiveToken|InteractiveTokenOrPassword",
    "RunLevel": r"LeastPrivilege|HighestAvailable",
    "MultipleInstancesPolicy": r"Parallel|Queue|IgnoreNew|StopExisting",
    "DisallowStartIfOnBatteries": BOOLEAN,
    "StopIfGoingOnBatteries": BOOLEAN,
    "StartWhenAvailable": BOOLEAN,
    "ExecutionTimeLimit": r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?",
    "Command": r"(?s).{1,260}",
    "Arguments": r"(?s).+",
    "Description": r"(?s).+",
}


def faults(element: ET.Element) -> Iterator[str]:
    """What the schema has against an element and those in it."""
    name = element.tag.removeprefix(NAMESPACE)
    children = [child.tag.removeprefix(NAMESPACE) for child in element]
    known = SCHEMA.get(name, ())
    names = [one.removeprefix("!") for one in known]
    if unknown := [child for child in children if child not in names]:
        yield f"{name} holds {unknown}"
    if missing := [one for one in known if one.startswith("!") and one[1:] not in children]:
        yield f"{name} lacks {missing}"
    if len(set(children)) < len(children):
        yield f"{name} holds one twice"
    if isinstance(known, tuple) and children != [one for one in names if one in children]:
        yield f"{name} out of order"
    if name in TEXTS and not re.fullmatch(TEXTS[name], element.text or ""):
        yield f"{name} says {element.text}"
    for child in element:
        yield from faults(child)


class TestWindows:
    def parsed(self, plan: Plan) -> ET.Element:
        return ET.fromstring(windows.encoded(windows.task(plan, TODAY)))  # noqa: S314 - our own

    @pytest.mark.parametrize("plan", [PLAN, DAILY], ids=["working days", "daily"])
    def test_the_task_is_as_the_schema_has_it(self, plan: Plan) -> None:
        root = self.parsed(plan)
        assert root.tag == f"{NAMESPACE}Task"
        assert root.attrib == {"version": "1.2"}
        assert list(faults(root)) == []
        # Actions name the principal they run as.
        principal, actions = root.find(f".//{NAMESPACE}Principal"), root.find(f"{NAMESPACE}Actions")
        assert principal is not None
        assert actions is not None
        assert principal.get("id") == actions.get("Context")

    @pytest.mark.parametrize(
        ("right", "wrong"),
        [
            ("<StartBoundary>2026-11-22T07:30:00</StartBoundary>", "<StartBoundary>22.11.2026</StartBoundary>"),
            ("<Monday />", "<Mon />"),
            ("<RunLevel>LeastPrivilege", "<RunLevel>Least"),
            ("PT2H", "2 hours"),
            ("<Command>", "<Comment>"),
            ("<LogonType>", "<Logon>"),
            ("<StartWhenAvailable>true", "<StartWhenAvailable>yes"),
        ],
    )
    def test_the_rules_notice_a_task_that_is_not(self, right: str, wrong: str) -> None:
        text = windows.task(PLAN, TODAY)
        assert right in text
        text = text.replace(right, wrong).replace(right.replace("<", "</"), wrong.replace("<", "</"))
        assert list(faults(ET.fromstring(text.partition("?>")[2])))  # noqa: S314

    def test_the_schedule_stands_after_the_start(self) -> None:
        text = windows.task(PLAN, TODAY).partition("?>")[2]
        start = re.search(r"\s*<StartBoundary>.*</StartBoundary>", text)
        assert start
        text = text.replace(start[0], "").replace("</ScheduleByWeek>", f"</ScheduleByWeek>{start[0]}")
        assert list(faults(ET.fromstring(text))) == ["CalendarTrigger out of order"]  # noqa: S314

    def test_the_days_and_the_time(self) -> None:
        root = self.parsed(PLAN)
        days = [day.tag.removeprefix(NAMESPACE) for day in root.iterfind(f".//{NAMESPACE}DaysOfWeek/*")]
        assert days == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
        assert root.findtext(f".//{NAMESPACE}StartBoundary") == "2026-11-22T07:30:00"
        assert datetime.fromisoformat(str(root.findtext(f".//{NAMESPACE}StartBoundary"))) == datetime(
            2026, 11, 22, 7, 30
        )

    def test_every_word_comes_back(self) -> None:
        words = (r"C:\Program Files\Python\python.exe", "-m", "--", *ODD, "C:\\ends in a slash\\", 'a\\"b', "<&>", "")
        root = self.parsed(Plan(words, time(7, 30), (0,)))
        assert root.findtext(f".//{NAMESPACE}Command") == words[0]
        assert windows_words(root.findtext(f".//{NAMESPACE}Arguments") or "") == list(words[1:])

    def test_no_window_opens_every_morning(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert "<Command>Python.exe<" in windows.task(Plan(("Python.exe",), time(7), (0,)), TODAY)
        (tmp_path / "pythonw.exe").touch()
        assert "<Command>pythonw.exe<" in windows.task(Plan(("Python.exe",), time(7), (0,)), TODAY)
        assert "<Command>python3<" in windows.task(Plan(("python3",), time(7), (0,)), TODAY)

    def test_in_and_out(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = stand_in(tmp_path, "schtasks", monkeypatch)
        windows.Windows().install(PLAN, TODAY)
        create = asked.read_text()
        assert re.fullmatch(r"/Create /TN hqs-xl refresh /XML \S+task\.xml /F\n", create)
        assert windows.Windows().remove()
        assert asked.read_text().endswith("/Delete /TN hqs-xl refresh /F\n")

    def test_the_file_is_utf_16_with_its_mark(self) -> None:
        data = windows.encoded(windows.task(PLAN, TODAY))
        assert data.startswith(b"\xff\xfe<\0?\0")
        assert "реестр" in data.decode("utf-16")

    def test_a_task_that_is_not_there(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        stand_in(tmp_path, "schtasks", monkeypatch, status=1, said="ERROR: The system cannot find the file specified.")
        assert windows.Windows().installed() is None
        assert not windows.Windows().remove()
        with pytest.raises(HqsError, match="cannot find"):
            windows.Windows().install(PLAN, TODAY)


def _declared(command: list[str]) -> list[str]:
    """The options a command takes, as its help lists them."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), pytest.raises(SystemExit):
        main([*command, "--help"])
    return re.findall(r"(?m)^  (?:-\w, )?(--[a-z-]+)", out.getvalue())


# What can't be refreshed: how the file is made, with which options, and what is said.
FAILING: dict[str, tuple[Callable[[Path], object], list[str], str]] = {
    "no workbook": (lambda file: file.write_text("no book"), [], "roster.xlsx: "),
    "no roster": (lambda file: write(file, Sheet=[["nothing"]]), [], "no roster found"),
    "words in an answer": (lambda file: roster_file(file, status="ask Anna"), [], "no check has written"),
    "no such sheet": (roster_file, ["--sheet", "Nowhere"], "there is no sheet «Nowhere»"),
    "read-only": (lambda file: roster_file(file).chmod(0o400), [], "read-only"),
    "no place for the log": (roster_file, ["--log", "roster.xlsx/run.log"], "nothing can be written to"),
    "no place for the due list": (roster_file, ["--digest", "roster.xlsx"], "nothing can be written to"),
}


class TestCommand:
    @pytest.fixture(autouse=True)
    def nothing_here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """No scheduler on the path, and a home of its own."""
        (tmp_path / "none").mkdir()
        monkeypatch.setenv("PATH", str(tmp_path / "none"))
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME", "LOCALAPPDATA"):
            monkeypatch.setenv(name, str(tmp_path / "home"))
        monkeypatch.chdir(tmp_path)
        (tmp_path / "roster.xlsx").touch()

    def test_print_changes_nothing(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for scheduler in ("windows", "systemd", "cron"):
            command = ["schedule", "install", "roster.xlsx", "--at", "7:30", "--with", scheduler, "--print"]
            assert main(command) == 0
            out = capsys.readouterr().out
            assert sys.executable in out
            assert str(tmp_path / "roster.xlsx") in out
            assert "--scheduled" in out
        assert not (tmp_path / "home").exists()

    @pytest.mark.parametrize("how", [["--print"], []])
    def test_a_file_that_is_not_there_is_named(self, how: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["schedule", "install", "roster.xlsx", "rooster.xlsx", "--at", "7:30", *how]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert "rooster.xlsx: there is no such file" in said.err

    def test_no_scheduler_at_all(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["schedule", "install", "roster.xlsx", "--at", "7:30"]) == 2
        assert "no scheduler" in capsys.readouterr().err

    @pytest.mark.parametrize("lang", ["en", "ru"])
    def test_one_takes_the_place_of_the_other(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str
    ) -> None:
        """Installed with cron, then, systemd having come, with systemd."""
        roster_file(tmp_path / "roster.xlsx")
        install = ["schedule", "install", "roster.xlsx", "--at", "07:30", "--days", "mon-fri", "--lang", lang]
        cron_asked = stand_in(tmp_path, "crontab", monkeypatch, said=cron.block(PLAN))
        assert main(install) == 0
        assert "cron" in capsys.readouterr().out
        stand_in(tmp_path, "systemctl", monkeypatch)
        assert main(install) == 0
        assert "systemd" in capsys.readouterr().out
        assert cron_asked.read_text().endswith("-r\n")
        assert main(["schedule", "show", "--with", "systemd"]) == 0
        shown = capsys.readouterr().out
        assert "OnCalendar=Mon,Tue,Wed,Thu,Fri" in shown
        assert "07:30, Mon-Fri." in shown or "07:30, Пн-Пт." in shown
        assert len(re.findall(r"^  \S+ \S+ 07:30$", shown, re.MULTILINE)) == 5
        assert main(["schedule", "remove"]) == 0
        assert "systemd" in capsys.readouterr().out

    GIVEN = (
        *("--sheet=-Roster 2026", "--as-of=2026-03-16", "--jobs=2", "--out=out", "--backups=0", "--add-columns"),
        *(
            "--findings-sheet",
            "--wait=60",
            "--digest=due",
            "--log=run.log",
            "--edition=law",
            "--lang=ru",
            "--strict",
            "--column=cameon=entered_on",
            "--column=code=-",
        ),
    )

    def test_it_takes_every_option_of_refresh_and_hands_it_on(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        # Of the two that say the edition one is given.
        told = set(_declared(["refresh"])) - {"--dry-run", "--json", "--scheduled", "--help", "--edition-file"}
        assert {word.partition("=")[0] for word in self.GIVEN} == told
        assert told <= set(_declared(["schedule", "install"]))
        command = ["schedule", "install", "roster.xlsx", "--at", "7:30", "--with", "cron", "--print", *self.GIVEN]
        assert main(command) == 0
        line = capsys.readouterr().out.splitlines()[2].split(" ", 5)[5]
        words = shlex.split(line.replace("\\%", "%"))
        whole = [re.sub("=(out|due|run.log)$", lambda found: f"={tmp_path / found[1]}", word) for word in self.GIVEN]
        assert sorted(words[words.index("--scheduled") + 1 : -1]) == sorted(whole)
        assert words[-1] == str(tmp_path / "roster.xlsx")

    def test_what_is_not_given_is_not_handed_on(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["schedule", "install", "roster.xlsx", "--at", "7:30", "--with", "cron", "--print"]) == 0
        words = shlex.split(capsys.readouterr().out.splitlines()[2].split(" ", 5)[5])
        assert [word.partition("=")[0] for word in words[words.index("--scheduled") + 1 : -1]] == ["--log"]

    @pytest.mark.parametrize("case", FAILING)
    def test_what_would_fail_every_morning_fails_now(
        self, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        make, options, said = FAILING[case]
        asked = stand_in(tmp_path, "crontab", monkeypatch)
        file = tmp_path / "roster.xlsx"
        file.unlink()
        make(file)
        before = file.read_bytes()
        assert main(["schedule", "install", "roster.xlsx", "--at", "7:30", *options]) == 2
        told = capsys.readouterr().err
        assert said in told
        assert "nothing is scheduled" in told.splitlines()[-1]
        assert not asked.exists() or "-\n" not in asked.read_text()
        assert file.read_bytes() == before

    def test_the_trial_writes_nothing_and_says_what_would_change(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        stand_in(tmp_path, "crontab", monkeypatch)
        file = roster_file(tmp_path / "roster.xlsx", status=None)
        before = file.read_bytes()
        assert main(["schedule", "install", "roster.xlsx", "--at", "7:30", "--digest", "due"]) == 0
        told = capsys.readouterr().out.splitlines()
        assert told[0].startswith("roster.xlsx: would be updated; nothing is written.")
        assert told[1] == "  sheets that would change: Roster"
        assert "by cron" in told[-7]
        assert told[-6] == "The next runs:"
        assert file.read_bytes() == before
        assert not list((tmp_path / "due").iterdir())

    def test_nothing_is_scheduled(self, capsys: pytest.CaptureFixture[str]) -> None:
        for action in ("show", "remove"):
            assert main(["schedule", action]) == 0
            assert capsys.readouterr().out == "Nothing is scheduled.\n"

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["roster.xlsx"], "--at"),
            (["roster.xlsx", "--at", "7"], "no time of day"),
            (["roster.xlsx", "--at", "7:30", "--days", "weekdays"], "not days"),
            (["nobody*.xlsx", "--at", "7:30"], "nobody*.xlsx"),
            (["none", "--at", "7:30"], "none"),
        ],
        ids=str,
    )
    def test_a_mistake_is_one_line(self, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
        try:
            status = main(["schedule", "install", *arguments, "--print"])
        except SystemExit as stop:
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        assert (status, captured.out) == (2, "")
        assert len(captured.err.splitlines()) == 1
        assert said in captured.err

    def test_what_is_scheduled_can_be_run(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The command as sh gets it: it runs, refuses the empty file, and logs it."""
        assert main(["schedule", "install", "roster.xlsx", "--at", "7:30", "--with", "cron", "--print"]) == 0
        line = capsys.readouterr().out.splitlines()[2].split(" ", 5)[5]
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
        done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, env=environment, check=False)  # noqa: S603
        assert done.returncode == 2
        assert done.stdout == b""
        [log] = (tmp_path / "home").rglob("refresh.log")
        assert "roster.xlsx: refused, empty" in log.read_text("utf-8")


def crontab_now() -> str:
    return subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=True).stdout  # noqa: S607


def stand_in(folder: Path, program: str, monkeypatch: pytest.MonkeyPatch, status: int = 0, said: str = "") -> Path:
    """A program that notes what it is asked, answers the same each time, and nothing else; where it notes it."""
    if sys.platform == "win32":
        pytest.skip("a shell script stands in")
    path, notes = folder / "programs" / program, folder / f"{program}.asked"
    path.parent.mkdir(exist_ok=True)
    (path.parent / f"{program}.said").write_text(said)
    answer = f"/bin/cat {shlex.quote(str(path.parent / f'{program}.said'))}{' >&2' if status else ''}"
    path.write_text(f'#!/bin/sh\necho "$*" >> {shlex.quote(str(notes))}\n{answer}\nexit {status}\n')
    path.chmod(0o755)
    monkeypatch.setenv("PATH", str(path.parent))
    return notes


def exec_words(line: str) -> list[bytes]:
    """The words of an ExecStart= line, by systemd.service(5) and systemd.syntax(7)."""
    escapes = {"n": b"\n", "t": b"\t", "r": b"\r", "\\": b"\\", '"': b'"'}
    words = []
    for place, quoted in enumerate(re.findall(r'"((?:[^"\\]|\\.)*)"', line)):
        word = quoted.replace("%%", "%")
        assert not re.search(r"(?<!%)%(?!%)", quoted.replace("%%", ""))
        if place:
            assert "$" not in word.replace("$$", "")
            word = word.replace("$$", "$")
        pieces = re.split(r"\\(x[0-9a-f]{2}|.)", word)
        data = b""
        for number, piece in enumerate(pieces):
            if number % 2 == 0:
                data += piece.encode()
            else:
                data += bytes.fromhex(piece[1:]) if len(piece) > 1 else escapes[piece]
        words.append(data)
    return words


def windows_words(line: str) -> list[str]:
    """The words of a command line as the C runtime of Windows takes it apart."""
    words, word, quoted, started = [], "", False, False
    for slashes, sign in re.findall(r'(\\*)("|[^\\"]|$)', line):
        if sign == '"':
            word += "\\" * (len(slashes) // 2)
            if len(slashes) % 2:
                word += '"'
            else:
                quoted = not quoted
            started = True
        else:
            word += slashes
            if sign in {" ", "\t", ""} and not quoted:
                if started or word:
                    words.append(word)
                word, started = "", False
            else:
                word += sign
    return words

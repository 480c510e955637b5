"""An edition of one's own: over one of ours, as strict as they are, marked as its maker's wherever it is named."""

from __future__ import annotations

import json
import pickle
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hqs_xl import functions
from hqs_xl.cli.program import main
from hqs_xl.errors import EditionError, HqsError
from hqs_xl.hosts.memory import MemoryBook
from hqs_xl.law import due, exempt, rulebook
from hqs_xl.law.own_edition import read_own
from hqs_xl.law.quarters import Quarter
from hqs_xl.law.rules import OwnEdition
from hqs_xl.law.thresholds import salary_threshold
from hqs_xl.roster.gathered import gather
from tests.roster.people import SPECIALIST
from tests.roster_files import roster_file, write

D = date.fromisoformat
HEAD = 'edition = "own"\n'


def rule(name: str, *lines: str, first: str = "2026-03-01") -> str:
    told = ['source = "our house rule"', "checked = 2026-11-28", f"from = {first}", *lines]
    return f"[[{name}.value]]\n" + "\n".join(told) + "\n"


ONE_DAY = HEAD + rule("notice.concluded", 'count = [{ number = 1, unit = "working day" }]')
TEN_DAYS = HEAD + rule("notice.concluded", 'count = [{ number = 10, unit = "working day" }]')


def own(text: str) -> OwnEdition:
    return read_own("ours.toml", text)


@pytest.mark.parametrize(
    ("event", "day", "evidence"),
    [
        pytest.param("2026-02-27", "2026-03-04", "practitioner", id="the last day before it: the law's"),
        pytest.param("2026-03-02", "2026-03-03", "own", id="the first working day of it"),
        pytest.param("2026-03-06", "2026-03-10", "own", id="before a weekend and a holiday"),
    ],
)
def test_a_value_holds_from_its_day_on_and_the_edition_below_it_before(event: str, day: str, evidence: str) -> None:
    found = due("notice.concluded", D(event), own(ONE_DAY))
    assert (found.due, found.evidence, str(found.edition)) == (D(day), evidence, "own")


@pytest.mark.parametrize("base", ["card", "law", "careful"])
def test_what_it_does_not_say_is_that_of_the_edition_below(base: str) -> None:
    edition = own(ONE_DAY.replace(HEAD, f'{HEAD}over = "{base}"\n'))
    for name, one in rulebook().items():
        if one.counted and name != "notice.concluded" and one.find(D("2026-06-01"), base):
            day = "2026Q2" if name == "notice.salary" else D("2026-06-01")
            assert due(name, day, edition).due == due(name, day, base).due
    assert exempt("medical", D("2026-06-01"), edition) == exempt("medical", D("2026-06-01"), base)
    assert salary_threshold(Quarter(2026, 1), edition) == salary_threshold(Quarter(2026, 1), base)


@pytest.mark.parametrize(
    ("text", "laxer"),
    [
        pytest.param(ONE_DAY, [], id="stricter"),
        pytest.param(TEN_DAYS, [("notice.concluded", "2026-03-01", "2026-03-16", "2026-03-04")], id="later"),
        pytest.param(
            HEAD + rule("permit.renewal", 'count = [{ number = 29, unit = "day", direction = "backward" }]'),
            [("permit.renewal", "2026-03-01", "2026-01-31", "2026-01-30")],
            id="a day later, counted back",
        ),
        pytest.param(
            HEAD + rule("permit.renewal", 'count = [{ number = 31, unit = "day", direction = "backward" }]'),
            [],
            id="a day earlier, counted back",
        ),
        pytest.param(
            HEAD + rule("permit.decision", 'count = [{ number = 13, unit = "working day" }]'),
            [("permit.decision", "2026-03-01", "2026-03-19", "2026-03-20")],
            id="less than the authority has",
        ),
        pytest.param(HEAD + rule("exempt.medical", "exempt = true"), [("exempt.medical", "2026-03-01")], id="exempt"),
        pytest.param(
            HEAD + rule("salary.threshold", "amount = 249999", 'per = "month"'),
            [("salary.threshold", "2026-03-01")],
            id="a ruble less a month",
        ),
        pytest.param(HEAD + rule("salary.threshold", "amount = 800000", 'per = "month"'), [], id="a higher salary"),
        pytest.param(
            HEAD + rule("salary.threshold", "amount = 750000", 'per = "quarter"'),
            [("salary.threshold", "2027-03-01")],
            id="laxer only once the law changes",
        ),
    ],
)
def test_what_is_laxer_than_the_law_is_found_and_marked(text: str, laxer: list[tuple[str, ...]]) -> None:
    edition = own(text)
    assert [tuple(str(part) for part in one if part is not None) for one in edition.laxer] == laxer
    evidence = {value.evidence for values in edition.values.values() for value in values}
    assert evidence == {"own_later" if laxer else "own"}


@pytest.mark.parametrize("reader", ["pydantic", "the standard library"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("edition", "ours.toml: not TOML: "),
        ("", "ours.toml: edition: expected own, found None"),
        ('edition = "law"\n', "ours.toml: edition: expected own, found 'law'"),
        (HEAD, "ours.toml: edition: expected at least one rule"),
        (HEAD + 'over = "ours"\n', "ours.toml: over: expected one of card, law, careful, found 'ours'"),
        (HEAD + 'as_law = ["permit.renewal"]\n', "ours.toml: as_law: unknown key"),
        (HEAD + "colour = 1\n", "ours.toml: colour: unknown key"),
        (HEAD + rule("notice.birth", "condition = true"), "ours.toml: notice.birth: expected one of the rules "),
        (ONE_DAY + "quota = 1\n", "ours.toml: notice.concluded.value[0].quota: unknown key"),
        (ONE_DAY.replace("number = 1,", "number = 0,"), "notice.concluded.value[0].count[0].number: expected a whole"),
        (ONE_DAY + 'evidence = "primary"\n', "notice.concluded.value[0].evidence: expected own, found 'primary'"),
        (ONE_DAY.replace("2026-03-01", '"2026-03-01"'), "notice.concluded.value[0].from: expected a date such as"),
        (HEAD + rule("notice.concluded", "exempt = true"), "notice.concluded.value[0]: expected a count as in"),
        (ONE_DAY.replace("checked = 2026-11-28\n", ""), "notice.concluded.value[0].checked: expected the day"),
    ],
)
def test_a_broken_file_is_refused_with_file_and_key(
    text: str, said: str, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if reader != "pydantic":
        monkeypatch.setitem(sys.modules, "hqs_xl.models.by_pydantic", None)
    with pytest.raises(EditionError) as refused:
        own(text)
    assert said in str(refused.value)


def test_it_goes_to_other_processes_and_is_told_from_another() -> None:
    edition = own(ONE_DAY)
    there = pickle.loads(pickle.dumps(edition))  # noqa: S301 - our own
    assert (there, there.base, repr(there.values)) == (edition, "law", repr(edition.values))
    assert pickle.loads(pickle.dumps(own(TEN_DAYS))).laxer == own(TEN_DAYS).laxer  # noqa: S301 - our own
    assert due("notice.concluded", D("2026-03-02"), there).due == D("2026-03-03")
    assert edition != own(TEN_DAYS)
    assert due("notice.concluded", D("2026-03-02"), own(TEN_DAYS)).due == D("2026-03-17")
    assert edition not in {"own", "law"}


def test_the_file_of_the_docs_is_one() -> None:
    for page in ("terminal.md", "ru/terminal.md"):
        text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
        [block] = re.findall(r"^```toml\n(edition = .*?)^```", text, re.MULTILINE | re.DOTALL)
        edition = own(block)
        assert (edition.base, [*edition.values], edition.laxer) == ("law", ["notice.concluded"], ())


SIGNED = {"agreement_signed": "2026-03-02", "concluded_notice_filed": "2026-03-05"}


class TestSetting:
    """The line *Edition file* of the settings, resolved beside the workbook."""

    @pytest.fixture(autouse=True)
    def files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "laws").mkdir()
        (tmp_path / "laws" / "ours.toml").write_text(ONE_DAY, "utf-8")

    def book(self, name: str, file: str = "laws/ours.toml", label: str = "Edition file") -> str:
        facts = SPECIALIST | SIGNED
        settings: list[list[Any]] = [
            ["Setting", "Value"],
            ["As of", date(2026, 3, 16)],
            ["Edition", "card"],
            [label, file],
        ]
        write(Path(name), Roster=[[*facts, "Next action"], [*facts.values(), None]], Settings=settings)
        return name

    @pytest.mark.parametrize("label", ["Edition file", "Файл редакции"])
    def test_a_check_goes_by_it(self, label: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", self.book("r.xlsx", label=label), "--json"]) == 1
        answer = json.loads(capsys.readouterr().out)
        [late] = [one for one in answer["findings"] if one["code"].startswith("notice.concluded")]
        assert (late["due"], late["source"]) == ("2026-03-03", "S24: our house rule (our own)")
        assert (answer["edition"], answer["other_edition"]) == ("own", None)

    def test_it_lies_beside_the_workbook_wherever_the_command_is_run(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / self.book("r.xlsx")
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
        assert main(["refresh", str(file), "--json", "--backups", "0"]) == 1
        [done] = json.loads(capsys.readouterr().out)["files"]
        assert (done["state"], done["edition"]) == ("changed", "own")

    def test_an_edition_that_is_asked_for_wins(self, capsys: pytest.CaptureFixture[str]) -> None:
        main(["check", self.book("r.xlsx"), "--json", "--edition", "law"])
        assert json.loads(capsys.readouterr().out)["edition"] == "law"

    @pytest.mark.parametrize(
        ("file", "said"),
        [("nobody.toml", "nobody.toml: there is no such file"), ("r.xlsx", "r.xlsx: not UTF-8"), ("laws", "folder")],
    )
    def test_one_that_cant_be_read_stops_the_check(
        self, file: str, said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """By another edition days are others, so that a report would be false."""
        for command in ("check", "refresh"):
            assert main([command, self.book("r.xlsx", file)]) == 2
            assert said in capsys.readouterr().err

    WARNING = "late.toml: notice.concluded: for 2026-03-01 it comes to 2026-03-16, later than 2026-03-04"

    @pytest.mark.parametrize(
        ("command", "stream"),
        [
            pytest.param("check r.xlsx", "out", id="check"),
            pytest.param("check r.xlsx --json", "out", id="check, for programs"),
            pytest.param("due r.xlsx", "out", id="due"),
            pytest.param("due r.xlsx --json", "out", id="due, for programs"),
            pytest.param("due r.xlsx --out due.html", "out", id="due, into a file"),
            pytest.param("ics r.xlsx", "out", id="ics"),
            pytest.param("notice r.xlsx P1 --kind concluded", "out", id="notice"),
            pytest.param("refresh r.xlsx --dry-run", "out", id="refresh"),
            pytest.param("refresh r.xlsx --dry-run --json", "out", id="refresh, for programs"),
            pytest.param("plan --signed 2026-03-02 --roster r.xlsx", "err", id="plan"),
            pytest.param("plan --signed 2026-03-02 --roster r.xlsx --json", "out", id="plan, for programs"),
        ],
    )
    def test_one_that_is_later_than_the_law_is_warned_of_in_every_report(
        self, command: str, stream: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "late.toml").write_text(TEN_DAYS, "utf-8")
        self.book("r.xlsx", "late.toml")
        assert main(command.split()) < 2
        said = " ".join(getattr(capsys.readouterr(), stream).split())
        assert said.count(self.WARNING) == 1
        self.book("r.xlsx")
        assert main(command.split()) < 2
        assert "later than" not in "".join(capsys.readouterr())

    def test_the_files_that_are_written_and_the_log_warn_too(self, tmp_path: Path) -> None:
        (tmp_path / "late.toml").write_text(TEN_DAYS, "utf-8")
        self.book("r.xlsx", "late.toml")
        main(["due", "r.xlsx", "--out", "due.html"])
        main(["ics", "r.xlsx"])
        main(["refresh", "r.xlsx", "--digest", "lists", "--log", "refresh.log"])
        made = ["due.html", "r.ics", "refresh.log", *map(str, Path("lists").glob("due-*.txt"))]
        for text in (Path(name).read_text("utf-8") for name in made):
            assert self.WARNING in text.replace("\n ", "").replace("\\,", ",")

    def test_one_over_the_card_says_what_the_card_is(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "card.toml").write_text(ONE_DAY.replace(HEAD, f'{HEAD}over = "card"\n'), "utf-8")
        for file, times in (("card.toml", 1), ("laws/ours.toml", 0)):
            main(["check", self.book("r.xlsx", file)])
            assert capsys.readouterr().out.count("the card of the procedure as it is written") == times
            main(["refresh", "r.xlsx", "--dry-run"])
            assert capsys.readouterr().out.count("the card of the procedure as it is written") == times

    def test_a_book_in_no_folder_says_so(self) -> None:
        facts = SPECIALIST | SIGNED
        grid = [[*facts], [*facts.values()]]
        book = MemoryBook({"Roster": grid, "Settings": [["Setting", "Value"], ["Edition file", "ours.toml"]]})
        with pytest.raises(HqsError, match="looked for beside a workbook saved on this computer"):
            gather(book).settings_for(date(2026, 3, 16))
        assert gather(book).settings_for(date(2026, 3, 16), edition="law").edition == "law"

    def test_the_function_for_cells_says_so(self) -> None:
        settings = [["Setting", "Value"], ["Edition file", "ours.toml"]]
        facts = SPECIALIST | SIGNED
        found = functions.HQS_ANSWERS([[*facts]], [[*facts.values()]], 46097, None, None, None, settings)
        assert "not by functions in cells" in str(found)

    def test_the_function_for_cells_that_is_given_an_edition_says_by_which_it_counts(self) -> None:
        """As in the template, whose cells go by the line above."""
        settings = [["Setting", "Value"], ["Edition file", "ours.toml"]]
        facts = SPECIALIST | SIGNED
        [answered, *_] = functions.HQS_ANSWERS([[*facts]], [[*facts.values()]], 46097, "law", None, None, settings)
        said = "a function in a cell can't read the edition file ours.toml: this is by the edition law"
        assert answered[-1].startswith(said)
        assert answered[4] == "Missing data"


class TestCommands:
    @pytest.fixture(autouse=True)
    def files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        roster_file(tmp_path / "roster.xlsx", agreement_signed="2026-03-02", concluded_notice_filed="2026-03-05")
        (tmp_path / "ours.toml").write_text(ONE_DAY, "utf-8")
        (tmp_path / "late.toml").write_text(TEN_DAYS, "utf-8")
        (tmp_path / "broken.toml").write_text(HEAD, "utf-8")

    def test_a_check_goes_by_it_and_every_source_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        command = ["check", "roster.xlsx", "--as-of", "2026-03-16", "--json", "--edition-file", "ours.toml"]
        assert main(command) == 1
        captured = capsys.readouterr()
        answer = json.loads(captured.out)
        [late] = [one for one in answer["findings"] if one["code"].startswith("notice.concluded")]
        assert (late["due"], late["source"]) == ("2026-03-03", "S24: our house rule (our own)")
        assert (answer["edition"], answer["other_edition"], captured.err) == ("own", None, "")

    def test_one_that_is_later_than_the_law_is_warned_of_and_marked(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["explain", "notice.concluded", "2026-03-02", "--edition-file", "late.toml"]) == 0
        captured = capsys.readouterr()
        assert captured.err == (
            "hqs-xl: late.toml: notice.concluded: for 2026-03-01 it comes to 2026-03-16, later than 2026-03-04 by the "
            "edition law; it is marked so wherever it is named.\n"
        )
        assert "our own, LATER THAN THE LAW" in captured.out

    def test_a_refresh_writes_by_it_the_same_in_one_process_and_in_two(self, tmp_path: Path) -> None:
        for name in ("a.xlsx", "b.xlsx"):
            (tmp_path / name).write_bytes((tmp_path / "roster.xlsx").read_bytes())
        how = ["--edition-file", "ours.toml", "--as-of", "2026-03-16", "--add-columns", "--backups", "0"]
        assert main(["refresh", "a.xlsx", *how]) == 1
        assert main(["refresh", "b.xlsx", "roster.xlsx", "--jobs", "2", *how]) == 1
        assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()

    def test_a_schedule_hands_it_on(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        command = ["schedule", "install", "roster.xlsx", "--at", "7:30", "--with", "cron", "--print"]
        assert main([*command, "--edition-file", "ours.toml"]) == 0
        assert f"--edition-file={tmp_path / 'ours.toml'}" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--edition-file", "broken.toml"], "broken.toml: edition: expected at least one rule"),
            (["--edition-file", "nobody.toml"], "there is no such file"),
            (["--edition-file", "roster.xlsx"], "not UTF-8"),
            (["--edition-file", "ours.toml", "--edition", "law"], "leave --edition out"),
        ],
    )
    def test_what_cant_be_used_is_one_line(
        self, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", "roster.xlsx", *options]) == 2
        [line] = capsys.readouterr().err.splitlines()
        assert said in line

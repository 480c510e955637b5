"""What the page asks of Python, asked here: the same findings, dates and files as the terminal gives."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from hqs_xl.cli import main
from hqs_xl.explain.words import unit_in_words
from hqs_xl.hosts.files import Limits
from hqs_xl.law import EDITIONS, due
from hqs_xl.roster.findings import Severity
from hqs_xl.texts import LANGUAGES, say, shown, table
from hqs_xl.web.rows import MOST_ROWS
from hqs_xl.web.session import Session
from tests.hosts.other_kinds import KINDS, compound
from tests.web.page_files import ROOT

NOW = "2026-11-28T09:00:00"
BUILT = {"en": ROOT / "workbook" / "hqs_roster.xlsx", "ru": ROOT / "workbook" / "ru" / "hqs_roster.xlsx"}


class Page:
    """Asks as the page does."""

    def __init__(self, folder: Path, lang: str = "en") -> None:
        self.told: list[float] = []
        self.session, self.lang, self.folder = Session(str(folder), self.told.append), lang, folder

    def ask(self, call: str, **more: Any) -> Any:
        return json.loads(self.session.ask(json.dumps({"call": call, "lang": self.lang, "now": NOW, **more})))

    def opened(self, **more: Any) -> Any:
        shutil.copyfile(BUILT[self.lang], self.folder / "roster.xlsx")
        assert "error" not in self.ask("open", name="roster.xlsx")
        return self.ask("check", **more)


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return Page(tmp_path)


@pytest.mark.parametrize("edition", EDITIONS)
def test_it_finds_what_the_terminal_finds(page: Page, capsys: pytest.CaptureFixture[str], edition: str) -> None:
    answer = page.opened(edition=edition, as_of="2026-12-15")
    main(["check", str(page.folder / "roster.xlsx"), "--json", "--edition", edition, "--as-of", "2026-12-15"])
    told = json.loads(capsys.readouterr().out)
    assert answer["counts"] == Counter(one["severity"] for one in told["findings"])
    assert answer["people"] == told["people"]
    listed = [row for start in range(0, 1000, MOST_ROWS) for row in page.ask("findings", start=start)["rows"]]
    assert Counter((row["person"], row["message"]) for row in listed) == Counter(
        (one["person_id"], one["message"]) for one in told["findings"]
    )
    assert len(answer["not_checked"]) == len([one for one in told["not_checked"] if one["counts"]])


@pytest.mark.parametrize(
    ("lang", "count", "words"),
    [
        ("en", 1, "violation"), ("en", 2, "violations"), ("en", 21, "violations"), ("ru", 1, "нарушение"),
        ("ru", 3, "нарушения"), ("ru", 11, "нарушений"), ("ru", 21, "нарушение"), ("ru", 30, "нарушений"),
    ],
)  # fmt: skip
def test_what_is_found_is_named_as_people_count_it(lang: str, count: int, words: str) -> None:
    assert unit_in_words(count, "found violation", lang) == words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_count_has_its_word(tmp_path: Path, lang: str) -> None:
    answer = Page(tmp_path, lang).opened(as_of="2026-12-15")
    assert set(answer["counts"]) >= {"violation", "late", "due", "data"}
    assert answer["found"] == {
        key: unit_in_words(count, f"found {key}", lang) for key, count in answer["counts"].items()
    }


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_for_every_severity(severity: Severity, lang: str) -> None:
    assert all(unit_in_words(count, f"found {severity}", lang) for count in (1, 2, 5))


OTHER_WORDS = (
    "Employee No.",
    "Surname and name",
    "Nationality",
    "Type of person",
    "Contract signed",
    "Permit valid to",
)
ROW = ("HQS-00001", "Lark Elmsparrow", "India", "HQS", "2026-03-02", "2026-12-10")


def _fixed_day(file: Path) -> None:
    shutil.copyfile(BUILT["en"], file)


def _other_words(file: Path) -> None:
    book = Workbook()
    for line in (OTHER_WORDS, ROW):
        book.active.append(line)  # type: ignore[union-attr]
    book.save(file)


@pytest.mark.parametrize("edition", ["", "law"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("made", [_fixed_day, _other_words], ids=["a fixed day", "headers in other words"])
def test_all_that_a_check_says_beside_its_findings_is_on_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], made: Callable[[Path], None], lang: str, edition: str
) -> None:
    made(tmp_path / "roster.xlsx")
    page = Page(tmp_path, lang)
    page.ask("open", name="roster.xlsx")
    # The command knows the clock.
    answer = page.ask("check", edition=edition, now=datetime.now().isoformat(timespec="seconds"))  # noqa: DTZ005
    chosen = ["--edition", edition] if edition else []
    main(["check", str(tmp_path / "roster.xlsx"), "--lang", lang, *chosen])
    head, *_, tail = re.split(r"\n\s*\n", capsys.readouterr().out.strip())
    on_the_page = "\n".join([answer["title"], answer["looked_at"], *answer["notes"], *answer["not_checked"]])
    # The page says otherwise what comes first, how many findings there are, each rule in part by itself, what is blank.
    texts = table(lang)
    tail = tail.partition(texts["check.first"])[0]
    others = [texts[key].split("{")[0] for key in ("check.summary", "coverage.parts")]
    others += [texts["coverage.title"], texts["coverage.also"].partition("}")[2][:9]]
    lines = [re.sub(r"hqs-xl check .*", "", line.strip()) for part in (head, tail) for line in part.splitlines()]
    assert len(lines) > 5
    for line in lines:
        assert line in on_the_page or any(words in line for words in others)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_date_is_counted_out(tmp_path: Path, lang: str) -> None:
    page = Page(tmp_path, lang)
    page.opened()
    rows = page.ask("findings")["rows"]
    counted = {row["number"]: page.ask("count", number=row["number"]) for row in rows}
    for row in rows:
        lines = counted[row["number"]]["lines"]
        # A day that is no deadline, such as that on which the permit ends, stands in the roster: nothing is counted.
        assert not row["due"] or any(row["due"] in line for line in [*lines, row["message"]])
    assert sum(bool(one["lines"]) for one in counted.values()) >= 20
    assert any(one["days"] for one in counted.values())


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({"severity": "violation"}, lambda row: row["severity"] == "violation"),
        ({"text": "hqs-00002"}, lambda row: row["person"] == "HQS-00002"),
        ({"text": "fernhollow"}, lambda row: "Fernhollow" in row["name"]),
    ],
    ids=["by weight", "by person id, whatever its case", "by name"],
)
def test_findings_are_filtered(page: Page, asked: dict[str, str], holds: Any) -> None:
    page.opened()
    every = page.ask("findings")["rows"]
    found = page.ask("findings", **asked)
    assert found["rows"] == [row for row in every if holds(row)]
    assert 0 < found["of"] < found["all"] == len(every)


def test_findings_are_filtered_by_what_is_to_be_done(page: Page) -> None:
    page.opened()
    for action in page.ask("findings")["actions"]:
        assert {row["action"] for row in page.ask("findings", action=action)["rows"]} == {action}


@pytest.mark.parametrize(("call", "sort"), [("findings", "row"), ("findings", "person"), ("people", "person")])
def test_rows_are_sorted_either_way(page: Page, call: str, sort: str) -> None:
    page.opened()
    up, down = (page.ask(call, sort=sort, down=down)["rows"] for down in (False, True))
    assert [row[sort] for row in up] == [row[sort] for row in down][::-1]
    assert up != down


def test_one_date_in_the_three_editions(page: Page) -> None:
    answer = page.ask("deadline", rule="notice.concluded", event="2026-11-02")
    for one in answer["editions"]:
        assert one["due"] == str(due("notice.concluded", date(2026, 11, 2), one["edition"]).due)
        assert one["lines"]
    assert [one["edition"] for one in answer["editions"]] == list(EDITIONS)


@pytest.mark.parametrize(
    ("rule", "event", "words"),
    [
        ("notice.salary", "2026Q1", "2026-04-30"),
        ("notice.salary", "29.03.2026", "2026-04-30"),
        ("notice.salary", "2026-01-01", "2026-04-30"),
        ("notice.salary", "last spring", "not a quarter"),
        ("notice.salary", "", "choose a quarter"),
        ("notice.concluded", "", "day"),
        ("notice.concluded", "1890-01-01", "1890"),
        ("medical.repeat", "2010-01-01", "medical.repeat"),
    ],
    ids=[
        "a quarter",
        "a date in it",
        "its first day",
        "no quarter",
        "none",
        "no day",
        "before the calendar",
        "before the rule",
    ],
)
def test_one_date_that_can_not_be_counted_says_why(page: Page, rule: str, event: str, words: str) -> None:
    assert words in json.dumps(page.ask("deadline", rule=rule, event=event))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("20261-01-01", "20261"),
        ("2001-12-31", "2002-01-01 to 2060-12-31"),
        ("2061-01-01", "2002-01-01 to 2060-12-31"),
        ("9999-12-31", "choose a day"),
    ],
    ids=["a digit too many", "the day before the first", "the day after the last", "no end"],
)
def test_a_day_no_check_can_go_by_is_refused_in_words(page: Page, day: str, words: str) -> None:
    page.opened()
    asked = (("check", {"as_of": day}), ("deadline", {"rule": "notice.concluded", "event": day}))
    until = {"rule": "permit.last_day", "event": "2026-11-02", "until": day}
    for call, more in (*asked, ("deadline", until)):
        assert words in page.ask(call, **more)["error"]


@pytest.mark.parametrize(("until", "refused"), [("2026-11-01", True), ("2026-11-02", False)])
def test_an_agreement_that_ends_before_its_permit_begins_is_refused(page: Page, until: str, refused: bool) -> None:
    answer = page.ask("deadline", rule="permit.last_day", event="2026-11-02", until=until)
    assert ("lies before the day counted from, 2026-11-02" in answer.get("error", "")) is refused


@pytest.mark.parametrize("day", ["2002-01-01", "2060-12-31"], ids=["the first", "the last"])
def test_the_first_and_the_last_day_are_checked_by(page: Page, day: str) -> None:
    assert page.opened(as_of=day)["as_of"] == day


def test_a_row_is_told_with_the_sheet_it_stands_on(page: Page) -> None:
    _other_words(page.folder / "one.xlsx")
    page.ask("open", name="one.xlsx")
    page.ask("check")
    assert {row["table"] for row in page.ask("findings")["rows"]} == {"Sheet"}


def test_a_page_left_open_knows_the_new_day(page: Page, tmp_path: Path) -> None:
    page.opened()
    from openpyxl import load_workbook  # noqa: PLC0415 - for this test

    book = load_workbook(tmp_path / "roster.xlsx")
    for row in book["Start"].iter_rows():
        for cell in row:
            if cell.value == "As of":
                book["Start"].cell(cell.row, cell.column + 1).value = None
    book.save(tmp_path / "open.xlsx")
    page.ask("open", name="open.xlsx")
    days = [page.ask("check", now=f"{day}T08:00:00")["as_of"] for day in ("2026-11-28", "2026-11-29")]
    assert days == ["2026-11-28", "2026-11-29"]


def _zip(*parts: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name, content in parts:
            target.writestr(name, content)
    return out.getvalue()


def _no_roster() -> bytes:
    book, out = Workbook(), BytesIO()
    book.active.append(["Colour", "Taste"])  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


UNUSABLE = [
    *[(f"{name}.xlsx", content) for name, content, _ in KINDS],
    ("nothing.xlsx", b""),
    ("no roster.xlsx", _no_roster()),
    ("encrypted.xlsx", compound("EncryptedPackage")),
    ("old.xls", compound("Workbook")),
    ("old under another name.xlsx", compound("Workbook")),
    ("binary.xlsb", _zip(("xl/workbook.bin", b"x"))),
    ("half a file.xlsx", BUILT["en"].read_bytes()[:40_000]),
    ("half a file.ods", BUILT["en"].read_bytes()[:40_000]),
    ("a zip of something.xlsx", _zip(("letter.txt", b"Dear colleague"))),
    ("a letter.ods", _zip(("mimetype", b"application/vnd.oasis.opendocument.text"))),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("name", "content"), UNUSABLE, ids=[name for name, _ in UNUSABLE])
def test_a_file_that_is_no_roster_gets_the_sentence_of_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, lang: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert said_by_both(Page(tmp_path, lang), name, capsys)


@pytest.mark.parametrize("limit", ["total", "members", "text", "shared_text", "listed", "names"])
def test_a_file_beyond_a_limit_gets_the_sentence_of_the_terminal(
    page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    shutil.copyfile(BUILT["en"], tmp_path / "big.xlsx")
    # The limits are one frozen value, so that no caller lowers them for others: its class is asked here.
    monkeypatch.setattr(Limits, limit, 10)
    assert said_by_both(page, "big.xlsx", capsys)


def said_by_both(page: Page, name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The one sentence that the page says of a file, and the terminal too, there with its folder."""
    said: str = page.ask("open", name=name)["error"]
    assert main(["check", str(page.folder / name), "--lang", page.lang]) != 0
    told = capsys.readouterr().err
    assert said in told.replace(f"{page.folder}/", "").removeprefix("hqs-xl: ")
    assert len(said.splitlines()) == 1
    return said


def test_files_out_are_those_of_the_terminal(page: Page, tmp_path: Path) -> None:
    page.opened(as_of="2026-11-25")
    for kind, command in {"due": "due", "calendar": "ics"}.items():
        name = page.ask("save", kind=kind, as_of="2026-11-25")["name"]
        out = tmp_path / f"told{Path(name).suffix}"
        main([command, str(tmp_path / "roster.xlsx"), "--as-of", "2026-11-25", "--out", str(out)])
        assert (tmp_path / name).read_bytes() == out.read_bytes()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_command_of_the_terminal_is_told_to_who_has_none(tmp_path: Path, lang: str) -> None:
    answer = Page(tmp_path, lang).opened()
    assert any(say("web.to_see", lang) in note for note in answer["notes"])
    assert "hqs-xl" not in "".join([*answer["notes"], *answer["not_checked"], answer["looked_at"]])


def test_nothing_open_is_said(page: Page) -> None:
    for call in ("check", "findings", "people", "save"):
        assert page.ask(call, kind="due")["error"] == say("error.web.nothing_open")


def test_progress_grows_from_nothing_to_all(page: Page) -> None:
    page.opened()
    assert page.told == sorted(page.told)
    assert 0 <= page.told[0] <= page.told[-1] <= 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_how_far_the_calendar_is_known(tmp_path: Path, lang: str) -> None:
    about = Page(tmp_path, lang).ask("about")
    assert about["known"] == str(shown(date.fromisoformat("2027-12-31"), lang))
    assert all(rule["words"] and rule["event"] for rule in about["rules"])

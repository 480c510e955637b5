"""The due list: what is on it, in which band, with whom, and as which file."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hqs_xl.cells.ids import to_id
from hqs_xl.cli.program import main
from hqs_xl.output.duelist import DueList, due_list, within
from hqs_xl.output.duelist_html import html
from hqs_xl.output.duelist_xlsx import workbook
from hqs_xl.sync.tally import Tally
from hqs_xl.texts import LANGUAGES, say
from tests.programs import needs_validator, validator_errors
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST, checked, settings
from tests.roster_files import roster_file

HARMFUL = '<script>alert(1)</script>\u2028 & "=1+1"'


def listed(*people: dict[str, Any], names: dict[str, str] | None = None, **given: Any) -> DueList:
    return due_list(Path("r.xlsx"), checked([SPECIALIST | changes for changes in people], **given), names)


def placed(found: DueList) -> list[tuple[str, str, date | None]]:
    return [
        (band.title.rpartition(":")[0], entry.action, entry.due)
        for band in found.bands
        for group in band.groups
        for entry in group.entries
    ]


# --- What stands where -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (-1, "Overdue or broken"),
        (0, "Today"),
        (1, "Within a week"),
        (7, "Within a week"),
        (8, "In 8 to 14 days"),
        (14, "In 8 to 14 days"),
        (15, "In 15 to 30 days"),
        (30, "In 15 to 30 days"),
        (31, None),
    ],
)
def test_the_end_of_a_policy_stands_in_its_band(days: int, band: str | None) -> None:
    found = listed({"policy_ends": AS_OF + timedelta(days)})
    assert [one[0] for one in placed(found) if "insurance" in one[1]] == ([band] if band else [])


@pytest.mark.parametrize(
    ("ahead", "days", "band"),
    [(60, 31, "In 31 to 60 days"), (60, 60, "In 31 to 60 days"), (60, 61, None), (10, 10, "In 8 to 10 days")]
    + [(10, 11, None), (3, 3, "Within a week"), (3, 4, None), (30, 30, "In 15 to 30 days")],
)
def test_it_looks_so_many_days_ahead(ahead: int, days: int, band: str | None) -> None:
    report = checked([SPECIALIST | {"policy_ends": AS_OF + timedelta(days)}], bands=within(settings(), ahead).bands)
    assert [one[0] for one in placed(due_list(Path("r.xlsx"), report)) if "insurance" in one[1]] == (
        [band] if band else []
    )


@pytest.mark.parametrize(
    ("as_of", "ahead", "band"),
    [
        (date(2026, 1, 2), 7, "In 8 to 28 days"),
        (date(2026, 1, 2), 14, "In 15 to 28 days"),
        (date(2026, 1, 2), 28, "In 15 to 28 days"),
        (date(2026, 1, 22), 3, "In 8 to 8 days"),
        (date(2026, 1, 23), 3, "Within a week"),
    ],
)
def test_what_is_told_before_it_is_near_has_a_band_of_its_own(as_of: date, ahead: int, band: str) -> None:
    """A salary too low is told as soon as the quarter is over, whose notice is due 2026-01-30."""
    low = {"person_id": "P1", "quarter": "2025Q4", "salary_paid": 1000}
    bands = within(settings(), ahead).bands
    filed = {quarter: day for quarter, day in FILED.items() if quarter != "2025Q4"}
    report = checked([SPECIALIST], filed, [low], as_of=as_of, edition="law", bands=bands)
    found = placed(due_list(Path("r.xlsx"), report))
    assert [one for one in found if one[1].startswith("Look at the salary")] == [
        (band, "Look at the salary of the quarter before the notice is filed", date(2026, 1, 30))
    ]


def test_what_the_dashboard_calls_overdue_is_what_stands_there() -> None:
    """A salary too low in a quarter whose notice is overdue is looked at before that: both are late."""
    low = [{"person_id": "P1", "quarter": quarter, "salary_paid": 1000} for quarter in ("2025Q2", "2025Q4")]
    report = checked([SPECIALIST | {"host": "Self"}], {}, low, edition="law")
    tally = Tally(AS_OF, "en")
    for finding in report.findings:
        tally.add_finding(finding)
    overdue = [one for one in placed(due_list(Path("r.xlsx"), report)) if one[0] == "Overdue or broken"]
    assert sum("salary of the quarter" in action for _, action, _ in overdue) == 2
    assert tally.glance("overdue") == len(overdue)


def test_without_a_number_of_days_it_looks_as_far_as_the_settings() -> None:
    assert within(settings(), None) == settings()


def test_what_is_done_late_or_only_a_cell_to_mend_is_not_on_it_but_cells_are_counted() -> None:
    found = listed({"concluded_notice_filed": date(2025, 3, 1), "host": "nobody's"})
    assert found.entries == ()
    assert found.unread == 1
    assert found.notes[:2] == ("Nothing is due.", say("due.unread", count=1))


def test_a_rule_broken_by_a_day_to_come_is_broken_now() -> None:
    found = listed({"permit_expires": date(2029, 3, 2)})
    assert placed(found) == [("Overdue or broken", "Check the permit's dates", None)]
    assert found.entries[0].days is None


def test_act_by_is_the_last_working_day_before() -> None:
    sunday = date(2026, 4, 5)
    (entry,) = listed({"policy_ends": sunday}).entries
    assert (entry.due, entry.act_by, entry.days) == (sunday, date(2026, 4, 3), 20)


def test_the_same_to_do_stands_together_in_the_order_of_its_days() -> None:
    ends = [date(2026, 3, 24), date(2026, 3, 29), date(2026, 3, 27)]
    people = [{"person_id": f"P{n}", "policy_ends": day} for n, day in enumerate(ends)]
    found = listed(*people, {"person_id": "P9", "permit_expires": date(2026, 4, 25), "permit_starts": None}, filed={})
    groups = [(group.action, [one.person_id for one in group.entries]) for group in found.bands[-1].groups]
    assert ("Renew the health insurance", ["P0", "P2", "P1"]) in groups
    assert len({group.action for group in found.bands[-1].groups}) == len(groups)


# --- Whom to notify --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "whom"),
    [
        ({"concluded_notice_filed": None}, "Ministry of Internal Affairs"),
        ({"permit_expires": date(2026, 4, 10)}, "Ministry of Internal Affairs"),
        ({"registered_on": None, "entered_on": date(2025, 11, 1)}, "Ministry of Internal Affairs"),
        ({"permit_expires": None, "permit_starts": None}, "Ministry of Internal Affairs"),
        ({"visa_expires": None, "registered_until": None}, "consulate"),
        ({"hiring_order": None}, ""),
        ({"policy_ends": date(2026, 3, 20)}, ""),
        ({"registered_until": date(2029, 1, 1)}, ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else value,
)
def test_whom(changes: dict[str, Any], whom: str) -> None:
    (entry, *_) = listed(changes).entries
    assert entry.whom.startswith(whom)
    assert bool(entry.whom) is bool(whom)


@pytest.mark.parametrize(
    ("as_of", "whom"), [(date(2016, 4, 4), "Federal Migration Service"), (date(2016, 4, 5), "Ministry of Internal")]
)
def test_the_authority_is_that_of_the_day(as_of: date, whom: str) -> None:
    signed = {"agreement_signed": date(2016, 3, 1), "concluded_notice_filed": None}
    found = listed(signed, as_of=as_of)
    assert {one.whom[: len(whom)] for one in found.entries if "concluded" in one.action} == {whom}


def test_the_authority_the_employer_names_wins_but_not_over_the_consulate() -> None:
    own = "Our migration office"
    open_notice, visa = {"concluded_notice_filed": None}, {"visa_expires": None, "person_id": "P2"}
    found = listed(open_notice, visa, authority=own)
    assert {one.whom for one in found.entries if "concluded" in one.action} == {own}
    assert own not in {one.whom for one in found.entries if "visa" in one.action.lower()}


# --- As a file -------------------------------------------------------------------------------------------------------


class Reader(HTMLParser):
    """Tags that stand open, and the texts of cells; fails on a tag closed that is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [f"{name}={value}" for name, value in attrs if name in {"src", "href", "onload"}]
        if tag not in {"meta", "link", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)


def page(found: DueList) -> Reader:
    reader = Reader()
    reader.feed(html(found))
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_html_needs_nothing_beside_it(lang: str) -> None:
    found = listed({"concluded_notice_filed": None}, lang=lang)
    reader = page(found)
    assert reader.links == []
    assert "script" not in reader.tags
    assert "url(" not in html(found)
    text = "".join(reader.texts)
    for words in (found.title, found.about, *found.notes, *(entry.message for entry in found.entries)):
        assert words in text
    assert "size: A4" in html(found)


def test_each_band_has_a_sign_and_a_word_for_readers_without_colour() -> None:
    days = (-20, 0, 3, 12)
    people = [{"person_id": f"P{n}", "policy_ends": AS_OF + timedelta(n)} for n in days]
    found = listed(*people, filed={})
    heads = re.findall(r'<h2 class="(\w+)">(.) (\w+)', html(found))
    assert [(one, sign) for one, sign, _ in heads] == [
        *(("overdue", "▲"), ("today", "●"), ("week", "●"), ("later", "○")),
    ]


def test_what_a_cell_holds_stays_text(tmp_path: Path) -> None:
    found = listed({"person_id": HARMFUL, "policy_ends": AS_OF}, names={to_id(HARMFUL): HARMFUL}, filed={})
    reader = page(found)
    assert "script" not in reader.tags
    assert HARMFUL in "".join(reader.texts)
    (tmp_path / "due.xlsx").write_bytes(workbook(found))
    sheet = load_workbook(tmp_path / "due.xlsx").active
    assert sheet
    assert HARMFUL in [cell.value for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_people_of_whom_the_same_is_said_share_a_row() -> None:
    found = listed(*({"person_id": f"P{n}", "policy_ends": AS_OF} for n in range(30)), filed={})
    rows = [row for row in re.findall(r"<tr>(.*?)</tr>", html(found)) if "Health insurance" in row]
    assert len(rows) == 1
    assert re.findall(r'<span class="person">(\w+) </?', rows[0].replace("</span>", " </")) == sorted(
        f"P{n}" for n in range(30)
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("named", [False, True])
def test_the_sheet_has_a_line_for_each(lang: str, named: bool) -> None:
    names = {"P1": "Amber Quill"} if named else None
    found = listed({"concluded_notice_filed": None, "policy_ends": AS_OF}, names=names, lang=lang)
    sheet: Any = load_workbook(io.BytesIO(workbook(found))).active
    (table,) = sheet.tables.values()
    heads, *lines = [[cell.value for cell in row] for row in sheet[table.ref]]
    rows = [dict(zip(heads, line, strict=True)) for line in lines]
    assert len(rows) == len(found.entries) == 2
    column = {key: say(f"due.column.{key}", lang) for key in ("done", "person", "due", "what", "name", "source")}
    assert [row[column["what"]] for row in rows] == [entry.message for entry in found.entries]
    assert [row[column["due"]].date() for row in rows] == [entry.due for entry in found.entries]
    assert {row[column["done"]] for row in rows} == {None}
    assert (column["name"] in heads) is named
    assert table.column_names == heads
    head = sheet[table.ref][0][0].row
    assert (sheet.page_setup.paperSize, sheet.print_title_rows) == (9, f"${head}:${head}")
    texts = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert (texts[: head - 1], texts[-len(found.remarks) :]) == (
        [found.title, found.about, *found.summary, *found.warnings, None],
        [*found.remarks],
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_of_text_is_cut_at_the_edge_of_the_page(lang: str) -> None:
    sheet: Any = load_workbook(io.BytesIO(workbook(listed({"concluded_notice_filed": None}, lang=lang)))).active
    edge = sheet.print_area.split(":")[1].replace("$", "")
    merged = {area.min_row: area for area in sheet.merged_cells.ranges}
    for row in sheet.iter_rows(min_row=2):
        if isinstance(row[0].value, str) and row[1].value is None:
            assert row[0].alignment.wrap_text, row[0].value
            assert merged[row[0].row].coord.split(":")[1].rstrip("0123456789") == edge.rstrip("0123456789")


@pytest.mark.parametrize(
    ("ahead", "en", "ru"),
    [
        (-1, "1 day overdue", "просрочено на 1 день"),
        (-2, "2 days overdue", "просрочено на 2 дня"),
        (0, "today", "сегодня"),
        (1, "in 1 day", "через 1 день"),
        (7, "in 7 days", "через 7 дней"),
    ],
    ids=str,
)
def test_days_in_words(ahead: int, en: str, ru: str) -> None:
    signed = {"concluded_notice_filed": None, "agreement_signed": AS_OF}
    (entry, *_) = listed(signed).entries
    told = entry._replace(days=ahead)
    assert (told.days_in_words("en"), told.days_in_words("ru")) == (en, ru)
    assert entry._replace(days=None).days_in_words("en") == ""


def test_a_summary_stands_on_top() -> None:
    found = listed({"concluded_notice_filed": None}, {"person_id": "P2", "policy_ends": AS_OF}, filed={})
    bands, actions = found.summary
    assert bands == " · ".join(band.title for band in found.bands)
    counts = [int(part) for part in re.findall(r": (\d+)", actions)]
    assert sum(counts) == len(found.entries)
    assert counts == sorted(counts, reverse=True)
    assert listed({}, bands=(3,)).summary == ()


def test_the_sheet_is_coloured_as_the_workbook_is() -> None:
    sheet: Any = load_workbook(
        io.BytesIO(workbook(listed({"concluded_notice_filed": None, "policy_ends": AS_OF})))
    ).active
    (table,) = sheet.tables.values()
    heads = table.column_names
    band, days = heads.index(say("due.column.band")), heads.index(say("due.column.days"))
    fills = {row[band].value: row[days].fill.fgColor.rgb[2:] for row in sheet[table.ref][1:]}
    assert fills == {"▲ Overdue or broken": "F9DDCB", "● Today": "FCEBC5"}


def test_the_same_list_is_the_same_bytes() -> None:
    found = [listed({"concluded_notice_filed": None}, {"person_id": "P2"}) for _ in range(2)]
    assert html(found[0]) == html(found[1])
    assert workbook(found[0]) == workbook(found[1])


@needs_validator
def test_microsofts_validator_has_no_error(tmp_path: Path) -> None:
    for name, found in {"some": listed({"concluded_notice_filed": None}), "none": listed({})}.items():
        (tmp_path / f"{name}.xlsx").write_bytes(workbook(found))
        assert validator_errors(tmp_path / f"{name}.xlsx") == []


# --- The command -----------------------------------------------------------------------------------------------------


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


class TestCommand:
    def test_in_the_terminal(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = roster_file(tmp_path / "r.xlsx", concluded_notice_filed=None, full_name="Amber Quill")
        assert run("due", file, "--as-of", "2026-03-16") == 1
        shown = capsys.readouterr().out
        assert "Overdue or broken: 1" in shown
        assert re.search(
            r"Notify the authority of the concluded agreement\. To: (.|\n)*\n P1 .* 4\d\d days overdue", shown
        )
        assert "To do: Notify the authority of the concluded agreement: 1" in shown.replace("\n", " ")
        assert "Amber" not in shown
        assert run("due", file, "--as-of", "2026-03-16", "--names", "--lang", "ru") == 1
        assert "Amber" in capsys.readouterr().out

    def test_nothing_due(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("due", roster_file(tmp_path / "r.xlsx"), "--as-of", "2026-03-16", "--within", "20") == 0
        assert "Nothing is due." in capsys.readouterr().out

    @pytest.mark.parametrize("name", ["due.html", "due.HTM", "due.xlsx"])
    def test_as_a_file(self, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = roster_file(tmp_path / "r.xlsx", concluded_notice_filed=None)
        before = file.read_bytes()
        for _ in range(2):
            assert run("due", file, "--as-of", "2026-03-16", "--within", "30", "--out", tmp_path / name) == 1
        assert capsys.readouterr().out.splitlines()[-1] == f"{tmp_path / name}: 1 thing to do"
        assert file.read_bytes() == before
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["r.xlsx", name])

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("due.pdf", "print it to PDF"),
            ("due.docx", "as .html or .xlsx"),
            ("due", "as .html or .xlsx"),
            ("r.xlsx", "the roster itself"),
            ("nowhere/due.html", "there is no folder"),
        ],
    )
    def test_refused_in_one_line(
        self, name: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = roster_file(tmp_path / "r.xlsx")
        before = file.read_bytes()
        assert run("due", file, "--out", tmp_path / name) == 2
        captured = capsys.readouterr()
        assert words in captured.err
        assert captured.err.count("\n") == 1
        assert file.read_bytes() == before
        assert [path.name for path in tmp_path.iterdir()] == ["r.xlsx"]

    @pytest.mark.parametrize("days", ["0", "-1", "soon", "99999", "3.5"])
    def test_no_number_of_days(self, days: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            run("due", tmp_path / "r.xlsx", f"--within={days}")
        assert "is no number of days" in capsys.readouterr().err

    def test_a_missing_library_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("hqs_xl.output.files.find_spec", lambda _: None)
        assert run("due", roster_file(tmp_path / "r.xlsx"), "--out", tmp_path / "due.xlsx") == 2
        assert 'needs XlsxWriter; run: python -m pip install "hqs-xl[output]"' in capsys.readouterr().err

    def test_a_family_member_of_nobody_is_on_it(self) -> None:
        found = due_list(Path("r.xlsx"), checked([FAMILY], filed=FILED))
        assert [entry.person_id for entry in found.entries] == ["F1"]

"""``hqs-xl build``: the workbook HR opens, the same bytes on every platform.

Its cells are laid out as a book in memory, the sync checks that book like any other, and what it answers is stored in
the formulas' cells: so the file reads right before a macro or a function has run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from hqs_xl.demo.people import people as demo_people
from hqs_xl.hosts.memory import Formula, MemoryBook
from hqs_xl.sync.book import refresh_book
from hqs_xl.template.carried import Held, carry
from hqs_xl.template.looks import styles
from hqs_xl.template.package import finished
from hqs_xl.template.page import Looks, Page
from hqs_xl.template.ribbon import add_ribbon, ribbon_xml
from hqs_xl.template.sheets.answers import answers_page, kept_page, lines_names
from hqs_xl.template.sheets.dashboard import dashboard_name, dashboard_page
from hqs_xl.template.sheets.figures import figures_name, figures_page
from hqs_xl.template.sheets.plan import people_name, plan_page
from hqs_xl.template.sheets.records import (
    deadlines_page,
    documents_page,
    employer_page,
    finding_names,
    findings_page,
    log_page,
    salary_page,
)
from hqs_xl.template.sheets.roster import ids_name, roster_page
from hqs_xl.template.sheets.rules import calendar_page, known_name, rules_page
from hqs_xl.template.sheets.start import names, start_page
from hqs_xl.template.sheets.tables import YES_NO
from hqs_xl.template.vba_project import vba_project
from hqs_xl.template.xlwings_conf import CONFIG, SHEET
from hqs_xl.texts import say

# The demo's people are made for this day, and the workbook is looked at as of it: a build may not know the clock.
DEMO_DAY = date(2026, 11, 23)
DEMO_PEOPLE = 64
CHECKED = datetime(2026, 11, 23, 9)  # noqa: DTZ001 - as the stamp
CREATED = datetime(2026, 11, 23)  # noqa: DTZ001 - a stamp in the file's properties, of no zone


@dataclass(frozen=True, slots=True)
class _People:
    """Who stands in the workbook, and as of which day."""

    roster: list[dict[str, Any]]
    notices: list[dict[str, Any]]


def build(
    out: Path,
    *,
    lang: str = "en",
    demo: bool = True,
    macros: bool = True,
    config: Mapping[str, str] | None = None,
    held: Held | None = None,
    now: datetime = CHECKED,
) -> None:
    """Write the workbook.

    ``demo``: with invented people as of a fixed day, else empty and as of today. ``macros``: with functions, ribbon and
    macros inside (.xlsm). ``config``: the settings of xlwings' glue, of no machine in particular unless given.
    ``held``: what it takes over from an older one, and ``now`` when that is checked.
    """
    people = _demo(lang) if demo else _People([], [])
    if held:
        people = _People([*map(dict, held.rows("roster"))], [*map(dict, held.rows("salary"))])
    data = BytesIO()
    workbook = Workbook(data, {"in_memory": True})
    pages = _pages(workbook, lang, people, demo=demo, today=now.date())
    own = carry(pages, held) if held else []
    # Nobody has checked an empty workbook yet.
    _answer([page for page in pages if demo or held or page.code not in {"StartSheet", "LogSheet"}], now)
    pages += own
    own_names = {name: f"={cells}" for name, cells in (held.names if held else {}).items()}
    _write(workbook, pages, lang, (config or CONFIG) if macros else None, own_names)
    package = data.getvalue()
    out.write_bytes(finished(add_ribbon(package, ribbon_xml(lang)) if macros else package))


def _demo(lang: str) -> _People:
    roster, notices = [], []
    for person in demo_people(DEMO_DAY, DEMO_PEOPLE, lang):
        roster.append(person.facts)
        notices += [
            {"person_id": person.facts["person_id"], "quarter": str(quarter), "filed_on": day}
            for quarter, day in person.filed.items()
        ]
    return _People(roster, notices)


def _pages(workbook: Workbook, lang: str, people: _People, *, demo: bool, today: date) -> list[Page]:
    settings = {
        "as_of": DEMO_DAY if demo else Formula("=TODAY()", today),
        "edition": "card",
        "language": lang,
        "bands": "60, 30, 14, 7",
        "count_presidential_days_off": YES_NO[lang][1],
        "edition_file": None,
    }
    return [
        start_page(lang, settings, invented=[str(one["full_name"]) for one in people.roster] if demo else []),
        dashboard_page(lang, workbook),
        roster_page(lang, people.roster),
        salary_page(lang, people.notices),
        documents_page(lang),
        employer_page(lang),
        findings_page(lang),
        deadlines_page(lang),
        plan_page(lang, people.roster, "card"),
        rules_page(lang),
        calendar_page(lang),
        figures_page(lang),
        log_page(lang),
        answers_page(lang, max(len(people.roster), 1)),
        kept_page(lang),
    ]


def _answer(pages: Sequence[Page], now: datetime) -> None:
    """Let the sync fill the cells, as it would those of a file."""
    book = MemoryBook({page.name: page.cells for page in pages}, marks={page.name: page.marks for page in pages})
    refresh_book(book, now=now)


def defined_names(lang: str) -> dict[str, str]:
    """The names of cells that the workbook defines."""
    marked = dashboard_name(lang) | figures_name(lang)
    named = dict([people_name(lang), ids_name(lang), known_name(lang)])
    return names(lang) | finding_names(lang) | lines_names(lang) | marked | named


def _write(
    workbook: Workbook,
    pages: Sequence[Page],
    lang: str,
    config: Mapping[str, str] | None,
    own_names: Mapping[str, str],
) -> None:
    workbook.set_properties({"title": say("start.title", lang), "created": CREATED})
    workbook.set_calc_mode("auto")
    looks = Looks(workbook, styles(lang))
    for page in pages:
        sheet = workbook.add_worksheet(page.name)
        page.render(sheet, looks)
        if page.hidden:
            sheet.hide()
        if config is not None:
            sheet.set_vba_name(page.code)
    for name, cells in (defined_names(lang) | dict(own_names)).items():
        workbook.define_name(name, cells)
    if config is not None:
        _add_macros(workbook, [page.code for page in pages], lang, config)
    workbook.close()


def _add_macros(workbook: Workbook, codes: Sequence[str], lang: str, config: Mapping[str, str]) -> None:
    sheet = workbook.add_worksheet(SHEET)
    sheet.hide()
    sheet.set_vba_name("ConfSheet")
    for row, (key, value) in enumerate(config.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    workbook.set_vba_name("ThisWorkbook")
    workbook.add_vba_project(BytesIO(vba_project([*codes, "ConfSheet"], lang)), is_stream=True)

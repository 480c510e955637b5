"""A demo roster of invented people: one for every finding there is, then people in order, seeded by their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from hqs_xl.law import RUSSIA, Quarter, due
from hqs_xl.law.terms import months_later
from hqs_xl.roster.columns import FULL_SHEET, TABLES, Column
from hqs_xl.texts import say

GIVEN = (
    "Arlo",
    "Bexley",
    "Cosmo",
    "Delphine",
    "Ember",
    "Fable",
    "Gale",
    "Harper",
    "Indigo",
    "Juniper",
    "Kestrel",
    "Lark",
)
SURNAMES = (
    "Alderquill",
    "Brambleforth",
    "Copperwick",
    "Dunmarrow",
    "Elmsparrow",
    "Fernhollow",
    "Glimmerstone",
    "Hazelbrook",
)
COUNTRIES = ("India", "China", "Turkey", "Germany", "Japan", "Brazil", "Vietnam", "France")

# Excel wants table names without spaces, one in a workbook.
NAMES = {"roster": "Roster", "salary": "SalaryNotices", "settings": "SettingsTable", "documents": "Documents"}

# So many people may have a year of salary notices before those fill a sheet.
SETTLED = 200_000

Facts = dict[str, Any]


@dataclass(slots=True)
class DemoPerson:
    """A row of the roster in the making, with the quarters whose notice was filed (None: not yet)."""

    facts: Facts
    filed: dict[Quarter, date | None] = field(default_factory=dict)


Change = Callable[[DemoPerson, date], None]


def days(count: int) -> timedelta:
    """So many days, short."""
    return timedelta(days=count)


def compliant(person_id: str, as_of: date, random: Random, lang: str, *, recent: bool = False) -> DemoPerson:
    """A specialist whose every date is in order on the day, in the careful edition too.

    ``recent``: began a few weeks ago, and so has hardly a salary notice to file.
    """
    starts = RUSSIA.add(as_of - days(20 if recent else random.randint(150, 420)), 0)
    decided = RUSSIA.add(starts, -8)
    filed = RUSSIA.add(decided, -12)
    signed = RUSSIA.add(filed, -2)
    entered = as_of - days(random.randint(12, 60))
    visa_expires = months_later(starts, 36) - days(21)
    facts: Facts = {
        "person_id": person_id,
        "full_name": f"{random.choice(GIVEN)} {random.choice(SURNAMES)}",
        "relation": "ВКС" if lang == "ru" else "HQS",
        "citizenship": random.choice(COUNTRIES),
        "visa_required": _yes(lang),
        "passport_expires": as_of + days(1500),
        "agreement_signed": signed,
        "agreement_starts": starts,
        "permit_filed": filed,
        "permit_decided": decided,
        "permit_collected": starts,
        "permit_starts": starts,
        "permit_expires": months_later(starts, 36) - days(1),
        "visa_starts": starts - days(20),
        "visa_expires": visa_expires,
        "entered_on": entered,
        "work_started": starts,
        "hiring_order": starts,
        "registered_on": entered + days(6),
        "registered_until": visa_expires,
        "host": "Работодатель" if lang == "ru" else "Employer",
        "policy_starts": starts,
        "policy_ends": as_of + days(random.randint(120, 300)),
        "medical_done": entered + days(4),
        "concluded_notice_filed": signed,
    }
    person = DemoPerson(facts)
    quarter = Quarter.of(starts)
    while quarter.last < as_of:
        deadline = due("notice.salary", quarter.first, "careful")
        person.filed[quarter] = min(RUSSIA.add(deadline.act_by, -3), as_of)
        quarter = quarter.following
    return person


def _yes(lang: str) -> str:
    return "да" if lang == "ru" else "yes"


def _no(lang: str) -> str:
    return "нет" if lang == "ru" else "no"


def _set(**offsets: int | None) -> Change:
    """Facts moved to so many days after the day of the check; None empties them."""

    def change(person: DemoPerson, as_of: date) -> None:
        for key, offset in offsets.items():
            person.facts[key] = None if offset is None else as_of + days(offset)

    return change


def _put(**values: object) -> Change:
    """Facts replaced by what a cell may hold."""
    return lambda person, _: person.facts.update(values)


def _after(key: str, **offsets: int) -> Change:
    """Facts moved to so many days after another fact."""

    def change(person: DemoPerson, _: date) -> None:
        for name, offset in offsets.items():
            person.facts[name] = person.facts[key] + days(offset)

    return change


def _both(*changes: Change) -> Change:
    def change(person: DemoPerson, as_of: date) -> None:
        for one in changes:
            one(person, as_of)

    return change


def _family(lang: str, sponsor: str) -> Change:
    """A family member: no agreement, permit or notices of their own."""

    def change(person: DemoPerson, _: date) -> None:
        own = ("agreement", "permit", "work", "hiring", "concluded", "medical")
        for key in [key for key in person.facts if key.startswith(own)]:
            del person.facts[key]
        person.facts |= {"relation": "Семья" if lang == "ru" else "Family", "sponsor_id": sponsor}
        person.filed.clear()

    return change


def _salary(offset: int | None) -> Change:
    """The last notice that was filed, so many days after its due day; None: not filed."""

    def change(person: DemoPerson, _: date) -> None:
        quarter = min(person.filed)
        late = None if offset is None else due("notice.salary", quarter.first).due + days(offset)
        person.filed[quarter] = late

    return change


def _passport_changed(person: DemoPerson, as_of: date) -> None:
    person.facts["passport_changed"] = as_of - days(30)


def scenarios(lang: str) -> dict[str, Change]:
    """One change of a compliant person for each finding, by the finding's code."""
    gone = {"agreement_ends": -40, "terminated_on": -40, "left_on": -1}
    return {
        "permit.missing": _put(permit_expires=None, permit_starts=None),
        "permit.expired": _set(permit_expires=-10, permit_starts=-1000),
        "permit.too_long": _after("permit_starts", permit_expires=1200),
        "permit.beyond_agreement": _set(agreement_ends=200),
        "permit.renewal_overdue": _set(permit_starts=-1000, permit_expires=12),
        "permit.renewal_late": _set(permit_starts=-1000, permit_expires=15, renewal_filed=-5),
        "permit.renewal_due": _set(permit_starts=-1000, permit_expires=70),
        "work.before_permit": _after("permit_collected", work_started=-5),
        "order.missing": _put(hiring_order=None),
        "visa.missing": _put(visa_starts=None, visa_expires=None, registered_until=None),
        "visa.expired": _set(visa_expires=-3, visa_starts=-900, registered_until=-3),
        "visa.too_long": _after("visa_starts", visa_expires=1200),
        "registration.overdue": _set(entered_on=-120, registered_on=None, registered_until=None, medical_done=-110),
        "registration.overdue after a move": _set(entered_on=-80, registered_on=-75, moved_on=-50, medical_done=-70),
        "registration.late": _set(entered_on=-130, registered_on=-10, medical_done=-110),
        "registration.due": _set(entered_on=-60, registered_on=None, registered_until=None, medical_done=-40),
        "registration.beyond_visa": _after("visa_expires", registered_until=30),
        "agreement.beyond_permit": _both(
            _set(renewal_filed=-120, permit_starts=-60, permit_expires=900, agreement_ends=990),
            _set(permit_collected=-60, permit_decided=-65, permit_filed=-120, visa_starts=-60, visa_expires=900),
            _set(registered_until=900),
        ),
        "insurance.missing": _put(policy_starts=None, policy_ends=None),
        "insurance.gap": _set(policy_ends=-9),
        "insurance.ending": _set(policy_ends=20),
        "host.no_housing": _put(host="Сам" if lang == "ru" else "Self", owns_housing=_no(lang)),
        "notice.concluded.overdue": _put(concluded_notice_filed=None),
        "notice.concluded.late": _after("agreement_signed", concluded_notice_filed=15),
        "notice.concluded.due": _both(
            _put(**dict.fromkeys(("permit_filed", "permit_decided", "permit_collected", "permit_starts"))),
            _put(**dict.fromkeys(("permit_expires", "visa_starts", "visa_expires", "entered_on", "work_started"))),
            _put(**dict.fromkeys(("hiring_order", "registered_on", "registered_until", "policy_starts"))),
            _put(**dict.fromkeys(("policy_ends", "medical_done", "concluded_notice_filed"))),
            _set(agreement_signed=0, agreement_starts=45),
            lambda person, _: person.filed.clear(),
        ),
        "notice.terminated.overdue": _set(agreement_ends=-20, terminated_on=-20, left_on=-10),
        "notice.terminated.late": _both(
            _set(agreement_ends=-20, terminated_on=-20, left_on=-10, terminated_notice_filed=-8), _salary(None)
        ),
        "notice.terminated.due": _set(
            terminated_on=3, agreement_ends=3, permit_expires=3, visa_expires=3, registered_until=3
        ),
        "notice.salary.overdue": _salary(None),
        "notice.salary.late": _salary(6),
        "notice.salary.due": _put(),
        "family.no_sponsor": _family(lang, "HQS-NONE"),
        "family in order": _family(lang, "HQS-00001"),
        "family without insurance": _both(_family(lang, "HQS-00001"), _put(policy_starts=None, policy_ends=None)),
        "scope.visa_free": _put(visa_required=_no(lang), visa_starts=None, visa_expires=None),
        "left and settled": _both(_set(**gone), _set(terminated_notice_filed=-40), _set(medical_done=-300)),
        "data.required": _put(agreement_signed=None),
        "data.not_a_date": _put(policy_ends="end of June"),
        "data.order": _after("permit_filed", permit_decided=-9),
        "data.unknown_word": _put(host="Landlord"),
        "data.duplicate_id": _put(person_id="HQS-00001"),
        "medical.overdue": _set(entered_on=-60, registered_on=-55, medical_done=None),
        "medical.late": _set(entered_on=-60, registered_on=-55, medical_done=-5),
        "medical.due": _set(entered_on=-10, registered_on=-8, medical_done=None),
        "permit.collect_overdue": _set(permit_decided=-80, permit_collected=None, work_started=None, hiring_order=None),
        "permit.collect_late": _after("permit_collected", permit_decided=-55, permit_filed=-90),
        "permit.collect_due": _set(
            permit_filed=-30, permit_decided=-9, permit_collected=None, work_started=None, hiring_order=None
        ),
        "permit.passport_overdue": _passport_changed,
        "permit.passport_late": _both(
            _set(passport_changed=-60), _set(permit_filed=-20, permit_decided=-2, permit_collected=-1)
        ),
        "permit.passport_due": _set(passport_changed=-3),
        "leave.overdue": _set(agreement_ends=-160, terminated_on=-160, terminated_notice_filed=-160),
        "leave.late": _set(agreement_ends=-160, terminated_on=-160, terminated_notice_filed=-160, left_on=-5),
        "leave.due": _set(agreement_ends=-40, terminated_on=-40, terminated_notice_filed=-40),
        "work.suspension": _set(permit_starts=-1000, permit_expires=-4, visa_expires=-4, visa_starts=-1000),
    }


def people(as_of: date, count: int, lang: str) -> Iterator[DemoPerson]:
    """So many invented people: the first in order, then one for each finding, then people in order."""
    changes: list[Change] = [_put(), *scenarios(lang).values()]
    for number in range(1, count + 1):
        person = compliant(f"HQS-{number:05}", as_of, Random(number), lang, recent=number > SETTLED)  # noqa: S311
        if number <= len(changes):
            changes[number - 1](person, as_of)
        yield person


def write_demo(
    file: Path, as_of: date, count: int, lang: str = "en", progress: Callable[[float], None] | None = None
) -> None:
    """Write the demo roster: sheets Roster, Salary notices and Settings, each an Excel table."""
    book = Workbook(write_only=True)
    salary: list[list[Any]] = []

    def roster_rows() -> Iterator[list[Any]]:
        for done, person in enumerate(people(as_of, count, lang)):
            if len(salary) < FULL_SHEET:
                salary.extend(
                    [person.facts["person_id"], str(quarter), None, day] for quarter, day in person.filed.items()
                )
            yield [person.facts.get(column.key) for column in TABLES["roster"]]
            if progress:
                progress((done + 1) / count)

    _write_table(book.create_sheet(say("table.roster", lang)), "roster", roster_rows(), count, lang)
    del salary[FULL_SHEET:]
    _write_table(book.create_sheet(say("table.salary", lang)), "salary", iter(salary), len(salary), lang)
    # Wide enough that a salary notice, due every three months, is always in the widest band.
    settings = {"as_of": as_of, "edition": "card", "language": lang, "bands": "92, 30, 14, 7"}
    settings["count_presidential_days_off"] = _no(lang)
    rows = [[say(f"setting.{key}", lang), value] for key, value in settings.items()]
    _write_table(book.create_sheet(say("table.settings", lang)), "settings", iter(rows), len(rows), lang)
    if file.exists():
        # Somebody may have typed in the last one.
        file.replace(file.with_suffix(".old.xlsx"))
    book.save(file)


def _write_table(sheet: Any, kind: str, rows: Iterator[list[Any]], count: int, lang: str) -> None:
    columns = TABLES[kind]
    sheet.freeze_panes = "B2"
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width + 2
    sheet.append([_header(sheet, column, lang) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    table = Table(displayName=NAMES[kind], ref=f"A1:{get_column_letter(len(columns))}{max(count, 1) + 1}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
    table.tableColumns = [TableColumn(id=i, name=column.header(lang)) for i, column in enumerate(columns, 1)]
    with catch_warnings():
        # openpyxl warns that a write-only table needs its columns named, which they are.
        simplefilter("ignore", UserWarning)
        sheet.add_table(table)


def _header(sheet: Any, column: Column, lang: str) -> Any:
    cell = WriteOnlyCell(sheet, column.header(lang))
    cell.font = Font(name="Calibri", size=11, bold=True)
    cell.fill = PatternFill("solid", start_color="EEEEEE" if column.answer else "DCE6F1")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, date):
        return value
    cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
    cell.number_format = "yyyy-mm-dd"
    return cell

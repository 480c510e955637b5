"""What has to change about a person in order so that a check finds something: one change for each finding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hqs_xl.demo.person import DemoPerson, days, no
from hqs_xl.law import due

Change = Callable[[DemoPerson, date], None]


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
        own = ("agreement", "permit", "work", "hiring", "concluded")
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


# Here for long, and not since yesterday, so that all that follows the entry is in order.
_STAYS = {"entered_on": -100, "registered_on": -95, "registered_until": 200, "medical_done": -96}


def _renewed(decided: int, **offsets: int) -> Change:
    """A permit renewed while the person stayed in Russia: the decision, and what it brought."""
    obtained = dict.fromkeys(("permit_collected", "permit_starts"), decided + 5)
    filed = dict.fromkeys(("renewal_filed", "permit_filed"), decided - 20)
    return _set(**_STAYS | filed | obtained | {"permit_decided": decided, "permit_expires": 900} | offsets)


def scenarios(lang: str) -> dict[str, Change]:
    """One change of a compliant person for each finding, by the finding's code."""
    found = _of_one_person(lang)
    # Counted as ``people`` does, which has one in order before them.
    renewed = f"HQS-{list(found).index('medical.repeat_overdue') + 2:05}"
    return found | {
        "family without the examination": _both(
            _family(lang, "HQS-00001"), _set(**_STAYS | {"entered_on": -130, "medical_done": None})
        ),
        "family of one renewed": _both(_family(lang, renewed), _set(**_STAYS)),
    }


def _of_one_person(lang: str) -> dict[str, Change]:
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
            _set(registered_until=200, medical_done=-60),
        ),
        "insurance.missing": _put(policy_starts=None, policy_ends=None),
        "insurance.gap": _set(policy_ends=-9),
        "insurance.ending": _set(policy_ends=20),
        "host.no_housing": _put(host="Сам" if lang == "ru" else "Self", owns_housing=no(lang)),
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
        "scope.visa_free": _put(visa_required=no(lang), visa_starts=None, visa_expires=None),
        "left and settled": _both(_set(**gone), _set(terminated_notice_filed=-40), _set(medical_done=-300)),
        "data.required": _put(agreement_signed=None),
        "data.not_a_date": _put(policy_ends="конец июня" if lang == "ru" else "end of June"),
        "data.order": _after("permit_filed", permit_decided=-9),
        "data.unknown_word": _put(host="Хозяйка" if lang == "ru" else "Landlord"),
        "data.duplicate_id": _put(person_id="HQS-00001"),
        "data.near_id": _put(person_id="hqs-00001"),
        "medical.overdue": _set(entered_on=-60, registered_on=-55, medical_done=None),
        "medical.late": _set(entered_on=-60, registered_on=-55, medical_done=-5),
        "medical.before_entry": _set(entered_on=-60, registered_on=-55, medical_done=-90),
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
        "registration.long": _after("visa_expires", registered_until=0),
        "medical.repeat_overdue": _renewed(-60),
        "medical.repeat_late": _renewed(-60, medical_done=-10),
        "medical.repeat_due": _renewed(-15),
        "medical.repeat_untold": _set(**_STAYS | {"renewal_filed": -120, "permit_starts": -55, "permit_expires": 900}),
    }

"""Edition files that must not load, each with the file and the key its error names; and the odd ones that must."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from hqs_xl.bilingual import BLANK
from hqs_xl.errors import EditionError, RuleError
from hqs_xl.law.rulebook import Rulebook, Value, read_editions

D = date.fromisoformat

CARD = """
edition = "card"
[notice.birth]
statement = "S23"
event = "born_on"
[[notice.birth.value]]
count = [{ number = 3, unit = "working day" }]
checked = 2026-11-28
source = "an invented law"
evidence = "seed"
"""
LAW = """
edition = "law"
[[notice.birth.value]]
from = 2020-01-01
count = [{ number = 5, unit = "day" }]
checked = 2026-11-28
source = "an invented amendment"
evidence = "primary"
"""
CAREFUL = """
edition = "careful"
[[notice.birth.value]]
count = [{ number = 2, unit = "day" }]
checked = 2026-11-28
source = "prudence"
evidence = "unverified"
"""
VALUE = """
[[notice.birth.value]]
from = 2022-01-01
count = [{ number = 7, unit = "day" }]
checked = 2026-11-28
source = "a later amendment"
evidence = "primary"
"""
COUNT = '{ number = 3, unit = "working day" }'
COUNTED = f"count = [{COUNT}]"


@pytest.fixture(autouse=True, params=["pydantic", "the standard library"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With pydantic, and as where it is not installed."""
    if request.param != "pydantic":
        monkeypatch.setitem(sys.modules, "hqs_xl.models.by_pydantic", None)


def read(card: str = CARD, law: str = LAW, careful: str = CAREFUL) -> Rulebook:
    return read_editions({"card.toml": card, "law.toml": law, "careful.toml": careful})


def values(book: Rulebook, edition: str) -> tuple[Value, ...]:
    return book["notice.birth"].values[edition]


def spoiled(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def test_the_editions_the_broken_ones_are_made_of_load() -> None:
    book = read()
    assert [book.value("notice.birth", D("2024-03-04"), e).terms[0].number for e in ("card", "law", "careful")] == [
        3, 5, 2,
    ]  # fmt: skip
    assert book.value("notice.birth", D("2019-12-31"), "law").terms[0].number == 3


RULE, FIRST = "notice.birth", "notice.birth.value[0]"
TERM = f"{FIRST}.count[0]"

BROKEN_CARDS = [
    # The file.
    ('edition = "card"', "", "edition", "no edition"),
    ('edition = "card"', 'edition = "Card"', "edition", "an unknown edition"),
    ('edition = "card"', 'edition = ["card"]', "edition", "a list for an edition"),
    ('edition = "card"', 'edition = "card"\nyear = 2024', "year", "unknown key of the file"),
    ('edition = "card"', 'edition = "card"\nnotes = ["x"]', "notes", "unknown list of the file"),
    ('edition = "card"', 'edition = "card"\nas_law = 5', "as_law", "as_law is a number"),
    ('edition = "card"', 'edition = "card"\nas_law = [["x"]]', "as_law", "as_law is a list of lists"),
    ('edition = "card"', 'edition = "card"\nas_law = ["notice.birth"]', "as_law", "the card cannot be as the law"),
    # The rule.
    ('event = "born_on"', 'event = "born_on"\nunit = "day"', f"{RULE}.unit", "unknown key of a rule"),
    ('event = "born_on"', 'event = "born_on"\nevents = "x"', f"{RULE}.events", "misspelt key of a rule"),
    ('statement = "S23"', "", f"{RULE}.statement", "rule without statement"),
    ('"S23"', '"S27"', f"{RULE}.statement", "statement after the last"),
    ('"S23"', '"S0"', f"{RULE}.statement", "statement before the first"),
    ('"S23"', '"s23"', f"{RULE}.statement", "statement in small letters"),
    ('"S23"', "23", f"{RULE}.statement", "statement as number"),
    ('"S23"', '["S23"]', f"{RULE}.statement", "list of statements"),
    ('event = "born_on"', "", f"{RULE}.event", "rule without event"),
    ('"born_on"', '" "', f"{RULE}.event", "blank event"),
    ('"born_on"', "5", f"{RULE}.event", "event as number"),
    ('event = "born_on"', 'event = "born_on"\nat_most = 5', f"{RULE}.at_most", "at_most as number"),
    ('event = "born_on"', 'event = "born_on"\nwhere = 5', f"{RULE}.where", "where as number"),
    ('event = "born_on"', 'event = "born_on"\nwhere = ""', f"{RULE}.where", "blank where"),
    ('"seed"\n', '"seed"\n[notice.death]\nstatement = "S1"\nevent = "x"\n', "notice.death.value", "rule without value"),
    ('"seed"\n', '"seed"\n[notice.death]\nstatement = "S1"\nevent = "x"\nvalue = []\n', "notice.death.value",
     "empty list of values"),
    ('"seed"\n', '"seed"\n[notice.death]\nstatement = "S1"\nevent = "x"\nvalue = 5\n', "notice.death.value",
     "number for values"),
    ('"seed"\n', '"seed"\n[notice.death]\nstatement = "S1"\nevent = "x"\nvalue = [5]\n', "notice.death.value[0]",
     "number for a value"),
    ('"seed"\n', '"seed"\n[notice]\ndeath = 5\n', "notice.death", "number for a rule beside another"),
    ('"seed"\n', '"seed"\n[leave]\ndeath = 5\n', "leave.death", "number for a rule"),
    ('"seed"\n', '"seed"\n[[leave.death]]\nx = 5\n', "leave.death", "list for a rule"),
    # The value.
    ('evidence = "seed"', 'evidence = "seed"\nsince = 2020-01-01', f"{FIRST}.since", "unknown key of a value"),
    ('source = "an invented law"', "", f"{FIRST}.source", "no source"),
    ('"an invented law"', '""', f"{FIRST}.source", "empty source"),
    ('"an invented law"', '" \\t "', f"{FIRST}.source", "blank source"),
    ('"an invented law"', "115", f"{FIRST}.source", "source as number"),
    ('source = "an invented law"', 'source.en = "a law"', f"{FIRST}.source", "source in English alone"),
    ('source = "an invented law"', 'source.en = "a law"\nsource.ru = " "', f"{FIRST}.source", "blank Russian"),
    ('source = "an invented law"', 'source.en = "a law"\nsource.de = "Gesetz"', f"{FIRST}.source", "source in German"),
    ('evidence = "seed"', "", f"{FIRST}.evidence", "no evidence"),
    ('"seed"', '"hearsay"', f"{FIRST}.evidence", "unknown evidence"),
    ('"seed"', '""', f"{FIRST}.evidence", "blank evidence"),
    ('"seed"', '["seed"]', f"{FIRST}.evidence", "list of evidence"),
    ("checked = 2026-11-28", "", f"{FIRST}.checked", "never looked at"),
    ("checked = 2026-11-28", 'checked = "2026-11-28"', f"{FIRST}.checked", "looked at on a text"),
    ("checked = 2026-11-28", "checked = 2026", f"{FIRST}.checked", "looked at in a year"),
    ("checked = 2026-11-28", "checked = 2026-11-28T10:00:00", f"{FIRST}.checked", "looked at at a moment"),
    ("checked = 2026-11-28", "checked = true", f"{FIRST}.checked", "looked at, yes"),
    ("checked = 2026-11-28", "checked = 2026-02-29", "not TOML", "looked at on no day there is"),
    ("checked = 2026-11-28", "looked_at = 2026-11-28", f"{FIRST}.looked_at", "another word for checked"),
    ('evidence = "seed"', 'evidence = "seed"\nquote = 5', f"{FIRST}.quote", "quote as number"),
    ('evidence = "seed"', 'evidence = "seed"\nnote = ["x"]', f"{FIRST}.note", "note as list"),
    ('evidence = "seed"', 'evidence = "seed"\nfrom = "2020-01-01"', f"{FIRST}.from", "from as text"),
    ('evidence = "seed"', 'evidence = "seed"\nfrom = 2020-01-01T00:00:00', f"{FIRST}.from", "from as moment"),
    ('evidence = "seed"', 'evidence = "seed"\nfrom = 2020', f"{FIRST}.from", "from as year"),
    ('evidence = "seed"', 'evidence = "seed"\nfrom = 12:00:00', f"{FIRST}.from", "from as hour"),
    ('evidence = "seed"', 'evidence = "seed"\nuntil = "2020-01-01"', f"{FIRST}.until", "until as text"),
    ('evidence = "seed"', 'evidence = "seed"\nuntil = 2020-01-01T00:00:00Z', f"{FIRST}.until", "until as moment"),
    ('evidence = "seed"', 'evidence = "seed"\nfrom = 2020-01-02\nuntil = 2020-01-01', f"{FIRST}.until",
     "until before from"),
    ('evidence = "seed"\n', 'evidence = "seed"\n' + VALUE.replace("from = 2022-01-01", ""), f"{RULE}.value[1].from",
     "two values without dates"),
    ('evidence = "seed"\n', 'evidence = "seed"\nfrom = 2022-01-01\n' + VALUE, f"{RULE}.value[1].from",
     "two values from one day"),
    ('evidence = "seed"\n', 'evidence = "seed"\nfrom = 2022-01-02\n' + VALUE, f"{RULE}.value[1].from",
     "values not in the order of their dates"),
    ('evidence = "seed"\n', 'evidence = "seed"\nuntil = 2022-01-01\n' + VALUE, f"{FIRST}.until",
     "until the next value's first day"),
    ('evidence = "seed"\n', 'evidence = "seed"\nuntil = 2023-01-01\n' + VALUE, f"{FIRST}.until",
     "until after the next value's first day"),
    # The content.
    (COUNTED, "", FIRST, "no content"),
    (COUNTED, f"{COUNTED}\nexempt = true", FIRST, "two contents"),
    (COUNTED, 'condition = true\nname = "x"', FIRST, "two other contents"),
    (COUNTED, f'{COUNTED}\nper = "month"', f"{FIRST}.per", "a count per month"),
    (COUNTED, "exempt = 1", f"{FIRST}.exempt", "exempt as number"),
    (COUNTED, 'exempt = "yes"', f"{FIRST}.exempt", "exempt as text"),
    (COUNTED, "condition = false", f"{FIRST}.condition", "a condition that is none"),
    (COUNTED, "condition = 1", f"{FIRST}.condition", "a condition as number"),
    (COUNTED, 'name = ""', f"{FIRST}.name", "blank name"),
    (COUNTED, "name = 5", f"{FIRST}.name", "name as number"),
    (COUNTED, "same_as_card = true", f"{FIRST}.same_as_card", "the card is as the card"),
    (COUNTED, 'amount = 0\nper = "month"', f"{FIRST}.amount", "amount 0"),
    (COUNTED, 'amount = -5\nper = "month"', f"{FIRST}.amount", "negative amount"),
    (COUNTED, 'amount = 5.5\nper = "month"', f"{FIRST}.amount", "amount with kopecks"),
    (COUNTED, 'amount = "5"\nper = "month"', f"{FIRST}.amount", "amount as text"),
    (COUNTED, 'amount = true\nper = "month"', f"{FIRST}.amount", "amount as yes"),
    (COUNTED, "amount = 5", f"{FIRST}.per", "amount without per"),
    (COUNTED, 'amount = 5\nper = "week"', f"{FIRST}.per", "amount per week"),
    (COUNTED, 'amount = 5\nper = ["month"]', f"{FIRST}.per", "amount per list"),
    # The count.
    (COUNTED, "count = []", f"{FIRST}.count", "empty count"),
    (COUNTED, "count = 3", f"{FIRST}.count", "count as number"),
    (COUNTED, f"count = {COUNT}", f"{FIRST}.count", "one term without its list"),
    (COUNTED, "count = [3]", TERM, "term as number"),
    (COUNTED, f"count = [{COUNT}, 3]", f"{FIRST}.count[1]", "second term as number"),
    ("number = 3, ", "", f"{TERM}.number", "no number"),
    ("number = 3", "number = 0", f"{TERM}.number", "number 0"),
    ("number = 3", "number = -3", f"{TERM}.number", "negative number"),
    ("number = 3", "number = true", f"{TERM}.number", "number as yes"),
    ("number = 3", "number = 3.0", f"{TERM}.number", "number as float"),
    ("number = 3", "number = inf", f"{TERM}.number", "endless number"),
    ("number = 3", 'number = "3"', f"{TERM}.number", "number as text"),
    ("number = 3", "number = 3, step = 1", f"{TERM}.step", "unknown key of a term"),
    (', unit = "working day"', "", f"{TERM}.unit", "no unit"),
    ('"working day"', '"week"', f"{TERM}.unit", "unknown unit"),
    ('"working day"', '"working days"', f"{TERM}.unit", "unit in the plural"),
    ('"working day"', '["day"]', f"{TERM}.unit", "unit as list"),
    ('"working day"', '"day", direction = "back"', f"{TERM}.direction", "unknown direction"),
    ('"working day"', '"day", start = "before"', f"{TERM}.start", "unknown start"),
    ('"working day"', '"day", start = 1', f"{TERM}.start", "start as number"),
    ('"working day"', '"day", landing = "next working day"', f"{TERM}.landing", "rolled forward"),
    ('"working day"', '"day", landing = true', f"{TERM}.landing", "landing as yes"),
    # Not TOML.
    ('"S23"', "S23", "not TOML", "a text without quotes"),
    ('statement = "S23"', 'statement = "S23"\nstatement = "S24"', "not TOML", "a key twice"),
    ("[notice.birth]", "[notice.birth", "not TOML", "an open bracket"),
    ("[notice.birth]", "[notice.birth]\n[notice.birth]", "not TOML", "a rule twice in one file"),
    ("number = 3", "number = 03", "not TOML", "a number with a leading zero"),
    ('evidence = "seed"', 'evidence = "seed"\nfrom = 2023-02-29', "not TOML", "29 February of a common year"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key"), [pytest.param(*row[:-1], id=row[-1]) for row in BROKEN_CARDS])
def test_a_broken_card_is_refused_with_file_and_key(old: str, new: str, key: str) -> None:
    with pytest.raises(EditionError) as raised:
        read(card=spoiled(CARD, old, new))
    assert str(raised.value).startswith(f"card.toml: {key}: ")


LATER = VALUE.replace("2022-01-01", "2020-06-01")
BROKEN_LAWS = [
    ('edition = "law"', 'edition = "law"\n[notice.birth]\nstatement = "S24"', f"{RULE}.statement",
     "another statement than the card's"),
    ('edition = "law"', 'edition = "law"\n[notice.birth]\nevent = "died_on"', f"{RULE}.event",
     "another event than the card's"),
    ('edition = "law"', 'edition = "law"\n[notice.birth]\nat_most = "x"', f"{RULE}.at_most",
     "another bound than the card's"),
    ('edition = "law"', 'edition = "law"\n[notice.birth]\nwhere = "x"', f"{RULE}.where",
     "another place to look than the card's"),
    ('edition = "law"', 'edition = "law"\n[notice.birth]\nstatement = "S27"', f"{RULE}.statement",
     "a statement the card has not"),
    ("[[notice.birth.value]]", "[[notice.death.value]]", "notice.death.statement", "a new rule without statement"),
    ("[[notice.birth.value]]", '[notice.death]\nstatement = "S1"\n[[notice.death.value]]', "notice.death.event",
     "a new rule without event"),
    ('edition = "law"', 'edition = "card"', RULE, "one rule of one edition in two files"),
    ('edition = "law"', 'edition = "law"\nas_law = ["notice.death"]', "as_law", "as_law of a rule not there"),
    ('[{ number = 5, unit = "day" }]', '[{ number = 5, unit = "days" }]', f"{TERM}.unit", "a unit in the plural"),
    ('count = [{ number = 5, unit = "day" }]', "same_as_card = false", f"{FIRST}.same_as_card", "not as the card"),
    ('count = [{ number = 5, unit = "day" }]', "same_as_card = true\nexempt = true", FIRST, "as the card, and not"),
    ('count = [{ number = 5, unit = "day" }]', "condition = true", FIRST, "nothing to count where the card counts"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key"), [pytest.param(*row[:-1], id=row[-1]) for row in BROKEN_LAWS])
def test_a_broken_law_is_refused_with_file_and_key(old: str, new: str, key: str) -> None:
    with pytest.raises(EditionError) as raised:
        read(law=spoiled(LAW, old, new))
    assert str(raised.value).startswith(f"law.toml: {key}: ")


AS_CARD = LAW.replace('count = [{ number = 5, unit = "day" }]', "same_as_card = true")


@pytest.mark.parametrize(
    "card",
    [
        pytest.param(CARD + VALUE, id="two values"),
        pytest.param(CARD.replace("birth", "death"), id="no such rule"),
    ],
)
def test_same_as_card_needs_a_single_value_of_the_card(card: str) -> None:
    law = AS_CARD.replace('edition = "law"', 'edition = "law"\n[notice.birth]\nstatement = "S23"\nevent = "born_on"')
    with pytest.raises(EditionError) as raised:
        read(card=card, law=law)
    assert str(raised.value).startswith(f"law.toml: {FIRST}.same_as_card: ")


@pytest.mark.parametrize(
    ("careful", "key"),
    [
        pytest.param('edition = "careful"\nas_law = ["notice.death"]', "as_law", id="as_law to nothing"),
        pytest.param('edition = "careful"\nas_law = ["birth"]', "as_law", id="as_law without the group"),
        pytest.param(CAREFUL.replace('"careful"', '"careful"\nas_law = ["notice.birth"]'), "as_law",
                     id="as_law and a value of its own"),
        pytest.param('edition = "careful"\nas_law = "notice.birth"', "as_law", id="as_law as text"),
    ],
)  # fmt: skip
def test_a_broken_careful_edition_is_refused_with_file_and_key(careful: str, key: str) -> None:
    with pytest.raises(EditionError) as raised:
        read(careful=careful)
    assert str(raised.value).startswith(f"careful.toml: {key}: ")


def test_the_key_names_the_value_that_is_wrong_among_several() -> None:
    with pytest.raises(EditionError, match=r"^card\.toml: notice\.birth\.value\[1\]\.evidence: "):
        read(card=CARD + spoiled(VALUE, '"primary"', '"rumour"'))


def test_the_message_names_what_was_found_and_what_is_known() -> None:
    with pytest.raises(EditionError, match=r"expected one of day, working day, month, year, found 'week'"):
        read(card=spoiled(CARD, '"working day"', '"week"'))
    with pytest.raises(EditionError, match=r"expected one of seed, primary, practitioner, unverified, found 'rumour'"):
        read(card=spoiled(CARD, '"seed"', '"rumour"'))


# --- What a file may say -----------------------------------------------------------------------------------------


def test_statements_of_a_rule_may_be_repeated_in_a_later_file() -> None:
    law = LAW.replace('"law"', '"law"\n[notice.birth]\nstatement = "S23"\nevent = "born_on"')
    assert read(law=law)["notice.birth"].statement == "S23"


@pytest.mark.parametrize(
    ("day", "number"),
    [("2019-12-31", 3), ("2020-01-01", 5), ("2020-05-31", 5), ("2020-06-01", 7), ("2030-01-01", 7)],
)
def test_a_value_gives_way_to_the_next_the_day_before_that_begins(day: str, number: int) -> None:
    assert read(law=LAW + LATER).value("notice.birth", D(day), "law").terms[0].number == number


@pytest.mark.parametrize(
    ("day", "number"),
    [("2019-12-31", 3), ("2020-01-01", 5), ("2020-04-30", 5), ("2020-05-01", 3), ("2020-06-01", 7)],
)
def test_between_two_values_the_card_s_stands(day: str, number: int) -> None:
    law = spoiled(LAW, "from = 2020-01-01", "from = 2020-01-01\nuntil = 2020-04-30")
    assert read(law=law + LATER).value("notice.birth", D(day), "law").terms[0].number == number


def test_a_value_may_last_one_day() -> None:
    book = read(law=spoiled(LAW, "from = 2020-01-01", "from = 2020-01-01\nuntil = 2020-01-01"))
    numbers = [book.value("notice.birth", D(f"20{day}"), "law").terms[0].number for day in ("19-12-31", "20-01-01")]
    assert [*numbers, book.value("notice.birth", D("2020-01-02"), "law").terms[0].number] == [3, 5, 3]


def test_outside_the_card_s_own_dates_nothing_is_in_force() -> None:
    card = CARD + "from = 2010-01-01\nuntil = 2030-12-31\n"
    book = read(card=card, law='edition = "law"', careful='edition = "careful"')
    for day, there in (("2009-12-31", False), ("2010-01-01", True), ("2030-12-31", True), ("2031-01-01", False)):
        assert (book["notice.birth"].find(D(day)) is not None) is there
    with pytest.raises(RuleError):
        book.value("notice.birth", D("2009-12-31"))


def test_as_law_takes_the_law_s_values_over() -> None:
    book = read(careful='edition = "careful"\nas_law = ["notice.birth"]')
    (law,), (careful,) = values(book, "law"), values(book, "careful")
    assert careful == law._replace(edition="careful")


def test_same_as_card_keeps_the_number_and_changes_the_source() -> None:
    book = read(law=AS_CARD)
    (card,), (law,) = values(book, "card"), values(book, "law")
    assert law.terms == card.terms
    assert (law.edition, law.source, law.evidence) == ("law", "an invented amendment", "primary")


@pytest.mark.parametrize(
    ("day", "source"),
    [("2019-12-31", "an invented law"), ("2020-01-01", "an invented amendment"),
     ("2020-12-31", "an invented amendment"), ("2021-01-01", "an invented law")],
    ids=["the day before", "the first day", "the last day", "the day after"],
)  # fmt: skip
def test_same_as_card_holds_for_its_own_dates_only(day: str, source: str) -> None:
    book = read(law=spoiled(AS_CARD, "from = 2020-01-01", "from = 2020-01-01\nuntil = 2020-12-31"))
    assert book.value("notice.birth", D(day), "law").source == source


def test_same_as_card_may_precede_a_value_that_differs() -> None:
    book = read(law=AS_CARD.replace("from = 2020-01-01", "") + LATER)
    assert [value.terms[0].number for value in values(book, "law")] == [3, 7]
    assert [value.last for value in values(book, "law")] == [D("2020-05-31"), None]


def test_an_empty_edition_is_the_card() -> None:
    book = read(law='edition = "law"', careful='edition = "careful"')
    assert book.value("notice.birth", D("2024-03-04"), "careful") == values(book, "card")[0]


def test_a_rule_says_where_to_look_it_up_and_a_value_when_that_was_done() -> None:
    book = read(card=CARD.replace('event = "born_on"', 'event = "born_on"\nwhere = "an invented code"'))
    assert book["notice.birth"].where == "an invented code"
    assert read()["notice.birth"].where == ""
    law = spoiled(LAW, "checked = 2026-11-28", "checked = 2027-01-31")
    assert [value.checked for value in values(read(law=law), "law")] == [D("2027-01-31")]


def test_each_content_is_read() -> None:
    def one(content: str) -> Value:
        return values(read(card=CARD.replace(COUNTED, content), law='edition = "law"', careful='edition = "careful"'),
                      "card")[0]  # fmt: skip

    assert (one('amount = 5\nper = "month"').amount, one('amount = 5\nper = "month"').per) == (5, "month")
    assert (one("exempt = true").exempt, one("exempt = false").exempt) == (True, False)
    assert one('name = "FMS"').name == "FMS"
    assert one("condition = true") == one("condition = true")._replace(terms=(), amount=None, exempt=None, name=BLANK)
    assert [term.number for term in one(f"count = [{COUNT}, {COUNT}]").terms] == [3, 3]
    assert one(f'{COUNTED}\nquote = "q"\nnote = "n"')[-2:] == ("q", "n")


# --- The rulebook ------------------------------------------------------------------------------------------------


def test_the_rulebook_is_a_mapping_that_says_what_it_holds() -> None:
    book = read()
    assert (list(book), len(book), "notice.birth" in book, "notice.death" in book) == (["notice.birth"], 1, True, False)
    with pytest.raises(RuleError) as raised:
        book["notice.death"]
    assert (raised.value.key, raised.value.fields) == ("no_rule", {"rule": "notice.death", "known": "notice.birth"})
    with pytest.raises(RuleError) as raised:
        book.value("notice.birth", D("2024-03-04"), "new")
    assert raised.value.key == "no_edition"

"""The cell functions: the table of cases, called plainly and through xlwings' own CallUDF."""

from __future__ import annotations

import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from hqs_xl import functions
from hqs_xl.cells.declared import declared_in
from hqs_xl.functions import HQS_CHECK, HQS_PLAN, HQS_WORKDAY
from hqs_xl.roster import reading
from hqs_xl.roster.reading import by_annotations
from hqs_xl.texts import helps
from tests.english import english_in
from tests.functions.cases import Case, alike, cases, plain, squeezed, to_json
from tests.roster.people import SPECIALIST

ROOT = Path(__file__).parent.parent.parent
FUNCTIONS = {name: function for name, function in vars(functions).items() if name.startswith("HQS_")}
CONTRACT = """
HQS_WORKDAY(start, days) HQS_NETWORKDAYS(start, finish) HQS_ISWORKDAY(day) HQS_PERMIT_DECISION_DUE(filed, edition)
HQS_PERMIT_FILE_BY(needed, edition) HQS_PERMIT_LAST_DAY(start, agreement_end, edition)
HQS_VISA_LAST_DAY(start, agreement_end, edition) HQS_RENEWAL_DUE(expires, edition)
HQS_REGISTRATION_FREE_UNTIL(arrived, kind, edition) HQS_REGISTRATION_DUE(arrived, kind, edition)
HQS_NOTICE_DUE(event, kind, edition) HQS_SALARY_NOTICE_DUE(quarter, edition)
HQS_INSURANCE_GAP(cover_from, cover_until, policy_from, policy_until, as_of) HQS_ACT_BY(due)
HQS_ANSWERS(headers, rows, as_of, edition, lang, salary, settings, own_days, documents, people)
HQS_DAYS_LEFT(due, as_of) HQS_STATUS(due, done, as_of, warn_days, lang) HQS_EXPLAIN(rule, event, edition, lang)
HQS_RULE(rule, field, edition, day, lang) HQS_REQUIRED(topic, day, edition, lang) HQS_CALENDAR_KNOWN()
HQS_PLAN(signed, start, edition, lang) HQS_CHECK(headers, rows, as_of, edition, lang)
HQS_NEXT(headers, rows, as_of, edition, lang)
"""
# What is typed as an argument: words, and names of our workbooks.
WORDS_OF_ARGUMENTS = (
    *("entry", "move", "medical", "quota", "repeat", "family", "number", "unit", "source", "evidence", "from"),
    *("checked", "note", "AsOf", "Language"),
)
# Words VBA keeps for itself, or that hide one of its functions from the wrapper.
VBA_WORDS = """
    and array as boolean byref byte byval call case cdate const currency date debug declare dim do double each else
    elseif empty end enum erase error exit false for friend function get global gosub goto if imp in input integer is
    len let like line lock long loop lset me mid mod name new next not nothing null object on open option optional or
    paramarray preserve print private property public put raiseevent redim rem resume return rset seek select set single
    static step stop string sub tab then time to true type until variant wend while with withevents write xor
"""


class ComHost:
    """xlwings' COM server in a process of its own."""

    def __init__(self) -> None:
        command = [sys.executable, "-W", "error", "-m", "tests.functions.com_host"]
        self.process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def ask(self, **request: Any) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def com() -> Iterator[ComHost]:
    host = ComHost()
    yield host
    host.close()


@pytest.mark.parametrize("case", cases(), ids=str)
def test_called_plainly(case: Case) -> None:
    answer = to_json(FUNCTIONS[case.function](*map(plain, case.arguments)))
    assert alike(answer, case.answer), answer


@pytest.mark.parametrize("case", cases(), ids=str)
def test_called_by_excel_through_xlwings(case: Case, com: ComHost) -> None:
    given = len(inspect.signature(FUNCTIONS[case.function]).parameters)
    arguments = [*case.arguments, *["@missing"] * (given - len(case.arguments))]
    answer = com.ask(call=case.function, args=arguments)["answer"]
    assert alike(answer, squeezed(case.answer)), answer


def test_every_function_has_cases() -> None:
    assert {case.function for case in cases()} == set(FUNCTIONS)


def test_names_and_arguments_are_the_contract() -> None:
    found = {f"{name}({', '.join(inspect.signature(function).parameters)})" for name, function in FUNCTIONS.items()}
    assert found == set(re.findall(r"HQS_\w+\([^)]*\)", CONTRACT))


@pytest.mark.parametrize("name", FUNCTIONS)
class TestEachFunction:
    def test_no_hint_is_a_converter(self, name: str) -> None:
        assert set(get_type_hints(FUNCTIONS[name]).values()) == {Any}

    def test_the_help_fits_and_is_a_sentence(self, name: str) -> None:
        text = FUNCTIONS[name].__doc__
        assert text is not None
        assert 20 < len(text) <= 255
        assert text.endswith(".")
        assert "\n" not in text

    def test_no_name_is_a_cell_or_a_word_of_vba(self, name: str) -> None:
        for word in (name, *inspect.signature(FUNCTIONS[name]).parameters):
            assert not re.fullmatch(r"[A-Za-z]{1,3}[0-9]+|R[0-9]*C[0-9]*", word, re.IGNORECASE)
            assert word.lower() not in VBA_WORDS.split()
            assert not word.startswith("_")
            assert word != "caller"


def test_the_wrappers_xlwings_writes(com: ComHost) -> None:
    written = com.ask(wrappers=True)
    declared = re.findall(r"^Function (\w+)\((.*)\)$", written["vba"], re.MULTILINE)
    assert {name for name, _ in declared} == set(FUNCTIONS)
    for name, arguments in declared:
        parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
        wanted = [("" if one.default is one.empty else "Optional ") + one.name for one in parameters]
        assert arguments.split(", ") == wanted or (not wanted and arguments == "")


def test_every_help_reaches_excel(com: ComHost) -> None:
    options = com.ask(wrappers=True)["options"]
    assert {one["name"].partition("!")[2] for one in options} == set(FUNCTIONS)
    for one in options:
        function = FUNCTIONS[one["name"].partition("!")[2]]
        assert one["Category"] == "HQS"
        assert one["Description"] == function.__doc__
        helps = one["ArgumentDescriptions"] or []
        assert len(helps) == len(inspect.signature(function).parameters)
        for text in helps:
            assert 10 < len(text) <= 255
            assert text.endswith(".")
            assert "Positional argument" not in text


def test_the_plan_is_a_table_in_the_order_of_the_days() -> None:
    plan = HQS_PLAN("2026-03-02", "2026-04-20")
    assert [row[4].partition(":")[0] for row in plan] == [
        *("S2", "S24", "S3", "S4", "S5", "S6", "S17", "S7", "S8", "S9", "S10", "S11")
    ]
    assert {len(row) for row in plan} == {5}


def test_check_takes_all_columns_in_any_order() -> None:
    headers = list(SPECIALIST)[::-1]
    row = [SPECIALIST[key] for key in headers]
    assert HQS_CHECK([headers], [row], "2026-03-16") == [[""]]
    broken = [None if key == "hiring_order" else SPECIALIST[key] for key in headers]
    answer = HQS_CHECK([headers], [row, broken], "2026-03-16", "card", "ru")
    assert "приказа о приёме нет" in answer[1][0]
    assert "тот же номер" in answer[1][0]


def test_the_answers_are_the_same_where_pydantic_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = SPECIALIST | {"permit_expires": "soon", "host": "nobody", "person_id": 7.0}
    salary = [["Person ID", "Quarter", "Filed on"], [7, "2026Q9", "31.04.2026"]]
    documents = [["Person ID", "Document", "Valid until"], [7, "passport of a dog", 46000]]
    own_days = [["Date", "Working"], ["someday", "perhaps"], ["2026-03-17", "no"]]

    def answers() -> Any:
        beside = (salary, None, own_days, documents)
        return functions.HQS_ANSWERS([[*facts]], [[*facts.values()]], "2026-03-16", "card", "en", *beside)

    found = answers()
    assert reading._reader().__name__.endswith(".by_pydantic")
    monkeypatch.setattr(reading, "_reader", lambda: by_annotations)
    assert answers() == found
    assert "Permit expires" in found[0][-1]


def test_an_internal_error_is_logged_without_the_cells_values(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("Ivanova")

    monkeypatch.setattr("hqs_xl.law.procedure.due", fail)
    assert HQS_PLAN("2026-03-03") == "#HQS! internal error (see log)"
    assert "HQS_PLAN: ZeroDivisionError at" in caplog.text
    assert "Ivanova" not in caplog.text


class TestTheLanguageOfAMistake:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("ru", "#HQS! expires: это не дата"),
            ("Русский", "#HQS! expires: это не дата"),
            ("en", "#HQS! expires: not a date"),
            ("", "#HQS! expires: not a date"),
            ("fr", "#HQS! expires: not a date"),
            (None, "#HQS! expires: not a date"),
        ],
    )
    def test_it_is_that_of_the_workbook_that_calls(self, com: ComHost, language: str | None, said: str) -> None:
        assert com.ask(call="HQS_RENEWAL_DUE", args=["soon"], language=language)["answer"].startswith(said)

    def test_one_workbook_after_the_other_is_told_in_its_own(self, com: ComHost) -> None:
        asked = [com.ask(call="HQS_RENEWAL_DUE", args=["soon"], language=one) for one in ("ru", "en", "ru")]
        assert ["не дата" in one["answer"] for one in asked] == [True, False, True]

    def test_the_workbook_is_asked_once_for_a_range_and_never_without_a_mistake(self, com: ComHost) -> None:
        wrong = com.ask(call="HQS_RENEWAL_DUE", args=[[["soon"], ["later"], ["@2026-05-12"]]], language="ru")
        assert (wrong["asked"], wrong["answer"][2]) == (1, ["@2026-04-12"])
        assert all("не дата" in row[0] for row in wrong["answer"][:2])
        assert com.ask(call="HQS_RENEWAL_DUE", args=["@2026-05-12"], language="ru")["asked"] == 0

    @pytest.mark.parametrize(("lang", "language"), [("ru", "en"), ("en", "ru")])
    def test_what_the_call_asks_for_wins(self, com: ComHost, lang: str, language: str) -> None:
        answers = [
            com.ask(call="HQS_STATUS", args=["soon", None, "@2026-05-12", None, lang], language=language),
            com.ask(call="HQS_CHECK", args=[[["A", "B"]], [["a"]], "@2026-05-12", None, lang], language=language),
        ]
        assert [bool(re.search("[а-я]", one["answer"])) for one in answers] == [lang == "ru"] * 2
        assert [one["asked"] for one in answers] == [0, 0]

    def test_a_fault_of_ours_has_one_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("hqs_xl.law.procedure.due", lambda *_, **__: 1 / 0)
        assert HQS_PLAN("2026-03-03", None, None, "ru") == "#HQS! ошибка самой программы (см. журнал)"


def test_every_help_has_its_russian_and_no_russian_is_left_over() -> None:
    declared = declared_in(functions).values()
    said = [text for one in declared for text in (one.doc, *(argument.doc for argument in one.arguments.values()))]
    assert list(dict.fromkeys(said)) == list(helps("ru")), "hqs_xl/texts/functions.toml, in the order of the functions"
    names = {name for one in declared for name in one.arguments}
    for text in helps("ru").values():
        assert 10 < len(text) <= 255
        assert text.endswith(".")
        assert re.search("[а-яё]{3}", text)
        assert english_in(text, *names, *WORDS_OF_ARGUMENTS) == []


def test_true_one_and_zero_are_different_cells() -> None:
    day = "2026-03-16"
    answers = HQS_WORKDAY([[day], [day], [day]], [[1], [True], [1.0]])
    assert [str(row[0])[:10] for row in answers] == ["2026-03-17", "#HQS! days", "2026-03-17"]
    answers = HQS_WORKDAY([[0], [False], [0.0]], 1)
    assert [row[0][:5] for row in answers] == ["", "#HQS!", ""]

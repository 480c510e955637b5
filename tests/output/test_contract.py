"""The contract for machines: published schemas, and real outputs judged by a validator of another maker."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import ValidationError

from hqs_xl.cli.commands.schema import NAMES as OFFERED
from hqs_xl.data import packaged
from hqs_xl.law import EDITIONS
from hqs_xl.law.declared.edition import EditionFile, OwnFile
from hqs_xl.models import problems
from hqs_xl.output.contract.models import CheckReport, said
from hqs_xl.output.contract.schemas import NAMES, schema_text
from hqs_xl.roster.columns import facts
from tests.roster_files import roster_file, run

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema"
ODD = {"agreement_ends": "soon", "host": "nobody", "permit_expires": "2026-12-01", "hiring_order": None}


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema_text(name)), format_checker=FormatChecker())


def test_every_schema_is_offered() -> None:
    assert OFFERED == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_published_schema_is_the_one_that_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema", name) == 0
    printed = capsys.readouterr().out
    assert (PUBLISHED / f"{name}.json").read_text("utf-8") == printed, "python docs/make_schemas.py"
    Draft202012Validator.check_schema(json.loads(printed))
    assert json.loads(printed)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(
    "command",
    [
        "check roster.xlsx",
        "check odd.xlsx --edition law",
        "refresh roster.xlsx odd.xlsx broken.xlsx --dry-run",
        "due odd.xlsx",
        "due odd.xlsx --names --edition careful",
        "plan --signed 2026-03-02",
        "plan --signed 2026-03-02 --start 2026-05-04 --edition law",
        "import people.csv --into roster.xlsx",
        "import people.csv --into new.xlsx --yes",
    ],
)
def test_a_real_answer_is_what_its_schema_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, lang: str
) -> None:
    monkeypatch.chdir(tmp_path)
    roster_file(tmp_path / "roster.xlsx")
    roster_file(tmp_path / "odd.xlsx", **ODD)
    (tmp_path / "broken.xlsx").write_text("no workbook")
    (tmp_path / "people.csv").write_text("Person ID;Relation;Colour;Host\nP7;HQS;red;\nP8;HQS;;nobody\n")
    assert run(*command.split(), "--json", "--lang", lang) in {0, 1, 2}
    answer = json.loads(capsys.readouterr().out)
    assert [error.message for error in validator(command.split(maxsplit=1)[0]).iter_errors(answer)] == []
    assert answer["version"] == 1


@pytest.mark.parametrize(
    "broken",
    [{"as_of": None}, {"as_of": "28.11.2026"}, {"people": "many"}, {"version": 2}, {"findings": [{}]}],
    ids=["no day", "a day in words", "no number", "another version", "an empty finding"],
)
def test_another_answer_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: dict[str, Any]) -> None:
    run("check", roster_file(tmp_path / "roster.xlsx"), "--json")
    answer = json.loads(capsys.readouterr().out)
    assert validator("check").is_valid(answer)
    assert not validator("check").is_valid(answer | broken)
    assert validator("check").is_valid(answer | {"a_field_of_later": 1})


def test_a_field_that_is_not_published_goes_out_nowhere() -> None:
    with pytest.raises(ValidationError, match="not_declared"):
        said(CheckReport, {"not_declared": 1})


def test_the_records_that_import_takes_are_those_of_the_schema(tmp_path: Path) -> None:
    record: dict[str, Any] = {column.key: None for column in facts("roster")} | {"full_name": "Dill Thorn"}
    record |= {"person_id": "P9", "relation": "HQS", "entered_on": "2026-03-03", "owns_housing": True, "host": "Self"}
    assert validator("roster").is_valid([record, {"person_id": 7}])
    for bad in ({"relation": "robot"}, {"entered_on": "03.03.2026"}, {"owns_housing": "maybe"}):
        assert not validator("roster").is_valid([record | bad])
    path = tmp_path / "people.json"
    path.write_text(json.dumps([record, {"person_id": 7}]))
    assert run("import", path, "--into", tmp_path / "new.xlsx", "--yes", "--strict") == 0


SHIPPED = {name: tomllib.loads(packaged(f"law/editions/{name}.toml")) for name in EDITIONS}
TERM = {"number": 1, "unit": "working day"}
VALUE = {"count": [TERM], "source": "our house rule", "checked": date(2026, 11, 28)}


def own(**changes: Any) -> dict[str, Any]:
    value = {key: one for key, one in {**VALUE, **changes}.items() if one is not None}
    return {"edition": "own", "notice": {"concluded": {"value": [value]}}}


def in_json(tree: dict[str, Any]) -> Any:
    """As JSON has it: a day is its text."""
    return json.loads(json.dumps(tree, default=str))


@pytest.mark.parametrize(
    "tree", [*SHIPPED.values(), own(), own(note={"en": "a", "ru": "б"})], ids=[*SHIPPED, "own", "both"]
)
def test_an_edition_is_what_its_schema_says(tree: dict[str, Any]) -> None:
    assert [error.message for error in validator("edition").iter_errors(in_json(tree))] == []
    assert problems(OwnFile if tree["edition"] == "own" else EditionFile, tree) == []


@pytest.mark.parametrize(
    "tree",
    [
        pytest.param({"edition": "ours"}, id="no such edition"),
        pytest.param(own(checked=None), id="never looked at"),
        pytest.param(own(source=" "), id="no source"),
        pytest.param(own(source={"en": "a"}), id="a text in one language of two"),
        pytest.param(own(count=[]), id="no term"),
        pytest.param(own(count=[TERM | {"number": 0}]), id="a term of nothing"),
        pytest.param(own(count=[TERM | {"unit": "week"}]), id="no such unit"),
        pytest.param(own(evidence="hearsay"), id="no such evidence"),
        pytest.param(own(quota=1), id="a key that is none"),
        pytest.param({"edition": "own", "notice": {"concluded": {"value": []}}}, id="no value"),
        pytest.param({"edition": "own", "notice": 1}, id="no group"),
        pytest.param(own(count=None), id="nothing said"),
        pytest.param(own(exempt=True), id="two things said"),
        pytest.param(own(per="month"), id="a count per month"),
        pytest.param(own(count=None, amount=5), id="an amount, and not how often"),
    ],
)
def test_what_is_no_edition_is_refused_by_schema_and_model(tree: dict[str, Any]) -> None:
    assert not validator("edition").is_valid(in_json(tree))
    assert problems(OwnFile, tree) != []


def test_the_schema_of_a_record_has_a_field_for_each_fact() -> None:
    found = json.loads(schema_text("roster"))["items"]
    assert list(found["properties"]) == [column.key for column in facts("roster")]
    assert found["required"] == ["person_id"]

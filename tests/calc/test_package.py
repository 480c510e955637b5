"""The extension's package: its names are file format, its bytes the same each time, what its code needs is in it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import distribution, version
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

import pytest

import hqs_xl
from hqs_xl import functions
from hqs_xl.cells.declared import declared_in
from hqs_xl.hosts.calc import package as packages
from hqs_xl.hosts.calc.names import EXTENSION, FUNCTIONS, IMPLEMENTATIONS, INTERFACE, MODULE
from hqs_xl.hosts.calc.package import members, package
from tests.calc.extension import unpacked
from tests.calc.office import Office
from tests.english import english_in

ROOT = Path(__file__).parent.parent.parent
DECLARED = list(declared_in(functions).values())
# Documents out in the world hold these names: one may be added, none changed, and no argument taken away or moved.
METHODS = """
hqsWorkday(start, days) hqsNetworkdays(start, finish) hqsIsworkday(day) hqsActBy(due) hqsCalendarKnown()
hqsPermitDecisionDue(filed, edition) hqsPermitFileBy(needed, edition) hqsPermitLastDay(start, agreementEnd, edition)
hqsVisaLastDay(start, agreementEnd, edition) hqsRenewalDue(expires, edition)
hqsRegistrationFreeUntil(arrived, kind, edition) hqsRegistrationDue(arrived, kind, edition)
hqsNoticeDue(event, kind, edition) hqsSalaryNoticeDue(quarter, edition)
hqsInsuranceGap(coverFrom, coverUntil, policyFrom, policyUntil, asOf) hqsDaysLeft(due, asOf)
hqsStatus(due, done, asOf, warnDays, lang) hqsExplain(rule, event, edition, lang)
hqsRule(rule, field, edition, day, lang) hqsRequired(topic, day, edition, lang) hqsPlan(signed, start, edition, lang)
hqsCheck(headers, rows, asOf, edition, lang)
hqsNext(headers, rows, asOf, edition, lang)
hqsAnswers(headers, rows, asOf, edition, lang, salary, settings, ownDays, documents, people)
"""


def made(name: str) -> str:
    return members()[name].decode()


# --- Names -----------------------------------------------------------------------------------------------------------


def test_the_service_is_the_one_documents_name() -> None:
    assert (EXTENSION, MODULE, INTERFACE, FUNCTIONS) == (
        "hqs-xl.calc",
        "hqsxl.calc",
        "XFunctions",
        "hqsxl.calc.Functions",
    )


def test_the_methods_are_the_ones_documents_name() -> None:
    found = re.findall(r"> > (\w+)\(\[in\] com::sun::star::beans::XPropertySet document(.*)\);", made("hqs_xl.idl"))
    calls = {f"{name}({', '.join(re.findall('any ([a-zA-Z]+)', given))})" for name, given in found}
    assert calls == set(re.findall(r"\w+\([^)]*\)", METHODS))


def test_only_what_is_always_a_text_is_declared_as_one() -> None:
    found = set(re.findall(r"sequence< sequence< string > > (\w+)", made("hqs_xl.idl")))
    assert found == {"hqsStatus", "hqsExplain", "hqsRequired", "hqsCheck"}


def test_files_of_excel_call_each_function_by_its_name() -> None:
    tree = ET.fromstring(made("CalcAddIns.xcu"))  # noqa: S314 - our own
    key = "{http://openoffice.org/2001/registry}name"
    props = [(one.get(key), one.findtext("value")) for one in tree.iter("prop")]
    for name in ("DisplayName", "CompatibilityName"):
        assert [text for prop, text in props if prop == name and str(text).startswith("HQS_")] == [
            declared.name for declared in DECLARED
        ]


def test_each_kind_of_file_is_named_and_there() -> None:
    named = set(re.findall(r'full-path="([^"]*)"', made("META-INF/manifest.xml")))
    assert named == {"Addons.xcu", "CalcAddIns.xcu", "CalcWindowState.xcu", "hqs_xl.components", "hqs_xl.idl"}
    assert named < set(members())


def test_each_implementation_can_be_created() -> None:
    for name, one in IMPLEMENTATIONS.items():
        source = members()[f"pythonpath/{one.module.replace('.', '/')}.py"].decode()
        assert f"class {one.name}(" in source
        assert f'<implementation name="{name}">' in made("hqs_xl.components")


def test_an_older_libreoffice_refuses_it_itself() -> None:
    text = made("description.xml")
    assert '<lo:LibreOffice-minimal-version value="25.2" lo:name="LibreOffice 25.2"/>' in text
    assert f'<version value="{hqs_xl.__version__}"/>' in text


# --- Bytes -----------------------------------------------------------------------------------------------------------


def test_two_packages_are_the_same_bytes() -> None:
    assert package() == package()


def test_it_is_the_committed_one() -> None:
    committed = ROOT / "workbook" / packages.FILE
    if not committed.exists():
        pytest.skip("not in a checkout")
    assert package() == committed.read_bytes(), "run python -m hqs_xl build --out workbook"


def test_it_holds_no_trace_of_when_and_where_it_was_made() -> None:
    with ZipFile(BytesIO(package())) as found:
        names = [one.filename for one in found.infolist()]
        assert names == sorted(names)
        for one in found.infolist():
            assert (one.date_time, one.compress_type, one.create_system) == ((1980, 1, 1, 0, 0, 0), ZIP_STORED, 0)
            assert b"\r" not in found.read(one)


# --- Code ------------------------------------------------------------------------------------------------------------

BARE = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        print(name, error.name)
from hqs_xl import functions
from hqs_xl.law import decrees
print("years", *(decrees.year(2004).source, decrees.year(2009).decreed, decrees.year(2028).decreed), sep=";")
print("days", functions.HQS_WORKDAY("2009-12-30", -1), functions.HQS_PERMIT_LAST_DAY("2024-02-29"))
print("foreign", [name for name in sys.modules if name.partition(".")[0] in {"xlwings", "holidays"}])
theirs = {name: one for name, one in sys.modules.items() if name.partition(".")[0] in {"dateutil", "six"}}
print("carried", *(name for name, one in theirs.items() if getattr(one, "__file__", "").startswith(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a Python without any package but ours says, each of our modules loaded."""
    folder = tmp_path_factory.mktemp("package")
    with ZipFile(BytesIO(package())) as found:
        found.extractall(folder)
    top = folder / "pythonpath"
    ours = sorted((top / "hqs_xl").rglob("*.py"))
    names = [".".join(file.relative_to(top).with_suffix("").parts) for file in ours]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", "-c", BARE, str(top), *(name.removesuffix(".__init__") for name in names)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_only_files_that_need_another_package_can_t_be_loaded_without_it(bare: list[str]) -> None:
    assert [line for line in bare if line.startswith("hqs_xl.")] == [
        "hqs_xl.buttons.menu uno",
        "hqs_xl.hosts.calc.addin unohelper",
        "hqs_xl.hosts.calc.document uno",
        "hqs_xl.hosts.calc.undo unohelper",
        "hqs_xl.output.duelist_xlsx xlsxwriter",
        "hqs_xl.output.notice_xlsx xlsxwriter",
    ]


def test_the_years_of_the_library_are_written_out(bare: list[str]) -> None:
    assert f"years;holidays {version('holidays')}, country RU;True;False" in bare
    assert "days 2009-12-29 2027-02-28" in bare
    assert "foreign []" in bare


def test_months_are_counted_by_the_dateutil_that_is_carried(bare: list[str]) -> None:
    [line] = [line for line in bare if line.startswith("carried ")]
    assert {"dateutil", "dateutil.relativedelta", "six"} <= set(line.split())
    assert "dateutil.parser" not in line


@pytest.mark.parametrize("package", ["python-dateutil", "six"])
def test_a_package_of_others_is_carried_unchanged_with_its_licence(package: str) -> None:
    inside = members()
    modules = [file for file in distribution(package).files or () if file.suffix == ".py"]
    assert {f"pythonpath/{file.as_posix()}" for file in modules} <= set(inside)
    assert all(inside[f"pythonpath/{file.as_posix()}"] == file.read_binary() for file in modules)
    [licence] = [name for name in inside if name.startswith(f"licences/{package}/")]
    assert b"Redistribution" in inside[licence] or b"Permission is hereby granted" in inside[licence]


def test_nothing_else_of_others_is_carried() -> None:
    tops = {name.split("/")[1] for name in members() if name.startswith("pythonpath/")}
    assert tops == {"dateutil", "hqs_xl", "six.py"}


def test_nothing_of_the_package_is_left_out_by_mistake() -> None:
    inside = {name.removeprefix("pythonpath/hqs_xl/") for name in members()}
    top = Path(hqs_xl.__file__).parent
    data = {file.relative_to(top).as_posix() for file in top.rglob("*.toml")}
    data -= {"web/pyodide.toml", "texts/functions.toml"}
    assert data <= inside
    assert {
        "sync/book.py",
        "output/beside.py",
        "hosts/xlsx/read/workbook.py",
        "refresh/one.py",
        "explain/words.py",
    } <= inside
    assert (
        not {"macros.py", "cli/program.py", "hosts/excel/workbook.py", "template/build.py", "hosts/calc/package.py"}
        & inside
    )


# --- Where it is too old ---------------------------------------------------------------------------------------------


def refusal(office: str, python: tuple[int, int], locale: str = "de-DE") -> str:
    """What the component says, without LibreOffice around it; it has to be read by old Pythons."""
    tree = ast.parse(made("component.py"), feature_version=(3, 8))
    wanted = [node for node in tree.body if "refusal" in getattr(node, "name", "") or "OLDEST" in ast.unparse(node)[:6]]
    scope: dict[str, Any] = {}
    exec("from __future__ import annotations\n" + "\n".join(map(ast.unparse, wanted)), scope)  # noqa: S102 - our own
    return str(scope["refusal"](office, python, locale))


@pytest.mark.parametrize(
    ("office", "python", "words"),
    [
        pytest.param("25.2", (3, 11), "", id="the oldest that will do"),
        pytest.param("26.8", (3, 13), "", id="a newer one"),
        pytest.param("100.2", (4, 0), "", id="one of a far future"),
        pytest.param("24.8", (3, 11), "LibreOffice 25.2 or later is needed, this is 24.8", id="LibreOffice too old"),
        pytest.param("7.6", (3, 8), "LibreOffice 25.2 or later is needed, this is 7.6", id="both too old"),
        pytest.param(
            "25.2",
            (3, 10),
            "Python 3.11 or later is needed, LibreOffice 25.2 has 3.10: install a newer LibreOffice",
            id="Python too old",
        ),
    ],
)
def test_one_too_old_is_refused_in_words(office: str, python: tuple[int, int], words: str) -> None:
    assert refusal(office, python) == (f"#HQS! {words}" if words else "")


@pytest.mark.parametrize("locale", ["ru", "ru-RU"])
@pytest.mark.parametrize(("office", "python"), [("24.8", (3, 11)), ("25.2", (3, 10))])
def test_a_russian_one_refuses_in_russian(office: str, python: tuple[int, int], locale: str) -> None:
    said = refusal(office, python, locale)
    assert said.startswith("#HQS! нужен ")
    assert english_in(said) == []


def test_the_wizards_helps_are_there_in_russian() -> None:
    tree = ET.fromstring(made("CalcAddIns.xcu"))  # noqa: S314 - our own
    lang, key = "{http://www.w3.org/XML/1998/namespace}lang", "{http://openoffice.org/2001/registry}name"
    found = [{one.get(lang): one.text for one in prop} for prop in tree.iter("prop") if prop.get(key) == "Description"]
    helps = [text for one in DECLARED for text in (one.doc, *(argument.doc for argument in one.arguments.values()))]
    assert sorted(str(one["en"]) for one in found) == sorted(helps)
    assert all(re.search("[а-яё]{3}", str(one["ru"])) for one in found)


@pytest.mark.usefixtures("office")
def test_every_function_says_so_where_one_is_too_old(tmp_path: Path) -> None:
    extensions = unpacked(tmp_path / "extensions")
    file = extensions / packages.FILE / "component.py"
    source = file.read_text("utf-8")
    assert "(25, 2)" in source
    file.write_text(source.replace("(25, 2)", "(99, 2)"), "utf-8")
    with Office(tmp_path / "too_old", extensions) as old:
        formulas = ["=HQS_NOTICE_DUE(DATE(2024;4;25))", "=HQS_CALENDAR_KNOWN()", '=HQS_STATUS("x")']
        found = old.run("tests.calc.formulas", "formulas_shown", formulas=formulas)
    assert len({text for text, _, _ in found}) == 1
    assert re.fullmatch(r"#HQS! LibreOffice 25.2 or later is needed, this is \d\d\.\d", found[0][0])

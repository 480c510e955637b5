"""The ribbon: what the schema of Office asks, what no validator sees, and its place in the package."""

from __future__ import annotations

import ast
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xlsxwriter

import hqs_xl
from hqs_xl.buttons.groups import GROUPS
from hqs_xl.template.ribbon import NAMESPACE, PART, add_ribbon, ribbon_xml
from hqs_xl.template.vba_project import modules
from hqs_xl.texts import LANGUAGES

BUTTONS = [button for buttons in GROUPS.values() for button in buttons]
# Seen on ribbons of published workbooks and add-ins; an icon that Office does not know leaves the button bare.
KNOWN_ICONS = {"ErrorChecking", "FunctionWizard", "CalculateNow", "RefreshAll", "Help", "Info"}
KNOWN_ICONS |= {"FilePrintPreview", "NewAppointment", "Copy", "Delete"}
# Key tips of Excel's own tabs and of the backstage, the quick access bar (1 to 9) and the search box (Q).
EXCEL_KEYTIPS = {"F", "H", "N", "JI", "P", "M", "A", "R", "W", "L", "X", "Y", "Y1", "Y2", "U", "T", "B", "J", "Q"}


def parsed(xml: bytes) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 - of our own making


def tab(lang: str) -> ET.Element:
    found = parsed(ribbon_xml(lang)).findall(f".//{{{NAMESPACE}}}tab")
    assert len(found) == 1
    return found[0]


def buttons(lang: str) -> list[ET.Element]:
    return tab(lang).findall(f".//{{{NAMESPACE}}}button")


@pytest.mark.parametrize("lang", LANGUAGES)
class TestXml:
    def test_ids_are_names_and_each_stands_once(self, lang: str) -> None:
        ids = [element.get("id") for element in tab(lang).iter() if element is not tab(lang)]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[A-Za-z_]\w*", str(name)) for name in ids)

    def test_texts_have_the_length_that_office_takes(self, lang: str) -> None:
        for button in buttons(lang):
            for text in ("label", "screentip", "supertip"):
                assert 1 <= len(button.get(text) or "") <= 1024
            # What stands under an icon is read at a glance.
            assert len(button.get("label") or "") <= 24

    def test_key_tips_differ_and_none_begins_another(self, lang: str) -> None:
        keys = [str(button.get("keytip")) for button in buttons(lang)]
        assert all(re.fullmatch(r"[A-Z0-9]{1,3}", key) for key in keys)
        assert not [(one, other) for one in keys for other in keys if one is not other and other.startswith(one)]

    def test_the_tab_takes_no_key_tip_of_excels_own(self, lang: str) -> None:
        key = str(tab(lang).get("keytip"))
        assert not [taken for taken in EXCEL_KEYTIPS if key.startswith(taken) or taken.startswith(key)]

    def test_icons_are_of_those_office_has(self, lang: str) -> None:
        assert {button.get("imageMso") for button in buttons(lang)} <= KNOWN_ICONS

    def test_tab_and_groups_are_those_of_the_plan(self, lang: str) -> None:
        assert tab(lang).get("label") == "HQS"
        assert len(tab(lang)) == len(GROUPS) == 4

    def test_only_attributes_of_the_schema_are_used(self, lang: str) -> None:
        allowed = {
            "tab": {"id", "label", "keytip"},
            "group": {"id", "label"},
            "button": {"id", "size", "imageMso", "keytip", "onAction", "label", "screentip", "supertip"},
        }
        for element in tab(lang).iter():
            assert set(element.attrib) == allowed[element.tag.rpartition("}")[2]]


def test_the_languages_differ_in_words_only() -> None:
    def bones(lang: str) -> list[dict[str, str]]:
        words = {"label", "screentip", "supertip"}
        return [{key: value for key, value in one.attrib.items() if key not in words} for one in tab(lang).iter()]

    assert bones("en") == bones("ru")
    assert not [one for one in buttons("ru") if re.search("[a-z]{4}", one.get("supertip") or "")]


def test_it_is_of_office_2010_and_later() -> None:
    assert parsed(ribbon_xml()).tag == "{http://schemas.microsoft.com/office/2009/07/customui}customUI"


class TestCallbacks:
    def test_every_button_has_its_procedure_and_every_procedure_its_button(self) -> None:
        written = re.findall(r"^Public Sub (\w+)\(control As IRibbonControl\)\r$", modules()["HqsRibbon"], re.MULTILINE)
        assert written == [button.callback for button in BUTTONS]
        assert [one.get("onAction") for one in buttons("en")] == written
        assert len(re.findall(r"\bSub\b(?! *\r)", modules()["HqsRibbon"])) == len(written)

    def test_every_macro_is_a_function_of_macros_without_arguments(self) -> None:
        source = Path(hqs_xl.__file__).parent / "buttons" / "excel.py"
        functions = {
            node.name: node.args
            for node in ast.parse(source.read_text("utf-8")).body
            if isinstance(node, ast.FunctionDef)
        }
        for button in BUTTONS:
            arguments = functions[button.macro]
            assert len(arguments.args) == len(arguments.defaults), button.macro


def book() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        made.add_worksheet("Start").write("A1", "x" * 5000)
    return out.getvalue()


class TestPackage:
    def test_the_ribbon_is_found_by_the_packages_relations(self) -> None:
        with zipfile.ZipFile(io.BytesIO(add_ribbon(book(), ribbon_xml("ru")))) as package:
            relations = parsed(package.read("_rels/.rels"))
            kind = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
            found = [one.get("Target") for one in relations if one.get("Type") == kind]
            assert found == [PART]
            assert package.read(PART) == ribbon_xml("ru")
            assert len({one.get("Id") for one in relations}) == len(relations)

    def test_the_part_has_a_content_type(self) -> None:
        with zipfile.ZipFile(io.BytesIO(add_ribbon(book(), ribbon_xml()))) as package:
            types = parsed(package.read("[Content_Types].xml"))
        assert [one for one in types if one.get("Extension") == "xml"]

    def test_all_else_stays_as_it_was(self) -> None:
        before, after = zipfile.ZipFile(io.BytesIO(book())), zipfile.ZipFile(io.BytesIO(add_ribbon(book(), b"<x/>")))
        with before, after:
            assert after.namelist() == [*before.namelist(), PART]
            for name in before.namelist():
                if name != "_rels/.rels":
                    assert after.read(name) == before.read(name)

    def test_no_day_and_no_platform_is_left_in_it(self) -> None:
        with zipfile.ZipFile(io.BytesIO(add_ribbon(book(), ribbon_xml()))) as package:
            assert {(one.date_time, one.create_system) for one in package.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}

    def test_a_second_ribbon_is_refused(self) -> None:
        with pytest.raises(ValueError, match="has a ribbon"):
            add_ribbon(add_ribbon(book(), ribbon_xml()), ribbon_xml())

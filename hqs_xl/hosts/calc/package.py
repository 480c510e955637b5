"""The extension's package, ``hqs_xl.oxt``: what LibreOffice reads of it, made from the functions, and our own code.

What that code needs of others is carried along.

The same bytes on every platform: names in order, one date, stored as they are, lines that end in LF.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import hqs_xl
from hqs_xl import functions
from hqs_xl.cells.declared import Declared, declared_in
from hqs_xl.hosts.bundle import licences, own_modules, with_lf
from hqs_xl.hosts.calc.addons import MENU, TOOLBAR, menu_xcu, toolbar_xcu
from hqs_xl.hosts.calc.carried import carried
from hqs_xl.hosts.calc.names import EXTENSION, FUNCTIONS, IMPLEMENTATIONS, INTERFACE, MODULE, camel
from hqs_xl.texts import LANGUAGES, helps, say

FILE = "hqs_xl.oxt"
OLDEST = "25.2"
NO_DAY = (1980, 1, 1, 0, 0, 0)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
TYPES, COMPONENTS, ADD_INS, COMPONENT = "hqs_xl.idl", "hqs_xl.components", "CalcAddIns.xcu", "component.py"
# The files of the package that LibreOffice has to be told of, and what they are.
KINDS = {
    TYPES: "application/vnd.sun.star.uno-typelibrary;type=RDB",
    COMPONENTS: "application/vnd.sun.star.uno-components",
    **dict.fromkeys((ADD_INS, MENU, TOOLBAR), "application/vnd.sun.star.configuration-data"),
}
# What needs Excel, a terminal, or a package that LibreOffice's Python has not.
LEFT_OUT = frozenset(
    {
        *("__main__.py", "buttons/excel.py", "buttons/lite.py", "cli", "intake", "macros.py", "schedule"),
        *(f"demo/{name}.py" for name in ("people", "person", "roster_file", "scenarios")),
        *("hosts/excel", "hosts/calc/component.py", "hosts/calc/package.py", "hosts/calc/addons.py"),
        *("hosts/bundle.py", "hosts/calc/carried.py", "models/by_pydantic.py", "output/contract"),
        *("roster/reading/by_pydantic.py", "setup", "template", "texts/functions.toml", "web"),
    }
)


def package() -> bytes:
    """The bytes of the package."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as target:
        for name, content in sorted(members().items()):
            member = ZipInfo(name, NO_DAY)
            member.create_system = 0
            target.writestr(member, content)
    return out.getvalue()


def members() -> dict[str, bytes]:
    """The files of the package by name."""
    return {name: text.encode() for name, text in (_made() | licences()).items()} | dict(_ours()) | dict(carried())


def _ours() -> Iterator[tuple[str, bytes]]:
    """Our own modules and their data, in the folder that LibreOffice adds to Python's path."""
    for name, content in own_modules(LEFT_OUT):
        yield f"pythonpath/{name}", content
    yield COMPONENT, with_lf(Path(hqs_xl.__file__).parent / "hosts" / "calc" / COMPONENT)


def _made() -> dict[str, str]:
    """The files made here."""
    declared = list(declared_in(functions).values())
    return {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        TYPES: types(declared),
        COMPONENTS: _components(),
        ADD_INS: add_ins(declared),
        MENU: menu_xcu(),
        TOOLBAR: toolbar_xcu(),
    }


def _manifest() -> str:
    entries = "".join(
        f'  <manifest:file-entry manifest:media-type="{kind}" manifest:full-path="{name}"/>\n'
        for name, kind in KINDS.items()
    )
    space = 'xmlns:manifest="http://openoffice.org/2001/manifest"'
    return f"{HEAD}<manifest:manifest {space}>\n{entries}</manifest:manifest>\n"


def _description() -> str:
    """Identifier, version, name, and the LibreOffice it needs: an older one refuses it in its own words."""
    needed = f'<lo:LibreOffice-minimal-version value="{OLDEST}" lo:name="LibreOffice {OLDEST}"/>'
    names = "".join(f'<name lang="{lang}">{escape(say("calc.name", lang))}</name>' for lang in LANGUAGES)
    return (
        f'{HEAD}<description xmlns="http://openoffice.org/extensions/description/2006"\n'
        '    xmlns:lo="http://libreoffice.org/extensions/description/2011">\n'
        f'  <identifier value="{EXTENSION}"/>\n'
        f'  <version value="{hqs_xl.__version__}"/>\n'
        f"  <display-name>{names}</display-name>\n"
        f"  <dependencies>{needed}</dependencies>\n"
        "</description>\n"
    )


def _components() -> str:
    """What the component holds, so that LibreOffice need not run it to find out."""
    lines = "".join(
        f'    <implementation name="{name}">{"".join(f"<service name={quoteattr(one)}/>" for one in entry.services)}'
        "</implementation>\n"
        for name, entry in IMPLEMENTATIONS.items()
    )
    return (
        f'{HEAD}<components xmlns="http://openoffice.org/2010/uno-components">\n'
        f'  <component loader="com.sun.star.loader.Python" uri="{COMPONENT}">\n{lines}  </component>\n</components>\n'
    )


def types(declared: list[Declared]) -> str:
    """The functions' interface as UNOIDL text; the document comes first, unseen by people."""
    methods = "".join(f"  {_method(one)}\n" for one in declared)
    opened = "".join(f"module {name} {{ " for name in MODULE.split("."))
    closed = "};" * (MODULE.count(".") + 1)
    return f"{opened}interface {INTERFACE} {{\n{methods}}};\n{closed}\n"


def _method(declared: Declared) -> str:
    # A text that stands among values of any kind equals no other text; among texts alone it does.
    kind = "string" if declared.texts else "any"
    given = ["[in] com::sun::star::beans::XPropertySet document"]
    # Only an argument of any kind may be left out.
    given += [f"[in] any {camel(name)}" for name in declared.arguments]
    return f"sequence< sequence< {kind} > > {camel(declared.name)}({', '.join(given)});"


def add_ins(declared: list[Declared]) -> str:
    """What Calc's function wizard shows, and the names by which files of Excel call the functions."""
    nodes = "".join(map(_function, declared))
    return (
        f'{HEAD}<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"\n'
        '    xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="CalcAddIns" oor:package="org.openoffice.Office">\n'
        f'<node oor:name="AddInInfo"><node oor:name="{FUNCTIONS}" oor:op="replace"><node oor:name="AddInFunctions">\n'
        f"{nodes}</node></node></node>\n</oor:component-data>\n"
    )


def _function(declared: Declared) -> str:
    arguments = "".join(_argument(name, argument.doc) for name, argument in declared.arguments.items())
    told = _text("DisplayName", declared.name) + _help(declared.doc)
    category = '<prop oor:name="Category"><value>Add-In</value></prop>'
    compatible = _text("CompatibilityName", declared.name)
    parameters = f'<node oor:name="Parameters">\n{arguments}</node>'
    name = camel(declared.name)
    return f'<node oor:name="{name}" oor:op="replace">{told}{category}{compatible}{parameters}</node>\n'


def _argument(name: str, text: str) -> str:
    return f'<node oor:name="{camel(name)}" oor:op="replace">{_text("DisplayName", name)}{_help(text)}</node>\n'


def _help(text: str) -> str:
    """What the wizard says, in English and in Russian; LibreOffice shows the one of its own language."""
    return _text("Description", text, ru=helps("ru")[text])


def _text(name: str, en: str, **others: str) -> str:
    values = "".join(f'<value xml:lang="{lang}">{escape(text)}</value>' for lang, text in ({"en": en} | others).items())
    return f'<prop oor:name="{name}">{values}</prop>'

"""``hqs_roster_lite.xlsx``: the workbook with functions and check inside, for the add-in xlwings Lite.

Its packed part is deflated by Python's zlib, so that its bytes are those of this version of zlib.

xlwings Lite keeps a workbook's Python in the part of its web extension, as texts of JSON; Excel keeps the calls of its
functions under names of their own. No part of Lite is carried: a workbook names the add-in by its number in the store.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from textwrap import fill
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import hqs_xl
from hqs_xl import functions
from hqs_xl.cells.declared import Declared, declared_in
from hqs_xl.template.build import build
from hqs_xl.template.package import finished
from hqs_xl.texts import say
from hqs_xl.web.pack import lite_code

FILE = "hqs_roster_lite.xlsx"
STORE_ID = "wa200008175"
# The identifier of this extension within a workbook; Excel asks for one, of no meaning beyond it.
EXTENSION = "{6B0C8F7E-6E0A-4D55-9C63-5A0F3C1D2B84}"
# Of Pyodide, that of the workbooks of the field that were read; Lite offers its own when it is older. Of xlwings, one
# that can be asked for formulas and for what is in use (from 0.37.5 on).
PYODIDE, XLWINGS = "0.27.5", "xlwings==0.37.8"
PREFIX = "_xldudf_"
PARTS, ROOT, CONTENT = "xl/webextensions", "_rels/.rels", "[Content_Types].xml"
EXTENSION_PART, PANES_PART = f"{PARTS}/webextension1.xml", f"{PARTS}/taskpanes.xml"
_OFFICE = "http://schemas.microsoft.com/office"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CALL = re.compile(rb"(?<![\w.])HQS_[A-Z_]+(?=\()")
_FORMULA = re.compile(rb"<f\b[^>]*>[^<]*</f>")
_WIDE, _WIDE_TEXT = 76, 100


def lite_workbook(lang: str, *, demo: bool = True) -> bytes:
    """The workbook without macros, with the extension's parts and its functions called by the names Lite registers."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - the workbook is made in a file

    with TemporaryDirectory() as folder:
        file = Path(folder) / FILE
        build(file, lang=lang, demo=demo, macros=False)
        package = file.read_bytes()
    out = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(item, _with_extension(item.filename, source.read(item.filename)))
        for name, content in _parts(lang).items():
            target.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return finished(out.getvalue())


def main_py(lang: str) -> str:
    """What Lite runs when the workbook is opened: a head for people, our modules, our functions by name, the check.

    Lite can't be asked for the language of the workbook that calls a function: it is said here.
    """
    packed = base64.b64encode(zlib.compress(lite_code(), 9)).decode()
    lines = "\n".join(packed[start : start + _WIDE] for start in range(0, len(packed), _WIDE))
    names = ", ".join(one.name for one in _functions())
    return (
        f'"""{_about(lang)}\n"""\n\n'
        "import base64\nimport sys\nimport zlib\n\nimport xlwings as xw\n\n"
        f'PACKED = """\n{lines}\n"""\n\n'
        'PLACE = "/tmp/hqs_xl.zip"\n'
        'with open(PLACE, "wb") as file:\n'
        "    file.write(zlib.decompress(base64.b64decode(PACKED)))\n"
        "sys.path.insert(0, PLACE)\n\n"
        "from hqs_xl.cells.declared import spoken_in\n"
        f"from hqs_xl.functions import ({names})\n\n"
        f'globals().update({{one.__name__: spoken_in("{lang}", one) for one in ({names})}})\n\n\n'
        f'@xw.script(name="{say("ribbon.label.check", lang)}")\n'
        "async def check_roster(book: xw.BookAsync):\n"
        f'    """{say("lite.does", lang)}"""\n'
        "    from hqs_xl.buttons.lite import check\n\n"
        f'    print(await check(book, "{lang}"))\n'
    )


def _about(lang: str) -> str:
    """What a person is told who opens main.py."""
    title, packed = say("lite.title", lang, version=hqs_xl.__version__), fill(say("lite.packed", lang), _WIDE_TEXT)
    return f"{title}\n\n{packed}\n{say('lite.nothing', lang)}"


def _functions() -> Iterator[Declared]:
    return iter(declared_in(functions).values())


def _with_extension(name: str, content: bytes) -> bytes:
    if name.startswith("xl/worksheets/"):
        return _FORMULA.sub(lambda found: _CALL.sub(lambda call: PREFIX.encode() + call[0], found[0]), content)
    if name == ROOT:
        kind, target = f"{_OFFICE}/2011/relationships/webextensiontaskpanes", PANES_PART
        return _before(content, "</Relationships>", f'<Relationship Id="rIdHqsLite" Type="{kind}" Target="{target}"/>')
    if name == CONTENT:
        kinds = {EXTENSION_PART: "webextension", PANES_PART: "webextensiontaskpanes"}
        added = "".join(
            f'<Override PartName="/{part}" ContentType="application/vnd.ms-office.{kind}+xml"/>'
            for part, kind in kinds.items()
        )
        return _before(content, "</Types>", added)
    return content


def _before(content: bytes, end: str, added: str) -> bytes:
    head, found, tail = content.rpartition(end.encode())
    if not found:
        raise ValueError(end)
    return head + added.encode() + found + tail


def _parts(lang: str) -> dict[str, str]:
    """The parts that a web extension has in a workbook."""
    pane = (
        f'{_HEAD}<wetp:taskpanes xmlns:wetp="{_OFFICE}/webextensions/taskpanes/2010/11">'
        '<wetp:taskpane dockstate="right" visibility="0" width="438" row="1">'
        f'<wetp:webextensionref xmlns:r="{_RELATIONSHIPS}" r:id="rId1"/></wetp:taskpane></wetp:taskpanes>'
    )
    links = (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        f'Id="rId1" Type="{_OFFICE}/2011/relationships/webextension" Target="webextension1.xml"/></Relationships>'
    )
    return {PANES_PART: pane, f"{PARTS}/_rels/taskpanes.xml.rels": links, EXTENSION_PART: _extension(lang)}


def _extension(lang: str) -> str:
    requirements = f"{XLWINGS}  # required\npython-dotenv  # required\npyodide-http  # required\nblack  # required\n"
    properties = {"main.py": main_py(lang), "requirements.txt": requirements, "pyodideVersion": PYODIDE}
    values = "".join(
        f'<we:property name="{name}" value={quoteattr(json.dumps(value))}/>' for name, value in properties.items()
    )
    reference = f'<we:reference id="{STORE_ID}" version="1.0.0.0"'
    ids = "".join(f"<we:customFunctionIds>{PREFIX}{one.name}</we:customFunctionIds>" for one in _functions())
    return (
        f'{_HEAD}<we:webextension xmlns:we="{_OFFICE}/webextensions/webextension/2010/11" id="{EXTENSION}">'
        f'{reference} store="en-US" storeType="OMEX"/><we:alternateReferences>'
        f'{reference} store="{STORE_ID.upper()}" storeType="OMEX"/></we:alternateReferences>'
        f'<we:properties>{values}</we:properties><we:bindings/><we:snapshot xmlns:r="{_RELATIONSHIPS}"/><we:extLst>'
        f"{_ext('D87F86FE-615C-45B5-9D79-34F1136793EB', '<we:containsCustomFunctions/>')}"
        f"{_ext('7C84B067-C214-45C3-A712-C9D94CD141B2', f'<we:customFunctionIdList>{ids}</we:customFunctionIdList>')}"
        "</we:extLst></we:webextension>"
    )


def _ext(uri: str, content: str) -> str:
    return f'<a:ext xmlns:a="{_DRAWING}" uri="{{{uri}}}">{content}</a:ext>'

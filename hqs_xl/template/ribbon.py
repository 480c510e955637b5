"""The ribbon's tab "HQS": the buttons as the XML of Office 2010 and later, its place in a package, and their VBA.

XlsxWriter knows no ribbon, so it is put into the finished file.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import quoteattr

from hqs_xl.buttons.groups import GROUPS, Button
from hqs_xl.texts import say

PART = "customUI/customUI14.xml"
NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
RELATIONS = "_rels/.rels"
# The oldest day a zip member can have: a build has no day of its own.
NO_DAY = (1980, 1, 1, 0, 0, 0)
# No tab of Excel's own has this key tip, nor one that begins it.
TAB_KEYTIP = "ZQ"
VBA_HEAD = """Attribute VB_Name = "HqsRibbon"
Option Explicit

' What the buttons of the tab HQS call.
"""


def ribbon_xml(lang: str = "en") -> bytes:
    """The tab in one language, for ``customUI/customUI14.xml``."""
    groups = "".join(_group(name, buttons, lang) for name, buttons in GROUPS.items())
    tab = _attributes(id="HqsTab", label=say("ribbon.tab", lang), keytip=TAB_KEYTIP)
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<customUI xmlns="{NAMESPACE}">\n'
        f" <ribbon>\n  <tabs>\n   <tab{tab}>\n{groups}   </tab>\n  </tabs>\n </ribbon>\n</customUI>\n"
    )
    return xml.encode()


def _group(name: str, buttons: tuple[Button, ...], lang: str) -> str:
    group = _attributes(id=f"HqsGroup{name.title()}", label=say(f"ribbon.group.{name}", lang))
    return f"    <group{group}>\n" + "".join(_button(button, lang) for button in buttons) + "    </group>\n"


def _button(button: Button, lang: str) -> str:
    texts = {part: say(f"ribbon.{part}.{button.macro}", lang) for part in ("label", "screentip", "supertip")}
    attributes = _attributes(
        id=f"{button.callback}Button",
        size="large" if button.large else "normal",
        imageMso=button.icon,
        keytip=button.keytip,
        onAction=button.callback,
        **texts,
    )
    return f"     <button{attributes}/>\n"


def _attributes(**values: str) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items())


def callbacks() -> str:
    """The module HqsRibbon: for each button the procedure it calls, which runs the macro of its name in Python."""
    procedures = (
        f"Public Sub {button.callback}(control As IRibbonControl)\n"
        f'    RunPython "from hqs_xl import macros; macros.{button.macro}()"\n'
        "End Sub\n"
        for buttons in GROUPS.values()
        for button in buttons
    )
    return "\n".join((VBA_HEAD, *procedures))


def add_ribbon(package: bytes, xml: bytes) -> bytes:
    """A workbook's package with the ribbon in it; ``ValueError`` when it has one.

    All other members stay as they are, in their order; their dates go, so that one build is like another.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w") as target:
        if PART in source.namelist():
            raise ValueError("the package has a ribbon")
        for name in source.namelist():
            content = source.read(name)
            _write(target, name, _with_relation(content) if name == RELATIONS else content)
        _write(target, PART, xml)
    return out.getvalue()


def _with_relation(relations: bytes) -> bytes:
    relation = f'<Relationship Id="hqsRibbon" Type="{RELATION}" Target="{PART}"/>'.encode()
    before, end, after = relations.rpartition(b"</Relationships>")
    return before + relation + end + after


def _write(target: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, NO_DAY)
    member.compress_type = zipfile.ZIP_DEFLATED
    # The same on every platform.
    member.create_system = 0
    target.writestr(member, content)

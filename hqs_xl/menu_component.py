"""The service behind the menu "HQS": what LibreOffice's Python loads from the extension; imported by nothing else.

An entry of the menu triggers it with the button's name, and a message box says what came of it. ``execute`` does the
same and answers with the text: for other macros, and for tests.
"""

from __future__ import annotations

from typing import Any

import unohelper
from com.sun.star.lang import XServiceInfo
from com.sun.star.task import XJob, XJobExecutor

from hqs_xl import menu
from hqs_xl.template.addons import NAME


class Menu(unohelper.Base, XJobExecutor, XJob, XServiceInfo):
    """A button of the menu is pressed."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def trigger(self, button: str) -> None:
        """Press a button, and show what came of it."""
        menu.show(self._context, menu.press(self._context, button))

    def execute(self, arguments: Any) -> str:
        """Press the button that the argument ``button`` names; what would be shown."""
        given = {argument.Name: argument.Value for argument in arguments}
        return menu.press(self._context, given["button"]).text

    def getImplementationName(self) -> str:  # noqa: N802 - UNO's name
        """The name it is registered under."""
        return NAME

    def supportsService(self, name: str) -> bool:  # noqa: N802
        """Whether it is that service."""
        return name == NAME

    def getSupportedServiceNames(self) -> tuple[str, ...]:  # noqa: N802
        """The one service it is."""
        return (NAME,)


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the name LibreOffice looks for
g_ImplementationHelper.addImplementation(Menu, NAME, (NAME,))

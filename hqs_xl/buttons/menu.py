"""The menu and toolbar "HQS" in LibreOffice: the ribbon's buttons, pressed in the window of an open spreadsheet.

The check works on the open document, not on its saved file: what is not saved yet is checked too, one step undoes it,
and LibreOffice need not save (which drops what it does not know of an .xlsx) nor load the file again (which loses
undo, selection and every other open view). ``hqs-xl refresh`` stays for closed files.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import uno
import unohelper
from com.sun.star.lang import XServiceInfo
from com.sun.star.task import XJob, XJobExecutor

from hqs_xl.buttons import acts
from hqs_xl.errors import HqsError
from hqs_xl.hosts.calc import MENU, CalcBook, OneStep, name_of, path_of
from hqs_xl.texts import say

SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
# com.sun.star.awt.MessageBoxButtons and MessageBoxResults.
_OK, _YES_NO, _YES = 1, 3, 2
_PRODUCT = "/org.openoffice.Setup/Product"


class Menu(unohelper.Base, XJobExecutor, XJob, XServiceInfo):
    """The service behind the menu: an entry triggers it with the button's name, and a message box says what came of it.

    ``execute`` does the same and answers with the text: for other macros, and for tests.
    """

    def __init__(self, context: Any) -> None:
        self._context = context

    def trigger(self, button: str) -> None:
        """Press a button, and show what came of it."""
        show(self._context, press(self._context, button))

    def execute(self, arguments: Any) -> str:
        """Press the button that the argument ``button`` names; what would be shown."""
        given = {argument.Name: argument.Value for argument in arguments}
        return press(self._context, given["button"], asks=False).text

    def getImplementationName(self) -> str:  # noqa: N802 - UNO's name
        """The name it is registered under."""
        return MENU

    def supportsService(self, name: str) -> bool:  # noqa: N802
        """Whether it is that service."""
        return name == MENU

    def getSupportedServiceNames(self) -> tuple[str, ...]:  # noqa: N802
        """The one service it is."""
        return (MENU,)


def press(context: Any, button: str, *, asks: bool = True) -> acts.Told:
    """Press a button in the spreadsheet that is in front; what to tell about it."""
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    return press_in(context, desktop.getCurrentComponent(), button, asks=asks)


def press_in(context: Any, model: Any, button: str, *, asks: bool = False) -> acts.Told:
    """Press a button in the window of a document; what to tell about it. ``asks``: there is somebody to be asked."""
    if model is None or not model.supportsService(SPREADSHEET):
        return acts.Told(HqsError("menu.no_spreadsheet").message(), wrong=True)
    return acts.press(CalcWindow(context, model, asks=asks), button)


def show(context: Any, told: acts.Told) -> None:
    """LibreOffice's message box, over the window in front."""
    if told.text:
        _box(context, "ERRORBOX" if told.wrong else "INFOBOX", _OK, told.text)


def _box(context: Any, kind: str, buttons: int, text: str) -> int:
    """A message box over the window in front; the button that was pressed."""
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    window = desktop.getCurrentFrame().getContainerWindow()
    shown = uno.Enum("com.sun.star.awt.MessageBoxType", kind)
    return int(window.getToolkit().createMessageBox(window, shown, buttons, say("ribbon.tab"), text).execute())


class CalcWindow:
    """A spreadsheet open in LibreOffice, as the buttons see it."""

    def __init__(self, context: Any, model: Any, *, asks: bool = False) -> None:
        self._context, self._model, self._asks = context, model, asks
        self._step = "HQS"

    @property
    def fullname(self) -> str:
        """The document's path, or its name alone."""
        return path_of(self._model) or name_of(self._model)

    @property
    def program(self) -> str:
        """LibreOffice and its version."""
        path = uno.createUnoStruct("com.sun.star.beans.NamedValue", "nodepath", _PRODUCT)
        provider = "com.sun.star.configuration.ConfigurationProvider"
        settings = self._context.ServiceManager.createInstanceWithContext(provider, self._context)
        product = settings.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", (path,))
        return f"{product.ooName} {product.ooSetupVersionAboutBox}"

    @property
    def selection(self) -> tuple[str, int, int] | None:
        """The selected cell, of a selected range its first one."""
        area = getattr(self._model.getCurrentSelection(), "RangeAddress", None)
        if area is None:
            return None
        return self._model.Sheets.getByIndex(area.Sheet).Name, area.StartRow + 1, area.StartColumn

    def book(self) -> CalcBook:
        """The document as it stands now."""
        return CalcBook(self._model, self._step)

    def quiet(self, button: str) -> _Quiet:
        """Nothing is drawn meanwhile, and what is written is undone in one step; afterwards all is as it was."""
        self._step = f"{say('ribbon.tab')}: {say(f'ribbon.label.{button}', acts.language(self))}"
        self._quiet = _Quiet(self._model, self._step)
        return self._quiet

    def show_progress(self, text: str) -> None:
        """In the status bar."""
        if self._quiet.indicator is not None:
            self._quiet.indicator.setText(text)

    def calculate(self, *, everything: bool = False) -> None:
        """Count what has changed, or every formula; a document with charts is then modified in any case."""
        if everything:
            self._model.calculateAll()
        else:
            self._model.calculate()

    def named(self, name: str) -> Any:
        """What a named cell shows; KeyError where there is none."""
        return self._cell(name).String

    def put_named(self, name: str, value: str) -> None:
        """Write a text into a named cell."""
        self._cell(name).String = value

    def _cell(self, name: str) -> Any:
        names = self._model.NamedRanges
        cells = names.getByName(name).getReferredCells() if names.hasByName(name) else None
        if cells is None:
            raise KeyError(name)
        return cells.getCellByPosition(0, 0)

    def activate(self, sheet: str) -> None:
        """Bring a sheet to the front."""
        self._model.getCurrentController().setActiveSheet(self._model.Sheets.getByName(sheet))

    def agrees(self, question: str) -> bool:
        """Whether the user says yes; another macro has decided before it called."""
        return not self._asks or _box(self._context, "QUERYBOX", _YES_NO, question) == _YES


class _Quiet(ExitStack):
    """What ``CalcWindow.quiet`` enters: one step to undo, no drawing, and a word in the status bar."""

    def __init__(self, model: Any, step: str) -> None:
        super().__init__()
        self._model, self._step = model, step
        self.indicator: Any = None

    def __enter__(self) -> Any:
        modified = self._model.isModified()
        # At last, for drawing again makes a document modified.
        self.push(lambda kind, *_: self._model.setModified(modified) if kind else None)
        self._model.lockControllers()
        self.callback(self._model.unlockControllers)
        controller = self._model.getCurrentController()
        if controller is not None:
            self.indicator = controller.getFrame().createStatusIndicator()
            self.indicator.start("", 0)
            self.callback(self.indicator.end)
        # Within, for locking and drawing would be a step to undo.
        self.enter_context(OneStep(self._model, self._step))
        return self

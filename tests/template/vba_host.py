"""VBA run without Excel: pyOpenVBA's interpreter over the few objects of Excel and of xlwings that our code touches."""

from __future__ import annotations

from typing import Any

from pyopenvba.exceptions import VBARuntimeError
from pyopenvba.interpreter import HostBridge, Interpreter, VBAObject, member, method, setter

from hqs_xl.template.vba_project import modules
from hqs_xl.template.wrappers import Help

# xlwings' own RunPython, writing down what it would run.
GLUE = """
Public Function RunPython(PythonCommand As String)
    Application.Ran PythonCommand
End Function
"""


class Server(VBAObject):
    """xlwings' server in Python: answers until it ends."""

    vba_type_name = "XLPython"

    def __init__(self) -> None:
        self.ended = False
        self.calls: list[Any] = []

    @method
    def Bool(self, value: Any) -> Any:  # noqa: N802
        self._answer()
        return bool(value)

    @method
    def CallUDF(self, module: Any, name: Any, values: Any, _book: Any, _caller: Any) -> Any:  # noqa: N802
        self._answer()
        self.calls.append((module, name, values))
        return f"{name} answered"

    def _answer(self) -> None:
        if self.ended:
            raise VBARuntimeError(462, "The remote server machine does not exist or is unavailable")


class Book(VBAObject):
    """The workbook, named by somebody who likes apostrophes."""

    vba_type_name = "Workbook"

    def __init__(self) -> None:
        self.saved = True

    @member
    def Name(self) -> Any:  # noqa: N802
        return "Anna's.xlsm"

    @member
    def Saved(self) -> Any:  # noqa: N802
        return self.saved

    @setter("Saved")
    def set_saved(self, value: Any) -> None:
        self.saved = bool(value)


class Cell(VBAObject):
    """The cell a function is called from."""

    vba_type_name = "Range"


class Application(VBAObject):
    """Excel, writing down what it is asked for."""

    vba_type_name = "Application"

    def __init__(self, book: Book) -> None:
        self.book = book
        self.helps: list[Help] = []
        self.commands: list[str] = []
        self.hidden = False

    @method
    def MacroOptions(  # noqa: N802
        self,
        Macro: Any,  # noqa: N803
        Description: Any,  # noqa: N803
        Category: Any,  # noqa: N803
        ArgumentDescriptions: Any = None,  # noqa: N803
    ) -> None:
        self.book.saved = False
        if self.hidden:
            raise VBARuntimeError(1004, "Cannot edit a macro on a hidden workbook")
        assert Category == "HQS"
        assert Macro.startswith("'Anna''s.xlsm'!")
        arguments = ArgumentDescriptions.items if ArgumentDescriptions else ()
        self.helps.append(Help(Macro.rpartition("!")[2], Description, tuple(arguments)))

    @member
    def Caller(self) -> Cell:  # noqa: N802
        return Cell()

    @method
    def Ran(self, command: Any) -> None:  # noqa: N802
        self.commands.append(command)


class Xlwings(VBAObject):
    """The module xlwings, as far as it starts the server."""

    vba_type_name = "xlwings"

    def __init__(self) -> None:
        self.servers: list[Server] = []
        self.lookups = 0
        self.python_missing = False

    @member
    def XLPy(self) -> Server:  # noqa: N802
        self.lookups += 1
        if self.python_missing:
            raise VBARuntimeError(1, "Could not load xlwings64.dll")
        self.servers.append(Server())
        return self.servers[-1]


class Module(VBAObject):
    """A module named before its procedure, which the interpreter does not know."""

    def __init__(self, excel: Excel) -> None:
        self.excel = excel

    @method
    def DescribeFunctions(self) -> None:  # noqa: N802
        self.excel.run("DescribeFunctions")


class Excel(HostBridge):
    """An Excel with our modules in it."""

    def __init__(self, lang: str = "en") -> None:
        self.book = Book()
        self.application = Application(self.book)
        self.xlwings = Xlwings()
        self.vba = Interpreter(self)
        self.vba.add_module(GLUE, name="Glue")
        for name in ("HqsHelp", "HqsRibbon", "xlwings_udfs", "ThisWorkbook"):
            # The interpreter knows no remark behind a directive.
            self.vba.add_module(modules(lang)[name].replace(" 'Adjust when using outside of Excel", ""), name=name)
        self.vba.initialise()

    def global_object(self, name: str) -> object:
        known = {
            "application": self.application,
            "thisworkbook": self.book,
            "xlwings": self.xlwings,
            "hqshelp": Module(self),
        }
        return known[name] if name in known else super().global_object(name)

    def run(self, name: str, *values: object) -> Any:
        """Call a procedure."""
        return self.vba.run(name, list(values))

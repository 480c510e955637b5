"""What lets a cell of classic Excel call our functions: VBA wrappers and their helps, made by xlwings' generator."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

import hqs_xl
from hqs_xl.texts import helps

_REFUSED = re.compile(r"^OSError: \[Errno (\d+)\]", re.MULTILINE)
# MS-VBAL 3.3.5.2: the words VBA reserves. One of them as an argument, and the whole module does not compile.
RESERVED = frozenset(
    """
    call case close const declare defbool defbyte defcur defdate defdbl defint deflng deflnglng deflngptr defobj defsng
    defstr defvar dim do else elseif end endif enum erase event exit for friend function get global gosub goto if
    implements input let lock loop lset next on open option print private public put raiseevent redim resume return
    rset seek select set static stop sub type unlock wend while with write any as byref byval each in new optional
    paramarray preserve shared spc tab then to withevents until addressof and eqv imp is like mod not or typeof xor abs
    array cbool cbyte ccur cdate cdbl cdec cint clng clnglng clngptr csng cstr cvar cverr date debug doevents fix int
    len lenb me pset scale sgn string boolean byte currency double integer long longlong longptr object single variant
    true false nothing empty null rem attribute linput vb_base vb_control vb_creatable vb_customizable vb_description
    vb_exposed vb_ext_key vb_globalnamespace vb_helpid vb_invoke_func vb_invoke_property vb_invoke_propertyput
    vb_invoke_propertyputref vb_memberflags vb_name vb_predeclaredid vb_procdata vb_templatederived vb_usermemid
    vb_vardescription vb_vardisplay_name vb_varhelpid vb_varmemberflags vb_varprocdata vb_varusermemid cdecl decimal
    defdec
    """.split()  # noqa: SIM905 - as the specification lists them
)


class Help(NamedTuple):
    """What Excel's function wizard shows of a function and of each argument, at most 255 characters each."""

    function: str
    text: str
    arguments: tuple[str, ...]


class Wrappers(NamedTuple):
    """The text of the VBA module ``xlwings_udfs`` (its lines end in LF), and the helps in its order."""

    vba: str
    helps: tuple[Help, ...]

    def helps_in(self, lang: str) -> tuple[Help, ...]:
        """The helps in a language."""
        said = helps(lang)
        if not said:
            return self.helps
        return tuple(
            Help(one.function, said[one.text], tuple(said[text] for text in one.arguments)) for one in self.helps
        )


@cache
def wrappers() -> Wrappers:
    """The wrappers of all cell functions, as the installed xlwings would import them into the workbook."""
    folder = str(Path(hqs_xl.__file__).parent.parent)
    paths = [folder, *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "hqs_xl.template.generator"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    # xlwings writes the module into the system's folder for temporary files first, which may be full.
    if refused := _REFUSED.search(done.stderr):
        raise OSError(int(refused[1]), os.strerror(int(refused[1])), tempfile.gettempdir())
    done.check_returncode()
    made = json.loads(done.stdout)
    told = (Help(one["name"], one["text"], tuple(one["arguments"])) for one in made["helps"])
    return Wrappers(made["vba"], tuple(told))


def compilable(vba: str) -> str:
    """The text with each argument that VBA reserves renamed: ``event`` to ``event_``. Cells give them by position."""
    return re.sub(r"^(Function \w+\(|(?: .*\b)?Array\()([^()]*)", _renamed, vba, flags=re.MULTILINE)


def _renamed(match: re.Match[str]) -> str:
    names = [
        f"{name}_" if name.removeprefix("Optional ").casefold() in RESERVED else name
        for name in match[2].split(", ")
        if name
    ]
    return match[1] + ", ".join(names)

"""Python for browsers, as the npm package pyodide brings it: its files, looked at against the pinned ones.

The library that comes with it is trimmed of what no page needs. Nothing is fetched: ``npm ci`` in ``hqs_xl/web/npm``
brings the package, and its lock file says which bytes those have to be.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from hqs_xl.data import packaged, toml
from hqs_xl.errors import HqsError

NO_DAY = (1980, 1, 1, 0, 0, 0)
LIBRARY, LOCK = "python_stdlib.zip", "pyodide-lock.json"


def runtime_files(folder: Path) -> dict[str, bytes]:
    """The files of Pyodide by name, from the folder of the npm package. Raises HqsError for a missing or other one."""
    pins: Mapping[str, Any] = toml(packaged("web/pyodide.toml"))
    found = {}
    for name, sha256 in pins["sha256"].items():
        file = folder / name
        if not file.is_file():
            raise HqsError("web.no_runtime", file=file, version=pins["version"])
        found[name] = file.read_bytes()
        if hashlib.sha256(found[name]).hexdigest() != sha256:
            raise HqsError("web.other_runtime", file=file, version=pins["version"])
    found[LIBRARY] = trimmed(found[LIBRARY], pins["left_out"], pins["encodings"])
    return found


def lock(files: Mapping[str, bytes]) -> dict[str, Any]:
    """What Pyodide asks to be told of itself; of the packages it could load, none."""
    return {"info": json.loads(files[LOCK])["info"], "packages": {}}


def trimmed(library: bytes, left_out: Sequence[str], encodings: Sequence[str]) -> bytes:
    """The standard library without some modules and packages (``xml/dom``), and with some encodings only.

    Stored: what the page is packed with presses it better as a whole.
    """
    out, kept = BytesIO(), {f"encodings/{name}.py" for name in encodings}
    with ZipFile(BytesIO(library)) as source, ZipFile(out, "w", ZIP_STORED) as target:
        for name in sorted(source.namelist()):
            path = PurePosixPath(name)
            within = {path.with_suffix("").as_posix(), *map(str, path.parents)}
            dropped = name not in kept if path.parts[0] == "encodings" else within & set(left_out)
            if not (dropped or name.endswith("/")):
                target.writestr(ZipInfo(name, NO_DAY), source.read(name))
    return out.getvalue()

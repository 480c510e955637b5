"""The package's own data files, read wherever it is installed (a folder, a zip, a spreadsheet's add-in).

They are TOML, for people. Beside them ``parsed.jsonl`` holds each of them as parsed by ``docs/make_data.py``, under
the length and checksum of its text: JSON is read in a fiftieth of the time. A text that is not there, for it was edited
since, is parsed. So are things made of data that take long to make.
"""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PARSED = "parsed.jsonl"
# A day of the tree in JSON, which has none: an object with this key alone.
_DAY = "$date"


def packaged(name: str) -> str:
    """The text of a data file, named from the package's top, such as ``law/decrees.toml``."""
    return _bytes(name).decode("utf-8")


def _bytes(name: str) -> bytes:
    import hqs_xl  # noqa: PLC0415 - whatever is put in its place

    loader: Any = hqs_xl.__spec__ and hqs_xl.__spec__.loader
    data: bytes = loader.get_data(os.path.join(hqs_xl.__path__[0], *name.split("/")))  # noqa: PTH118 - pathlib: 5 ms
    return data


def checkout() -> Path | None:
    """The folder of the checkout the package is run from; None where it is installed."""
    from pathlib import Path  # noqa: PLC0415 - 5 ms, as below

    import hqs_xl  # noqa: PLC0415 - whatever is put in its place

    folder = Path(hqs_xl.__file__).parent.parent
    return None if folder.name in {"site-packages", "dist-packages"} else folder


def toml(text: str) -> dict[str, Any]:
    """A TOML text as a tree of one's own; tomllib.TOMLDecodeError (a ValueError) when it is none."""
    if parsed := _parsed().get(_key(text)):
        import json  # noqa: PLC0415 - as below

        found: dict[str, Any] = json.loads(parsed, object_hook=_with_days)
        return found
    import tomllib  # noqa: PLC0415 - 10 ms that importing the kernel should not cost

    return tomllib.loads(text)


def ships(text: str) -> bool:
    """Whether a text is one of the package's own as it was made, so that what it holds was looked at then.

    Where the package was packed without what is parsed, all its texts are.
    """
    return not _parsed() or _key(text) in _parsed()


def made_of(text: str) -> Any:
    """What ``docs/make_data.py`` made of a text, a tree of one's own; None where that is not there."""
    import json  # noqa: PLC0415 - 3 ms that importing the kernel should not cost

    made = _parsed().get(_key(text))
    return json.loads(made) if made else None


def made_line(name: str, text: str, made: Any) -> str:
    """The line of ``parsed.jsonl`` for what is made of a text."""
    import json  # noqa: PLC0415 - as above

    return f"{_key(text)} {name} {json.dumps(made, ensure_ascii=False)}\n"


def parsed_line(name: str, text: str) -> str:
    """The line of ``parsed.jsonl`` for a data file."""
    import json  # noqa: PLC0415 - as above
    import tomllib  # noqa: PLC0415 - as above

    tree = json.dumps(tomllib.loads(text), ensure_ascii=False, default=lambda day: {_DAY: day.isoformat()})
    return f"{_key(text)} {name} {tree}\n"


def _key(text: str) -> str:
    """What a text is known by: its length and checksum, whatever its lines end in."""
    import zlib  # noqa: PLC0415 - as above

    data = text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")
    return f"{len(data)}-{zlib.crc32(data):08x}"


@cache
def _parsed() -> Mapping[str, bytes]:
    """By key, the trees there are, in JSON."""
    try:
        lines = _bytes(PARSED).split(b"\n")
    except OSError:
        return {}
    parts = (line.split(b" ", 2) for line in lines if line)
    return {key.decode(): tree for key, _name, tree in parts}


def _with_days(found: dict[str, Any]) -> Any:
    return date.fromisoformat(found[_DAY]) if _DAY in found else found

"""What the user's own headers mean, as a table Column | Means or the command line says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hqs_xl.bilingual import Bilingual
from hqs_xl.cells.spelling import is_near
from hqs_xl.cells.values import BadValue
from hqs_xl.roster.columns import TABLES, column, exact_keys, normalised
from hqs_xl.roster.headers.phrases import TYPED
from hqs_xl.roster.headers.row import OWN
from hqs_xl.texts import LANGUAGES, say

# Words that say that a column is the user's own, and none of ours.
_OWN = frozenset({"-", "own", "none", "свой", "нет"})


class MeaningsFound(Exception):
    """A book says what its own headers mean."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        super().__init__()
        self.meanings = meanings


def meaning(text: str) -> str:
    """The key of the column that a text names in any table, or OWN. Raises BadValue where it names none."""
    name = normalised(text)
    if name in _OWN:
        return OWN
    for kind in TYPED:
        if key := exact_keys(kind).get(name):
            return key
    some = (", ".join(column.header(lang) for column in TABLES["roster"][:3]) for lang in LANGUAGES)
    expected = Bilingual(*(f"{headers} ..., -" for headers in some))
    near = {key: kind for kind in TYPED for header, key in exact_keys(kind).items() if is_near(name, header)}
    if near:
        words = (say("word.or", lang).join(_quoted(near, lang)) for lang in LANGUAGES)
        raise BadValue("near_word", text=" ".join(text.split()), words=Bilingual(*words), expected=expected)
    raise BadValue("unknown_word", expected=expected)


def _quoted(keys: Mapping[str, str], lang: str) -> Iterator[str]:
    """The titles of columns, each given with its table."""
    return (f"«{column(kind, key).header(lang)}»" for key, kind in keys.items())

"""The phrases that rows begin with which stand among people and are nobody's, as the file of them has it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hqs_xl.data import packaged, toml
from hqs_xl.roster.headers.words import plain, skeleton
from hqs_xl.texts import LANGUAGES


@cache
def phrases() -> Mapping[str, str]:
    """What each phrase begins, by its name in the file; the phrases as they look."""
    return {
        skeleton(plain(phrase.strip())): name
        for name, found in toml(packaged("texts/no_rows.toml")).items()
        for lang in LANGUAGES
        for phrase in found[lang].split("|")
    }

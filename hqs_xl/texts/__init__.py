"""Every sentence a person reads, by key, in English and Russian (en.toml, ru.toml)."""

from __future__ import annotations

from datetime import date
from errno import errorcode
from functools import cache, lru_cache

from hqs_xl.bilingual import Bilingual
from hqs_xl.data import packaged, toml

LANGUAGES = ("en", "ru")


@cache
def table(lang: str) -> dict[str, str]:
    """Key (dotted) to sentence; an unknown language is read as English."""
    name = lang if lang in LANGUAGES else "en"
    return dict(_flat(toml(packaged(f"texts/{name}.toml")), ""))


@cache
def written(lang: str) -> dict[str, list[str]]:
    """By key, every sentence that answers have been made of, in this version and in earlier ones."""
    found: dict[str, list[str]] = toml(packaged("texts/written.toml"))[lang]
    return found


@cache
def helps(lang: str) -> dict[str, str]:
    """What a function wizard says, by what it says in English, which stands beside each function."""
    found: dict[str, str] = toml(packaged("texts/functions.toml")) if lang == "ru" else {}
    return found


def _flat(tree: dict[str, object], prefix: str) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{prefix}{key}.")
        else:
            rows.append((prefix + key, str(value)))
    return rows


def say(key: str, lang: str = "en", /, **fields: object) -> str:
    """The sentence of a key, its fields filled in; dates as people of that language write them."""
    if not fields:
        return _plain(key, lang)
    return table(lang)[key].format(**{name: shown(value, lang) for name, value in fields.items()})


@lru_cache(maxsize=1 << 11)
def _plain(key: str, lang: str) -> str:
    """A sentence without fields, the same text each time."""
    return table(lang)[key].format()


def shown(value: object, lang: str = "en") -> object:
    """A value as it stands in a sentence: 2026-03-31, or 31.03.2026 in Russian; of a text in both, that language's."""
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y") if lang == "ru" else value.isoformat()
    return in_words(value, lang) if isinstance(value, Bilingual | OSError) else value


def in_words(said: str | OSError, lang: str = "en") -> str:
    """A text in the reader's language, where it is there in both; what the system refuses, as far as we have words."""
    if not isinstance(said, OSError):
        return said.ru if lang == "ru" and isinstance(said, Bilingual) else str(said)
    key = f"system.{errorcode.get(said.errno or 0, '')}"
    return table(lang).get(key) or said.strerror or type(said).__name__

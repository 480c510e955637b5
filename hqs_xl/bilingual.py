"""A text of the law's files in English that has its Russian beside it."""

from __future__ import annotations

from typing import Self


class Bilingual(str):
    """An English text with its Russian; ``texts.shown`` picks one of them. Without a Russian it is the same in both."""

    __slots__ = ("ru",)
    ru: str

    def __new__(cls, en: str, ru: str = "") -> Self:
        """The text of both."""
        made = super().__new__(cls, en)
        made.ru = ru or en
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """What it is made of again where it was pickled."""
        return str(self), self.ru


BLANK = Bilingual("")


def both(found: object) -> Bilingual | None:
    """Such a text from a value of a TOML file: ``{en, ru}``, or one text for both; None for anything else."""
    if isinstance(found, dict) and found.keys() == {"en", "ru"}:
        en, ru = found["en"], found["ru"]
    else:
        en = ru = found
    if not isinstance(en, str) or not isinstance(ru, str) or not en.strip() or not ru.strip():
        return None
    return Bilingual(en, ru)

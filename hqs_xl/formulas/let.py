"""LET() written out: what it names stands in the place of the names, so that a formula can be read without it."""

from __future__ import annotations

from hqs_xl.formulas.tokens import Token, calls

# What files and programs write before the function and its names.
_FUNCTION, _NAME = "_XLFN.", "_XLPM."
# Longer formulas are not written out: names that stand for names double them each time.
_MOST = 2_000
_DEEP = 8
_OPEN, _CLOSE = Token("sign", "("), Token("sign", ")")


class _TooMuchError(Exception):
    """The formula is too long, or too deep, to be written out."""


def without_let(found: list[Token]) -> list[Token]:
    """The tokens of a formula, with each LET() written out; as they are where that can't be done, or is too long."""
    try:
        return _written(found, 0)
    except _TooMuchError:
        return found


def _written(found: list[Token], deep: int) -> list[Token]:
    """``deep``: so many others the formula stands in."""
    if deep > _DEEP or len(found) > _MOST:
        raise _TooMuchError
    written: list[Token] = []
    place = 0
    while place < len(found):
        end = _end(found, place + 1) if _is_let(found, place) else 0
        meant = _meant(found[place + 2 : end], deep + 1) if end else None
        if meant is None:
            written.append(found[place])
            place += 1
        else:
            written += meant
            place = end + 1
    return written


def _is_let(found: list[Token], place: int) -> bool:
    return calls(found, place) and found[place].text.upper().removeprefix(_FUNCTION) == "LET"


def _end(found: list[Token], opened: int) -> int:
    """Where the bracket closes that opens at a place; 0 where it does not."""
    depth = 0
    for place in range(opened, len(found)):
        depth += (found[place].text == "(") - (found[place].text == ")")
        if not depth:
            return place
    return 0


def _meant(inner: list[Token], deep: int) -> list[Token] | None:
    """What a LET() of these arguments comes to; None where they are not names, each with what it stands for."""
    *named, result = _arguments(inner)
    # Before anything within is looked at, so that nothing is twice.
    if len(named) % 2 or any([token.kind for token in name] != ["name"] for name in named[::2]):
        return None
    names: dict[str, list[Token]] = {}
    for (name,), stands_for in zip(named[::2], named[1::2], strict=True):
        names[_key(name)] = [_OPEN, *_replaced(_written(stands_for, deep), names), _CLOSE]
    return [_OPEN, *_replaced(_written(result, deep), names), _CLOSE]


def _arguments(inner: list[Token]) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    depth = 0
    for token in inner:
        depth += (token.text in {"(", "{"}) - (token.text in {")", "}"})
        if token.text in {",", ";"} and not depth:
            found.append([])
        else:
            found[-1].append(token)
    return found


def _replaced(found: list[Token], names: dict[str, list[Token]]) -> list[Token]:
    """Tokens with what names stand for in their place."""
    written: list[Token] = []
    for place, token in enumerate(found):
        meant = names.get(_key(token)) if token.kind == "name" and not calls(found, place) else None
        written += [token] if meant is None else meant
        if len(written) > _MOST:
            raise _TooMuchError
    return written


def _key(token: Token) -> str:
    return token.text.upper().removeprefix(_NAME)

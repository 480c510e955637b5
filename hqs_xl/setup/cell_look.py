"""How a cell looks, read by openpyxl and said in XlsxWriter's words; colours of the theme as what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

_NOTHING: dict[str, Any] = {}
# The font of a cell that has none of its own, as XlsxWriter writes it.
_FONT, _SIZE = "Calibri", 11
_UNDERLINES = {"single": 1, "double": 2, "singleAccounting": 33, "doubleAccounting": 34}
_SCRIPTS = {"superscript": 1, "subscript": 2}
_ACROSS = {
    **{name: name for name in ("left", "center", "right", "fill", "justify", "distributed")},
    "centerContinuous": "center_across",
}
_DOWN = {"top": "top", "center": "vcenter", "justify": "vjustify", "distributed": "vdistributed"}
_LINES = [
    "none",
    "thin",
    "medium",
    "dashed",
    "dotted",
    "thick",
    "double",
    "hair",
    "mediumDashed",
    "dashDot",
    "mediumDashDot",
    "dashDotDot",
    "mediumDashDotDot",
    "slantDashDot",
]
_PATTERNS = [
    "none",
    "solid",
    "mediumGray",
    "darkGray",
    "lightGray",
    "darkHorizontal",
    "darkVertical",
    "darkDown",
    "darkUp",
    "darkGrid",
    "darkTrellis",
    "lightHorizontal",
    "lightVertical",
    "lightDown",
    "lightUp",
    "lightGrid",
    "lightTrellis",
    "gray125",
    "gray0625",
]
_DOWNWARD, _QUARTER = 255, 90
# The theme's colours in the order in which cells number them: light and dark stand the other way round there.
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")


def look_of(cell: Cell | MergedCell) -> dict[str, Any]:
    """A cell's format, as far as XlsxWriter has words for it; nothing that is so without being said."""
    if not cell.has_style:
        return _NOTHING
    book: Any = cell.parent.parent
    theme = book.loaded_theme or b""
    look = {
        "num_format": cell.number_format if cell.number_format != "General" else None,
        **_letters(cell.font, theme, cell.font.name),
        **_ground(cell, theme),
        **_placed(cell.alignment),
        **_framed(cell.border, theme),
    }
    found = {name: value for name, value in look.items() if value}
    return found if cell.protection.locked else found | {"locked": False}


def runs_of(cell: Cell | MergedCell) -> Iterator[tuple[dict[str, Any], str]]:
    """The pieces of a text whose letters differ."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock  # noqa: PLC0415 - as below

    book: Any = cell.parent.parent
    if isinstance(cell.value, CellRichText):
        for piece in cell.value:
            if isinstance(piece, TextBlock):
                look = _letters(piece.font, book.loaded_theme or b"", piece.font.rFont)
                yield {name: value for name, value in look.items() if value}, piece.text
            else:
                yield {}, piece


def _letters(font: Any, theme: bytes, name: str | None) -> dict[str, Any]:
    return {
        "font_name": name if name != _FONT else None,
        "font_size": font.sz if font.sz != _SIZE else None,
        "bold": font.b,
        "italic": font.i,
        "underline": _UNDERLINES.get(font.u or ""),
        "font_strikeout": font.strike,
        "font_script": _SCRIPTS.get(font.vertAlign or ""),
        "font_color": None if _is_of_text(font.color) else colour(font.color, theme),
    }


def _is_of_text(found: Any) -> bool:
    """Whether it is the theme's colour of text, which a cell has anyway."""
    return found is not None and found.type == "theme" and found.theme == 1 and not found.tint


def _ground(cell: Cell | MergedCell, theme: bytes) -> dict[str, Any]:
    fill = cell.fill
    kind = fill.fill_type
    if kind == "solid":
        return {"bg_color": colour(fill.fgColor, theme)}
    if kind not in _PATTERNS[2:]:
        return {}
    lines, ground = colour(fill.fgColor, theme), colour(fill.bgColor, theme)
    return {"pattern": _PATTERNS.index(kind), "fg_color": lines, "bg_color": ground}


def _placed(side: Any) -> dict[str, Any]:
    turned = int(side.textRotation or 0)
    # Files count downward slopes on from 90.
    rotation = 270 if turned == _DOWNWARD else turned if turned <= _QUARTER else _QUARTER - turned
    return {
        "text_wrap": side.wrap_text,
        "align": _ACROSS.get(side.horizontal or ""),
        "valign": _DOWN.get(side.vertical or ""),
        "indent": int(side.indent or 0),
        "rotation": rotation,
        "shrink": side.shrink_to_fit,
    }


def _framed(border: Any, theme: bytes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("left", "right", "top", "bottom"):
        side = getattr(border, name)
        if side is not None and side.style in _LINES[1:]:
            found |= {name: _LINES.index(side.style), f"{name}_color": colour(side.color, theme)}
    return found


def colour(found: Any, theme: bytes) -> str | None:
    """A colour as XlsxWriter takes it; None for the one that a program chooses by itself."""
    if found is None:
        return None
    if found.type == "rgb":
        value = found.rgb
        plain = isinstance(value, str) and re.fullmatch("[0-9A-Fa-f]{8}", value)
        return f"#{value[-6:]}" if plain else None
    if found.type == "indexed":
        from openpyxl.styles.colors import COLOR_INDEX  # noqa: PLC0415 - with the reader, which few commands need

        return f"#{COLOR_INDEX[found.indexed][-6:]}" if found.indexed < len(COLOR_INDEX) else None
    if found.type != "theme":
        return None
    colours = _palette(theme)
    return _tinted(colours[found.theme], found.tint or 0.0) if found.theme < len(colours) else None


@lru_cache(maxsize=4)
def _palette(theme: bytes) -> tuple[str, ...]:
    """A theme's colours, by number."""
    text = theme.decode("utf-8", "replace")
    found = (
        re.search(rf"<a:{name}>.*?(?:lastClr|srgbClr val)=\"([0-9A-Fa-f]{{6}})\"", text, re.DOTALL) for name in _THEME
    )
    colours = tuple(one[1] for one in found if one)
    return colours if len(colours) == len(_THEME) else ()


def _tinted(plain: str, tint: float) -> str:
    """A colour made lighter (tint above 0) or darker, as ECMA-376 part 1, 18.8.19 has it."""
    red, green, blue = (int(plain[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, strength = rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "#" + "".join(f"{round(part * 255):02X}" for part in hls_to_rgb(hue, light, strength))

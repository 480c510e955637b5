"""What a sheet of a person's own has besides its cells: merged cells, conditional formats, and what stays behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from hqs_xl.texts import say

if TYPE_CHECKING:
    from openpyxl.formatting.rule import Rule
    from openpyxl.worksheet.worksheet import Worksheet

    from hqs_xl.template.carried import Area, Look

# What stays behind: of what kind (``install.left``), and where or how many.
Left = tuple[str, str]
# A mark as XlsxWriter takes it: where, what, how it looks.
Marking = tuple[str, Mapping[str, Any], "Look"]
# What may be linked from a sheet: what stays behind and is named, and what is read with the cells or is of no weight.
PARTS = ("chart", "chartEx", "image")
WITH_CELLS = ("drawing", "vmlDrawing", "comments", "table", "hyperlink", "printerSettings")
OPERATORS = {
    "equal": "==",
    "notEqual": "!=",
    "greaterThan": ">",
    "lessThan": "<",
    "greaterThanOrEqual": ">=",
    "lessThanOrEqual": "<=",
}


def merged(sheet: Worksheet) -> Iterator[Area]:
    """The merged cells."""
    for area in sheet.merged_cells.ranges:
        yield area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1


def marking(sheet: Worksheet) -> Iterator[Marking | Left]:
    """The conditional formats: those by a formula or by comparing, with fill, colour, bold; the others stay behind."""
    for area in sheet.conditional_formatting:
        cells = str(area.sqref)
        for rule in area.rules:
            options, look = _rule(rule), _look(rule)
            if options is None or not look:
                yield "format", cells
            else:
                first, *others = cells.split()
                where: dict[str, Any] = {"multi_range": cells} if others else {}
                yield first, options | where, look


def _rule(rule: Rule) -> dict[str, Any] | None:
    formulas = [f"={one}" for one in rule.formula]
    more = {"stop_if_true": True} if rule.stopIfTrue else {}
    if rule.type == "expression" and len(formulas) == 1:
        return {"type": "formula", "criteria": formulas[0]} | more
    if rule.type == "cellIs" and rule.operator in OPERATORS and len(formulas) == 1:
        return {"type": "cell", "criteria": OPERATORS[rule.operator], "value": formulas[0]} | more
    if rule.type == "cellIs" and rule.operator in {"between", "notBetween"} and len(formulas) == 2:  # noqa: PLR2004
        criteria = "between" if rule.operator == "between" else "not between"
        return {"type": "cell", "criteria": criteria, "minimum": formulas[0], "maximum": formulas[1]} | more
    return None


def _look(rule: Rule) -> Look:
    """How it marks, when that is all that it does."""
    style = rule.dxf
    if style is None or style.numFmt or style.border or style.alignment:
        return ()
    font, fill = style.font, style.fill
    look = {
        "bold": font.b if font else None,
        "italic": font.i if font else None,
        "font_color": colour(font.color) if font else None,
        "bg_color": colour(getattr(fill, "bgColor", None)),
    }
    return tuple((name, value) for name, value in look.items() if value)


def staying(sheet: Worksheet, attached: Mapping[str, int]) -> Iterator[Left]:
    """What is on the sheet and does not come along; ``attached``: what is linked from it, by kind."""
    known = {kind: attached.get(kind, 0) for kind in PARTS}
    others = sum(count for kind, count in attached.items() if kind not in PARTS and kind not in WITH_CELLS)
    counts = {
        "chart": known["chart"] + known["chartEx"],
        "picture": known["image"],
        "other": others,
        "list": len(sheet.data_validations.dataValidation),
        "table": len(sheet.tables),
        "link": sum(cell.hyperlink is not None for row in sheet.iter_rows() for cell in row),
    }
    yield from ((kind, str(count)) for kind, count in counts.items() if count)


def in_words(left: Left, lang: str) -> str:
    """Something that stays behind."""
    kind, what = left
    return say(f"install.left.{kind}", lang, what=what)


def colour(found: Any) -> str | None:
    """A colour as XlsxWriter takes it; none of the theme's, which another workbook has otherwise."""
    value = found.rgb if found is not None and found.type == "rgb" else None
    return f"#{value[-6:]}" if isinstance(value, str) and re.fullmatch("[0-9A-Fa-f]{8}", value) else None

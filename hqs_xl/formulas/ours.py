"""Whose a formula is: ours where it calls a function of ours or uses a name of ours, anybody's else."""

from __future__ import annotations

from functools import lru_cache

from hqs_xl.formulas.tokens import tokens

_OURS = "HQS_"
# Names of cells that our workbooks define. **File format**: workbooks out in the world hold them.
_NAMES = frozenset({"HQS_LINES", "HQS_LINE_COUNT", "HQS_COUNTED_HERE", "HQS_DASHBOARD", "HQS_PEOPLE", "HQS_IDS"})
_FINDINGS = "HQS_FINDING_"
# What stands in files before the functions of an add-in of Excel's own kind, such as xlwings Lite.
_ADD_IN = "_XLDUDF_"
# Longer ones hardly come again.
_SHORT = 1_000


def is_ours(formula: str) -> bool:
    """Whether a formula calls a function of ours or uses a name of ours; what merely quotes one in a text does not."""
    if _OURS not in formula.upper():
        return False
    return _remembered(formula) if len(formula) <= _SHORT else _is_ours(formula)


def _is_ours(formula: str) -> bool:
    found = tokens(formula)
    following = [token.text for token in found[1:]] + [""]
    for token, after in zip(found, following, strict=True):
        # Excel and others put what they know of a function before its name: _xludf.HQS_STATUS, _xldudf_HQS_STATUS.
        name = token.text.upper().rpartition(".")[2].removeprefix(_ADD_IN)
        if token.kind != "name" or not name.startswith(_OURS):
            continue
        if after == "(" or (after != "!" and (name in _NAMES or name.startswith(_FINDINGS))):
            return True
    return False


# The same formula stands in every row of a table.
_remembered = lru_cache(maxsize=1 << 10)(_is_ours)

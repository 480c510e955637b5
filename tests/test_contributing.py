"""CONTRIBUTING.md names what is there, and the hooks run what the check runs."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_every_file_and_link_is_there() -> None:
    names = re.findall(r"`((?:hqs_xl|tests|docs|\.ci)/[\w./]+)`", PAGE) + re.findall(r"\]\(([^)#:]+)\)", PAGE)
    names += re.findall(r"`python (docs/\w+\.py)`", PAGE)
    assert len(names) > 8
    for name in names:
        assert (ROOT / name).exists(), name


def test_the_hooks_are_what_the_check_lints_with() -> None:
    hooks = re.findall(r"^        entry: (.*)$", (ROOT / ".pre-commit-config.yaml").read_text("utf-8"), re.MULTILINE)
    lint = re.search(r"== lint and types.*?== ", (ROOT / ".ci" / "run").read_text("utf-8"), re.DOTALL)
    assert lint
    linted = re.findall(r"^(ruff check|ruff format|mypy)\b", lint[0], re.MULTILINE)
    assert [hook.removesuffix(" --force-exclude") for hook in hooks] == linted
    assert all(re.search(rf"`{name}\b", PAGE) for name in linted)

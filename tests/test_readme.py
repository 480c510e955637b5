"""The READMEs: short, the same in both languages, and what a fresh machine is told runs there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import hqs_xl

ROOT = Path(__file__).parent.parent
READMES = {lang: (ROOT / name).read_text("utf-8") for lang, name in (("en", "README.md"), ("ru", "README.ru.md"))}
MOST_LINES = 120
WHEEL = f"hqs_xl-{hqs_xl.__version__}-py3-none-any.whl"


@pytest.mark.parametrize("lang", READMES)
def test_it_is_read_in_a_minute(lang: str) -> None:
    assert len(READMES[lang].splitlines()) <= MOST_LINES
    assert READMES[lang].count("![") == 1


@pytest.mark.parametrize("lang", READMES)
def test_two_commands_for_a_fresh_machine(lang: str) -> None:
    """They are taken out of the page and run by .ci/run."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", READMES[lang], re.MULTILINE | re.DOTALL)
    fresh = [line for block in blocks for line in block.splitlines() if line.startswith("python -m pip install")]
    assert fresh == [
        "python -m pip install . && python -m hqs_xl demo",
        'python -m pip install ".[test]" && python -m pytest -n auto --dist loadfile',
    ]


@pytest.mark.parametrize(
    ("heads", "most"), [(("## In Excel", "## В Excel"), 5), (("## In LibreOffice", "## В LibreOffice"), 3)]
)
@pytest.mark.parametrize("lang", READMES)
def test_a_spreadsheet_takes_few_steps(lang: str, heads: tuple[str, str], most: int) -> None:
    part = READMES[lang].partition(heads[lang == "ru"])[2].partition("\n## ")[0]
    assert [int(step) for step in re.findall(r"^(\d)\. ", part, re.MULTILINE)] == list(range(1, most + 1))


def test_both_languages_say_the_same_headings_and_commands() -> None:
    for pattern in (r"^(#+) ", r"^```(\w+)$"):
        found = [re.findall(pattern, page, re.MULTILINE) for page in READMES.values()]
        assert found[0] == found[1]


def test_the_wheel_named_is_of_this_version() -> None:
    pages = [*READMES.values(), *(page.read_text("utf-8") for page in (ROOT / "docs").rglob("install.md"))]
    for page in pages:
        assert set(re.findall(r"hqs_xl-[\d.]+-py3-none-any\.whl", page)) == {WHEEL}


@pytest.mark.parametrize("lang", READMES)
def test_every_path_and_link_is_there(lang: str) -> None:
    paths = re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", READMES[lang])
    assert len(paths) > 10
    for path in paths:
        assert path.endswith(".png") or (ROOT / path).exists(), path


TYPED = [ROOT / name for name in ("README.md", "README.ru.md", "docs/install.md", "docs/ru/install.md")]
# What PowerShell 5.1, PowerShell 7 and cmd do not all take alike.
OF_ONE_SHELL = re.compile(r"&&|\|\||[;|<>`$%^']|\\$")


@pytest.mark.parametrize("page", TYPED, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_is_typed_on_windows_is_read_alike_by_its_three_shells(page: Path) -> None:
    blocks = re.findall(r"^```powershell\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert lines
    assert [line for line in lines if not line.startswith("py -m ") or OF_ONE_SHELL.search(line)] == []

"""``python docs/make_data.py``: the package's data that is made of other data.

``hqs_xl/parsed.jsonl`` holds the package's TOML files as they are parsed, and the book of phrases that is made of one;
``hqs_xl/law/library_years.json`` the days off of 2002 to 2009 as the library ``holidays`` has them. Tests hold the
committed files against what this makes.

Whoever reads what is made does not look whether it is in order: so that is done here, by pydantic.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from hqs_xl.data import PARSED, made_line, packaged, parsed_line, toml
from hqs_xl.law.declared.decrees import DecreeTable
from hqs_xl.law.declared.edition import EditionFile
from hqs_xl.law.decrees import FIRST_YEAR, table
from hqs_xl.law.library import YEARS_BEFORE, asked, written_out
from hqs_xl.law.rules import EDITIONS
from hqs_xl.models import refuse
from hqs_xl.output.notice_file import NoticeFile
from hqs_xl.roster.headers.phrases import FILE, Phrases, sources

PACKAGE = Path(__file__).parents[1] / "hqs_xl"
# What is declared, by the models it is held against.
DECLARED = {
    **{f"law/editions/{name}.toml": EditionFile for name in EDITIONS},
    "law/decrees.toml": DecreeTable,
    "output/notices.toml": NoticeFile,
}


def made() -> dict[str, str]:
    """The texts of the files by name. Raises EditionError for data out of order."""
    for name, model in DECLARED.items():
        refuse(name, model, tomllib.loads((PACKAGE / name).read_text("utf-8")))
    files = sorted(PACKAGE.rglob("*.toml"))
    parsed = (parsed_line(file.relative_to(PACKAGE).as_posix(), file.read_text("utf-8")) for file in files)
    book = made_line("phrases", sources(), Phrases(toml(packaged(FILE))).packed())
    return {PARSED: "".join(parsed) + book, YEARS_BEFORE: written_out(asked(range(FIRST_YEAR, min(table()))))}


if __name__ == "__main__":
    for name, text in made().items():
        (PACKAGE / name).write_text(text, "utf-8", newline="\n")

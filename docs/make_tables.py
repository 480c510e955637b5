"""Makes the tables of this folder: each finding and column from the package itself, the others from ``tables.toml``.

Those stand in both languages beside each other, and are written between the marks of the pages.
Run by ``python docs/make_tables.py``; a test holds the committed files against what this makes.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hqs_xl import functions
from hqs_xl.law import rulebook
from hqs_xl.roster.columns import TABLES, Column, facts
from hqs_xl.roster.employer import FIELDS
from hqs_xl.roster.settings import LINES
from hqs_xl.sync.tally import OBLIGATIONS
from hqs_xl.texts import LANGUAGES, helps, say, table

# A table of a page, and what stands between its marks; a word of the product in a cell, by its key.
MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- /table -->)", re.DOTALL)
WORD = re.compile(r"\{([a-z_.]+)\}")
ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
# How a page shows that a word stands so in the workbook.
SHOWN = {"en": "*{}*", "ru": "«{}»"}
TRUTH = {"en": "TRUE", "ru": "ИСТИНА"}
FUNCTIONS = [name for name in vars(functions) if name.startswith("HQS_")]
HERE = Path(__file__).parent
# The sentences of answers, of this version and all before it, by which a check knows its own earlier answers.
WRITTEN = "../hqs_xl/texts/written.toml"
WRITTEN_HEAD = """\
# Every sentence that answer columns have ever been made of, so that a check knows its own earlier answers from what a
# person typed there. Made by docs/make_tables.py, which adds to it; nothing is ever taken away."""
OF_ANSWERS = ("finding.", "action.", "obligation.", "status.", "figure.", "term.capped")
TYPED = ("roster", "salary", "documents")
OTHERS = ("settings", "own_days", "employer")
# What neither breaks a rule nor is a cell to mend by its name.
ASKED = ("registration.long", "family.sponsor_ended", "medical.before_entry", "agreement.no_start", "salary.early")
# What can't be told where a row of the documents may be the one that answers it.
IN_DOUBT = (
    *(
        "permit.missing",
        "permit.expired",
        "permit.not_begun",
        "agreement.beyond_permit",
        "visa.missing",
        "visa.expired",
    ),
    *("registration.beyond_visa", "insurance.ending", "work.suspension"),
)
WEIGHTS = {"overdue": "violation", "due": "due", "late": "late", "unclear": "data"}
# What is to be done about a finding in another case, and how much it weighs then where that is another weight.
OTHERWISE = {
    "permit.renewal_overdue": "permit.renewal_expired",
    "work.before_permit": "work.collected_since",
    "permit.begun_untold": "permit.begun_untold_own",
    "agreement.no_start": "agreement.ended_no_start",
    "insurance.gap": "insurance.gap_closed",
}
WEIGHS_TOO = {"insurance.gap": "late"}
WORDS = {
    "en": {
        "findings": "Findings",
        "findings_about": "Each finding by its code (the last column of the table Findings), and what to do about it. "
        "Made by `docs/make_tables.py`. «…» stands for what differs from one person to the next.",
        "deadlines": "Deadlines",
        "facts": "Facts that break a rule, or are worth a look",
        "data": "Cells to mend",
        "heads": "| code | weight | says | what to do |",
        "columns": "Columns",
        "columns_about": "Every column a person fills. A header may stand in either language, in any order, with other "
        "columns between. Made by `docs/make_tables.py`.",
        "column_heads": "| header | in Russian | holds | needed | what it is |",
        "or": "or",
        "needed": "yes",
        "counted": "counted from it",
        "answers": "Filled by the check",
    },
    "ru": {
        "findings": "Замечания",
        "findings_about": "Каждое замечание по коду (последний столбец таблицы «Замечания») и что с ним делать. "
        "Сделано `docs/make_tables.py`. «…» стоит там, где у каждого своё.",
        "deadlines": "Сроки",
        "facts": "Факты, нарушающие правило или достойные внимания",
        "data": "Ячейки, которые надо исправить",
        "heads": "| код | важность | говорит | что делать |",
        "columns": "Столбцы",
        "columns_about": "Все столбцы, которые заполняет человек. Заголовок может быть на любом из двух языков, в "
        "любом порядке, между другими столбцами. Сделано `docs/make_tables.py`.",
        "column_heads": "| заголовок | по-английски | содержит | нужен | что это |",
        "or": "или",
        "needed": "да",
        "counted": "от него считается",
        "answers": "Заполняет проверка",
    },
}


def main() -> None:
    """Write the files anew."""
    for path, text in files().items():
        (HERE / path).write_text(text, "utf-8", newline="\n")
        sys.stdout.write(f"{path}\n")


def files() -> dict[str, str]:
    """Each file's text, by its place in this folder."""
    made = {}
    for lang in LANGUAGES:
        folder = "" if lang == "en" else f"{lang}/"
        made[f"{folder}findings.md"] = findings(lang)
        made[f"{folder}columns.md"] = columns(lang)
        for page in (HERE / folder).glob("*.md"):
            text = page.read_text("utf-8")
            if MARKED.search(text):
                made[f"{folder}{page.name}"] = filled(text, lang)
    made[WRITTEN] = written_sentences()
    return made


def filled(page: str, lang: str) -> str:
    """A page with its tables written anew."""
    tables = tomllib.loads((HERE / "tables.toml").read_text("utf-8"))

    def written(mark: re.Match[str]) -> str:
        return f"{mark[1]}\n{shared(mark[2], tables[mark[2]], lang)}\n\n{mark[3]}"

    return MARKED.sub(written, page)


def shared(name: str, held: dict[str, Any], lang: str) -> str:
    """One table in one language."""
    if name == "functions":
        rows = [[f"`{call(one, lang)}`", help_of(one, lang)] for one in FUNCTIONS]
    elif name == "formulas":
        rows = [[f"`={localised(formula, lang)}`", localised(gives, lang)] for formula, gives in held["calls"]]
    else:
        rows = [[worded(cell, lang) for cell in row[lang]] for row in held["rows"]]
    heads = [worded(head, lang) for head in held["heads"][lang]]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows))


def worded(cell: str, lang: str) -> str:
    """A cell with the product's own words in the place of their keys."""
    return WORD.sub(lambda key: SHOWN[lang].format(table(lang)[key[1]]), cell)


def help_of(name: str, lang: str) -> str:
    """What a function says of itself."""
    text = str(getattr(functions, name).__doc__)
    return helps(lang).get(text, text)


def call(name: str, lang: str) -> str:
    """A function with its arguments, as a cell of that language separates them."""
    between = ", " if lang == "en" else "; "
    return f"{name}({between.join(inspect.signature(getattr(functions, name)).parameters)})"


def localised(text: str, lang: str) -> str:
    """A formula or its answer as Excel shows it in that language."""
    if lang == "en":
        return text
    return ISO.sub(r"\3.\2.\1", text).replace(", ", "; ").replace(TRUTH["en"], TRUTH[lang])


def written_sentences() -> str:
    """The sentences that answers are made of, added to those they once were made of: cells out there hold them all."""
    file = HERE / WRITTEN
    before = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    lines = [WRITTEN_HEAD]
    for lang in LANGUAGES:
        ever: dict[str, list[str]] = before.get(lang, {})
        for key, sentence in table(lang).items():
            if key.startswith(OF_ANSWERS) and sentence not in ever.setdefault(key, []):
                ever[key].append(sentence)
        lines += ["", f"[{lang}]"]
        lines += [f"{quoted(key)} = [{', '.join(map(quoted, ever[key]))}]" for key in sorted(ever)]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as TOML writes it; JSON's rules are stricter than TOML's."""
    return json.dumps(text, ensure_ascii=False)


def weight(code: str) -> str:
    """How much a finding of a code weighs."""
    if code in ASKED:
        return "ask"
    if code.endswith("_untold"):
        return "data"
    if code.partition(".")[0] in {"data", "scope"}:
        return code.partition(".")[0]
    if code.startswith("salary.") or code == "insurance.ending":
        return "due"
    return next((found for tail, found in WEIGHTS.items() if re.search(rf"[._]{tail}$", code)), "violation")


def codes(lang: str = "en") -> dict[str, tuple[str, str]]:
    """Every code there is: what it says and what to do."""
    found = {}
    for name in OBLIGATIONS:
        mark = "_" if name.startswith(("permit.", "medical.")) else "."
        for tail in WEIGHTS:
            what = say(f"obligation.{name}", lang, quarter="…")
            words = {"what": what, **dict.fromkeys(("due", "days", "act_by", "done", "count", "column"), "…")}
            action = say(f"action.{tail if tail in {'late', 'unclear'} else name}", lang)
            found[f"{name}{mark}{tail}"] = (say(f"finding.{tail}", lang, **words), action)
    own = [key.removeprefix("finding.") for key in table(lang) if key.startswith("finding.") and key.count(".") > 1]
    for code in own:
        # The sentence says more than the code: the same code has another action, or none of its own.
        if f"action.{code}" in table(lang):
            found[code] = (_blanked(f"finding.{code}", lang), _blanked(f"action.{code}", lang))
    for code, action in OTHERWISE.items():
        says, usual = found[code]
        found[code] = (says, f"{usual}; {WORDS[lang]['or']}: {say(f'action.{action}', lang)}")
    for code in IN_DOUBT:
        message = _blanked(f"finding.{code}", lang) + _blanked("finding.hidden", lang)
        found[f"{code}_untold"] = (message, say("action.hidden", lang))
    return found


def _blanked(key: str, lang: str) -> str:
    return re.sub(r"{\w+}", "…", table(lang)[key])


def findings(lang: str) -> str:
    """The page of the findings."""
    words, all_codes = WORDS[lang], codes(lang)
    lines = [f"# {words['findings']}", "", words["findings_about"], ""]
    parts: dict[str, list[str]] = {"deadlines": [], "facts": [], "data": []}
    for code in all_codes:
        owed = code.startswith(OBLIGATIONS) and re.search(rf"[._]({'|'.join(WEIGHTS)})$", code)
        parts["deadlines" if owed else "data" if weight(code) == "data" else "facts"].append(code)
    for part, inside in parts.items():
        lines += [f"## {words[part]}", "", words["heads"], "|---|---|---|---|"]
        for code in inside:
            message, action = all_codes[code]
            weights = ", ".join(say(f"severity.{one}", lang) for one in (weight(code), WEIGHS_TOO.get(code)) if one)
            lines.append(f"| `{code}` | {weights} | {message} | {action} |")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def columns(lang: str) -> str:
    """The page of the columns."""
    words = WORDS[lang]
    lines = [f"# {words['columns']}", "", words["columns_about"], ""]
    for kind in TYPED:
        lines += [f"## {say(f'table.{kind}', lang)}", "", words["column_heads"], "|---|---|---|---|---|"]
        lines += [_row(column, lang) for column in facts(kind)]
        answered = [column.header(lang) for column in TABLES[kind] if column.answer]
        lines += ["", f"{words['answers']}: {', '.join(answered)}.", ""] if answered else [""]
    return "\n".join([*lines, *_lines_of_their_own(lang)]).rstrip("\n") + "\n"


def _lines_of_their_own(lang: str) -> Iterator[str]:
    """The tables whose lines, not columns, have a meaning each: settings, own days, employer."""
    settings, own_days, employer = (", ".join(f"*{one.header(lang)}*" for one in TABLES[kind]) for kind in OTHERS)
    yield from (f"## {say('table.settings', lang)}", "", f"{settings}:", "")
    yield from (f"- *{say(f'setting.{key}', lang)}*: {say(f'start.{key}', lang)}" for key in LINES)
    yield from ("", f"## {say('table.own_days', lang)}", "", f"{own_days}: {say('start.own_days', lang)}.", "")
    yield from (f"## {say('table.employer', lang)}", "", f"{employer}:", "")
    yield from (f"- *{say(f'employer.{key}', lang)}*" for key in FIELDS)


def _row(column: Column, lang: str) -> str:
    words, other = WORDS[lang], next(one for one in LANGUAGES if one != lang)
    holds = ", ".join(dict.fromkeys(column.words.values())) if column.words else say(f"expected.{column.kind}", lang)
    key = f"help.{column.key}"
    about = table(lang).get(key, "")
    rules = ", ".join(f"`{rule}`" for rule in _counted_from(column.key))
    about += f" ({words['counted']}: {rules})" if rules else ""
    needed = words["needed"] if column.required else ""
    return f"| {column.header(lang)} | {column.header(other)} | {holds} | {needed} | {about.strip()} |"


def _counted_from(key: str) -> Iterator[str]:
    return (name for name, rule in rulebook().items() if rule.event == key and rule.counted)


if __name__ == "__main__":
    main()

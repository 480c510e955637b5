"""English words in what is meant to be Russian: names of programs, files, functions, options and ids may stay."""

from __future__ import annotations

import re

from hqs_xl.cli.commands import SUMMARIES

# Proper names, and words that Russian writes in Latin letters.
NAMES = {
    *(
        "Excel",
        "LibreOffice",
        "Calc",
        "Windows",
        "Linux",
        "Python",
        "xlwings",
        "pywin",
        "npm",
        "Lite",
        "pyodide",
        "Pyodide",
        "Microsoft",
        "Office",
        "OneDrive",
    ),
    *(
        "HQS",
        "JSON",
        "Schema",
        "SAP",
        "TOML",
        "PDF",
        "HTML",
        "ODS",
        "DTD",
        "DLL",
        "UTF",
        "ZIP",
        "XML",
        "Strict",
        "Open",
        "OpenDocument",
        "VBA",
    ),
    *(
        "systemd",
        "cron",
        "loginctl",
        "linger",
        "Ctrl",
        "pip",
        "PATH",
        "MODULES",
        "UDF",
        "INTERPRETER",
        "WIN",
        "holidays",
    ),
}
# What is typed as it stands: commands, words of arguments and settings, days of the week.
TYPED = {
    *SUMMARIES,
    *("changes", "show", "remove", "card", "law", "careful", "en", "ru", "concluded", "terminated", "salary"),
    *(
        "roster",
        "edition",
        "columns",
        "always",
        "version",
        "windows",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "daily",
    ),
}
# Things that have a form of their own: options, files and paths, functions, ids with dots, cells, quarters, commands.
FORMS = re.compile(
    r"(?<![\w-])--?[a-z][a-z-]*"  # options
    r"|(?:[A-Za-z]:)?(?:[\w.~-]*[\\/])+[\w.*~-]*"  # paths
    r"|\*?[\w~$-]*\.(?:xlsx|xlsm|xls|xlsb|ods|fods|oxt|csv|html|md|ics|json|toml|conf|exe|dll|lock|log|py|xml|bas)\b"
    r"|\.(?:xlsx|xlsm|xls|xlsb|ods|fods|csv|html|md|ics|json|toml|lock|pdf)\b"
    r"|\bHQS_[A-Z_]+"
    r"|\b[a-z_]+(?:\.[a-z_]+)+\b"  # rules and codes
    r"|\b[a-z]+(?:_[a-z]+)+\b"  # keys of columns
    r"|\b[A-Z]{1,3}\$?\d+\b|\b\d{4}Q\d\b|\b[SPF]\d+\b"  # cells, quarters, statements, people
    r"|\bhqs-(?:xl|backups)\b(?: (?:check|refresh|due|ics|notice|install|doctor|build|rules|law|schedule|demo)\b)?"
    r"|python -m pip install[^;.)]*"
    r"|hqs_xl"
)
WORD = re.compile(r"[A-Za-z]{2,}")


def english_in(text: str, *typed: str) -> list[str]:
    """The English words of a text, but for names and what somebody typed."""
    for word in typed:
        text = re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", " ", text)
    return [word for word in WORD.findall(FORMS.sub(" ", text)) if word not in NAMES | TYPED]

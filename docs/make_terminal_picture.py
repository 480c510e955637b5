"""What a terminal shows, as a picture: ``python docs/make_terminal_picture.py ru docs/ru/terminal.png``.

The command runs as on a terminal of its own language; rich draws what it wrote, Chromium makes the picture.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

COLUMNS = 96
LOCALES = {"en": "en_US.UTF-8", "ru": "ru_RU.UTF-8"}
COMMANDS = {
    "en": "hqs-xl explain notice.concluded 2024-04-25 --all",
    "ru": "hqs-xl explain notice.concluded 25.04.2024 --all",
}
# Of the machine that draws, in the place of a font that rich would have a browser fetch.
FONT = "DejaVu Sans Mono"


def main(lang: str, picture: str) -> None:
    """Draw the picture of a language."""
    drawn = svg(lang)
    width, height = (round(float(size)) for size in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)[0])
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "terminal.html")
        page.write_text(f'<body style="margin:0">{drawn}</body>', "utf-8")
        browser = ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={width},{height}"]
        subprocess.run([*browser, f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True)  # noqa: S603
    Image.open(picture).convert("RGB").quantize(64).save(picture, optimize=True)


def svg(lang: str) -> str:
    """The command and what it shows, as the window of a terminal."""
    words = COMMANDS[lang].split()
    kept = {name: value for name, value in os.environ.items() if name not in {"LANGUAGE", "NO_COLOR"}}
    terminal = kept | {"LC_ALL": LOCALES[lang], "COLUMNS": str(COLUMNS), "FORCE_COLOR": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "hqs_xl", *words[1:]]
    shown = subprocess.run(command, env=terminal, capture_output=True, text=True, encoding="utf-8", check=True)  # noqa: S603
    screen = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    screen.print(Text(f"$ {COMMANDS[lang]}", style="bold green"))
    screen.print(Text.from_ansi(shown.stdout))
    made = screen.export_svg(title="hqs-xl", theme=SVG_EXPORT_THEME, unique_id="terminal")
    without_fonts = re.sub(r"@font-face\s*{.*?}", "", made, flags=re.DOTALL)
    return without_fonts.replace("Fira Code", FONT)


if __name__ == "__main__":
    main(*sys.argv[1:])

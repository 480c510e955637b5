"""Writes docs/schema: the JSON Schemas that hqs-xl schema prints. A test compares them."""

from __future__ import annotations

from pathlib import Path

from hqs_xl.output.contract.schemas import NAMES, schema_text

FOLDER = Path(__file__).parent / "schema"

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in NAMES:
        (FOLDER / f"{name}.json").write_text(schema_text(name), "utf-8")

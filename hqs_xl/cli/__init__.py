"""The terminal: ``hqs-xl`` and its commands."""

from hqs_xl.cli.program import main

__all__ = ["main"]

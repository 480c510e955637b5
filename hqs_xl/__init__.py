"""Deadlines of Highly Qualified Specialists in Russia, computed from the law, for Excel and the terminal."""

__version__ = "0.1.0"

"""Rows of a big sheet read and answered in several processes."""

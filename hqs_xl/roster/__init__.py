"""Whose deadlines: the roster's columns, records, findings and answers. Knows people, not files."""

"""Whose deadlines: the roster's columns, records, findings and answers. Knows people, not files.

More than 15 modules, for finding tables under headers in anybody's words takes half of them.
"""

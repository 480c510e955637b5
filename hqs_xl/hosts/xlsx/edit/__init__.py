"""A closed .xlsx or .xlsm edited: its sheets patched, its tables widened and rewritten, new sheets added."""

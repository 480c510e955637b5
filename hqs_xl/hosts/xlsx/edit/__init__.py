"""A closed .xlsx or .xlsm edited in place: every byte that is not concerned stays."""

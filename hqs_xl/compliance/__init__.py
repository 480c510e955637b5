"""Who owes what by when, and what does not comply. Knows records, not where they come from.

More than 15 modules, for each kind of rule (notices, stay, permits, examinations, salary) is one of its own.
"""

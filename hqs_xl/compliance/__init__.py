"""Who owes what by when, and what does not comply. Knows records, not where they come from."""

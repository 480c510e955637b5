"""A roster of invented people to try everything with: one person for every finding there is."""

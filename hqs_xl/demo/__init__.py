"""Invented people: the demo roster, one person for every finding there is."""

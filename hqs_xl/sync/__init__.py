"""The roster check written into a book: answers beside the people, findings, figures, log."""

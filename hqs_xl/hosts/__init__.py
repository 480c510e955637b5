"""Where a roster lives: a closed file (and, with later hosts, an open book)."""

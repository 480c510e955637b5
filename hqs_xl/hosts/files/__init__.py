"""Files on the disk: opened, locked, backed up, saved whole or not at all."""

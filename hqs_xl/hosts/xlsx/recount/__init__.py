"""What stands on cells that an edit has changed: formulas lose their old results, and pivot tables are counted anew."""

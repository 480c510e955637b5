"""Commands of the terminal that fill a module of their own."""

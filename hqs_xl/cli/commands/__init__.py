"""The commands, one a module: what each is asked, and what is called for it."""

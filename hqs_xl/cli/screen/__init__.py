"""What the terminal shows, a module for each thing shown."""

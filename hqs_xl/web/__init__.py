"""The page that checks and refreshes a roster in a browser: what it asks of Python, and how it is put together."""

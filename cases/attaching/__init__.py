"""A file from outside: what it is, what it may be called, whether the scanner lets it pass, and where it lies."""

"""Watching over cases: files drawn to be assessed, figures of what was done and what was late."""

"""The yearly check: every office confirms its items and phones."""

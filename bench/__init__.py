"""Measurements, never part of the tests: `make bench`. Ratios are measured side by side in one run."""

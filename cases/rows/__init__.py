"""The tables of a case, each beside what it means: what was seen, kept, tested, concluded, and by whom."""

"""The log is for what is wrong with the portal: nobody who asks it something makes a line of it as long as he likes."""

import logging

LONGEST_LINE = 1000
LONGEST = 20_000
"""Characters of an entry with all its lines; a fault of ours with its traceback has place in it."""
CUT = " …（太长，以下略）"


class CutLines(logging.Formatter):
    """What was asked for stands in many messages, whole, as whoever asked wrote it."""

    def format(self, record: logging.LogRecord) -> str:
        lines = [cut(line, LONGEST_LINE) for line in super().format(record).split("\n")]
        return cut("\n".join(lines), LONGEST)


def cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + CUT

"""Dates as the form prints them: 2017年12月."""

import re
from collections.abc import Iterator

DATE = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")


def printed_months(line: str) -> Iterator[tuple[int, int]]:
    """Year and month of each date that stands in a line."""
    yield from ((int(found["year"]), int(found["month"])) for found in DATE.finditer(line))

"""A check that cannot be made is a fault like any other, and keeps no other check from being made."""

import logging
from collections.abc import Callable, Iterable, Iterator

from django.db import transaction

log = logging.getLogger(__name__)


def carefully(what: str, check: Callable[[], Iterable[str]], using: str = "default") -> Iterator[str]:
    """The faults that a check finds; where it comes upon what nobody could have written, whatever that is, a sentence
    that names it. In a savepoint: a query that fails spoils none of those that follow."""
    try:
        with transaction.atomic(using=using):
            yield from check()
    except Exception as error:
        log.warning("%s cannot be checked: %s", what, error)
        yield (
            f"{what}读不出来，没有核对完（{type(error).__name__}）：里面有程序写不出来的内容，或者表、栏被删改过。"
            "请系统管理员看日志。"
        )

"""Before a row is written, a floor above may make its writer wait: editions do, while one of them is sealed."""

from collections.abc import Callable
from typing import Any

Gate = Callable[[type[Any], str], None]
"""Given the model and the database; it waits inside the transaction of the write."""

_gates: list[Gate] = []


def register(gate: Gate) -> None:
    _gates.append(gate)


def wait(model: type[Any], using: str = "default") -> None:
    """Wait for whoever has a reason to keep rows of this kind from being written now."""
    for gate in _gates:
        gate(model, using)

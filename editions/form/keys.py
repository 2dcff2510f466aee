"""What names one thing of the list for good, in every edition."""

import re
from typing import NamedTuple

from acts.errors import Refused


class NotAKey(Refused):
    pass


class Key(NamedTuple):
    """The kind of a document and its code: services, FW-05; frames, duties."""

    kind: str
    code: str

    def __str__(self) -> str:
        """services FW-05, as it is kept in JSON and sent in forms."""
        return f"{self.kind} {self.code}"

    @classmethod
    def read(cls, said: str) -> "Key":
        """Raises NotAKey."""
        found = re.fullmatch(r"([a-z_]+) ([A-Za-z0-9_-]+)", said)
        if found is None:
            raise NotAKey(f"“{said}”不是清单里一项的种类和代码，应当像 services FW-05 这样写。")
        return cls(*found.groups())

    @property
    def slug(self) -> str:
        """services-FW-05, inside the name of a field or an anchor."""
        return f"{self.kind}-{self.code}"

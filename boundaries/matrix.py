"""Who shares what: matters against departments, in one overview."""

from dataclasses import dataclass
from typing import Any

from boundaries.documents import MatterDocument, ShareDocument


@dataclass(frozen=True)
class MatrixRow:
    """One department and its share of each matter, None where it has none."""

    code: str
    name: str
    is_bureau: bool
    shares: tuple[tuple[MatterDocument, ShareDocument | None], ...]


def matrix(matters: list[MatterDocument], departments: dict[str, Any]) -> list[MatrixRow]:
    """One row for each department that has a share, in the order in which the list first names it."""
    named = {share.department: share.name for matter in reversed(matters) for share in reversed(matter.shares)}
    rows = []
    for code in dict.fromkeys(share.department for matter in matters for share in matter.shares):
        shares = tuple((m, next((s for s in m.shares if s.department == code), None)) for m in matters)
        rows.append(MatrixRow(code, named[code], bool(departments[code].is_bureau), shares))
    return rows

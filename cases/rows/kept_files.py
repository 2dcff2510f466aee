"""Which files a case has in the folder of files: what was taken in, and what was bound when the case was put away."""

from typing import Any

from cases.rows.archive import Archive
from cases.rows.evidence import Attachment

KEPT: tuple[Any, ...] = (Attachment, Archive)
"""Every table with a row for each file that lies in the folder, by its `digest`."""


def digests(using: str = "default") -> set[str]:
    """Of all files that have to lie there: what `verify` looks for, and what a restore brings back."""
    held = (model.objects.using(using).values_list("digest", flat=True) for model in KEPT)
    return {digest for each in held for digest in each if digest}

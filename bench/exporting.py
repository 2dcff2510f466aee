"""The public site as static files: pages a second, the first time and after."""

import tempfile
from pathlib import Path

from bench.clock import wall


def measure() -> None:
    from portal.keeping.export import export

    with tempfile.TemporaryDirectory() as place:
        folder, counted = Path(place) / "site", []
        first = wall(lambda: counted.append(export(folder, said=lambda line: None)))
        after = wall(lambda: counted.append(export(folder, said=lambda line: None)))
    print("\nThe static site")
    print(f"  the first time, PDFs made   {first:6.1f} s, {counted[0]} files")
    print(f"  after that                  {after:6.1f} s, {counted[1] / after:.0f} files a second")

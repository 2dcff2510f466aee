"""Settings from the environment; what is wrong is said in one sentence and stops the start."""

import contextlib
import importlib.util
import os
import secrets
import shlex
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from paper.files import write_whole
from verbatim.numerals import row_number

BASE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR", BASE / "var")).resolve()
"""What this machine keeps: the embedded database, files, collected static files, demonstration accounts."""


def flag(name: str) -> bool:
    value = os.environ.get(name, "").lower()
    if value not in ("", "0", "1", "true", "false"):
        raise ImproperlyConfigured(f"环境变量 {name} 只能是 1 或 0，现在是“{value}”。")
    return value in ("1", "true")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "") or str(default)
    read = row_number(value)
    if read is None:
        raise ImproperlyConfigured(f"环境变量 {name} 应当是数字，现在是“{value}”。")
    return read


def attachment_mb() -> int:
    """Megabytes of the largest file of a case; the server takes in little more than that at once."""
    most = number("ATTACHMENT_MB", 20)
    if not 1 <= most <= 60:
        raise ImproperlyConfigured(f"环境变量 ATTACHMENT_MB 应当在 1 和 60 之间，现在是“{most}”。")
    return most


def command(name: str) -> list[str]:
    """A program and its arguments, as a shell would read them; no shell ever does."""
    try:
        return shlex.split(os.environ.get(name, ""))
    except ValueError:
        raise ImproperlyConfigured(f"环境变量 {name} 的引号不成对，现在是“{os.environ[name]}”。") from None


def words(name: str) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def modules(name: str) -> list[str]:
    """The names of Python packages, separated by commas, each once; they are there."""
    named = list(dict.fromkeys(words(name)))
    for each in named:
        try:
            found = importlib.util.find_spec(each)
        except (ImportError, ValueError):
            found = None
        if found is None or found.submodule_search_locations is None:
            raise ImproperlyConfigured(f"环境变量 {name} 写的是应用的包名，用逗号分开；没有叫“{each}”的包。")
    return named


def required(name: str, example: str, *, shortest: int = 1) -> str:
    value = os.environ.get(name, "").strip(" ,")
    if len(value) < shortest:
        raise ImproperlyConfigured(f"生产环境必须设置环境变量 {name}，例如 {example}。")
    return value


def kept_secret(path: Path) -> str:
    """A random key that is made once and kept in a file that only its owner reads."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):  # another process was first
            write_whole(path, secrets.token_urlsafe(64).encode(), mode=0o600, replacing=False)
    return path.read_text().strip()

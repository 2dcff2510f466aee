"""What the database itself refuses of accounts: power, a password or a second factor that nobody confirmed, and to
forget who came and went before the time is over.

The database cannot know who sits at the screen. It holds that a second account stands behind each change, that what
changes is what was asked for, and that both stand in tables that nobody rewrites. Whoever owns the tables may do more:
a command on the server, which leaves its own line (accounts.requests).
"""

import json
from collections.abc import Iterator

from accounts.models import Visit
from accounts.requests import COLUMNS
from history.ledger import LedgerColumns, LedgerLine
from history.triggers import trigger, trigger_function

# How old an entry is, is said by the ledger: there the database's own clock stands.
VISIT = f"""
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT FROM public.{LedgerLine._meta.db_table} l JOIN public.{LedgerColumns._meta.db_table} c
            ON c.id = l.columns_id
            WHERE c."table" = TG_TABLE_NAME AND l."row" = OLD.id::text
            AND l.at > now() - interval '{Visit.kept_for_days} days') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '登录记录不能更改，{Visit.kept_for_days} 天以内不能删除' USING ERRCODE = 'check_violation';
END
"""

ON_THE_SERVER = """
CREATE OR REPLACE FUNCTION accounts_on_the_server() RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = 'public.accounts_account'::regclass
$$
"""

# What was confirmed in this very transaction for that account.
CONFIRMED = """
CREATE OR REPLACE FUNCTION accounts_is_confirmed(account bigint, what text, value jsonb) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.accounts_accountdecision d JOIN public.accounts_accountrequest r ON r.id = d.request_id
        WHERE d.transaction = txid_current() AND d.accepted AND r.account_id = account
            AND r.after ? what AND (value IS NULL OR r.after -> what = value)
    )
$$
"""

# What its owner did in this very transaction, and is on record.
DONE = """
CREATE OR REPLACE FUNCTION accounts_did(account bigint, verb text) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.accounts_visit v
        WHERE v.transaction = txid_current() AND v.account_id = account AND v.what = verb
    )
$$
"""

IS_IN = """
CREATE OR REPLACE FUNCTION accounts_is_in(account bigint, VARIADIC names text[]) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.accounts_account a
        JOIN public.accounts_account_groups m ON m.account_id = a.id JOIN public.auth_group g ON g.id = m.group_id
        WHERE a.id = account AND a.is_active AND g.name = ANY (names)
    )
$$
"""

REQUEST = """
BEGIN
    IF NEW.by_id IS NULL AND NOT public.accounts_on_the_server() THEN
        RAISE EXCEPTION '账号变更要有提出人' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.by_id IS NOT NULL AND NOT public.accounts_is_in(NEW.by_id, '系统管理') THEN
        RAISE EXCEPTION '账号变更只能由系统管理提出' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""

DECISION = """
DECLARE
    asked public.accounts_accountrequest;
BEGIN
    NEW.transaction := txid_current();
    SELECT * INTO asked FROM public.accounts_accountrequest WHERE id = NEW.request_id;
    IF NEW.by_id IS NULL THEN
        IF NOT public.accounts_on_the_server() THEN
            RAISE EXCEPTION '账号变更要有确认人' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT public.accounts_is_in(NEW.by_id, '审计', '系统管理') THEN
        RAISE EXCEPTION '账号变更只能由审计或系统管理确认' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.accepted AND NEW.by_id IN (asked.by_id, asked.account_id) THEN
        RAISE EXCEPTION '账号变更要由另一个人确认，不能是提出的人，也不能是这个账号自己'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.accepted AND asked.by_id IS NOT NULL AND NOT public.accounts_is_in(asked.by_id, '系统管理') THEN
        RAISE EXCEPTION '提出的人现在不是系统管理，不能确认；请重新提出' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""

ACCOUNT = f"""
DECLARE
    field text;
    is_now jsonb;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.is_superuser AND NOT NEW.is_superuser THEN
        RAISE EXCEPTION '应急账号 % 不能改成平常的账号，用完请停用', OLD.username USING ERRCODE = 'check_violation';
    END IF;
    IF public.accounts_on_the_server() AND (TG_OP = 'INSERT' OR NEW.is_superuser) THEN
        RETURN NEW;
    END IF;
    IF NEW.is_superuser AND (TG_OP = 'INSERT' OR NOT OLD.is_superuser OR (NEW.is_active AND NOT OLD.is_active)) THEN
        RAISE EXCEPTION '应急账号（超级用户）只能由数据库的属主在服务器上开：账号 % 的权力由组来给', NEW.username
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.is_active OR NEW.password NOT LIKE '!%' OR NEW.office_id IS NOT NULL OR NEW.email <> '' THEN
            RAISE EXCEPTION '新账号要由另一个人确认以后才能用，股室和电子邮件也一样' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    FOREACH field IN ARRAY ARRAY[{", ".join(f"'{column}'" for column in COLUMNS.values())}]
    LOOP
        is_now := to_jsonb(NEW) -> field;
        IF to_jsonb(OLD) -> field <> is_now AND NOT (field = 'is_active' AND NOT NEW.is_active)
                AND NOT public.accounts_is_confirmed(NEW.id, regexp_replace(field, '_id$', ''), is_now) THEN
            RAISE EXCEPTION '账号 % 的 % 没有另一个人确认，不能更改', OLD.username, field
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    IF NOT NEW.must_change_password AND (NEW.password <> OLD.password OR OLD.must_change_password)
            AND (NEW.password = OLD.password OR NOT public.accounts_did(NEW.id, 'password'))
            OR NEW.must_change_password AND NEW.password <> OLD.password
            AND NOT public.accounts_is_confirmed(NEW.id, 'password', NULL) THEN
        RAISE EXCEPTION '账号 % 的密码不是本人改的，也没有另一个人确认', OLD.username
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""

MEMBERSHIP = """
DECLARE
    concerned bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.account_id ELSE NEW.account_id END;
    granted jsonb;
BEGIN
    IF TG_OP <> 'DELETE' THEN
        SELECT jsonb_build_array(name) INTO granted FROM public.auth_group WHERE id = NEW.group_id;
    END IF;
    IF TG_OP = 'UPDATE' OR NOT public.accounts_is_confirmed(concerned, 'groups', granted) THEN
        RAISE EXCEPTION '账号的组没有另一个人确认，不能更改' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
"""

WRITTEN_AT_A_LOG_IN = ("drift", "last_t", "last_used_at", "throttling_failure_timestamp", "throttling_failure_count")
"""Of a phone or of recovery codes, by the library."""
CODES_ARE = {"step": 30, "t0": 0, "digits": 6, "tolerance": 1}
"""How a phone works its codes out, in the columns of the library: with fewer digits, or more that are let pass, anybody
guesses one."""

# A phone counts from the moment it is confirmed; that, its secret, how it works codes out and its going away are its
# owner's or a second person's. It never becomes somebody else's.
FACTOR = f"""
DECLARE
    was jsonb := CASE TG_OP WHEN 'INSERT' THEN '{{}}' ELSE to_jsonb(OLD) END;
    is_now jsonb := CASE TG_OP WHEN 'DELETE' THEN '{{}}' ELSE to_jsonb(NEW) END;
    counts boolean := coalesce((was ->> 'confirmed')::boolean, false)
        OR coalesce((is_now ->> 'confirmed')::boolean, false);
    owner bigint := coalesce(was ->> 'user_id', is_now ->> 'user_id')::bigint;
    field text;
BEGIN
    IF TG_OP = 'UPDATE' AND was -> 'user_id' <> is_now -> 'user_id' THEN
        RAISE EXCEPTION '一个人的动态码不能改给别人' USING ERRCODE = 'check_violation';
    END IF;
    IF is_now ? 'digits' AND NOT is_now @> '{json.dumps(CODES_ARE)}' THEN
        RAISE EXCEPTION '动态码只能是每 30 秒一个、6 位、前后各差一个' USING ERRCODE = 'check_violation';
    END IF;
    IF counts THEN
        FOR field IN SELECT jsonb_object_keys(was || is_now)
                EXCEPT SELECT unnest('{{{", ".join(WRITTEN_AT_A_LOG_IN)}}}'::text[]) LOOP
            IF was -> field IS DISTINCT FROM is_now -> field AND NOT public.accounts_did(owner, 'set_up')
                    AND NOT public.accounts_is_confirmed(owner, 'second_factor', NULL) THEN
                RAISE EXCEPTION '动态码不是本人设的，也没有另一个人确认' USING ERRCODE = 'check_violation';
            END IF;
        END LOOP;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
"""  # noqa: S608 (names of our own columns)

CODE = """
BEGIN
    IF NOT public.accounts_did(
            (SELECT user_id FROM public.otp_static_staticdevice WHERE id = NEW.device_id), 'set_up') THEN
        RAISE EXCEPTION '恢复码不是本人设的' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""

BODIES = {
    "request": REQUEST,
    "decision": DECISION,
    "account": ACCOUNT,
    "membership": MEMBERSHIP,
    "factor": FACTOR,
    "code": CODE,
}
GUARDED = {
    "accounts_accountrequest": ("request", "INSERT"),
    "accounts_accountdecision": ("decision", "INSERT"),
    "accounts_account": ("account", "INSERT OR UPDATE"),
    "accounts_account_groups": ("membership", "INSERT OR UPDATE OR DELETE"),
    "otp_totp_totpdevice": ("factor", "INSERT OR UPDATE OR DELETE"),
    "otp_static_staticdevice": ("factor", "INSERT OR UPDATE OR DELETE"),
    "otp_static_statictoken": ("code", "INSERT OR UPDATE"),
}
"""Which function stands before which table."""


def statements() -> Iterator[str]:
    visits = Visit._meta.db_table
    yield trigger_function("accounts_visit_kept", VISIT)
    # In place of the one that refuses everything.
    yield trigger(f"{visits}_frozen", "BEFORE UPDATE OR DELETE", visits, "accounts_visit_kept")
    yield from (ON_THE_SERVER, CONFIRMED, DONE, IS_IN)
    for name, body in BODIES.items():
        yield trigger_function(f"accounts_{name}_guard", body)
    for table, (name, events) in GUARDED.items():
        yield trigger(f"accounts_{name}_guard", f"BEFORE {events}", table, f"accounts_{name}_guard")

"""What the database itself refuses of accounts: to forget who came and went before the time is over, and that the
portal makes anybody a superuser."""

from collections.abc import Iterator

from accounts.models import Account, Visit
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

# A superuser, the emergency account, can do all that the table of roles keeps apart. Only the owner of the table makes
# one, or lets one in again.
ACCOUNT = """
BEGIN
    IF NEW.is_superuser AND (TG_OP = 'INSERT' OR NOT OLD.is_superuser OR (NEW.is_active AND NOT OLD.is_active))
            AND current_user <> (SELECT c.relowner::regrole::text FROM pg_class c WHERE c.oid = TG_RELID) THEN
        RAISE EXCEPTION '应急账号（超级用户）只能由数据库的属主来设：账号 % 的权力由组来给', NEW.username
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""


def statements() -> Iterator[str]:
    visits, accounts = Visit._meta.db_table, Account._meta.db_table
    yield trigger_function("accounts_visit_kept", VISIT)
    yield trigger_function("accounts_account_guard", ACCOUNT)
    # In place of the one that refuses everything.
    yield trigger(f"{visits}_frozen", "BEFORE UPDATE OR DELETE", visits, "accounts_visit_kept")
    yield trigger(f"{accounts}_guard", "BEFORE INSERT OR UPDATE", accounts, "accounts_account_guard")

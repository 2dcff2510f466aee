"""What the database itself refuses of accounts: to forget who came and went before the time is over."""

from collections.abc import Iterator

from history.guards import emptied

DAYS = 184
"""So long a log of the network is kept: six months, 网络安全法 §21(3)."""

KEPT = f"""
CREATE OR REPLACE FUNCTION accounts_visit_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '{DAYS} days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '登录记录不能更改，{DAYS} 天以内不能删除' USING ERRCODE = 'check_violation';
END $$
"""


def statements() -> Iterator[str]:
    yield KEPT
    yield (
        "CREATE OR REPLACE TRIGGER accounts_visit_frozen BEFORE UPDATE OR DELETE ON accounts_visit"
        " FOR EACH ROW EXECUTE FUNCTION accounts_visit_kept()"
    )
    yield emptied("accounts_visit")

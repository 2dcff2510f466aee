"""What the database itself refuses of editions: any change of what is frozen, and any step that is not a transition."""

from collections.abc import Iterator

FROZEN = """
CREATE OR REPLACE FUNCTION editions_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%：已冻结的内容不能更改或删除', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$
"""

# Entries belong to the transaction that froze the edition; nobody adds one later.
ENTRY = """
CREATE OR REPLACE FUNCTION editions_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT created_txid FROM editions_edition WHERE id = NEW.edition_id) IS DISTINCT FROM txid_current() THEN
        RAISE EXCEPTION '清单版本冻结以后不能再加条目' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""

EDITION = """
CREATE OR REPLACE FUNCTION editions_edition_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head editions_edition%ROWTYPE;
    steps text[] := ARRAY[
        'submitted>reviewed', 'submitted>returned', 'submitted>withdrawn',
        'reviewed>signed', 'reviewed>issued', 'reviewed>returned', 'reviewed>withdrawn',
        'signed>issued', 'signed>returned'];
    content text[] := ARRAY[
        'id', 'label', 'kind', 'change_note', 'content_digest', 'entry_count', 'effective_day_assumed', 'created_at',
        'created_txid', 'submitted_by_id', 'submitted_by_name', 'submitted_at'];
    field text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.created_txid := txid_current();
        IF NEW.state = 'transcribed' THEN
            IF EXISTS (SELECT FROM editions_edition) THEN
                RAISE EXCEPTION '转录的版本只能是第一个' USING ERRCODE = 'check_violation';
            END IF;
        ELSIF NEW.state <> 'submitted' THEN
            RAISE EXCEPTION '新的版本只能从送审开始' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;

    IF OLD.state IN ('issued', 'transcribed', 'returned', 'withdrawn') THEN
        RAISE EXCEPTION '版本 % 已是“%”，不能再改', OLD.label, OLD.state USING ERRCODE = 'check_violation';
    END IF;
    FOREACH field IN ARRAY content LOOP
        IF (to_jsonb(OLD) -> field) IS DISTINCT FROM (to_jsonb(NEW) -> field) THEN
            RAISE EXCEPTION '版本 % 的 % 送审后不能更改', OLD.label, field USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    IF NEW.state <> OLD.state AND NOT (OLD.state || '>' || NEW.state) = ANY (steps) THEN
        RAISE EXCEPTION '版本 % 不能从“%”到“%”', OLD.label, OLD.state, NEW.state USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state <> 'issued' AND (NEW.effective_on, NEW.previous_id, NEW.seal, NEW.chain_digest)
            IS DISTINCT FROM (OLD.effective_on, OLD.previous_id, OLD.seal, OLD.chain_digest) THEN
        RAISE EXCEPTION '版本 % 的施行日期和封存只在公布时确定', OLD.label USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'issued' THEN
        SELECT * INTO head FROM editions_edition WHERE state IN ('issued', 'transcribed')
            ORDER BY effective_on DESC LIMIT 1;
        IF NEW.previous_id IS DISTINCT FROM head.id THEN
            RAISE EXCEPTION '版本 % 要接在最近公布的版本之后', OLD.label USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.effective_on <= head.effective_on THEN
            RAISE EXCEPTION '版本 % 的施行日期要晚于 %', OLD.label, head.effective_on USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.effective_on < (NEW.issued_at AT TIME ZONE 'Asia/Shanghai')::date THEN
            RAISE EXCEPTION '版本 % 的施行日期不能早于公布之日', OLD.label USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$
"""


def statements() -> Iterator[str]:
    yield FROZEN
    yield ENTRY
    yield EDITION
    for table in ("editions_version", "editions_entry"):
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION editions_frozen()"
        )
    for table in ("editions_version", "editions_entry", "editions_edition"):
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_kept BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION editions_frozen()"
        )
    yield (
        "CREATE OR REPLACE TRIGGER editions_entry_guard BEFORE INSERT ON editions_entry"
        " FOR EACH ROW EXECUTE FUNCTION editions_entry_guard()"
    )
    yield (
        "CREATE OR REPLACE TRIGGER editions_edition_guard BEFORE INSERT OR UPDATE ON editions_edition"
        " FOR EACH ROW EXECUTE FUNCTION editions_edition_guard()"
    )
    yield (
        "CREATE OR REPLACE TRIGGER editions_edition_frozen BEFORE DELETE ON editions_edition"
        " FOR EACH ROW EXECUTE FUNCTION editions_frozen()"
    )

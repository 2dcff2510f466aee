"""What the database itself refuses of editions: any change of what is frozen, and any step that is not a transition."""

from collections.abc import Iterator

from history.guards import emptied, frozen

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

# A version is addressed by its content: the address is computed here too.
VERSION = """
CREATE OR REPLACE FUNCTION editions_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.digest <> encode(sha256(convert_to(concat_ws(E'\\n', NEW.kind, NEW.schema, NEW.text), 'UTF8')), 'hex') THEN
        RAISE EXCEPTION '条目版本的摘要与内容不符' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""

# At the end of the transaction an edition holds as many entries as it says.
COUNT = """
CREATE OR REPLACE FUNCTION editions_entry_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM editions_entry WHERE edition_id = NEW.id) <> NEW.entry_count THEN
        RAISE EXCEPTION '版本 % 的条目数与声明的 % 不符', NEW.label, NEW.entry_count USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""

# And whatever happened to it has its line in the timeline; a state is entered once, so one line of its name is enough.
TIMELINE = """
CREATE OR REPLACE FUNCTION editions_timeline() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    verb_here text := CASE WHEN NEW.revoked_on IS NULL THEN NEW.state ELSE 'revoked' END;
BEGIN
    IF verb_here <> 'transcribed'
            AND NOT EXISTS (SELECT FROM editions_act WHERE edition_id = NEW.id AND verb = verb_here) THEN
        RAISE EXCEPTION '版本 % 的“%”没有经办记录', NEW.label, verb_here USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""

# What each step may write; everything else stays as it was.
EDITION = """
CREATE OR REPLACE FUNCTION editions_edition_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head bigint;
    latest date;
    base bigint;
    step text := OLD.state || '>' || NEW.state;
    closing text[] := ARRAY['state', 'closed_by_id', 'closed_by_name', 'closed_at', 'closing_reason'];
    issuing text[] := ARRAY['state', 'issued_by_id', 'issued_by_name', 'issued_at', 'effective_on', 'previous_id',
        'seal', 'chain_digest'];
    revoking text[] := ARRAY['revoked_by_id', 'revoked_by_name', 'revoked_at', 'revoked_on', 'revoke_reason'];
    writes text[];
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
        ELSIF num_nonnulls(NEW.reviewed_by_id, NEW.reviewed_at, NEW.signed_by_id, NEW.signed_at, NEW.issued_by_id,
                NEW.issued_at, NEW.closed_by_id, NEW.closed_at, NEW.previous_id, NEW.approval_recorded_by_id,
                NEW.approval_confirmed_by_id, NEW.approval_date) > 0
                OR concat(NEW.reviewed_by_name, NEW.signed_by_name, NEW.issued_by_name, NEW.closed_by_name,
                NEW.closing_reason, NEW.seal, NEW.chain_digest, NEW.approval_authority, NEW.approval_number,
                NEW.approval_note, NEW.approval_file) <> '' THEN
            RAISE EXCEPTION '送审时只能有送审人' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF to_jsonb(OLD) = to_jsonb(NEW) THEN
        RETURN NEW;
    ELSE
        writes := CASE step
            WHEN 'submitted>reviewed' THEN ARRAY['state', 'reviewed_by_id', 'reviewed_by_name', 'reviewed_at']
            WHEN 'reviewed>signed' THEN ARRAY['state', 'signed_by_id', 'signed_by_name', 'signed_at']
            WHEN 'signed>signed' THEN ARRAY['approval_authority', 'approval_number', 'approval_note', 'approval_date',
                'approval_file', 'approval_recorded_by_id', 'approval_confirmed_by_id']
            WHEN 'reviewed>issued' THEN issuing || ARRAY['signed_by_id', 'signed_by_name', 'signed_at']
            WHEN 'signed>issued' THEN issuing
            WHEN 'submitted>returned' THEN closing
            WHEN 'submitted>withdrawn' THEN closing
            WHEN 'reviewed>returned' THEN closing
            WHEN 'reviewed>withdrawn' THEN closing
            WHEN 'signed>returned' THEN closing
            WHEN 'issued>issued' THEN revoking
            WHEN 'transcribed>transcribed' THEN revoking
        END;
        IF writes IS NULL THEN
            RAISE EXCEPTION '版本 % 不能从“%”到“%”', OLD.label, OLD.state, NEW.state USING ERRCODE = 'check_violation';
        END IF;
        FOR field IN SELECT jsonb_object_keys(to_jsonb(NEW)) LOOP
            IF NOT field = ANY (writes) AND (to_jsonb(OLD) -> field) IS DISTINCT FROM (to_jsonb(NEW) -> field) THEN
                RAISE EXCEPTION '版本 % 的 % 在这一步不能更改', OLD.label, field USING ERRCODE = 'check_violation';
            END IF;
        END LOOP;
        IF OLD.approval_confirmed_by_id IS NOT NULL AND step = 'signed>signed' THEN
            RAISE EXCEPTION '版本 % 的批复已经核对，不能再改', OLD.label USING ERRCODE = 'check_violation';
        END IF;
        IF OLD.revoked_on IS NOT NULL THEN
            RAISE EXCEPTION '版本 % 已经废止，不能再改', OLD.label USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.revoked_on IS NOT NULL AND NEW.revoked_on <> (NEW.revoked_at AT TIME ZONE 'Asia/Shanghai')::date THEN
            RAISE EXCEPTION '版本 % 的废止日期不是废止之日', OLD.label USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.chain_digest <> '' AND NEW.chain_digest <> encode(sha256(convert_to(NEW.seal, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION '版本 % 的链摘要与封存文本不符', NEW.label USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'issued' AND NEW.revoked_on IS NULL THEN
        SELECT id INTO head FROM editions_edition WHERE state IN ('issued', 'transcribed')
            ORDER BY issued_at DESC NULLS LAST LIMIT 1;
        SELECT max(effective_on) INTO latest FROM editions_edition WHERE state IN ('issued', 'transcribed')
            AND (revoked_on IS NULL OR revoked_on > effective_on);
        IF OLD.state = 'signed' AND OLD.approval_confirmed_by_id IS NULL THEN
            RAISE EXCEPTION '版本 % 的批复还没有登记并核对', NEW.label USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (SELECT FROM editions_remark r WHERE r.edition_id = NEW.id
                AND NOT EXISTS (SELECT FROM editions_answer a WHERE a.remark_id = r.id)) THEN
            RAISE EXCEPTION '版本 % 有意见还没有答复', NEW.label USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.previous_id IS DISTINCT FROM head THEN
            RAISE EXCEPTION '版本 % 要接在最近公布的版本之后', NEW.label USING ERRCODE = 'check_violation';
        END IF;
        SELECT id INTO base FROM editions_edition WHERE state IN ('issued', 'transcribed')
            AND (revoked_on IS NULL OR revoked_on > effective_on)
            ORDER BY (revoked_on IS NULL) DESC, effective_on DESC LIMIT 1;
        IF NEW.builds_on_id IS DISTINCT FROM base THEN
            RAISE EXCEPTION '版本 % 编制以后另有版本公布或废止，须重新编制', NEW.label
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.effective_on <= latest THEN
            RAISE EXCEPTION '版本 % 的施行日期要晚于 %', NEW.label, latest USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.effective_on < (NEW.issued_at AT TIME ZONE 'Asia/Shanghai')::date THEN
            RAISE EXCEPTION '版本 % 的施行日期不能早于公布之日', NEW.label USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$
"""


# A second opinion is somebody else's, and of a ruling that no later one took the place of.
SECOND = """
CREATE OR REPLACE FUNCTION editions_second_opinion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.by_id IN (SELECT by_id FROM public.editions_ruling WHERE id = NEW.ruling_id
            UNION SELECT by_id FROM public.editions_ownfinding WHERE id = NEW.own_finding_id) THEN
        RAISE EXCEPTION '体检的处理由提出人以外的人核对' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM public.editions_ruling r JOIN public.editions_ruling later ON later.key = r.key
            AND later.id > r.id WHERE r.id = NEW.ruling_id) THEN
        RAISE EXCEPTION '后来又有新的处理，这一条不用核对了' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
"""

RULINGS = ("editions_ruling", "editions_ownfinding", "editions_secondopinion")
ACTS = ("editions_act", "editions_remark", "editions_answer", "editions_reply")


def statements() -> Iterator[str]:
    yield ENTRY
    yield EDITION
    yield VERSION
    yield COUNT
    yield TIMELINE
    yield SECOND
    for table in ("editions_version", "editions_entry", "editions_checkupresult", *ACTS, *RULINGS):
        yield from frozen(table)
    yield emptied("editions_edition")
    for table in ("editions_entry", "editions_checkupresult"):
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_guard BEFORE INSERT ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION editions_entry_guard()"
        )
    yield (
        "CREATE OR REPLACE TRIGGER editions_edition_guard BEFORE INSERT OR UPDATE ON editions_edition"
        " FOR EACH ROW EXECUTE FUNCTION editions_edition_guard()"
    )
    yield (
        "CREATE OR REPLACE TRIGGER editions_edition_frozen BEFORE DELETE ON editions_edition"
        " FOR EACH ROW EXECUTE FUNCTION keep_frozen()"
    )
    yield (
        "CREATE OR REPLACE TRIGGER editions_version_guard BEFORE INSERT ON editions_version"
        " FOR EACH ROW EXECUTE FUNCTION editions_version_guard()"
    )
    for name, events in (("editions_entry_count", "INSERT"), ("editions_timeline", "INSERT OR UPDATE")):
        yield f"DROP TRIGGER IF EXISTS {name} ON editions_edition"
        yield (
            f"CREATE CONSTRAINT TRIGGER {name} AFTER {events} ON editions_edition"
            f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    yield (
        "CREATE OR REPLACE TRIGGER editions_second_opinion BEFORE INSERT ON editions_secondopinion"
        " FOR EACH ROW EXECUTE FUNCTION editions_second_opinion()"
    )
    # Whoever seals waits for the acts that are under way, as for the lines of history (history.guards).
    yield (
        "CREATE OR REPLACE TRIGGER editions_act_gate BEFORE INSERT ON editions_act"
        " FOR EACH STATEMENT EXECUTE FUNCTION history_gate()"
    )

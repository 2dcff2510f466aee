"""What the database itself refuses of editions, besides what it refuses of every table of steps (acts.guards): any
change of what is frozen, a seal that says something else, a remark without its line."""

from collections.abc import Iterator

from editions.life.seal import SEALING, sealed_models
from editions.life.states import UNDER_WAY, State
from history.guards import emptied
from history.triggers import at_the_end, trigger, trigger_function

# Entries belong to the transaction that froze the edition; nobody adds one later.
ENTRY = """
BEGIN
    IF (SELECT e.created_txid FROM public.editions_edition e WHERE e.id = NEW.edition_id)
            IS DISTINCT FROM txid_current() THEN
        RAISE EXCEPTION '清单版本冻结以后不能再加条目' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""

# Nor more than the edition says it has: what is checked when the transaction ends may have been checked before its end.
ENTRIES = """
BEGIN
    IF EXISTS (SELECT FROM public.editions_edition e WHERE e.id IN (SELECT edition_id FROM added)
            AND e.entry_count < (SELECT count(*) FROM public.editions_entry i WHERE i.edition_id = e.id)) THEN
        RAISE EXCEPTION '清单版本的条目比声明的多' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
"""

# A version is addressed by its content: the address is computed here too.
VERSION = """
BEGIN
    IF NEW.digest <> encode(sha256(convert_to(concat_ws(E'\\n', NEW.kind, NEW.schema, NEW.text), 'UTF8')), 'hex') THEN
        RAISE EXCEPTION '条目版本的摘要与内容不符' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""

# At the end of the transaction an edition holds as many entries as it says, and they give its digest: kind by kind, in
# the order in which they were frozen. What the form consists of besides is nothing to it.
CONTENT = """
DECLARE
    held bigint;
    content text;
BEGIN
    SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(
            concat(i.kind, E'\\t', i.position, E'\\t', i.serial, E'\\t', v.digest, E'\\n'), ''
            ORDER BY i.first, i.position), ''), 'UTF8')), 'hex')
        INTO held, content
        FROM (SELECT e.*, min(e.id) OVER (PARTITION BY e.kind) AS first FROM public.editions_entry e
            WHERE e.edition_id = NEW.id) i JOIN public.editions_version v ON v.id = i.version_id;
    IF held <> NEW.entry_count THEN
        RAISE EXCEPTION '版本 % 的条目数与声明的 % 不符', NEW.label, NEW.entry_count USING ERRCODE = 'check_violation';
    END IF;
    IF content <> NEW.content_digest THEN
        RAISE EXCEPTION '版本 % 的条目与内容摘要不符', NEW.label USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
"""

# A remark, an answer and a letter each have their line in the timeline; the letter is the one that the edition names.
SAID = """
DECLARE
    edition public.editions_edition;
    replied bigint;
    answered bigint;
    remarked bigint;
BEGIN
    IF TG_TABLE_NAME = 'editions_answer' THEN
        SELECT e.* INTO edition FROM public.editions_edition e JOIN public.editions_remark r ON r.edition_id = e.id
            WHERE r.id = NEW.remark_id;
    ELSE
        SELECT e.* INTO edition FROM public.editions_edition e WHERE e.id = (to_jsonb(NEW) ->>
            CASE TG_TABLE_NAME WHEN 'editions_edition' THEN 'id' ELSE 'edition_id' END)::bigint;
    END IF;
    IF edition.approval_recorded_by_id IS NOT NULL AND NOT EXISTS (SELECT FROM public.editions_reply r
            WHERE r.edition_id = edition.id AND r.digest = edition.approval_file
            AND r.digest = encode(sha256(r.content), 'hex')) THEN
        RAISE EXCEPTION '版本 % 的批复文件和登记的摘要不符', edition.label USING ERRCODE = 'check_violation';
    END IF;
    SELECT count(*) FILTER (WHERE a.verb = 'reply_recorded'), count(*) FILTER (WHERE a.verb = 'answered'),
            count(*) FILTER (WHERE a.verb IN ('remarked', 'relayed'))
        INTO replied, answered, remarked FROM public.editions_act a WHERE a.edition_id = edition.id;
    IF replied <> (SELECT count(*) FROM public.editions_reply r WHERE r.edition_id = edition.id)
            OR answered <> (SELECT count(*) FROM public.editions_answer w JOIN public.editions_remark r
            ON r.id = w.remark_id WHERE r.edition_id = edition.id)
            OR (edition.state <> 'returned'  -- who sends it back says what is wrong in the same act
            AND remarked <> (SELECT count(*) FROM public.editions_remark r WHERE r.edition_id = edition.id)) THEN
        RAISE EXCEPTION '版本 % 的意见、答复或批复文件没有经办记录', edition.label USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
"""

# Remarks are made, and answered, while an edition is under way; nobody takes a step with it meanwhile.
WHILE_OPEN = """
DECLARE
    edition bigint;
    state_now text;
BEGIN
    IF TG_TABLE_NAME = 'editions_answer' THEN
        SELECT r.edition_id INTO edition FROM public.editions_remark r WHERE r.id = NEW.remark_id;
    ELSE
        edition := NEW.edition_id;
    END IF;
    SELECT e.state INTO state_now FROM public.editions_edition e WHERE e.id = edition FOR SHARE;
    IF NOT state_now = ANY (TG_ARGV) THEN
        RAISE EXCEPTION '版本已经是“%”，不能再提意见、答复或登记批复', state_now USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""

# What a step of the table may not do all the same (what each step writes: acts.guards).
EDITION = """
DECLARE
    head public.editions_edition;
    sealed jsonb;
    latest date;
    base bigint;
    step text := OLD.state || '>' || NEW.state;
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.created_txid := txid_current();
        IF NEW.state = 'transcribed' AND EXISTS (SELECT FROM public.editions_edition) THEN
            RAISE EXCEPTION '转录的版本只能是第一个' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF to_jsonb(OLD) = to_jsonb(NEW) THEN
        RETURN NEW;
    ELSE
        IF OLD.approval_confirmed_by_id IS NOT NULL AND step = 'signed>signed' THEN
            RAISE EXCEPTION '版本 % 的批复已经核对，不能再改', OLD.label USING ERRCODE = 'check_violation';
        END IF;
        -- What was revoked with the clock ahead can be revoked once more, from an earlier day on.
        IF OLD.revoked_on IS NOT NULL AND (NEW.revoked_on < OLD.revoked_on) IS NOT TRUE THEN
            RAISE EXCEPTION '版本 % 已经废止，不能再改', OLD.label USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.revoked_on IS NOT NULL AND NEW.revoked_on <> (NEW.revoked_at AT TIME ZONE 'Asia/Shanghai')::date THEN
            RAISE EXCEPTION '版本 % 的废止日期不是废止之日', OLD.label USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    -- What a step writes is seen, and all of it once it becomes public. What an older portal let in keeps nobody from
    -- sending it back or revoking it; the seal repeats what the other columns say.
    IF EXISTS (SELECT FROM jsonb_each_text(to_jsonb(NEW)) said WHERE said.key <> 'seal'
            AND (step IS NULL OR step IN ('reviewed>issued', 'signed>issued')
            OR to_jsonb(OLD) ->> said.key IS DISTINCT FROM said.value) AND NOT public.is_seen(said.value)) THEN
        RAISE EXCEPTION '文字里有看不见、印不出的字符，请删去重新输入。' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.chain_digest <> '' AND NEW.chain_digest <> encode(sha256(convert_to(NEW.seal, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION '版本 % 的链摘要与封存文本不符', NEW.label USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'issued' AND NEW.revoked_on IS NULL THEN
        PERFORM pg_advisory_xact_lock(TG_ARGV[0]::bigint);
        SELECT e.* INTO head FROM public.editions_edition e WHERE e.state IN ('issued', 'transcribed')
            AND NOT EXISTS (SELECT FROM public.editions_edition n WHERE n.previous_id = e.id AND n.state = 'issued');
        SELECT max(effective_on) INTO latest FROM public.editions_edition WHERE state IN ('issued', 'transcribed')
            AND (revoked_on IS NULL OR revoked_on > effective_on);
        IF OLD.state = 'signed' AND OLD.approval_confirmed_by_id IS NULL THEN
            RAISE EXCEPTION '版本 % 的批复还没有登记并核对', NEW.label USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (SELECT FROM public.editions_remark r WHERE r.edition_id = NEW.id
                AND NOT EXISTS (SELECT FROM public.editions_answer a WHERE a.remark_id = r.id)) THEN
            RAISE EXCEPTION '版本 % 有意见还没有答复', NEW.label USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.previous_id IS DISTINCT FROM head.id THEN
            RAISE EXCEPTION '版本 % 要接在最近公布的版本之后', NEW.label USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.issued_at < head.issued_at AND head.revoked_on IS NULL THEN
            RAISE EXCEPTION '版本 % 的公布时间早于前一版 %，请核对时钟', NEW.label, head.label
                USING ERRCODE = 'check_violation';
        END IF;
        SELECT id INTO base FROM public.editions_edition WHERE state IN ('issued', 'transcribed')
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
    IF NEW.seal <> '' AND (TG_OP = 'INSERT' OR NEW.seal <> OLD.seal) THEN
        BEGIN
            sealed := NEW.seal::jsonb;
            IF (sealed ->> 'content_digest', sealed ->> 'label', sealed ->> 'kind', (sealed ->> 'effective_on')::date,
                    sealed ->> 'change_note', sealed -> 'reasons', sealed #>> '{approval,number}',
                    sealed #>> '{approval,file}', sealed #>> '{acts,submitted,by}', sealed #>> '{acts,issued,by}',
                    (sealed #>> '{acts,issued,at}')::timestamptz, sealed ->> 'previous')
                    IS DISTINCT FROM (NEW.content_digest::text, NEW.label::text, NEW.kind::text, NEW.effective_on,
                    NEW.change_note, NEW.reasons, NEW.approval_number::text,
                    NEW.approval_file::text, NEW.submitted_by_name::text, NEW.issued_by_name::text,
                    NEW.issued_at,
                    (SELECT e.chain_digest::text FROM public.editions_edition e WHERE e.id = NEW.previous_id))
                    OR (sealed #>> '{ledger,number}' <> '0' AND NOT EXISTS (SELECT FROM public.history_ledgerline l
                    WHERE l.number = (sealed #>> '{ledger,number}')::bigint
                    AND l.chain = sealed #>> '{ledger,chain}')) THEN
                RAISE data_exception;
            END IF;
        EXCEPTION WHEN data_exception THEN
            RAISE EXCEPTION '版本 % 的封存文本和版本本身不符', NEW.label USING ERRCODE = 'check_violation';
        END;
    END IF;
    RETURN NEW;
END
"""


# A second opinion is somebody else's, and of a ruling that no later one took the place of.
SECOND = """
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
END
"""


# Whoever writes a line that is sealed holds the gate until the transaction ends; whoever seals waits until nobody does,
# so that no line with a number below the seal's can appear after it.
GATE = f"""
BEGIN
    PERFORM pg_advisory_xact_lock_shared({SEALING});
    RETURN NULL;
END
"""


def statements() -> Iterator[str]:
    yield trigger_function("editions_entry_guard", ENTRY)
    yield trigger_function("editions_entries_guard", ENTRIES)
    yield trigger_function("editions_version_guard", VERSION)
    yield trigger_function("editions_edition_guard", EDITION)
    yield trigger_function("editions_under_way", WHILE_OPEN)
    yield trigger_function("editions_content", CONTENT)
    yield trigger_function("editions_said", SAID)
    yield trigger_function("editions_gate", GATE)
    yield trigger_function("editions_second_opinion", SECOND)
    edition, entry = "editions_edition", "editions_entry"
    for table in (entry, "editions_checkupresult"):
        yield trigger(f"{table}_guard", "BEFORE INSERT", table, "editions_entry_guard")
    yield trigger(f"{entry}_many", "AFTER INSERT", entry, "editions_entries_guard", each="STATEMENT", added="added")
    yield trigger("editions_version_guard", "BEFORE INSERT", "editions_version", "editions_version_guard")
    yield trigger("editions_edition_guard", "BEFORE INSERT OR UPDATE", edition, "editions_edition_guard", str(SEALING))
    yield trigger("editions_edition_frozen", "BEFORE DELETE", edition, "keep_frozen")
    yield emptied(edition)
    for table in ("editions_remark", "editions_answer"):
        yield trigger(f"{table}_guard", "BEFORE INSERT", table, "editions_under_way", *UNDER_WAY)
    yield trigger("editions_reply_guard", "BEFORE INSERT", "editions_reply", "editions_under_way", State.SIGNED)
    for model in sealed_models():
        table = model._meta.db_table
        yield trigger(f"{table}_gate", "BEFORE INSERT", table, "editions_gate", each="STATEMENT")
    yield at_the_end("editions_content", "INSERT", edition, "editions_content")
    yield at_the_end("editions_said", "INSERT OR UPDATE", edition, "editions_said")
    for table in ("editions_act", "editions_remark", "editions_answer", "editions_reply"):
        yield at_the_end(f"{table}_said", "INSERT", table, "editions_said")
    yield trigger("editions_second_opinion", "BEFORE INSERT", "editions_secondopinion", "editions_second_opinion")

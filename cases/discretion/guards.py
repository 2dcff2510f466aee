"""The database asks too: that a band is within the law, whichever of the two is written, in whatever order; and that a
penalty is what was weighed."""

from collections.abc import Iterator

from cases.discretion.standards import Band
from cases.discretion.violations import Provision, ProvisionKind
from cases.rows.committee import Meeting
from cases.rows.conclusion import Conclusion
from cases.rows.decision import SpotPenalty
from cases.rows.weighing import Weighing
from history.triggers import at_the_end, trigger, trigger_function

# Called for a band, for a provision and for one of its kinds.
WITHIN_THE_LAW = """
DECLARE
    touched bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    wrong record;
BEGIN
    SELECT b.code, b.grade, b.kind INTO wrong
        FROM public.cases_band b JOIN public.cases_provision p ON p.id = b.provision_id
        WHERE p.id = touched AND b.retired_on IS NULL AND (
            NOT EXISTS (SELECT FROM public.cases_provisionkind k
                WHERE k.provision_id = p.id AND k.kind = b.kind AND k.retired_on IS NULL
                    AND (k.when <> 'grave' OR b.grade = '从重'))
            OR b.kind = '罚款' AND b.by = 'sum' AND (p.unit <> '' OR b.high > p.maximum
                OR b.low < p.minimum AND b.grade <> '减轻')
            OR b.kind = '罚款' AND b.by = 'times' AND (p.unit = '' OR b.high > p.most
                OR b.low < p.least AND b.grade <> '减轻'))
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '裁量档 %（%，%）超出了罚则规定的种类或者幅度，没有写入。', wrong.code, wrong.grade, wrong.kind
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
"""

# Called for what is proposed, put to the vote or done on the spot.
AS_WEIGHED = """
DECLARE
    held record;
    law jsonb;
    compulsory text[];
    allowed text[];
BEGIN
    IF NEW.weighing_id IS NULL THEN
        IF NEW.outcome IN ('penalty', 'none') AND EXISTS (
                SELECT FROM public.cases_weighing w WHERE w.case_id = NEW.case_id) THEN
            RAISE EXCEPTION '这一案已经裁量，处罚、不予处罚要照裁量的结果，没有写入。'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END IF;
    SELECT * INTO held FROM public.cases_weighing w WHERE w.id = NEW.weighing_id;
    law := held.text::jsonb -> 'law';
    compulsory := ARRAY(SELECT jsonb_array_elements_text(law -> 'compulsory'));
    allowed := compulsory || ARRAY(SELECT jsonb_array_elements_text(law -> 'optional'))
        || ARRAY(SELECT jsonb_array_elements_text(law -> 'grave'));
    IF NEW.outcome <> (CASE held.grade WHEN '不予' THEN 'none' ELSE 'penalty' END)
            OR (NEW.grade, NEW.article) IS DISTINCT FROM (held.grade, law ->> 'source')
            OR NEW.minimum IS DISTINCT FROM coalesce((law ->> 'minimum')::numeric, 0)
            OR NEW.maximum IS DISTINCT FROM (law ->> 'maximum')::numeric
            OR NOT (NEW.compulsory::text[] @> compulsory AND NEW.compulsory::text[] <@ compulsory)
            OR NOT (NEW.article_kinds::text[] @> allowed AND NEW.article_kinds::text[] <@ allowed) THEN
        RAISE EXCEPTION '条款、档次和法定幅度同裁量的结果不一致，没有写入。' USING ERRCODE = 'check_violation';
    END IF;
    IF held.grade <> '从重' AND NEW.kinds::text[] && ARRAY(SELECT jsonb_array_elements_text(law -> 'grave')) THEN
        RAISE EXCEPTION '只给情节严重的种类，裁量档次要是从重，没有写入。' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.beyond = '' AND '罚款' = ANY (NEW.kinds) AND NOT NEW.fine BETWEEN held.lowest AND held.highest THEN
        RAISE EXCEPTION '罚款 % 元超出裁量的幅度（% 元到 % 元），没有写明理由，没有写入。',
            NEW.fine, held.lowest, held.highest USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
"""

# What is weighed rests on the article as it is kept at that moment.
AS_KEPT = """
DECLARE
    article record;
    weighed jsonb := NEW.text::jsonb;
    law jsonb := NEW.text::jsonb -> 'law';
    base numeric := coalesce((NEW.text::jsonb ->> 'base')::numeric, 0);
    kinds text[];
BEGIN
    SELECT * INTO article FROM public.cases_provision p WHERE p.id = NEW.provision_id;
    kinds := ARRAY(SELECT jsonb_array_elements_text(law -> 'compulsory'))
        || ARRAY(SELECT jsonb_array_elements_text(law -> 'optional'))
        || ARRAY(SELECT jsonb_array_elements_text(law -> 'grave'));
    IF article.retired_on IS NOT NULL OR weighed ->> 'provision' IS DISTINCT FROM article.code
            OR (law ->> 'maximum')::numeric
                > (CASE article.unit WHEN '' THEN article.maximum ELSE article.most * base END)
            OR coalesce((law ->> 'minimum')::numeric, 0)
                < (CASE article.unit WHEN '' THEN article.minimum ELSE article.least * base END)
            OR EXISTS (SELECT unnest(kinds) EXCEPT SELECT k.kind FROM public.cases_provisionkind k
                WHERE k.provision_id = article.id AND k.retired_on IS NULL)
            OR EXISTS (SELECT k.kind FROM public.cases_provisionkind k
                WHERE k.provision_id = article.id AND k.retired_on IS NULL AND k.when = 'always'
                EXCEPT SELECT jsonb_array_elements_text(law -> 'compulsory'))
            OR NEW.highest > (law ->> 'maximum')::numeric THEN
        RAISE EXCEPTION '裁量的依据和罚则 % 不一致，没有写入。', article.code USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
"""


def statements() -> Iterator[str]:
    yield trigger_function("cases_band_within_the_law", WITHIN_THE_LAW)
    for model, column in ((Band, "provision_id"), (Provision, "id"), (ProvisionKind, "provision_id")):
        table = model._meta.db_table
        yield at_the_end(f"{table}_law", "INSERT OR UPDATE", table, "cases_band_within_the_law", column)
    yield trigger_function("cases_as_weighed", AS_WEIGHED)
    for proposal in (Conclusion, Meeting, SpotPenalty):
        table = proposal._meta.db_table
        yield at_the_end(f"{table}_as_weighed", "INSERT", table, "cases_as_weighed")
    yield trigger_function("cases_weighed_as_kept", AS_KEPT)
    weighing = Weighing._meta.db_table
    yield trigger(f"{weighing}_as_kept", "BEFORE INSERT", weighing, "cases_weighed_as_kept")

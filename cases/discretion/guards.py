"""That a band is within the law is asked by the database too, whichever of the two is written, in whatever order."""

from collections.abc import Iterator

from cases.discretion.standards import Band
from cases.discretion.violations import Provision, ProvisionKind
from history.triggers import at_the_end, trigger_function

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


def statements() -> Iterator[str]:
    yield trigger_function("cases_band_within_the_law", WITHIN_THE_LAW)
    for model, column in ((Band, "provision_id"), (Provision, "id"), (ProvisionKind, "provision_id")):
        table = model._meta.db_table
        yield at_the_end(f"{table}_law", "INSERT OR UPDATE", table, "cases_band_within_the_law", column)

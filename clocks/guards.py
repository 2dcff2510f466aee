"""What the database itself refuses: a day that is none of the year of its notice, whichever of the two is written."""

from collections.abc import Iterator

from history.triggers import trigger, trigger_function

WITHIN_THE_YEAR = """
DECLARE
    outside date;
BEGIN
    SELECT d.day INTO outside FROM public.clocks_day d JOIN public.clocks_notice n ON n.id = d.notice_id
    WHERE (CASE TG_ARGV[0] WHEN 'day' THEN d.id ELSE n.id END) = NEW.id
        AND d.day NOT BETWEEN make_date(n.year - 1, 12, 25) AND make_date(n.year, 12, 31)
    LIMIT 1;
    IF outside IS NOT NULL THEN
        RAISE EXCEPTION '% 不是这一年的通知安排的日子，请核对日期或者通知的年份。', outside
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
"""


def statements() -> Iterator[str]:
    yield trigger_function("clocks_within_the_year", WITHIN_THE_YEAR)
    for model in ("day", "notice"):
        table = f"clocks_{model}"
        yield trigger(f"{table}_within_the_year", "AFTER INSERT OR UPDATE", table, "clocks_within_the_year", model)

from django.db import migrations

SEEN = r"""
CREATE FUNCTION is_seen(VARIADIC texts text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT FROM unnest(texts) AS each WHERE each ~ (
            '[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891'
            || '\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164'
            || '\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\ue000-\uf8ff\U000110bd\U000110cd\U00013430-\U0001343f'
            || '\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]'
        )
    )
$$
"""

NAMES = r"""
CREATE FUNCTION are_names(VARIADIC texts text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        bool_and(
            line ~ (
                '^(?:[(（﹙][^(（﹙)）﹚ \t\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\n]*[)）﹚]|[^(（﹙)）﹚ \t\r'
                || '\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\n、，､﹑,；;﹔：:﹕。｡／/｜|＼\\＋+＆&])+$'
            )
            AND line !~ (
                '^(?:.|.{101,}|[-0-9０-９.．·_—#*～~!！?？…“”‘’\"《》〈〉【】]+|(?:组织|牵头|会同|负责|配合|协助|协调'
                || '|联合|承办|主办|协办|指导|督促)*等?(?:(?:各|有关|相关|其他|其它|所有|全体|全局|本局|机关|内设|下属|'
                || '局属|业务)+(?:[科股处]室|单位|机构|部门|人员|[科股室])?|[科股处]室|单位|机构|部门|人员)|(?:组织|牵头'
                || '|会同|负责|配合|协助|协调|联合|承办|主办|协办|指导|督促)*等|(?:组织|牵头|会同|负责|配合|协助|协调|联'
                || '合|承办|主办|协办|指导|督促)+)$'
            )
        ),
        true
    )
    FROM unnest(texts) AS each, unnest(string_to_array(each, chr(10))) AS line
$$
"""


class Migration(migrations.Migration):
    """What the tables' constraints ask: whether texts hold only what is seen (verbatim/characters.py), and whether
    lines are whole names (verbatim/names.py). A rule that grows replaces its function; what is stored stays as it is.
    Back: the functions go."""

    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.RunSQL(SEEN, "DROP FUNCTION is_seen(text[])"),
        migrations.RunSQL(NAMES, "DROP FUNCTION are_names(text[])"),
    ]

"""What the database itself refuses of offices and departments: one name for two of them."""

from collections.abc import Iterator

# Full-width and half-width marks are the same name; whoever names at the same time waits.
NAMES_ONCE = """
CREATE OR REPLACE FUNCTION offices_names_once() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own text[] := string_to_array(normalize(concat_ws(E'\\n', NEW.name, nullif(NEW.other_names, '')), NFKC), E'\\n');
    taken text;
BEGIN
    PERFORM pg_advisory_xact_lock(TG_RELID::bigint);
    IF (SELECT count(DISTINCT name) < count(*) FROM unnest(own) AS name) THEN
        RAISE EXCEPTION '同一个名称写了两次，请删去一个。' USING ERRCODE = 'check_violation';
    END IF;
    EXECUTE format(
        'SELECT name || %L || code FROM (SELECT code, unnest(string_to_array(normalize('
        'concat_ws(chr(10), name, nullif(other_names, %L)), NFKC), chr(10))) AS name FROM %I.%I WHERE id <> $1)'
        ' AS others WHERE name = ANY ($2) LIMIT 1', '”已经是 ', '', TG_TABLE_SCHEMA, TG_TABLE_NAME)
    INTO taken USING NEW.id, own;
    IF taken IS NOT NULL THEN
        RAISE EXCEPTION '“%的名称，请先在那里删去。', taken USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$
"""


def statements() -> Iterator[str]:
    yield NAMES_ONCE
    for table in ("offices_office", "offices_department"):
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_names_once AFTER INSERT OR UPDATE OF name, other_names ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION offices_names_once()"
        )

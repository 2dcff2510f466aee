"""How functions and triggers of the database are written down, so that nobody who calls them can turn them to something
else: every name in a body says its schema, and each function brings its own search path and its own forms of text."""

from typing import Any

SEARCH_PATH = "pg_catalog, public, pg_temp"

PLAIN_TEXT = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "quote_all_identifiers": "off",
    "standard_conforming_strings": "on",
}
"""What a value reads like as text depends on these; whatever is hashed or compared is read under them."""


def pin_text(cursor: Any, **more: str) -> None:
    """Until the end of the transaction values read like this as text, whoever asks."""
    settings = PLAIN_TEXT | more
    pinned = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    cursor.execute(f"SELECT {pinned}", [text for setting in settings.items() for text in setting])


def trigger_function(name: str, body: str, *, as_owner: bool = False, reads_text: bool = False) -> str:
    """A trigger's function. `as_owner`: it may do what the caller may not. `reads_text`: it hashes values as text."""
    settings = {"search_path": SEARCH_PATH} | ({n: f"'{v}'" for n, v in PLAIN_TEXT.items()} if reads_text else {})
    pinned = " ".join(f"SET {name} = {value}" for name, value in settings.items())
    return (
        f"CREATE OR REPLACE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql"
        f" SECURITY {'DEFINER' if as_owner else 'INVOKER'} {pinned} AS $$\n{body.strip()}\n$$"
    )


def trigger(
    name: str,
    when: str,
    table: str,
    function: str,
    *arguments: str,
    each: str = "ROW",
    added: str = "",
    condition: str = "",
) -> str:
    """`added`: what the function calls the rows that one statement brought; `condition`: of which rows it is called."""
    only = f" WHEN ({condition})" if condition else ""
    given = ", ".join(map(_quoted, arguments))
    seen = f" REFERENCING NEW TABLE AS {added}" if added else ""
    return (
        f'CREATE OR REPLACE TRIGGER "{name}" {when} ON public."{table}"{seen} FOR EACH {each}{only}'
        f" EXECUTE FUNCTION public.{function}({given})"
    )


def at_the_end(name: str, when: str, table: str, function: str, *arguments: str, condition: str = "") -> str:
    """A trigger that fires when the transaction ends. There is no OR REPLACE for these; both are one statement here."""
    only = f" WHEN ({condition})" if condition else ""
    given = ", ".join(map(_quoted, arguments))
    return (
        f'DROP TRIGGER IF EXISTS "{name}" ON public."{table}";'
        f'CREATE CONSTRAINT TRIGGER "{name}" AFTER {when} ON public."{table}"'
        f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW{only} EXECUTE FUNCTION public.{function}({given})"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

from django.db import migrations

GONE = """DROP FUNCTION IF EXISTS public.editions_timeline(), public.editions_entry_count(),
    public.history_gate() CASCADE"""


class Migration(migrations.Migration):
    """What the timeline tells is asked by functions that every table of steps has (acts.guards): those of editions
    alone go, and so does the gate at which rows waited that no edition seals. Guards are put in place after every
    migration: nothing is to be done backwards."""

    dependencies = [("editions", "0010_verbs_in_the_order_of_the_table")]
    operations = [migrations.RunSQL(GONE, migrations.RunSQL.noop)]

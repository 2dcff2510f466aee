"""What looked for the rows that a row points to was one function for all tables."""

from django.db import migrations

GONE = "DROP FUNCTION IF EXISTS public.keep_after_what_it_names() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("history", "0001_ledger")]

    operations = [migrations.RunSQL(GONE, migrations.RunSQL.noop)]

from django.db import migrations


class Migration(migrations.Migration):
    """The function went down to history as keep_frozen(); the triggers are made anew after every migration."""

    dependencies = [("editions", "0003_checkup")]

    operations = [
        migrations.RunSQL("DROP FUNCTION IF EXISTS editions_frozen() CASCADE", migrations.RunSQL.noop),
    ]

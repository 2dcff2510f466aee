from django.db import migrations


class Migration(migrations.Migration):
    """What is folded has changed: the index is made again at the first search."""

    dependencies = [
        ("portal", "0005_answers"),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM portal_searchentry", migrations.RunSQL.noop),
    ]

from django.db import migrations


class Migration(migrations.Migration):
    """What nobody sees is refused by the guard of editions where a step writes it: a constraint over the whole row kept
    what an older portal had let in from every further step. Back: the constraint again, where every row fits it."""

    dependencies = [("editions", "0008_printable_text")]
    operations = [migrations.RemoveConstraint(model_name="edition", name="edition_seen")]

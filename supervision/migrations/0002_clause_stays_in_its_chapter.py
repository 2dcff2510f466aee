"""A clause and the clause that it stands in belong to the same chapter.

Reverses by dropping the constraint. History is not touched.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="""
                ALTER TABLE supervision_clause ADD CONSTRAINT clause_parent_in_same_chapter
                FOREIGN KEY (chapter_id, parent_id) REFERENCES supervision_clause (chapter_id, id)
                DEFERRABLE INITIALLY DEFERRED
            """,
            reverse_sql="ALTER TABLE supervision_clause DROP CONSTRAINT clause_parent_in_same_chapter",
        )
    ]

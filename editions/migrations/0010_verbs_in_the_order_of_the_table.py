from django.db import migrations, models

VERBS = [
    ("submitted", "送审"),
    ("reviewed", "审核通过"),
    ("returned", "退回"),
    ("withdrawn", "撤回"),
    ("signed", "签报"),
    ("remarked", "提出意见"),
    ("relayed", "登记县里意见"),
    ("answered", "答复意见"),
    ("reply_recorded", "登记批复"),
    ("reply_confirmed", "核对批复"),
    ("issued", "公布"),
    ("revoked", "废止"),
]


class Migration(migrations.Migration):
    """The verbs of the timeline, in the order of the table of steps. Nothing in the database changes, either way."""

    dependencies = [("editions", "0009_unseen_text_is_refused_at_each_step")]
    operations = [
        migrations.AlterField("act", "verb", models.CharField("经办事项", max_length=20, choices=VERBS)),
    ]

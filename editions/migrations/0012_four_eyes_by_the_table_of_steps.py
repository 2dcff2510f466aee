from django.db import migrations
from django.db.models import CheckConstraint, F, Q


def none_is(hand: str, other: str) -> Q:
    return Q(**{f"{hand}_by": None}) | ~Q(**{f"{hand}_by": F(f"{other}_by")})


class Migration(migrations.Migration):
    """Who returns or signs is not who submitted, either: the constraint is made from the table of steps."""

    dependencies = [("editions", "0011_guards_by_the_table_of_steps")]

    operations = [
        migrations.RemoveConstraint("edition", "edition_four_eyes"),
        migrations.AddConstraint(
            "edition",
            CheckConstraint(
                condition=none_is("reviewed", "submitted")
                & (none_is("closed", "submitted") | ~Q(state="returned"))
                & none_is("signed", "submitted")
                & none_is("issued", "submitted")
                & (none_is("issued", "reviewed") | ~Q(kind="adjustment")),
                name="edition_four_eyes",
                violation_error_message="送审和审核、退回、签报、公布不能是同一个人；调整须由三人分别送审、审核、公布。",
            ),
        ),
    ]

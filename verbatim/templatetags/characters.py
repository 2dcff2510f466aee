"""What was refused in a form for its characters."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def holds_unseen(form: Any) -> bool:
    """Whether a form was refused for something that nobody sees."""
    if not (form and form.is_bound and form.errors):  # of rows that are only looked at the admin empties them
        return False
    return any(error.code == "unseen" for errors in form.errors.as_data().values() for error in errors)

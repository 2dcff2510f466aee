"""What the lists of the admin may be asked by an address."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

OF_A_FILTER = ("", "__exact", "__isnull", "__gte", "__lt", "__id__exact")
"""What Django's own filters write behind the name of their column."""
OF_A_CALENDAR = ("__year", "__month", "__day")


class NarrowedByItsFilters:
    """A list that is narrowed down by its own filters, its search and its calendar, and by nothing else.

    Django lets an address ask any column of the rows. From whether a row is still listed anybody who may see the list
    reads out, letter by letter, what no page shows: the hash of a password, the text of a clue that is masked."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup in _parameters(self, request)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """A day that no calendar has is a wrong address, not a fault."""
        try:
            return super().get_changelist_instance(request)  # type: ignore[misc]
        except (OverflowError, ValueError) as error:
            raise IncorrectLookupParameters(str(error)) from error


class ReadOnly(NarrowedByItsFilters):
    """Looked at, never changed by a form: it comes about by acts."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """No form changes it, so Django's own page of its changes would be empty: its page tells its acts."""
        return redirect(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change", object_id)  # type: ignore[attr-defined]


def _parameters(model_admin: Any, request: HttpRequest | None) -> set[str]:
    """The names that the filters of a list write into its address."""
    filters = model_admin.get_list_filter(request) if request else model_admin.list_filter
    known = {f"{model_admin.date_hierarchy}{end}" for end in OF_A_CALENDAR if model_admin.date_hierarchy}
    for each in filters:
        if isinstance(each, type) and issubclass(each, SimpleListFilter):
            known.add(str(each.parameter_name))
        else:
            column = each[0] if isinstance(each, tuple | list) else each
            known |= {f"{column}{end}" for end in OF_A_FILTER}
    return known

"""What all pages of Django's admin have in common here: it serves dictionaries and support, and takes nothing away."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from rcro_portal.lib.changes import history
from rcro_portal.lib.records import RecordForm


class Remembered(admin.ModelAdmin):
    """Has a page «История»."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """«История»: the log of changes; what Django's own log kept before there was one stands below it."""
        shown = history.of_row(self.model, object_id, before=request.GET.get("before"))
        return super().history_view(request, object_id, {"history": shown, **(extra_context or {})})


class Dictionary(Remembered):
    """Rows are added and mended, never deleted: what letters, events and posts point to lasts."""

    form = RecordForm

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django's own log would say less, and only of what was done here."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As ``log_addition``."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The hidden field goes with every form, also where the shown ones are listed."""
        sets = super().get_fieldsets(request, obj)
        if any("seen" in options["fields"] for _, options in sets) or not issubclass(self.form, RecordForm):
            return sets
        return [*sets, (None, {"fields": ["seen"]})]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet, bool]:
        """By search keys where there are any: SQLite compares Cyrillic letters case-sensitively."""
        if search_term and hasattr(queryset, "matching"):
            return queryset.matching(search_term), False
        return super().get_search_results(request, queryset, search_term)


class ReadOnly(Remembered):
    """Shown to support, read-only."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False


def in_words(column: str, description: str) -> Callable[[Any, Any], str]:
    """A column of yes and no: the admin's own pictures of them have English names."""

    @admin.display(description=description, ordering=column)
    def shown(_: Any, row: Any) -> str:
        return "да" if getattr(row, column) else "нет"

    return shown


class Rows(admin.TabularInline):
    """Rows under their owner: dated ones end by their last day instead of being deleted."""

    form = RecordForm

    extra = 0
    can_delete = False


class Links(admin.TabularInline):
    """Rows that only join two others; a mistaken one may go."""

    extra = 0

"""What all pages of Django's admin have in common here: it serves dictionaries and support, and takes nothing away."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest


class Dictionary(admin.ModelAdmin):
    """Rows are added and mended, never deleted: what letters, events and posts point to lasts."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[QuerySet, bool]:
        """By search keys where there are any: SQLite compares Cyrillic letters case-sensitively."""
        if search_term and hasattr(queryset, "matching"):
            return queryset.matching(search_term), False
        return super().get_search_results(request, queryset, search_term)


class ReadOnly(admin.ModelAdmin):
    """Shown to support, changed by nobody here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False


class Rows(admin.TabularInline):
    """Rows under their owner: dated ones end by their last day instead of being deleted."""

    extra = 0
    can_delete = False


class Links(admin.TabularInline):
    """Rows that only join two others; a mistaken one may go."""

    extra = 0

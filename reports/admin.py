"""Letterheads, the right to sign, routes of approval, registers. What belongs to letters is not for the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from rcro_portal.lib.admin_base import Dictionary, Links, ReadOnly, in_words
from reports.approval.forms import DeputyForm, StageForm
from reports.journal.forms import RegisterForm
from reports.models import (
    ApprovalRoute,
    Deputy,
    DistributionList,
    FilePlanItem,
    Letterhead,
    NumberBlock,
    OutgoingRegister,
    RegisterYear,
    RouteStage,
    SigningAuthority,
    SoleClerk,
)


@admin.register(Letterhead)
class LetterheadAdmin(Dictionary):
    list_display = ("short_name", "edition", "since", "until")
    ordering = ("-since",)


@admin.register(DistributionList)
class DistributionListAdmin(Dictionary):
    """A letter that was filed by a list keeps its own addressees: a list may change or be closed."""

    list_display = ("name", "addressee", "archived_at")
    ordering = ("name",)
    filter_horizontal = ("organizations",)
    autocomplete_fields = ("people",)


@admin.register(SigningAuthority)
class SigningAuthorityAdmin(Dictionary):
    """Numbered letters name the row: it may end, but not become another person's."""

    list_display = ("person", "post", "basis", "attorney_number", "since", "until", "key_name")
    list_select_related = ("person",)
    ordering = ("-since",)
    autocomplete_fields = ("person",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        return ("person", "post", "basis", "attorney_number", "since") if obj else ()


@admin.register(SoleClerk)
class SoleClerkAdmin(Dictionary):
    """Letters that were confirmed by it name its basis: it may end, but not become another one."""

    list_display = ("basis", "since", "until")
    ordering = ("-since",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        return ("basis", "since") if obj else ()


class RouteStageRows(Links):
    """Stages may go: a letter that was filed keeps the requests that it was filed with."""

    model = RouteStage
    form = StageForm
    autocomplete_fields = ("person",)
    ordering = ("order", "pk")


@admin.register(ApprovalRoute)
class ApprovalRouteAdmin(Dictionary):
    """Of the routes in force the narrowest applies; without one the head of the letter's department approves."""

    list_display = ("name", "kind", "department", "since", "until")
    list_select_related = ("department",)
    ordering = ("name", "-since")
    inlines = (RouteStageRows,)


@admin.register(Deputy)
class DeputyAdmin(Dictionary):
    form = DeputyForm
    list_display = ("deputy", "person", "basis", "since", "until")
    list_select_related = ("person", "deputy")
    ordering = ("-since",)
    autocomplete_fields = ("person", "deputy")


@admin.register(OutgoingRegister)
class OutgoingRegisterAdmin(Dictionary):
    """How numbers are made stays as it is for the year in which the first one was given."""

    list_display = ("name", "code", "mode")
    ordering = ("name",)
    form = RegisterForm
    indexed = in_words("with_file_index", "с индексом дела")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        return ("mode", "prefix", "suffix", "indexed") if self._has_begun(obj) else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002
        shown = {"with_file_index": "indexed"} if self._has_begun(obj) else {}
        return [shown.get(name, name) for name in RegisterForm.Meta.fields]

    def _has_begun(self, obj: Any) -> bool:
        return bool(obj and obj.entries.filter(year__gte=timezone.localdate().year).exists())


@admin.register(FilePlanItem)
class FilePlanItemAdmin(Dictionary):
    """The nomenclature of a year; it is entered in the last days of December for the next one."""

    list_display = ("year", "index", "title", "department", "storage")
    list_display_links = ("index",)
    list_filter = ("year",)
    list_select_related = ("department",)
    ordering = ("-year", "index")


@admin.register(NumberBlock)
class NumberBlockAdmin(ReadOnly):
    """The clerk gives them on the register's own page."""

    list_display = ("register", "year", "first_sequence", "last_sequence", "last_taken", "given_by")
    list_select_related = ("register", "given_by__person")
    ordering = ("-given_at",)


@admin.register(RegisterYear)
class RegisterYearAdmin(ReadOnly):
    list_display = ("register", "year", "first_sequence", "last_sequence", "last_on")
    list_select_related = ("register",)
    ordering = ("-year",)

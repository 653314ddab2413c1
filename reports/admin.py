"""Letterheads, the right to sign, and journals. Letters and all that belongs to them are not for the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from rcro_portal.support import Dictionary, ReadOnly
from reports.models import Letterhead, OutgoingRegister, RegisterYear, SigningAuthority


@admin.register(Letterhead)
class LetterheadAdmin(Dictionary):
    list_display = ("short_name", "edition", "since", "until")
    ordering = ("-since",)


@admin.register(SigningAuthority)
class SigningAuthorityAdmin(Dictionary):
    """Numbered letters name the row: it may end, but not become another person's."""

    list_display = ("person", "post", "basis", "since", "until", "key_name")
    list_select_related = ("person",)
    ordering = ("-since",)
    autocomplete_fields = ("person",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        return ("person", "post", "basis", "since") if obj else ()


@admin.register(OutgoingRegister)
class OutgoingRegisterAdmin(Dictionary):
    list_display = ("name", "code")
    ordering = ("name",)


@admin.register(RegisterYear)
class RegisterYearAdmin(ReadOnly):
    list_display = ("register", "year", "first_sequence", "last_sequence", "last_on")
    list_select_related = ("register",)
    ordering = ("-year",)

"""Dictionaries of centres and people, and support of those who log in."""

# Imported for what they register, which is taken away below; autodiscovery comes to them after us.
import allauth.account.admin
import allauth.mfa.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from centers.models import (
    Center,
    Coordinator,
    Department,
    Invitation,
    Municipality,
    Organization,
    Person,
    StaffPost,
    StatusGrant,
    User,
)
from rcro_portal.support import Dictionary, ReadOnly, Rows

# Roles follow from dated posts: groups mean nothing here. Addresses and second factors are shown below without
# their secrets, and nobody may confirm an address in another's name.
for needless in (Group, EmailAddress, Authenticator):
    admin.site.unregister(needless)


@admin.register(Municipality)
class MunicipalityAdmin(Dictionary):
    list_display = ("name", "kind", "admin_center")
    search_fields = ("name",)
    ordering = ("name",)


@admin.register(Organization)
class OrganizationAdmin(Dictionary):
    list_display = ("short_name", "municipality", "kind", "inn")
    list_filter = ("kind", "municipality")
    list_select_related = ("municipality",)
    search_fields = ("search_key",)
    ordering = ("search_key",)


class StatusGrantRows(Rows):
    model = StatusGrant


class CoordinatorRows(Rows):
    model = Coordinator
    autocomplete_fields = ("person",)


@admin.register(Center)
class CenterAdmin(Dictionary):
    list_display = ("organization",)
    list_select_related = ("organization",)
    search_fields = ("organization__search_key",)
    ordering = ("organization__search_key",)
    autocomplete_fields = ("organization",)
    inlines = (StatusGrantRows, CoordinatorRows)


class StaffPostRows(Rows):
    model = StaffPost


@admin.register(Person)
class PersonAdmin(Dictionary):
    list_display = ("full_name", "email", "phone")
    search_fields = ("search_key",)
    ordering = ("search_key",)
    inlines = (StaffPostRows,)


@admin.register(Department)
class DepartmentAdmin(Dictionary):
    list_display = ("name",)
    ordering = ("name",)


@admin.register(StaffPost)
class StaffPostAdmin(Dictionary):
    list_display = ("person", "title", "duty", "department", "since", "until")
    list_filter = ("duty", "department")
    list_select_related = ("person", "department")
    search_fields = ("person__search_key",)
    ordering = ("person__search_key", "since")
    autocomplete_fields = ("person",)


@admin.register(User)
class UserAdmin(Dictionary):
    """Accounts come by invitation; here one is closed, opened or made an administrator's."""

    list_display = ("email", "person", "is_active", "is_administrator", "last_login")
    list_filter = ("is_active", "is_administrator")
    list_select_related = ("person",)
    search_fields = ("person__search_key", "email")
    ordering = ("email",)
    fields = ("email", "person", "is_active", "is_administrator", "joined_at", "last_login")
    readonly_fields = ("email", "person", "joined_at", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ("person", "email", "invited_by", "invited_at", "expires_at", "accepted_at")
    list_select_related = ("person", "invited_by__person")
    search_fields = ("person__search_key", "email")
    ordering = ("-invited_at",)
    fields = list_display


@admin.register(EmailAddress)
class EmailAddressAdmin(ReadOnly):
    list_display = ("email", "user", "verified", "primary")
    list_select_related = ("user__person",)
    search_fields = ("email",)
    ordering = ("email",)
    fields = list_display


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnly):
    """A second factor whose telephone is lost is deleted here; its secret is not shown."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_select_related = ("user__person",)
    ordering = ("user__email",)
    fields = list_display

    def has_delete_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:  # noqa: ARG002
        return True

"""Dictionaries of centres and people, and support of those who log in."""

from typing import Any

# Imported for what they register, which is taken away below; autodiscovery comes to them after us.
import allauth.account.admin
import allauth.mfa.admin  # noqa: F401
import django.contrib.auth.admin  # noqa: F401
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from centers.accounts import access
from centers.models import (
    CalendarDay,
    CalendarYear,
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
from centers.views import proof
from rcro_portal.lib.admin_base import Dictionary, Links, ReadOnly, Rows, in_words

FACTORS = {
    Authenticator.Type.TOTP: "приложение с кодами",
    Authenticator.Type.WEBAUTHN: "ключ доступа",
    Authenticator.Type.RECOVERY_CODES: "коды восстановления",
}

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
    ordering = ("sort_key",)


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
    ordering = ("organization__sort_key",)
    autocomplete_fields = ("organization",)
    inlines = (StatusGrantRows, CoordinatorRows)


class StaffPostRows(Rows):
    model = StaffPost


@admin.register(Person)
class PersonAdmin(Dictionary):
    list_display = ("name", "email", "phone")
    search_fields = ("search_key",)
    ordering = ("sort_key",)
    inlines = (StaffPostRows,)

    @admin.display(description="фамилия, имя, отчество", ordering="sort_key")
    def name(self, row: Person) -> str:
        return row.full_name


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
    ordering = ("person__sort_key", "since")
    autocomplete_fields = ("person",)


class CalendarDayRows(Links):
    model = CalendarDay
    ordering = ("day",)


@admin.register(CalendarYear)
class CalendarYearAdmin(Dictionary):
    """Days moved by a decree that the portal does not know yet, and holidays of the region."""

    list_display = ("year", "decree")
    ordering = ("-year",)
    inlines = (CalendarDayRows,)


@admin.register(User)
class UserAdmin(Dictionary):
    """Accounts come by invitation; here one is closed, opened or made an administrator's, each told to its owner.

    Sessions, second factor and address are kept on the portal's own page of the account.
    """

    list_display = ("email", "person", "access", "active", "administers", "last_login")
    active = in_words("is_active", "входит в портал")
    administers = in_words("is_administrator", "администратор")
    list_filter = ("is_active", "is_administrator")
    list_select_related = ("person",)
    search_fields = ("person__search_key", "email")
    ordering = ("email",)
    fields = ("email", "person", "is_active", "is_administrator", "joined_at", "last_login", "access")
    readonly_fields = ("email", "person", "joined_at", "last_login", "access")

    @admin.display(description="сеансы, второй фактор, почта")
    def access(self, row: User) -> str:
        return format_html('<a href="{}">Вход и безопасность</a>', reverse("centers:account", args=[row.pk]))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who may come in and who administers is changed after a proof."""
        if request.method == "POST" and not did_recently_reauthenticate(request):
            return proof.lead_to_proof(request, request.path)
        return super().change_view(request, object_id, *args, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Nobody closes their own account or ceases to administer by themselves: somebody must remain."""
        own = ("is_active", "is_administrator") if obj is not None and obj == request.user else ()
        return (*self.readonly_fields, *own)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        by: Any = request.user
        access.hold(user=obj, by=by)
        super().save_model(request, obj, form, change)
        access.note_powers(user=obj, changed=form.changed_data, by=by, at=timezone.now())

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
    list_display = ("email", "user", "confirmed", "first")
    list_select_related = ("user__person",)
    search_fields = ("email",)
    ordering = ("email",)
    fields = list_display

    confirmed = in_words("verified", "подтверждён")
    first = in_words("primary", "основной")


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnly):
    """Shown without its secret; one whose telephone is lost is reset on the page of the account."""

    list_display = ("user", "kind", "created_at", "last_used_at")
    list_select_related = ("user__person",)
    ordering = ("user__email",)
    fields = list_display

    @admin.display(description="вид", ordering="type")
    def kind(self, row: Authenticator) -> str:
        return FACTORS[Authenticator.Type(row.type)]

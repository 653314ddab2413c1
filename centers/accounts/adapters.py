"""allauth by the rules of the house: an account by invitation only, log-ins with an end, sealed second factors."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from centers.accounts import audit_log, devices, log_ins, second_factors
from centers.models import ChangeKind
from rcro_portal.lib import addresses, sessions

# What allauth would mail in words of its own, and not at all where the server is away for a moment.
TOLD = {
    "account/email/password_changed": ChangeKind.PASSWORD_CHANGED,
    "account/email/password_set": ChangeKind.PASSWORD_CHANGED,
    "account/email/password_reset": ChangeKind.PASSWORD_RESET,
    "mfa/email/totp_activated": ChangeKind.FACTOR_ON,
    "mfa/email/totp_deactivated": ChangeKind.FACTOR_OFF,
    "mfa/email/webauthn_added": ChangeKind.KEY_ADDED,
    "mfa/email/webauthn_removed": ChangeKind.KEY_REMOVED,
    "mfa/email/recovery_codes_generated": ChangeKind.CODES_MADE,
}

# What whoever has a second factor proves by; a key comes first.
WAYS = {"mfa_reauthenticate": "Подтвердить кодом", "mfa_reauthenticate:webauthn": "Подтвердить ключом доступа"}

# In the session of whoever has not logged in yet, where no ``log_ins.end_all`` finds it.
BEGUN = "log_in_begun"
OVERTAKEN = "Пока вы входили, пароль или почту для входа сменили. Войдите заново."


class InvitationOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        """Whoever is asked for more now, as a second factor, has proved that much with the password of now."""
        if _is_by_another_address(request, user):
            return _ended(request)
        request.session[BEGUN] = user.get_session_auth_hash()
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Every way in ends here: password, code from a letter, second factor."""
        fresh = user.get_session_auth_hash()
        if _is_by_another_address(request, user) or request.session.get(BEGUN, fresh) != fresh:
            raise ImmediateHttpResponse(_ended(request))
        request.session.pop(BEGUN, None)
        super().login(request, user)
        device = devices.named(request.headers.get("User-Agent", ""))
        sessions.begin(request.session, int(timezone.now().timestamp()), device)

    def send_notification_mail(self, template_prefix: str, user: Any, *_: Any, **__: Any) -> None:
        """Every act of allauth on an account comes by here: it is a row of the audit log, and a notice."""
        kind = TOLD[template_prefix]
        by = None if kind == ChangeKind.PASSWORD_RESET else user
        audit_log.record(user=user, kind=kind, by=by, at=timezone.now())

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """With a second factor it is the proof: browsers remember passwords, and school computers are shared."""
        ways = super().get_reauthentication_methods(user)
        by_factor = [way | {"description": WAYS[way["id"]]} for way in ways if way["id"] in WAYS]
        return sorted(by_factor, key=lambda way: way["id"], reverse=True) or ways

    def set_password(self, user: Any, password: str) -> None:
        """Changed or set anew by a link: whoever else is logged in with the old one is out."""
        super().set_password(user, password)
        log_ins.end_all(user=user, but=self.request.session.session_key)


def _is_by_another_address(request: HttpRequest, user: Any) -> bool:
    """Begun while the account had another one; allauth would take that one up again to have it confirmed."""
    proofs = [proof for proof in get_authentication_records(request, user) if "email" in proof]
    return bool(proofs) and proofs[-1]["email"].strip().lower() != user.email


def _ended(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    messages.error(request, OVERTAKEN)
    return redirect("account_login")


class SealedSecondFactor(DefaultMFAAdapter):
    """Secrets of codes are read from the database by nobody who has not the key as well."""

    def encrypt(self, text: str) -> str:
        return second_factors.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return second_factors.unseal(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002, ARG002
        """A key is called by the device it was added on, until its owner calls it otherwise."""
        device = devices.named(context.request.headers.get("User-Agent", ""))
        return "Ключ доступа" if device == devices.UNKNOWN else device

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Keys are bound to this name for good; a portal without TLS is a demonstration, known by whatever name."""
        entity = super().get_public_key_credential_rp_entity() | {"name": settings.MFA_TOTP_ISSUER}
        if settings.OVER_TLS:
            entity["id"] = urlsplit(addresses.ascii_address(settings.BASE_URL)).hostname or ""
        return entity

"""Forms of passkeys: what a browser sends of one is read in words, whatever it is; a key's name is one line."""

import re
import struct
from collections.abc import Callable
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError

from rcro_portal.lib.text import Line

MOST = 10
NAME_LIMIT, ANSWER_LIMIT = 60, 30_000
NAME_HELP = "Чтобы потом узнать его в списке: «Ноутбук в кабинете», «Флешка-ключ из сейфа»."
NOT_THERE = "Ключ доступа не ответил: его спрашивает сам браузер. Нажмите кнопку ещё раз."
NOT_TAKEN = "Ключ доступа не подошёл: его нет в портале или страница устарела. Попробуйте ещё раз."
ENOUGH = f"У вас уже {MOST} ключей доступа, больше не бывает. Сначала удалите тот, которым не пользуетесь."
# What fido2 raises of an answer that no authenticator would give.
NONSENSE = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError, struct.error)
REFUSED = (*NONSENSE, InvalidSignature, UnsupportedAlgorithm)
_CODED = re.compile(r"[A-Za-z0-9_-]+")


class Answer(forms.JSONField):
    """What the browser says of a key; no table has to keep more of it than ``registration`` names."""

    widget = forms.HiddenInput
    default_error_messages: ClassVar = {"required": NOT_THERE, "invalid": NOT_TAKEN}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > ANSWER_LIMIT:
            raise ValidationError(NOT_TAKEN)
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(NOT_TAKEN) from error


def registration(answer: Any) -> dict[str, Any]:
    """The parts by which the key is known again, and nothing else. Raises what NONSENSE names."""
    told = answer["response"]
    return {
        "id": _coded(answer["id"]),
        "rawId": _coded(answer["rawId"]),
        "type": "public-key",
        "response": {name: _coded(told[name]) for name in ("clientDataJSON", "attestationObject")},
        "clientExtensionResults": {"credProps": {"rk": True}},
    }


def _coded(text: str) -> str:
    if not _CODED.fullmatch(text):
        raise ValueError
    return text


def _in_words(read: Callable[[], Any]) -> Any:
    """ValidationError in the portal's words for whatever allauth or fido2 raise; too many tries are told as such."""
    try:
        return read()
    except ValidationError as refusal:
        if getattr(refusal, "code", "") == "too_many_login_attempts":
            raise
        raise ValidationError(NOT_TAKEN) from refusal
    except REFUSED as error:
        raise ValidationError(NOT_TAKEN) from error


class AddKey(AddWebAuthnForm):
    """Every key of the portal opens it without a password, so nobody is asked whether it shall."""

    name = Line(label="Название", limit=NAME_LIMIT, required=False, help_text=NAME_HELP)
    credential = Answer()
    passwordless = None

    def clean_credential(self) -> dict[str, Any]:
        if Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN).count() >= MOST:
            raise ValidationError(ENOUGH)
        return dict(_in_words(lambda: registration(self.cleaned_data["credential"])))

    def clean(self) -> dict:
        return dict(_in_words(super().clean))


class EditKey(EditWebAuthnForm):
    name = Line(label="Название", limit=NAME_LIMIT, help_text=NAME_HELP)


class AuthenticateKey(AuthenticateWebAuthnForm):
    """The second step after a password."""

    credential = Answer()

    def clean_credential(self) -> Authenticator:
        read = super().clean_credential
        found: Authenticator = _in_words(read)
        return found


class LoginKey(LoginWebAuthnForm, AuthenticateKey):
    credential = Answer()


class ReauthenticateKey(ReauthenticateWebAuthnForm, AuthenticateKey):
    credential = Answer()

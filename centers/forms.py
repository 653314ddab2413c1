"""Forms of centres and invitations: they clean what was typed and save nothing."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordMixin

from centers.models import Organization, User
from rcro_portal import post
from rcro_portal.text import NAME_LIMIT, Line

PHONE_LIMIT = 50


class AddressField(forms.EmailField):
    """An address as the portal stores and compares it."""

    widget = forms.EmailInput(attrs={"autocomplete": "off"})

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        return post.normal_address(address) if address else ""


class CardForm(forms.Form):
    """What a centre keeps up to date about itself."""

    email = AddressField(label="Электронная почта", required=False, help_text="Для связи с центром.")
    phone = Line(label="Телефон", limit=PHONE_LIMIT, required=False)
    head_name = Line(label="Руководитель", limit=NAME_LIMIT, required=False, help_text="Фамилия, имя, отчество.")

    @classmethod
    def of(cls, organization: Organization, data: Any = None) -> "CardForm":
        return cls(data, initial={name: getattr(organization, name) for name in cls.base_fields})


class InviteForm(forms.Form):
    email = AddressField(label="Электронная почта", help_text="Сюда придёт ссылка, по которой человек задаст пароль.")


class PasswordForm(SetPasswordMixin, forms.Form):
    """A first password, twice, judged by the portal's rules for passwords."""

    password1, password2 = SetPasswordMixin.create_password_fields("Пароль", "Пароль ещё раз")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password2"].help_text = ""

    def clean(self) -> dict[str, Any] | None:
        self.validate_passwords()
        self.validate_password_for_user(self.user, "password1")
        return super().clean()

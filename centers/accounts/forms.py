"""Forms of invitations, addresses and passwords: they clean what was typed and save nothing."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordMixin

from centers.models import User
from rcro_portal.lib import reading
from rcro_portal.lib.fields import AddressField
from rcro_portal.lib.notices import choices
from rcro_portal.lib.sent_forms import Once
from rcro_portal.lib.text import LINE_LIMIT, Line


class InviteForm(Once):
    email = AddressField(label="Электронная почта", help_text="Сюда придёт ссылка, по которой человек задаст пароль.")


class AddressForm(forms.Form):
    """Another address to log in with."""

    email = AddressField(
        label="Новая почта", help_text="Сюда придёт ссылка. Вход перейдёт на новый адрес, когда человек её откроет."
    )


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


class MailChoiceForm(forms.Form):
    """How somebody wants to be written to."""

    way = forms.ChoiceField(
        label="Как писать", choices=choices.WAYS, widget=forms.RadioSelect, required=False, initial=""
    )
    stops = forms.BooleanField(
        label="Не присылать напоминания и сводки",
        required=False,
        help_text="Письма института, сроки поручений и сообщения о входе портал присылает всегда.",
    )


class ReadingForm(forms.Form):
    """In what look somebody reads the portal; ``cleaned_data`` are the parts of ``reading.joined``."""

    size = forms.ChoiceField(label="Размер букв", choices=reading.SIZES, widget=forms.RadioSelect, required=False)
    colours = forms.ChoiceField(label="Цвета", choices=reading.COLOURS, widget=forms.RadioSelect, required=False)
    spacing = forms.ChoiceField(label="Промежутки", choices=reading.SPACINGS, widget=forms.RadioSelect, required=False)


class CloseForm(forms.Form):
    """Why somebody no longer logs in."""

    why = Line(label="Почему", limit=LINE_LIMIT, help_text="Например: «Уволился». Останется в истории входа.")

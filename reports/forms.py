"""Forms of letters: they clean what was typed and save nothing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from rcro_portal import post
from reports import detached
from reports.models import Letter


class SignForm(forms.Form):
    """The password opens the key; it is kept nowhere, and the page never shows it again."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    password = forms.CharField(
        label="Пароль ключа",
        max_length=300,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class EndorseForm(forms.Form):
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class SignManyForm(forms.Form):
    """Letters ticked on one page, each with the digest of the PDF that stood there, and one password for all."""

    password = forms.CharField(
        label="Пароль ключа",
        max_length=300,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, waiting: Sequence[Letter], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        self.seen = self.data.getlist("letter") if self.is_bound else []

    def ticked(self, letter: Letter) -> bool:
        """What was ticked stays so; on a fresh page, what was approved on a phone."""
        if not self.is_bound:
            return letter.endorsed_at is not None
        return any(value.startswith(f"{letter.pk}:") for value in self.seen)

    def clean(self) -> dict[str, Any]:
        if not self.seen:
            raise forms.ValidationError("Отметьте письма, которые подписываете.")
        return super().clean() or {}

    def chosen(self) -> list[tuple[Letter, str]]:
        """Ticked letters with the digests seen; one that waits no longer comes along, to be told of."""
        seen = dict(value.split(":", 1) for value in self.seen if ":" in value)
        return [(letter, seen[str(letter.pk)]) for letter in self._letters(seen)]

    def _letters(self, seen: dict[str, str]) -> list[Letter]:
        waiting = {str(letter.pk): letter for letter in self.waiting}
        gone = [int(pk) for pk in seen if pk.isdecimal() and pk not in waiting]
        late = Letter.objects.filter(pk__in=gone).select_related("entry", "final").order_by("pk")
        return [*(waiting[pk] for pk in seen if pk in waiting), *late]


class ScanForm(forms.Form):
    scan = forms.FileField(label="Скан подписанного письма", help_text="PDF, JPEG или PNG, до 12 МБ.")

    def clean_scan(self) -> Any:
        scan = self.cleaned_data["scan"]
        if scan.size > settings.FILE_LIMIT_BYTES:
            raise forms.ValidationError("Скан больше 12 МБ. Сохраните его с меньшим разрешением.")
        return scan


class SignatureFileForm(forms.Form):
    signature = forms.FileField(
        label="Файл подписи",
        help_text="Отсоединённая подпись по ГОСТ: файл .sig или .p7s, до 1 МБ.",
        widget=forms.ClearableFileInput(attrs={"accept": ".sig,.p7s,.sgn,.pem"}),
    )

    def clean_signature(self) -> Any:
        signature = self.cleaned_data["signature"]
        if signature.size > detached.LIMIT_BYTES:
            raise forms.ValidationError(detached.TooBig.words)
        return signature


class AddressForm(forms.Form):
    """The address to which a message goes once more; nothing means the same one."""

    email = forms.CharField(label="Адрес", required=False, max_length=254)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        return post.normal_address(email) if email.strip() else ""

"""Forms of letters: they clean what was typed and save nothing."""

from typing import Any

from django import forms
from django.conf import settings

from rcro_portal import post
from reports import detached


class SignForm(forms.Form):
    """The password opens the key; it is kept nowhere, and the page never shows it again."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    password = forms.CharField(
        label="Пароль ключа",
        max_length=300,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


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

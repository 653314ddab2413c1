"""Forms of letters: they clean what was typed and save nothing."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings

from reports.models import Letter
from reports.signing import detached

# A letter's key and the digest of what was read, as the page writes them; two for one letter are no page's.
TICKED = re.compile(r"([1-9][0-9]{0,8}):([0-9a-f]{64})")
UNREAD = "Портал не понял, какие письма отмечены. Обновите страницу и отметьте их ещё раз: ничего не подписано."


class SignForm(forms.Form):
    """The password opens the key; it is kept nowhere, and the page never shows it again."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    password = forms.CharField(
        label="Пароль ключа",
        max_length=300,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class PreapproveForm(forms.Form):
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
        marks = [TICKED.fullmatch(value) for value in set(self.seen)]
        read = {int(mark[1]): mark[2] for mark in marks if mark}
        if len(read) < len(marks) or not (chosen := self._letters(read)):
            raise forms.ValidationError(UNREAD)
        self.pairs = [(letter, read[letter.pk]) for letter in chosen]
        return super().clean() or {}

    def chosen(self) -> list[tuple[Letter, str]]:
        """Ticked letters with the digests seen; one that waits no longer comes along, to be told of."""
        return self.pairs

    def _letters(self, read: dict[int, str]) -> list[Letter]:
        waiting = {letter.pk: letter for letter in self.waiting}
        gone = [pk for pk in read if pk not in waiting]
        late = Letter.objects.filter(pk__in=gone).select_related("entry", "final").order_by("pk") if gone else []
        return [*(letter for pk, letter in waiting.items() if pk in read), *late]


class ScanForm(forms.Form):
    scan = forms.FileField(label="Скан подписанного письма", help_text="PDF, JPEG или PNG, до 12 МБ.")

    def clean_scan(self) -> Any:
        scan = self.cleaned_data["scan"]
        if scan.size > settings.FILE_LIMIT_BYTES:
            raise forms.ValidationError("Скан больше 12 МБ. Сохраните его с меньшим разрешением.")
        return scan


class ScanConfirmForm(forms.Form):
    """The answer to «Это подписанный оригинал?»; where something speaks against it, that must be answered too."""

    sure = forms.BooleanField(
        label="Я сверил(а) скан с бумагой: на ней подпись от руки и этот номер",
        error_messages={"required": "Отметьте, что сверили скан с бумагой, или загрузите другой скан."},
    )

    def __init__(self, *args: Any, doubted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not doubted:
            del self.fields["sure"]


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

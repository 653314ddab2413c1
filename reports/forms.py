"""Forms of letters: they clean what was typed and save nothing."""

import datetime
from typing import Any

from django import forms
from django.conf import settings

from events.forms import Day
from rcro_portal import post, russian
from rcro_portal.drafting import GrammaticalCase
from rcro_portal.text import NAME_LIMIT, Line
from reports import detached, figures


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


class FigureForm(forms.Form):
    """«Вставить показатель»: a query by its Russian name, over a year or a period, in the case of the sentence."""

    query = forms.ChoiceField(label="Показатель")
    year = forms.IntegerField(label="Год", required=False, min_value=2000, max_value=2100)
    since = Day(label="С", required=False)
    until = Day(label="По", required=False)
    case = forms.ChoiceField(label="Падеж", choices=GrammaticalCase.choices)
    name = Line(
        label="Название в тексте", limit=NAME_LIMIT, required=False, help_text="Пусто: портал назовёт показатель сам."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["query"].choices = [(code, query.title) for code, query in figures.QUERIES.items()]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if "[" in name or "]" in name:
            raise forms.ValidationError("Квадратные скобки в названии не ставят.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "query" in cleaned:
            self._check_over(figures.query(cleaned["query"]).over, cleaned)
        return cleaned

    def _check_over(self, over: str, cleaned: dict[str, Any]) -> None:
        if over == "year" and not cleaned.get("year"):
            self.add_error("year", "Укажите год, за который считать.")
        if over != "period":
            return
        since, until = cleaned.get("since"), cleaned.get("until")
        if not since or not until:
            self.add_error("since", "Укажите период: с какого и по какой день считать.")
        elif until < since:
            self.add_error("until", "Период кончается раньше, чем начался.")

    def parameters(self, event: int) -> dict[str, Any]:
        over = figures.query(self.cleaned_data["query"]).over
        if over == "event":
            return {"event": event}
        if over == "year":
            return {"year": self.cleaned_data["year"]}
        return {name: self.cleaned_data[name].isoformat() for name in ("since", "until")}

    def printed_name(self) -> str:
        """The name typed, else one made of title and parameters: «Сетевые инновационные проекты, 2019»."""
        query = figures.query(self.cleaned_data["query"])
        over = {"event": "", "year": f", {self.cleaned_data['year']}", "period": ""}[query.over]
        if query.over == "period":
            over = f", {_day(self.cleaned_data['since'])}–{_day(self.cleaned_data['until'])}"
        return self.cleaned_data["name"] or f"{query.title}{over}"


def _day(day: datetime.date) -> str:
    return russian.short_date(day)

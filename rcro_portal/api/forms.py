"""The form that gives a system access."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from rcro_portal.lib.sent_forms import Once
from reports.models import ApiScope

LONGEST_DAYS = 366


class TokenForm(Once, forms.Form):
    system = forms.CharField(label="Какая система", max_length=150, help_text="Чья она и зачем ей данные.")
    scopes = forms.MultipleChoiceField(
        label="Что читает",
        choices=ApiScope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одно."},
    )
    ends_on = forms.DateField(
        label="Последний день",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Не дальше чем через год.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["ends_on"] = timezone.localdate() + datetime.timedelta(days=LONGEST_DAYS - 1)

    def clean_ends_on(self) -> datetime.date:
        day, today = self.cleaned_data["ends_on"], timezone.localdate()
        if not today <= day <= today + datetime.timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError("День от сегодняшнего и не дальше чем через год.")
        return day

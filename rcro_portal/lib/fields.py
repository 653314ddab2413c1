"""Fields that every form of the portal has alike, beside the texts of ``rcro_portal.lib.text``."""

from typing import Any

from django import forms

from rcro_portal.lib import post


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y"], **kwargs)
        self.error_messages["invalid"] = "Укажите день: 05.10.2026."

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not 1900 <= value.year <= 2100:
            raise forms.ValidationError("Проверьте год.")


class AddressField(forms.EmailField):
    """An address as the portal stores and compares it."""

    widget = forms.EmailInput(attrs={"autocomplete": "off"})

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        return post.normal_address(address) if address else ""

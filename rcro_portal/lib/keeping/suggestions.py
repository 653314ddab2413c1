"""A line with what others have written there before, to take over or not: themes, subject areas."""

from collections.abc import Iterable
from typing import Any

from django import forms


def suggest(field: forms.Field, values: Iterable[str]) -> None:
    """The field offers these values, and takes any other."""
    widget = Suggested(values, field.widget.attrs)
    widget.is_required = field.widget.is_required
    field.widget = widget


class Suggested(forms.TextInput):
    template_name = "keeping/suggested.html"

    def __init__(self, values: Iterable[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__({**(attrs or {}), "autocomplete": "off"})
        self.values = values

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-values"
        context["values"] = self.values
        return context

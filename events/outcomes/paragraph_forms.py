"""The form of a typical paragraph."""

from django import forms

from events.models import StockParagraph
from rcro_portal.lib.keeping.forms import KeptForm


class StockParagraphForm(KeptForm):
    groups = (("Абзац", ("title", "text")), ("Для чего и когда", ("department", "kind", ("since", "until"))))

    class Meta:
        model = StockParagraph
        fields = ("title", "text", "department", "kind", "since", "until")
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

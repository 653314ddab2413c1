"""What an approver types beside a visa."""

from django import forms

from rcro_portal.text import Prose


class RemarksForm(forms.Form):
    """Agreed, with remarks: they stay in the approval sheet and hold nothing up."""

    remarks = Prose(
        label="Замечания",
        limit=2_000,
        help_text="Останутся в листе согласования. Чтобы исполнитель исправил текст, письмо возвращают.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

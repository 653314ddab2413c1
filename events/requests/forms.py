"""Forms of requests, of their questions, and of what is done with a centre's sheet."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from centers.models import Center
from events.models import DataQuestion, DataRequest
from events.requests.cards import Write
from rcro_portal.lib.drafts.fields import lines
from rcro_portal.lib.drafts.rows import Several
from rcro_portal.lib.fields import Day
from rcro_portal.lib.keeping.forms import KeptForm
from rcro_portal.lib.sent_forms import Once
from rcro_portal.lib.text import Line, Prose

REMARK_LIMIT = 2_000
ALL, CHOSEN = "all", "chosen"


class RequestForm(KeptForm):
    class Meta:
        model = DataRequest
        fields = ("title", "lead", "as_of", "due_on")
        widgets = {"lead": lines(3)}


class QuestionForm(KeptForm):
    groups = (
        ("Вопрос", ("section", "label", "help_text", "required")),
        ("Ответ", ("kind", ("unit", "least", "most"), "choices")),
        ("Что знает портал", ("known", "writes")),
        ("Порядок", ("position",)),
    )

    class Meta:
        model = DataQuestion
        fields = (
            *("section", "label", "help_text", "required", "kind", "unit", "least", "most"),
            *("choices", "known", "writes", "position"),
        )
        widgets = {"choices": lines(4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_new:
            self.fields["position"].required = False
            self.fields["position"].initial = None
            self.initial.pop("position", None)
            self.fields["position"].help_text = "Пусто – последним."


class CloneForm(Once):
    """«Взять из прошлого»: what differs from the request that is taken."""

    title = Line(label="Название")
    as_of = Day(label="Сведения на день", help_text="На этот день портал считает то, что знает сам.")
    due_on = Day(label="Срок ответа")


class SendForm(forms.Form):
    """To all centres that hold the status today, or to some of them.

    ``named``: keys of centres that a link has ticked beforehand; who holds no status is not offered.
    """

    whom = forms.ChoiceField(
        label="Кому", choices=[(ALL, "всем центрам со статусом"), (CHOSEN, "только отмеченным")], initial=ALL
    )
    centers = Several(label="Центры", queryset=None, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, day: datetime.date, named: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Center.objects.with_status_on(day).select_related("organization")
        self.fields["centers"].queryset = rows.order_by("organization__sort_key", "pk")
        if named:
            self.initial = {"whom": CHOSEN, "centers": named}
        self.is_open = self.is_bound or bool(named)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("whom") == CHOSEN and "centers" in cleaned and not cleaned["centers"]:
            self.add_error("centers", "Отметьте хотя бы один центр.")
        return cleaned

    @property
    def chosen(self) -> list[Center]:
        if self.cleaned_data["whom"] == CHOSEN:
            return list(self.cleaned_data["centers"])
        return list(self.fields["centers"].queryset)


class ReturnForm(forms.Form):
    """Remarks to single answers, and one to the whole; at least one of them."""

    note = Prose(label="Замечание ко всему", limit=REMARK_LIMIT, required=False, widget=lines(2))

    def __init__(self, *args: Any, questions: Iterable[DataQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for one in self.questions:
            label = f"Замечание: {one.label}"
            widget = lines(1, form="give-back", placeholder="Замечание", **{"aria-label": label})
            self.fields[f"remark-{one.key}"] = Prose(label=label, limit=REMARK_LIMIT, required=False, widget=widget)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            self.add_error(None, "Напишите, что исправить: ко всему или хотя бы к одному ответу.")
        return cleaned

    @property
    def remarks(self) -> dict[str, str]:
        return {one.key: self.cleaned_data[f"remark-{one.key}"] for one in self.questions}


class AcceptForm(forms.Form):
    """Which accepted answers go into the card of the organisation; what is in dispute is not ticked beforehand."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    write = forms.MultipleChoiceField(
        label="Записать в карточку организации", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, writes: Collection[Write], seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
        self.fields["write"].choices = [(one.name, f"{one.question.label}: {one.answer}") for one in writes]
        self.fields["write"].initial = [one.name for one in writes if not one.is_disputed]

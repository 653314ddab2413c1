"""Forms of problem areas: one by hand, and several out of an outcome."""

from typing import Any

from django import forms

from events.models import Outcome
from olympiad.models import Season, Stage, StageProblem, Subject
from rcro_portal.lib.keeping.forms import KeptForm
from rcro_portal.lib.sent_forms import Once
from rcro_portal.lib.text import Prose

TWICE = "Эта проблемная зона уже внесена: тот же сезон, этап и предмет. Допишите ту или уточните текст."
DECIDED = "Решение письма, поручение, изменение программы смен."


class ProblemForm(KeptForm):
    """The outcome in which it was decided is chosen where the area is taken from it (``from_outcome``)."""

    groups = (("", (("season", "stage"), "subject", "text", "decided")),)

    class Meta:
        model = StageProblem
        fields = ("season", "stage", "subject", "text", "decided")
        widgets = {"text": forms.Textarea({"rows": 4}), "decided": forms.Textarea({"rows": 3})}
        help_texts = {"decided": DECIDED}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["season"].queryset = Season.objects.order_by("-starts_on")
        fields["subject"].queryset = Subject.objects.order_by("position")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        names = ("season", "stage", "text")
        same = StageProblem.objects.kept().filter(**{name: cleaned.get(name) for name in names})
        if all(map(cleaned.get, names)) and same.filter(subject=cleaned.get("subject")).exclude(pk=self.instance.pk):
            self.add_error("text", TWICE)
        return cleaned


class FromOutcomeForm(Once):
    """Which areas of the outcome are of which stage, and the decision that answers them."""

    season = forms.ModelChoiceField(label="Сезон", queryset=Season.objects.none(), empty_label="— выберите —")
    stage = forms.ChoiceField(label="Этап", choices=[("", "— выберите —"), *Stage.choices])
    subject = forms.ModelChoiceField(
        label="Предмет", queryset=Subject.objects.none(), required=False, empty_label="по всем предметам"
    )
    areas = forms.MultipleChoiceField(label="Проблемные зоны", widget=forms.CheckboxSelectMultiple)
    decision = forms.ChoiceField(label="Решение по ним", required=False)
    decided = Prose(
        label="Что решено, своими словами",
        limit=2_000,
        required=False,
        help_text="Пусто – словами выбранного решения.",
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, *, outcome: Outcome, taken: set[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["season"].queryset = Season.objects.order_by("-starts_on")
        fields["subject"].queryset = Subject.objects.order_by("position")
        self.texts = {str(area.pk): area.text for area in outcome.problem_areas.order_by("position", "pk")}
        fields["areas"].choices = [
            (key, f"{text} (уже внесено)" if text in taken else text) for key, text in self.texts.items()
        ]
        self.decisions = {str(one.key): one.text for one in outcome.decisions.order_by("position", "pk")}
        fields["decision"].choices = [("", "— не выбрано —"), *self.decisions.items()]

    def told(self) -> dict[str, Any]:
        """For the verb."""
        cleaned = self.cleaned_data
        key = cleaned["decision"]
        return {
            **{name: cleaned[name] for name in ("season", "stage", "subject")},
            "texts": [self.texts[area] for area in cleaned["areas"]],
            "decision_key": key or None,
            "decided": cleaned["decided"] or self.decisions.get(key, ""),
        }

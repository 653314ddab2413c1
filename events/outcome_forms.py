"""The editor's form: the outcome's own fields and the rows of talks, problem areas and decisions.

A draft may be incomplete: what must be there at filing is ``reports.lint``'s matter, not the editor's.
"""

from typing import Any

from django import forms
from django.utils import timezone

from centers.models import Center, Coordinator, Person, StaffPost
from events.forms import Day
from events.models import Outcome
from events.models.outcome import Asks, DecisionKind, TalkAct
from rcro_portal.text import NAME_LIMIT, Line, Prose

ROWS_AT_MOST = 30


def _rows(count: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count})


def _with_figures(rows: int) -> forms.Textarea:
    """A text that may quote figures: ``editor.js`` shows each as a chip with its value."""
    return forms.Textarea(attrs={"rows": rows, "data-editor": ""})


class OutcomeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    subject_line = Line(label="Заголовок письма", help_text="Начинается с «О» или «Об», без точки в конце.")
    addressee = Prose(label="Кому", limit=1_000, widget=_rows(2), help_text="В дательном падеже, по строкам.")
    salutation = Line(label="Обращение")
    problem_source = Line(
        label="Где выявлены проблемные зоны",
        required=False,
        help_text="Продолжите «По итогам …»: «проведения школьного и муниципального этапов ВсОШ».",
    )


class PersonChoice(forms.TypedChoiceField):
    """A person by name; the choices are read once for all rows of a page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=_person, empty_value=None, **kwargs)


def _person(pk: str) -> Person:
    """Raises ValueError, which the field takes for a wrong choice: it asks before it has looked at its choices."""
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        raise ValueError(pk)
    return person


class TalkForm(forms.Form):
    speaker = PersonChoice(label="Кто")
    act = forms.ChoiceField(label="Что сделано", choices=TalkAct.choices)
    capacity = Line(
        label="Перед именем", limit=NAME_LIMIT, required=False, help_text="Например: Координатор региональной сети РВЦИ"
    )
    post = Line(label="Должность и организация", required=False, help_text="Пусто: портал возьмёт из справочника.")
    title = Line(label="Тема выступления", required=False, help_text="Без кавычек.")
    text = Prose(
        label="Содержание",
        required=False,
        widget=_with_figures(6),
        help_text=(
            "Портал начинает фразу сам: «… отметил(а), что», «… поделился(лась) опытом», "
            "«… ответил(а) на вопросы, касающиеся». Продолжите её."
        ),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], event: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["speaker"].choices = [("", "— выберите —"), *people]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("speaker") and not cleaned.get("post") and cleaned.get("act") != TalkAct.ANSWERED:
            cleaned["post"] = printed_post(cleaned["speaker"], timezone.localtime(self.event.starts_at).date())
        return cleaned


class ProblemForm(forms.Form):
    text = Prose(label="Проблемная зона", limit=2_000, widget=_with_figures(2))


class DecisionForm(forms.Form):
    kind = forms.ChoiceField(label="Вид", choices=DecisionKind.choices)
    text = Prose(
        label="Текст",
        limit=4_000,
        widget=_with_figures(3),
        help_text="Решение продолжает «принято решение до …», обращение – «обратилась к РВЦИ …».",
    )
    due_on = Day(label="Срок", required=False)
    asks = forms.ChoiceField(label="Что считать исполнением", choices=Asks.choices)
    owed_by = forms.ModelMultipleChoiceField(
        label="Кто исполняет",
        queryset=Center.objects.none(),
        required=False,
        help_text="Не выбрано – все РВЦИ. Несколько выбирают с клавишей Ctrl.",
    )

    def __init__(self, *args: Any, centers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owed_by"].queryset = centers

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") != DecisionKind.DECISION:
            cleaned["due_on"], cleaned["owed_by"] = None, []
        return cleaned


def printed_post(person: Person, day: Any) -> str:
    """The post as letters print it on that day: of the institution's staff, else of a centre's coordinator."""
    staff = StaffPost.objects.in_force_on(day).filter(person=person).first()
    if staff:
        return staff.title
    coordinator = Coordinator.objects.in_force_on(day).filter(person=person).first()
    return coordinator.title if coordinator else ""


def _set(form: type[forms.Form]) -> Any:
    return forms.formset_factory(form, extra=0, can_delete=True, max_num=ROWS_AT_MOST, absolute_max=ROWS_AT_MOST)


TalkSet, ProblemSet, DecisionSet = _set(TalkForm), _set(ProblemForm), _set(DecisionForm)


class Editor:
    """All forms of the editor's page together."""

    def __init__(self, outcome: Outcome, data: Any = None) -> None:
        day = timezone.localtime(outcome.event.starts_at).date()
        people = [(str(person.pk), person.full_name) for person in Person.objects.order_by("search_key")]
        centers = Center.objects.with_status_on(day).select_related("organization").order_by("organization__search_key")
        self.outcome = outcome
        self.form = OutcomeForm(data, initial=vars(outcome))
        self.talks = TalkSet(
            data,
            prefix="talks",
            initial=[{**vars(talk), "speaker": talk.speaker_id} for talk in _in_order(outcome.talks)],
            form_kwargs={"people": people, "event": outcome.event},
        )
        self.problems = ProblemSet(
            data, prefix="problems", initial=[vars(area) for area in _in_order(outcome.problem_areas)]
        )
        self.decisions = DecisionSet(
            data,
            prefix="decisions",
            initial=[
                {**vars(decision), "owed_by": list(decision.owed_by.all())} for decision in _in_order(outcome.decisions)
            ],
            form_kwargs={"centers": centers},
        )

    @property
    def parts(self) -> list[Any]:
        return [self.form, self.talks, self.problems, self.decisions]

    def is_valid(self) -> bool:
        # Every part is asked, so that the page shows all errors at once.
        valid = [part.is_valid() for part in self.parts]
        return all(valid)

    def cleaned(self) -> dict[str, Any]:
        """Keywords for ``outcomes.save``."""
        return {
            **self.form.cleaned_data,
            "talks": _kept(self.talks),
            "problems": _kept(self.problems),
            "decisions": _kept(self.decisions),
        }


def _in_order(rows: Any) -> Any:
    return rows.order_by("position", "pk")


def _kept(formset: Any) -> list[dict[str, Any]]:
    rows = [form.cleaned_data for form in formset if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    return [{name: value for name, value in row.items() if name != "DELETE"} for row in rows]

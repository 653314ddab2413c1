"""The editor's form: the outcome's own fields and the rows of talks, problem areas and decisions.

A draft may be incomplete: what must be there at filing is ``reports.composing.lint``'s matter, not the editor's.
"""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from centers.models import Center, Coordinator, Person, StaffPost
from events import kinds
from events.forms import Day, Version
from events.models import Decision, Outcome
from events.models.outcome import Asks, DecisionKind, TalkAct
from rcro_portal.lib.drafts import rows
from rcro_portal.lib.text import NAME_LIMIT, Line, Prose

ROWS_AT_MOST = 30


def _rows(count: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": count})


def _with_figures(rows: int) -> forms.Textarea:
    """A text that may quote figures: ``editor.js`` shows each as a chip with its value."""
    return forms.Textarea(attrs={"rows": rows, "data-editor": ""})


class OutcomeForm(forms.Form):
    version = Version()
    subject_line = Line(
        label="Заголовок письма", printed=True, help_text="Начинается с «О» или «Об», без точки в конце."
    )
    addressee = Prose(
        label="Кому",
        limit=1_000,
        tables=False,
        printed=True,
        widget=_rows(2),
        help_text="В дательном падеже, по строкам.",
    )
    salutation = Line(label="Обращение")
    summary = Prose(
        label="Итоги в целом",
        required=False,
        printed=True,
        widget=_with_figures(4),
        help_text="Что сказать до выступлений или вместо них: сколько было участников, победителей, работ. "
        "Строка со знаками « | » станет строкой таблицы.",
    )
    problem_source = Line(
        label="Где выявлены проблемные зоны",
        required=False,
        printed=True,
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


# What the letter says before the text of a talk, so that nobody says it again.
OWN_WORDS = (
    "Портал начинает фразу сам: «…, открывая {words.accusative}, обозначил(а) основные цели и задачи {words.its} "
    "проведения.», «… отметил(а), что», «… поделился(лась) опытом», «… ответил(а) на вопросы, касающиеся». "
    "Продолжите её."
)


class TalkForm(rows.Row):
    speaker = PersonChoice(label="Кто")
    act = forms.ChoiceField(label="Что сделано", choices=TalkAct.choices)
    capacity = Line(
        label="Перед именем",
        limit=NAME_LIMIT,
        required=False,
        printed=True,
        help_text="Например: Координатор региональной сети РВЦИ",
    )
    post = Line(
        label="Должность и организация", required=False, printed=True, help_text="Пусто: портал возьмёт из справочника."
    )
    title = Line(label="Тема выступления", required=False, printed=True, help_text="Без кавычек.")
    text = Prose(
        label="Содержание",
        required=False,
        tables=False,
        printed=True,
        widget=_with_figures(6),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], event: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["speaker"].choices = [("", "— выберите —"), *people]
        self.fields["text"].help_text = OWN_WORDS.format(words=kinds.words(event.kind))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("speaker") and not cleaned.get("post") and cleaned.get("act") != TalkAct.ANSWERED:
            cleaned["post"] = printed_post(cleaned["speaker"], timezone.localtime(self.event.starts_at).date())
        return cleaned


class ProblemForm(rows.Row):
    text = Prose(label="Проблемная зона", limit=2_000, items=False, tables=False, printed=True, widget=_with_figures(2))


class Key(forms.UUIDField):
    """Which decision a row is, whatever is typed into it; a new row has none, and nonsense counts as none."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        try:
            return str(super().clean(value) or "")
        except forms.ValidationError:
            return ""


class DecisionForm(rows.Row):
    key = Key(required=False)
    kind = forms.ChoiceField(label="Вид", choices=DecisionKind.choices)
    text = Prose(
        label="Текст",
        limit=4_000,
        items=False,
        tables=False,
        printed=True,
        widget=_with_figures(3),
        help_text="Решение продолжает «принято решение до …», обращение – «обратились к РВЦИ …».",
    )
    due_on = Day(label="Срок", required=False)
    starts_on = Day(label="С какого дня", required=False, help_text="Для периода: «с 3 по 14 мая». Срок – его конец.")
    debtors = Line(
        label="Исполняют не РВЦИ",
        required=False,
        printed=True,
        help_text="В дательном падеже: «управлениям образования». Портал напечатает это перед поручением, но ответа "
        "не ждёт. Тогда из РВЦИ исполняют только выбранные.",
    )
    asks = forms.ChoiceField(label="Что считать исполнением", choices=Asks.choices)
    owed_by = rows.Several(
        label="Кто исполняет",
        queryset=Center.objects.none(),
        required=False,
        help_text="Не выбрано – все РВЦИ, если выше не названы другие. Несколько выбирают с клавишей Ctrl.",
    )

    def __init__(self, *args: Any, centers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owed_by"].queryset = centers
        self.fields["kind"].widget.attrs["data-kind-of-decision"] = ""

    @property
    def asks_for_nothing(self) -> bool:
        """An appeal or something for information: nobody answers it, so it has no term and no debtors."""
        wrong = self.is_bound and {"starts_on", "due_on", "debtors", "asks", "owed_by"} & set(self.errors)
        return not wrong and self["kind"].value() not in (None, "", DecisionKind.DECISION)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") != DecisionKind.DECISION:
            cleaned |= {"starts_on": None, "due_on": None, "debtors": "", "owed_by": []}
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on is None and "due_on" not in self.errors:
            self.add_error("due_on", "Укажите и последний день: он станет сроком.")
        elif starts_on and due_on and starts_on > due_on:
            self.add_error("starts_on", "Период начинается позже срока. Проверьте дни.")
        return cleaned


def printed_post(person: Person, day: Any) -> str:
    """The post as letters print it on that day: of the institution's staff, else of a centre's coordinator."""
    staff = StaffPost.objects.in_force_on(day).filter(person=person).first()
    if staff:
        return staff.title
    coordinator = Coordinator.objects.in_force_on(day).filter(person=person).first()
    return coordinator.title if coordinator else ""


TalkSet, ProblemSet, DecisionSet = (
    rows.row_formset(form, at_most=ROWS_AT_MOST) for form in (TalkForm, ProblemForm, DecisionForm)
)


class Editor:
    """All forms of the editor's page together."""

    def __init__(self, outcome: Outcome, data: Any = None) -> None:
        day = timezone.localtime(outcome.event.starts_at).date()
        people = [(str(person.pk), person.full_name) for person in Person.objects.order_by("sort_key")]
        self.outcome = outcome
        self.form = OutcomeForm(data, initial=vars(outcome))
        self.talks = self._rows(
            TalkSet,
            "talks",
            [{**vars(talk), "speaker": talk.speaker_id} for talk in _in_order(outcome.talks)],
            people=people,
            event=outcome.event,
        )
        self.problems = self._rows(ProblemSet, "problems", [vars(area) for area in _in_order(outcome.problem_areas)])
        self.decisions = self._rows(
            DecisionSet,
            "decisions",
            [{**vars(decision), "owed_by": list(decision.owed_by.all())} for decision in _in_order(outcome.decisions)],
            centers=_centers(outcome, day),
        )

    def _rows(self, rows_of: Any, prefix: str, initial: list[dict[str, Any]], **given: Any) -> Any:
        data = self.form.data if self.form.is_bound else None
        return rows_of(data, prefix=prefix, initial=initial, form_kwargs=given, stored=self._stored(initial))

    def _stored(self, initial: list[dict[str, Any]]) -> int:
        """Of a page drawn from an older version nobody can say which rows it must hold: it is refused as a whole."""
        return len(initial) if self.form["version"].value() in (self.outcome.version, str(self.outcome.version)) else 0

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
            "talks": self.talks.kept,
            "problems": self.problems.kept,
            "decisions": self.decisions.kept,
        }


def _centers(outcome: Outcome, day: Any) -> Any:
    """Centres of that day, and those that a decision names already: one that lost its status is not dropped unseen."""
    named = Decision.owed_by.through.objects.filter(decision__outcome=outcome).values("center")
    of_the_day = Center.objects.with_status_on(day).values("pk")
    known = Center.objects.filter(Q(pk__in=of_the_day) | Q(pk__in=named))
    return known.select_related("organization").order_by("organization__sort_key")


def _in_order(rows: Any) -> Any:
    return rows.order_by("position", "pk")

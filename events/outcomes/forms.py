"""The editor's form: the outcome's own fields and the rows of talks, problem areas and decisions.

A draft may be incomplete: what must be there at filing is ``reports.composing.lint``'s matter, not the editor's.
"""

import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_date

from centers.models import Center, Organization, Person
from events import kinds
from events.models import Decision, Talk
from events.models.outcome import Amends, Asks, DecisionKind, TalkAct
from events.outcomes import choosers, terms
from rcro_portal.lib import russian
from rcro_portal.lib.drafts import page_data, rows
from rcro_portal.lib.drafts.editor import Editor, RowKind
from rcro_portal.lib.drafts.fields import Version, lines, with_figures
from rcro_portal.lib.fields import Day
from rcro_portal.lib.keeping.drafted import FoundLine, FoundLines, FoundRow, FoundRows, Known, sent_keys
from rcro_portal.lib.text import NAME_LIMIT, Line, Prose

# Who owes a decision, by their columns.
OWED = ("owed_by", "owed_by_others")


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
        widget=lines(3),
        help_text="В дательном падеже, по строкам.",
    )
    salutation = Line(label="Обращение")
    summary = Prose(
        label="Итоги в целом",
        required=False,
        printed=True,
        widget=with_figures(4),
        help_text="Что сказать до выступлений или вместо них: сколько было участников, победителей, работ. "
        "Строка со знаками « | » станет строкой таблицы.",
    )
    problem_source = Line(
        label="Где выявлены проблемные зоны",
        required=False,
        printed=True,
        help_text="Продолжите «По итогам …»: «проведения школьного и муниципального этапов ВсОШ».",
    )


# What the letter says before the text of a talk, so that nobody says it again.
OWN_WORDS = (
    "Портал начинает фразу сам: «…, открывая {words.accusative}, обозначил(а) основные цели и задачи {words.its} "
    "проведения.», «… отметил(а), что», «… поделился (поделилась) опытом», «… ответил(а) на вопросы, касающиеся». "
    "Продолжите её."
)


class TalkForm(rows.Row):
    speaker = FoundRow(
        label="Кто",
        model=Person,
        widget=FoundLine(search_label="Найти, кто выступал", hint="Фамилия или должность"),
    )
    act = forms.ChoiceField(label="Вид выступления", choices=TalkAct.choices)
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
        widget=with_figures(6),
    )

    def __init__(self, *args: Any, people: Known, event: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speaker"].offer(people)
        self.fields["act"].widget.attrs["data-act-of-talk"] = ""
        self.fields["text"].help_text = OWN_WORDS.format(words=kinds.words(event.kind))
        self.posts = {key: option.note for key, option in people.options.items()}

    @property
    def has_no_title(self) -> bool:
        """Only the beginning of a report says its topic."""
        return not self["title"].value() and not self["title"].errors and self["act"].value() != TalkAct.REPORTED

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("speaker") and not cleaned.get("post"):
            cleaned["post"] = self.posts.get(str(cleaned["speaker"].pk), "")
        return cleaned


class ProblemForm(rows.Row):
    text = Prose(label="Проблемная зона", limit=2_000, items=False, tables=False, printed=True, widget=with_figures(2))


class Key(forms.UUIDField):
    """Which decision a row is, whatever is typed into it; a new row has none, and nonsense counts as none."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        try:
            return str(super().clean(value) or "")
        except forms.ValidationError:
            return ""


ONLY_CENTERS = "Техническое задание есть только у РВЦИ: другим организациям дайте отдельное решение."


class DecisionForm(rows.Row):
    key = Key(required=False)
    kind = forms.ChoiceField(label="Вид", choices=DecisionKind.choices)
    text = Prose(
        label="Текст",
        limit=4_000,
        items=False,
        tables=False,
        printed=True,
        widget=with_figures(3),
        help_text="Решение продолжает «принято решение до …», обращение – «обратились к РВЦИ …».",
    )
    due_on = Day(label="Срок", required=False)
    starts_on = Day(label="С какого дня", required=False, help_text="Для периода: «с 3 по 14 мая». Срок – его конец.")
    debtors = Line(
        label="Исполняют не РВЦИ",
        required=False,
        printed=True,
        help_text="В дательном падеже: «управлениям образования». Портал напечатает это перед поручением. Ответа он "
        "ждёт от организаций, выбранных ниже; из РВЦИ исполняют тогда только выбранные.",
    )
    asks = forms.ChoiceField(label="Что считать исполнением", choices=Asks.choices, initial=Asks.ANSWER)
    amends = forms.ChoiceField(
        label="Что изменить в техническом задании",
        choices=[("", "всё, что нужно"), *Amends.choices],
        required=False,
        help_text="Если исполнение – новая редакция: из поручения координатор попадёт к этим строкам.",
    )
    owed_by = FoundRows(
        label="Кто исполняет",
        model=Center,
        required=False,
        widget=FoundLines(search_label="Найти РВЦИ", hint="Название или район", again="Добавить ещё"),
        help_text="Не выбрано – все РВЦИ, если выше не названы другие.",
    )

    owed_by_others = FoundRows(
        label="Какие другие организации исполняют",
        model=Organization,
        required=False,
        widget=FoundLines(search_label="Найти организацию", hint="Название организации", again="Добавить ещё"),
        help_text="Они получат письмо, и портал ждёт их ответа; пришедший по почте или телефону вносит методист.",
    )

    def __init__(self, *args: Any, centers: Known, others: Known, quick: list[terms.Quick], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owed_by"].offer(centers)
        self.fields["owed_by_others"].offer(others)
        self.fields["kind"].widget.attrs["data-kind-of-decision"] = ""
        self.fields["asks"].widget.attrs["data-asks"] = ""
        self.quick = quick

    @property
    def asks_for_nothing(self) -> bool:
        """An appeal or something for information: nobody answers it, so it has no term and no debtors."""
        wrong = self.is_bound and {"starts_on", "due_on", "debtors", "asks", *OWED} & set(self.errors)
        return not wrong and self["kind"].value() not in (None, "", DecisionKind.DECISION)

    @property
    def amends_nothing(self) -> bool:
        """What it asks for is no amended assignment."""
        return self.asks_for_nothing or self["asks"].value() != Asks.ASSIGNMENT

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") != DecisionKind.DECISION:
            cleaned |= {"starts_on": None, "due_on": None, "debtors": "", **{name: [] for name in OWED}}
        if cleaned.get("kind") != DecisionKind.DECISION or cleaned.get("asks") != Asks.ASSIGNMENT:
            cleaned["amends"] = ""
        elif cleaned.get("owed_by_others"):
            self.add_error("owed_by_others", ONLY_CENTERS)
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on is None and "due_on" not in self.errors:
            self.add_error("due_on", "Укажите и последний день: он станет сроком.")
        elif starts_on and due_on and starts_on > due_on:
            self.add_error("starts_on", "Период начинается позже срока. Проверьте дни.")
        return cleaned


# -- How people read the rows in the history --------------------------------------------------------


def talk_said(row: dict[str, Any]) -> str:
    said = page_data.said(TalkForm, row)
    who = ", ".join(filter(None, [said["capacity"], said["speaker"], said["post"]]))
    return _lines(f"{who} – {said['act']}", said["title"] and f"Тема: {said['title']}", said["text"])


def decision_said(row: dict[str, Any]) -> str:
    said = page_data.said(DecisionForm, row)
    return _lines(
        said["kind"].capitalize(),
        said["text"],
        _term_said(row),
        said["asks"] and f"Исполнение: {said['asks']}",
        f"Изменить: {said['amends']}" if row.get("amends") else "",
        said["debtors"] and f"Исполняют не РВЦИ: {said['debtors']}",
        said["owed_by"] and f"Исполняют: {said['owed_by']}",
        said["owed_by_others"] and f"Исполняют и другие организации: {said['owed_by_others']}",
    )


def _term_said(row: dict[str, Any]) -> str:
    """Pages that were kept before a decision had a period know no first day."""
    starts_on, due_on = (parse_date(row.get(name) or "") for name in ("starts_on", "due_on"))
    return f"Срок: {russian.short_span(starts_on or due_on, due_on)}" if due_on else ""


def _lines(*said: str) -> str:
    return "\n".join(filter(None, said))


# -- The editor -------------------------------------------------------------------------------------


class OutcomeEditor(Editor):
    form_class = OutcomeForm
    kinds = (
        RowKind("talks", "Выступление", TalkForm, said=talk_said),
        RowKind("problems", "Проблемная зона", ProblemForm, related="problem_areas"),
        RowKind(
            "decisions", "Решение", DecisionForm, said=decision_said, read=("owed_by__organization", "owed_by_others")
        ),
    )

    def row_arguments(self, name: str) -> dict[str, Any]:
        event = self.draft.event
        if name == "talks":
            named = Talk.objects.filter(outcome=self.draft).values("speaker")
            sent = sent_keys(self.data, name, "speaker")
            return {"people": Known(choosers.speakers(event), None, held=named, sent=sent), "event": event}
        if name == "decisions":
            return debtors(Decision.objects.filter(outcome=self.draft), event.first_day, self.data)
        return {}


def debtors(decisions: Any, day: datetime.date, data: Any) -> dict[str, Any]:
    """For rows of decisions: whom these ``decisions`` name, whom the page chose of that day, and usual terms.

    A centre that lost its status since, an organisation that went into the archive, is not dropped unseen.
    """
    kinds_of_debtors = {"owed_by": choosers.debtors(day), "owed_by_others": choosers.other_debtors(day)}
    known = {
        name: Known(
            chooser,
            None,
            held=decisions.filter(**{f"{name}__isnull": False}).values(name),
            sent=sent_keys(data, "decisions", name),
        )
        for name, chooser in kinds_of_debtors.items()
    }
    return {"centers": known["owed_by"], "others": known["owed_by_others"], "quick": terms.quick()}

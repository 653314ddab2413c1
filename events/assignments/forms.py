"""The editor's form: rows of goals, open events and indicators; ``completeness`` judges what a draft still lacks."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet

from events.assignments import remarked
from events.models import AssignmentEvent, AssignmentPeriod, AssignmentRemark
from events.outcomes.forms import Key
from rcro_portal.lib.drafts import page_data, row_keys, rows
from rcro_portal.lib.drafts.editor import Editor, RowKind
from rcro_portal.lib.drafts.fields import Version, lines
from rcro_portal.lib.keeping.forms import KeptForm
from rcro_portal.lib.russian import search_key
from rcro_portal.lib.text import NAME_LIMIT, Line, Prose

PEOPLE_AT_MOST = 100_000
SHORT = 50
MONTHS = AssignmentEvent.MONTHS


class AssignmentForm(forms.Form):
    version = Version()


class RemarkedRow(rows.Row):
    """Shows beside itself what was remarked on it; ``remarks`` by the keys of rows."""

    key = Key(required=False)

    def __init__(self, *args: Any, remarks: Mapping[str, AssignmentRemark], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.remarks = remarks

    @property
    def remark(self) -> AssignmentRemark | None:
        return self.remarks.get(str(self["key"].value()))


class GoalForm(RemarkedRow):
    text = Prose(label="Цель", limit=2_000, items=False, tables=False, printed=True, widget=lines(2))


class EventForm(RemarkedRow):
    title = Line(label="Название", printed=True, help_text="Без кавычек.")
    form = Line(
        label="Форма", limit=NAME_LIMIT, required=False, printed=True, help_text="Открытый урок, семинар, мастер-класс."
    )
    audience = Line(
        label="Для кого", required=False, printed=True, help_text="Учителя физики, обучающиеся 9–11 классов."
    )
    # All twelve, so that a kept page is read whatever the period.
    month = forms.ChoiceField(label="Месяц", required=False, choices=[(str(key), name) for key, name in MONTHS])
    expected = forms.IntegerField(
        label="Сколько участников",
        required=False,
        min_value=1,
        max_value=PEOPLE_AT_MOST,
        help_text="Ожидается, человек.",
    )

    def __init__(self, *args: Any, period: AssignmentPeriod, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(MONTHS)
        months = [(str(day.month), f"{names[day.month]} {day.year}") for day in period.months]
        field: Any = self.fields["month"]
        field.choices = [("", "— выберите —"), *months]


class IndicatorForm(RemarkedRow):
    name = Line(label="Показатель", printed=True, help_text="Например: доля педагогов, которые провели открытый урок.")
    unit = Line(label="Единица", limit=SHORT, required=False, help_text="Человек, штук, %.")
    planned = Line(label="План", limit=SHORT, required=False, help_text="Число или условие: 12; не менее 25.")


# -- How people read the rows -----------------------------------------------------------------------


def event_said(row: dict[str, Any]) -> str:
    said = page_data.said(EventForm, row)
    number = f"Ожидается: {said['expected']}" if said["expected"] else ""
    parts = [said["form"], said["audience"], said["month"], number]
    return "\n".join(filter(None, [said["title"], *parts]))


def indicator_said(row: dict[str, Any]) -> str:
    said = page_data.said(IndicatorForm, row)
    return f"{said['name']}: {' '.join(filter(None, [said['planned'], said['unit']])) or '–'}"


class AssignmentEditor(Editor):
    form_class = AssignmentForm
    kinds = (
        RowKind("goals", "Цель", GoalForm),
        RowKind("events", "Событие", EventForm, at_most=60, said=event_said),
        RowKind("indicators", "Показатель", IndicatorForm, said=indicator_said),
    )

    def row_arguments(self, name: str) -> dict[str, Any]:
        return {"remarks": self._remarks} | ({"period": self.draft.period} if name == "events" else {})

    @cached_property
    def _remarks(self) -> Mapping[str, AssignmentRemark]:
        return remarked.last(self.draft)


# What a row of each kind is known by, where it bears no key yet.
CALLED = {"goals": "text", "events": "title", "indicators": "name"}


def completed(kind: str, typed: list[dict[str, Any]], saved: QuerySet[Any]) -> list[dict[str, Any]]:
    """Each row with a key, that of the saved row of the same name where it brings none; months as numbers."""
    called = CALLED[kind]
    known = {str(key): search_key(name) for key, name in saved.order_by("position", "pk").values_list("key", called)}
    rows = row_keys.given(typed, known=known, words=lambda row: search_key(row[called]))
    return [row | ({"month": int(row["month"]) if row["month"] else None} if "month" in row else {}) for row in rows]


class PeriodForm(KeptForm):
    groups = (("Период", ("title", ("since", "until"))), ("Кто и когда", ("due_on", "department")))

    class Meta:
        model = AssignmentPeriod
        fields = ("title", "since", "until", "due_on", "department")

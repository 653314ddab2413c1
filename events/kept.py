"""What the methodist keeps here, as ``rcro_portal.lib.keeping`` makes pages of it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from events import permissions
from events.assignments.forms import PeriodForm
from events.models import (
    AssignmentPeriod,
    DataQuestion,
    DataRequest,
    Event,
    Material,
    PlanItem,
    PlanResponsible,
    PlanSchedule,
    ProgrammeItem,
    StockParagraph,
)
from events.models.event import EventStatus
from events.outcomes.paragraph_forms import StockParagraphForm
from events.plan import items as plan_items
from events.plan.forms import PlanItemForm, ResponsibleForm, ScheduleForm
from events.programme import items as programme_items
from events.programme import materials
from events.programme.forms import MaterialForm, ProgrammeForm
from events.requests import questions, requests
from events.requests.acts import KEEPERS as REQUEST_KEEPERS
from events.requests.forms import QuestionForm, RequestForm
from rcro_portal.lib.keeping import Keeper, Noun, Part

PLANNED_BY = "Мероприятие ведут методист и начальник отдела."
KEEPERS = "План-график ведут методист сети и администратор."
PERIOD_KEEPERS = "Периоды технических заданий ведут методист сети и администратор."
WRITERS = "Типовые абзацы ведут методисты, начальники отделов и администратор."


def _may(user: Any, row: Any) -> str:  # noqa: ARG001
    return "" if permissions.may_keep_plan(user) else KEEPERS


def _items(user: Any, day: Any) -> QuerySet:  # noqa: ARG001
    return PlanItem.objects.select_related("schedule")


def _schedules(user: Any, day: Any) -> QuerySet:  # noqa: ARG001
    return PlanSchedule.objects.all()


def _may_plan(user: Any, row: Any) -> str:  # noqa: ARG001
    return "" if permissions.may_plan(user) else PLANNED_BY


def _finished(user: Any, event: Event) -> str:  # noqa: ARG001
    if event.status in (EventStatus.DRAFT, EventStatus.ANNOUNCED):
        return ""
    return "Мероприятие уже проведено или отменено: программу не меняют."


def _cancelled(user: Any, event: Event) -> str:  # noqa: ARG001
    return "Мероприятие отменено: материалов к нему не добавляют." if event.status == EventStatus.CANCELLED else ""


def _events(user: Any, day: Any) -> QuerySet:  # noqa: ARG001
    return Event.objects.visible_to(user).select_related("department")


PROGRAMME = Part(
    model=ProgrammeItem,
    form=ProgrammeForm,
    noun=Noun("Пункт программы", "Новый пункт программы", "пункт программы"),
    name="programme-item",
    route="programme/",
    owner="event",
    title="Программа",
    empty="Программы пока нет.",
    order=("position", "pk"),
    rows=lambda rows: rows.select_related("event", "speaker", "with_speaker", "organization"),
    not_now=_finished,
    create=programme_items.create,
    change=programme_items.change,
)
MATERIALS = Part(
    model=Material,
    form=MaterialForm,
    noun=Noun("Материал", "Новый материал", "материал"),
    name="material",
    route="materials/",
    owner="event",
    title="Материалы",
    empty="Материалов пока нет.",
    lead="Файл или ссылка: что прочитать заранее, презентации, запись.",
    order=("pk",),
    rows=lambda rows: rows.select_related("event"),
    not_now=_cancelled,
    create=lambda model, **said: materials.create(model, at=timezone.now(), **said),
    change=lambda row, **said: materials.change(row, at=timezone.now(), **said),
)
EVENTS = Keeper(
    model=Event,
    form=ProgrammeForm,
    noun=Noun("Мероприятие", "Новое мероприятие", "мероприятие"),
    app="events",
    name="event",
    route="events/",
    seen=_events,
    may=_may_plan,
    card="reports:event-page",
    listed="events:event-list",
    parts=(PROGRAMME, MATERIALS),
    makes=False,
    edits=False,
)
RESPONSIBLE = Part(
    model=PlanResponsible,
    form=ResponsibleForm,
    noun=Noun("Ответственный", "Новый ответственный", "ответственного"),
    name="plan-responsible",
    route="responsible/",
    owner="item",
    title="Отвечают",
    empty="Никто не назван.",
    lead="Отдел или человек. Кого в портале нет, пишут в карточке пункта.",
    order=("pk",),
    rows=lambda rows: rows.select_related("person", "department"),
)
PLAN_ITEMS = Keeper(
    model=PlanItem,
    form=PlanItemForm,
    noun=Noun("Пункт плана", "Новый пункт плана", "пункт"),
    app="events",
    name="plan-item",
    route="plan/items/",
    seen=_items,
    may=_may,
    listed="events:plan-list",
    parts=(RESPONSIBLE,),
    create=plan_items.create,
    change=plan_items.change,
    archive_words="Из плана-графика и показателей пункт уйдёт. Привязанные мероприятия и история остаются как есть.",
)
SCHEDULES = Keeper(
    model=PlanSchedule,
    form=ScheduleForm,
    noun=Noun("План-график", "Новый план-график", "план-график"),
    app="events",
    name="schedule",
    route="plan/schedules/",
    seen=_schedules,
    may=_may,
    change=plan_items.change_schedule,
)


def _periods(user: Any, day: Any) -> QuerySet:  # noqa: ARG001
    return AssignmentPeriod.objects.select_related("department")


def _may_keep_periods(user: Any, row: Any) -> str:  # noqa: ARG001
    return "" if permissions.may_keep_plan(user) else PERIOD_KEEPERS


PERIODS = Keeper(
    model=AssignmentPeriod,
    form=PeriodForm,
    noun=Noun("Период", "Новый период", "период", "Периоды технических заданий"),
    app="events",
    name="assignment-period",
    route="assignments/periods/",
    seen=_periods,
    may=_may_keep_periods,
    deletes=True,
    lead="Учебный или календарный год. Каждый центр со статусом составляет на него одно техническое задание.",
)


def _paragraphs(user: Any, day: Any) -> QuerySet:  # noqa: ARG001
    """What letters are made of is the institution's own."""
    rows = StockParagraph.objects.select_related("department")
    return rows if permissions.is_office(user) else rows.none()


def _may_write(user: Any, row: Any) -> str:  # noqa: ARG001
    return "" if permissions.may_plan(user) else WRITERS


PARAGRAPHS = Keeper(
    model=StockParagraph,
    form=StockParagraphForm,
    noun=Noun("Типовой абзац", "Новый типовой абзац", "абзац"),
    app="events",
    name="paragraph",
    route="paragraphs/",
    seen=_paragraphs,
    may=_may_write,
    deletes=True,
    lead="Показатели в квадратных скобках портал считает в каждом письме заново, за его год и дни.",
)


NOT_PUT_AWAY = "Запрос разослан, и центры отвечают на него: в архив убирают только черновики."


def _may_ask(user: Any, row: Any) -> str:  # noqa: ARG001
    return "" if permissions.may_keep_requests(user) else REQUEST_KEEPERS


def _sent(user: Any, request: DataRequest) -> str:  # noqa: ARG001
    return requests.SentAlready.words if request.is_sent else ""


def _fixed_when_sent(user: Any, request: DataRequest | None) -> Mapping[str, str]:  # noqa: ARG001
    """Only its term moves."""
    words = "Запрос разослан: это больше не меняется."
    return dict.fromkeys(("title", "lead", "as_of"), words) if request and request.is_sent else {}


def _question_note(question: DataQuestion) -> str:
    said = [question.section, question.get_kind_display(), "" if question.required else "можно не отвечать"]
    said += [f"портал знает: {question.get_known_display()}"] if question.known else []
    return "; ".join(filter(None, [*said, "пишется в карточку" if question.writes else ""]))


QUESTIONS = Part(
    model=DataQuestion,
    form=QuestionForm,
    noun=Noun("Вопрос", "Новый вопрос", "вопрос"),
    name="question",
    route="questions/",
    owner="request",
    title="Вопросы",
    empty="Вопросов пока нет. Добавьте первый или возьмите прошлогодний запрос.",
    line=lambda question: question.said_label,
    note=_question_note,
    order=("position", "pk"),
    rows=lambda rows: rows.select_related("request"),
    not_now=_sent,
    create=questions.create,
    change=questions.change,
)
REQUESTS = Keeper(
    model=DataRequest,
    form=RequestForm,
    noun=Noun("Запрос сведений", "Новый запрос сведений", "запрос"),
    app="events",
    name="request",
    route="requests/",
    seen=lambda user, day: DataRequest.objects.visible_to(user, day).select_related("setter"),
    may=_may_ask,
    fixed=_fixed_when_sent,
    not_archived=lambda request: NOT_PUT_AWAY if request.is_sent else "",
    archive_words="Из списка запросов черновик уйдёт вместе с вопросами. Его можно вернуть из архива.",
    parts=(QUESTIONS,),
    create=requests.create,
    change=requests.change,
)

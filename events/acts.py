"""The acts on an event: when each is done, by whom, and why not (``rcro_portal.lib.acts``)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from centers.models import Center
from events import permissions, planners
from events.attendance import attendance, registrations
from events.models import Event
from events.models.event import EventStatus
from events.outcomes import outcomes
from events.plan import plan
from rcro_portal.lib.acts import Act, Acts, Case, Words, alike, never, while_in

DRAFT, ANNOUNCED, HELD, CANCELLED = EventStatus


class EventCase(Case[Event]):
    @property
    def plans(self) -> bool:
        return permissions.may_plan(self.user)

    @cached_property
    def center(self) -> Center | None:
        """The centre that this person stands for as its coordinator."""
        return permissions.may_register(self.user, self.day)

    @cached_property
    def has_programme(self) -> bool:
        return self.row.programme.exists()

    @property
    def has_begun(self) -> bool:
        return self.row.starts_at <= self.now


def _planned_by(words: str) -> Words[EventCase]:
    """«Объявляет методист или начальник отдела: отдел … (Иванов И.И.).», the names for staff only."""

    def ask(case: EventCase) -> str:
        department = case.row.department
        names = planners.named(department, case.day) if permissions.is_office(case.user) else ""
        return f"{words}: {department.name}{names}."

    return ask


def _plans(case: EventCase) -> bool:
    return case.plans


def _registers(case: EventCase) -> bool:
    """Coordinators their own people; those who plan anybody of a centre that telephones."""
    return case.plans or case.center is not None


def _why_closed(case: EventCase) -> str:
    return registrations.why_closed(case.row, case.now, by_staff=case.plans)


def _once_begun(words: str) -> Callable[[EventCase], str]:
    return lambda case: "" if case.has_begun else words


HAS_PROGRAMME = "Программа уже начата: взять её из прошлого мероприятия можно, пока она пуста."
ANNOUNCE_FIRST = "Сначала объявите мероприятие."
FINISHED: Mapping[str, Words[EventCase]] = {
    HELD: "Мероприятие уже проведено: в плане его не меняют.",
    CANCELLED: "Мероприятие отменено: в плане его не меняют.",
}
MARK = Act(
    key="mark",
    label="Отметить участников",
    url="events:attendance-mark",
    who=_plans,
    ask=_planned_by("Участников отмечает методист"),
    states=[ANNOUNCED, HELD],
    otherwise={
        DRAFT: ANNOUNCE_FIRST,
        CANCELLED: "Мероприятие отменено: отмечать некого.",
    },
    not_yet=_once_begun(attendance.NotHeldYet.words),
)
EDIT = Act(
    key="edit",
    label="Изменить",
    url="events:event-edit",
    who=_plans,
    ask=_planned_by("План мероприятия меняет методист или начальник отдела"),
    states=[DRAFT, ANNOUNCED],
    otherwise=FINISHED,
)

REGISTER = Act(
    key="register",
    label="Заявить участие",
    url="events:event-register",
    who=lambda case: case.center is not None,
    ask="Заявиться на мероприятие может координатор РВЦИ.",
    states=[ANNOUNCED],
    otherwise=alike([DRAFT, HELD, CANCELLED], registrations.NotOpen.words),
    not_yet=_why_closed,
    on_page=while_in(ANNOUNCED),
)
_OTHERS: Mapping[str, Any] = {"who": _registers, "on_page": never}

EVENT = Acts(
    EventStatus,
    Act(
        key="announce",
        label="Объявить",
        url="events:event-announce",
        who=_plans,
        ask=_planned_by("Объявляет методист или начальник отдела"),
        states=[DRAFT],
        otherwise={**FINISHED, ANNOUNCED: "Мероприятие уже объявлено: его видят координаторы центров."},
        on_page=while_in(DRAFT),
    ),
    REGISTER,
    replace(REGISTER, key="register_people", label="Заявить людей центра", url="events:registration-new", **_OTHERS),
    replace(REGISTER, key="withdraw", label="Отозвать", url="events:registration-withdraw", **_OTHERS),
    replace(REGISTER, key="substitute", label="Заменить", url="events:registration-substitute", **_OTHERS),
    MARK,
    replace(MARK, key="tick", label="Участвует", url="events:attendance-ticks", on_page=never),
    replace(
        MARK, key="bring_list", label="Загрузить список с площадки", url="events:attendance-list-new", on_page=never
    ),
    replace(MARK, key="answer_list", label="Сохранить ответы", url="events:attendance-list-answers", on_page=never),
    replace(MARK, key="mark_by_list", label="Отметить по списку", url="events:attendance-list-mark", on_page=never),
    replace(MARK, key="point_out", label="Указать столбцы", url="events:attendance-list-columns", on_page=never),
    replace(MARK, key="undo_list", label="Снять отметки списка", url="events:attendance-list-undo", on_page=never),
    replace(MARK, key="name", label="Назвать участника", url="events:participant-name", on_page=never),
    replace(MARK, key="count", label="Внести число", url="events:participants", on_page=never),
    replace(MARK, key="open_code", label="Открыть код", url="events:check-in-open", on_page=never),
    replace(MARK, key="close_code", label="Закрыть код", url="events:check-in-close", on_page=never),
    replace(MARK, key="unmark", label="Снять отметку", url="events:attendance-unmark", on_page=never),
    replace(MARK, key="mark_expected", label="Отметить заявленных", url="events:attendance-expected", on_page=never),
    replace(MARK, key="represent", label="Отметить", url="events:attendance-represent", on_page=never),
    Act(
        key="hold",
        label="Координаторов не было",
        url="events:event-hold",
        who=_plans,
        ask=_planned_by("Проведённым мероприятие отмечает методист"),
        states=[ANNOUNCED],
        otherwise={**FINISHED, DRAFT: ANNOUNCE_FIRST},
        not_yet=_once_begun(plan.NotBegunYet.words),
        on_page=never,
    ),
    Act(
        key="begin_outcome",
        label="Внести итоги",
        url="events:outcome-begin",
        who=_plans,
        ask=_planned_by("Итоги вносит методист"),
        states=[HELD],
        otherwise={
            DRAFT: outcomes.EventNotHeld.words,
            ANNOUNCED: outcomes.EventNotHeld.words,
            CANCELLED: "Мероприятие отменено: итогов у него нет.",
        },
    ),
    EDIT,
    replace(
        EDIT,
        key="cancel",
        label="Отменить мероприятие",
        url="events:event-cancel",
        ask=_planned_by("Отменяет мероприятие методист или начальник отдела"),
    ),
    replace(EDIT, key="terms", label="Условия участия", url="events:event-terms", on_page=never),
    replace(
        EDIT,
        key="take",
        label="Взять из прошлого",
        url="events:event-take",
        not_yet=lambda case: HAS_PROGRAMME if case.has_programme else "",
        on_page=lambda case: case.row.status in (DRAFT, ANNOUNCED) and not case.has_programme,
    ),
)

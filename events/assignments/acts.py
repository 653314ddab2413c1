"""The acts on a technical assignment: when each is done, by whom, and why not (``rcro_portal.lib.acts``)."""

from dataclasses import replace
from functools import cached_property

from events import permissions, planners
from events.assignments import assignments, completeness
from events.models import TechnicalAssignment
from events.models.assignment import AssignmentStatus
from rcro_portal.lib.acts import Act, Acts, Case, Words, alike, while_in

DRAFT, SUBMITTED, RETURNED, AGREED, AMENDED = AssignmentStatus


class AssignmentCase(Case[TechnicalAssignment]):
    @cached_property
    def is_own(self) -> bool:
        """Of a centre that this person coordinates."""
        return permissions.may_write_assignment(self.user, self.row, self.day)

    @cached_property
    def has_status(self) -> bool:
        return self.row.center.grants.in_force_on(self.day).exists()

    @cached_property
    def page(self) -> dict[str, object]:
        return assignments.page(self.row)

    @cached_property
    def lacks(self) -> list[str]:
        return completeness.missing(self.page)

    @property
    def is_as_agreed(self) -> bool:
        return self.row.agreed is not None and self.row.agreed.page == self.page


def _is_own(case: AssignmentCase) -> bool:
    return case.is_own


def _agrees(case: AssignmentCase) -> bool:
    return permissions.may_agree_assignments(case.user)


def _coordinator(case: AssignmentCase) -> str:
    return f"Техническое задание пишет координатор центра: {case.row.center}."


def _methodist(case: AssignmentCase) -> str:
    department = case.row.period.department
    names = planners.named(department, case.day) if permissions.is_office(case.user) else ""
    return f"Технические задания согласует методист: {department.name}{names}."


def _not_complete(case: AssignmentCase) -> str:
    if not case.has_status:
        return assignments.NoStatus.words
    if case.lacks:
        return f"Заполните: {'; '.join(case.lacks)}."
    return assignments.NothingChanged.words if case.is_as_agreed else ""


def _no_status(case: AssignmentCase) -> str:
    return "" if case.has_status else assignments.NoStatus.words


WRITE_FIRST: Words[AssignmentCase] = "Центр ещё пишет задание: согласуют его, когда он его направит."
ALREADY: Words[AssignmentCase] = "Задание уже согласовано. Изменения в него вносит центр новой редакцией."
WAITS: Words[AssignmentCase] = "Задание уже на согласовании: дождитесь ответа методиста или отзовите его."

SUBMIT = Act(
    key="submit",
    label="Направить на согласование",
    url="events:assignment-submit",
    who=_is_own,
    ask=_coordinator,
    states=[DRAFT, RETURNED, AMENDED],
    otherwise={
        SUBMITTED: WAITS,
        AGREED: "Задание согласовано. Чтобы изменить его, нажмите «Внести изменения».",
    },
    not_yet=_not_complete,
    is_next=while_in(DRAFT, RETURNED, AMENDED),
    on_page=while_in(DRAFT, RETURNED, AMENDED),
)
AGREE = Act(
    key="agree",
    label="Согласовать",
    url="events:assignment-agree",
    who=_agrees,
    ask=_methodist,
    states=[SUBMITTED],
    otherwise={**alike([DRAFT, RETURNED, AMENDED], WRITE_FIRST), AGREED: ALREADY},
)
ASSIGNMENT = Acts(
    AssignmentStatus,
    SUBMIT,
    replace(
        SUBMIT,
        key="recall",
        label="Отозвать",
        url="events:assignment-recall",
        states=[SUBMITTED],
        otherwise={
            **alike([DRAFT, RETURNED, AMENDED], "Задание не на согласовании: отзывать нечего, правьте его."),
            AGREED: "Задание уже согласовано. Чтобы изменить его, нажмите «Внести изменения».",
        },
        not_yet=lambda case: "",  # noqa: ARG005
        on_page=while_in(SUBMITTED),
    ),
    AGREE,
    replace(AGREE, key="give_back", label="Вернуть с замечаниями", url="events:assignment-return"),
    replace(
        SUBMIT,
        key="amend",
        label="Внести изменения",
        url="events:assignment-amend",
        states=[AGREED],
        otherwise={
            **alike([DRAFT, RETURNED], "Задание ещё не согласовано: правьте его и направляйте."),
            AMENDED: "Изменения уже вносятся: откройте задание и правьте его.",
            SUBMITTED: WAITS,
        },
        not_yet=_no_status,
        on_page=while_in(AGREED),
    ),
)

"""The technical assignment: begun, saved as it is written, submitted, agreed or given back, amended."""

import datetime
from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone

from centers.models import Center, User
from events.assignments import completeness, owed, told, versions
from events.assignments.forms import AssignmentEditor, completed
from events.models import (
    AssignmentPeriod,
    AssignmentRemark,
    AssignmentTransition,
    AssignmentVersion,
    TechnicalAssignment,
)
from events.models.assignment import AssignmentStatus
from rcro_portal.lib.drafts.page_data import Page
from rcro_portal.lib.drafts.reading import TextLocked
from rcro_portal.lib.drafts.writing import Drafts
from rcro_portal.lib.refusals import Refusal, WrongStep
from rcro_portal.lib.russian import short_date
from rcro_portal.lib.transitions import move

DRAFT, SUBMITTED, RETURNED, AGREED, AMENDED = AssignmentStatus


class AssignmentLocked(TextLocked):
    words = (
        "Техническое задание на согласовании или уже согласовано: сейчас его не правят. Ваш текст сохранён отдельно. "
        "Вернут задание или вы нажмёте «Внести изменения» – сравните его с сохранённым и возьмите, что нужно."
    )


class NoStatus(Refusal):
    """The centre holds the status no longer, or not yet."""

    words = "У центра сейчас нет статуса РВЦИ: техническое задание он не составляет и не направляет."


class NotComplete(Refusal):
    @classmethod
    def of(cls, missing: Collection[str]) -> "NotComplete":
        return cls(f"Не направлено. Заполните: {'; '.join(missing)}.")


class NothingChanged(Refusal):
    words = "В задании ничего не изменилось: направлять нечего. Внесите изменения, потом направьте его."


class NothingToSay(Refusal):
    words = "Напишите, что исправить: общее замечание или замечание к строке."


class AnotherVersion(Refusal):
    words = "Пока страница была открыта, центр отозвал эту редакцию или направил новую. Откройте задание ещё раз."


class AssignmentDrafts(Drafts[TechnicalAssignment]):
    editor_class = AssignmentEditor
    locked = AssignmentLocked
    draft, also_open = DRAFT, (RETURNED, AMENDED)

    def completed(self, of: TechnicalAssignment, page: Page) -> Page:
        names = [kind.name for kind in self.editor_class.kinds]
        return {**page, **{name: completed(name, page[name], getattr(of, name).all()) for name in names}}


DRAFTS = AssignmentDrafts()
page, written, save = DRAFTS.page, DRAFTS.written, DRAFTS.save


def begin(*, center: Center, period: AssignmentPeriod, by: User, at: datetime.datetime) -> TechnicalAssignment:
    """The centre's assignment for the period, made at the first call. Raises NoStatus."""
    require_status(center, timezone.localdate(at))
    assignment, _ = TechnicalAssignment.objects.get_or_create(
        center=center, period=period, defaults={"moved_at": at, "edited_by": by, "edited_at": at}
    )
    return assignment


def require_status(center: Center, day: datetime.date) -> None:
    if not center.grants.in_force_on(day).exists():
        raise NoStatus


@transaction.atomic
def submit(
    *, assignment: TechnicalAssignment, version: int, fulfils: Collection[int] = (), by: User, at: datetime.datetime
) -> AssignmentVersion:
    """Send to be agreed what stands as that ``version`` of the text; ``fulfils``: keys of commitments that it is to
    fulfil. Raises NoStatus, NotComplete, NothingChanged, WrongStep.
    """
    require_status(assignment.center, timezone.localdate(at))
    seen = {"version": version}
    _move(assignment, SUBMITTED, by=by, at=at, seen=seen)
    submitted = page(assignment)
    if missing := completeness.missing(submitted):
        raise NotComplete.of(missing)
    if assignment.agreed and assignment.agreed.page == submitted:
        raise NothingChanged
    made = AssignmentVersion.objects.create(
        assignment=assignment, number=assignment.versions.count() + 1, page=submitted, by=by, at=at
    )
    owed.hand_in(made, owed.chosen(assignment, fulfils), by=by, at=at)
    told.submitted(assignment, at=at)
    return made


@transaction.atomic
def recall(*, assignment: TechnicalAssignment, by: User, at: datetime.datetime) -> None:
    """By its centre, while nobody has judged it. Raises WrongStep."""
    made = versions.newest(assignment)
    _move(assignment, AMENDED if assignment.agreed_id else DRAFT, by=by, at=at)
    assert made
    owed.recall(made, by=by, at=at)
    told.settled(assignment, at=at)


@transaction.atomic
def agree(*, assignment: TechnicalAssignment, number: int, by: User, at: datetime.datetime) -> None:
    """``number``: the version that was read. Commitments that it was to fulfil are done. Raises AnotherVersion,
    WrongStep.
    """
    made = _as_read(assignment, number)
    _move(assignment, AGREED, by=by, at=at, note=str(made), agreed=made)
    told.settled(assignment, at=at)
    told.agreed(assignment, done=owed.accept(made, by=by, at=at), at=at)


@transaction.atomic
def give_back(
    *,
    assignment: TechnicalAssignment,
    number: int,
    note: str,
    remarks: Mapping[tuple[str, str], str],
    by: User,
    at: datetime.datetime,
) -> None:
    """``remarks`` by the part and the key of their rows; ``note`` speaks of the whole. Raises NothingToSay,
    AnotherVersion, WrongStep.
    """
    said = {row: text for row, text in remarks.items() if text.strip()}
    if not note.strip() and not said:
        raise NothingToSay
    made = _as_read(assignment, number)
    note = note.strip() or "Замечания – у строк."
    _move(assignment, RETURNED, by=by, at=at, note=note)
    AssignmentRemark.objects.bulk_create(
        AssignmentRemark(version=made, field=field, key=key, text=text) for (field, key), text in said.items()
    )
    owed.give_back(made, note=note, by=by, at=at)
    told.settled(assignment, at=at)
    told.returned(assignment, at=at)


@transaction.atomic
def amend(*, assignment: TechnicalAssignment, by: User, at: datetime.datetime) -> None:
    """«Внести изменения»: the agreed text is open again; its version stays in force until the next is agreed."""
    require_status(assignment.center, timezone.localdate(at))
    _move(assignment, AMENDED, by=by, at=at)


def _as_read(assignment: TechnicalAssignment, number: int) -> AssignmentVersion:
    made = versions.newest(assignment)
    if made is None or made.number != number:
        raise AnotherVersion
    return made


def _move(
    assignment: TechnicalAssignment,
    after: str,
    *,
    by: User,
    at: datetime.datetime,
    note: str = "",
    seen: Mapping[str, object] | None = None,
    **fields: object,
) -> None:
    try:
        move(
            assignment,
            after,
            by=by,
            at=at,
            note=note,
            seen=seen,
            transitions=AssignmentTransition,
            moved_at=at,
            **fields,
        )
    except WrongStep:
        raise _why(assignment) from None


def _why(assignment: TechnicalAssignment) -> WrongStep:
    """In the words of the state that somebody has brought it to meanwhile."""
    now = TechnicalAssignment.objects.select_related("edited_by__person").get(pk=assignment.pk)
    if now.status == assignment.status:
        return WrongStep(f"Пока страница была открыта, задание изменено: {now.edited}. Откройте его ещё раз.")
    since = short_date(timezone.localdate(now.moved_at))
    return WrongStep(f"Задание уже в состоянии «{now.get_status_display()}» с {since}. Обновите страницу.")

"""On the page of a commitment that asks to amend a technical assignment: the way to the very rows."""

from typing import Any

from django.urls import reverse

from events import permissions
from events.assignments import owed
from events.assignments.owed import Target
from events.commitments.acts import CommitmentCase
from events.models import Commitment, TechnicalAssignment
from events.models.assignment import WRITTEN_IN, AssignmentStatus
from events.models.commitment import TO_DO, CommitmentStatus

AMEND = "Внести изменения в техническое задание"
NO_PERIOD = "Период технических заданий ещё не открыт: методист откроет его, и задание можно будет составить."


def of(commitment: Commitment, case: CommitmentCase) -> dict[str, Any]:
    """Text, where it leads and by what button; ``url`` is missing where there is nowhere to go yet."""
    found = owed.target(commitment)
    if found is None:
        return {"text": NO_PERIOD}
    if found.assignment is None:
        return _not_begun(found, case)
    if commitment.status in TO_DO and case.is_own:
        return _to_write(found.assignment, commitment)
    page = reverse("events:assignment-detail", args=[found.assignment.pk])
    if commitment.status == CommitmentStatus.IN_REVIEW and permissions.may_agree_assignments(case.user):
        page = reverse("events:assignment-review", args=[found.assignment.pk])
        return {"text": "Центр направил новую редакцию.", "url": page, "label": "Рассмотреть техническое задание"}
    state = f"Техническое задание: {found.assignment.get_status_display().lower()}."
    return {"text": state, "url": page, "label": "Открыть техническое задание"}


def _not_begun(found: Target, case: CommitmentCase) -> dict[str, Any]:
    url = reverse("events:assignment-new", args=[found.period.pk, found.center.pk])
    label = "Составить техническое задание" if case.is_own else "Техническое задание центра"
    return {"text": f"Технического задания у центра пока нет: {found.period}.", "url": url, "label": label}


def _to_write(assignment: TechnicalAssignment, commitment: Commitment) -> dict[str, Any]:
    if assignment.status == AssignmentStatus.AGREED:
        url = reverse("events:assignment-amend", args=[assignment.pk])
        text = "Исполнение – новая согласованная редакция. Прежняя в силе, пока новую не согласуют."
        return {"text": text, "url": url, "label": AMEND, "method": "post", "fields": {"commitment": commitment.pk}}
    if assignment.status in WRITTEN_IN:
        text = "Внесите изменения и направьте задание: поручение исполнится, когда его согласуют."
        return {"text": text, "url": to_rows(assignment, commitment), "label": AMEND}
    page = reverse("events:assignment-detail", args=[assignment.pk])
    text = (
        "Задание сейчас на согласовании, и эта редакция направлена не во исполнение поручения. Отзовите или дождитесь."
    )
    return {"text": text, "url": page, "label": "Открыть техническое задание"}


def to_rows(assignment: TechnicalAssignment, commitment: Commitment) -> str:
    """The editor, opened for this commitment at the rows that it asks to amend."""
    address = reverse("events:assignment-edit", args=[assignment.pk])
    return f"{address}?commitment={commitment.pk}#{commitment.amends or 'goals'}"

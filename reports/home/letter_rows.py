"""Rows of letters on the home page: what waits for a signature, an approval, a second pair of eyes."""

import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from centers.models import User
from events.models.outcome import OutcomeStatus
from rcro_portal.lib import russian
from reports.approval import approvers, reasons
from reports.models import DetachedSignature, Letter, LetterFile, LetterTransition, Recipient
from reports.models.headings import titled
from reports.models.letter import FileKind, LetterStatus, Way
from reports.models.signature import DetachedVerdict

ROWS = 20


def to_sign(user: User) -> list[dict[str, Any]]:
    rows = _letter_rows(Letter.objects.for_the_director())
    mine = Letter.objects.filter(status=LetterStatus.AWAITING, way=Way.KEY, authority__person=user.person_id).count()
    return [_sign_several(mine), *rows] if mine > 1 else rows


def _sign_several(count: int) -> dict[str, Any]:
    note = "Все страницы рядом, пароль ключа вводится один раз"
    return {"title": "Подписать сразу несколько", "url": reverse("reports:sign-desk"), "note": note, "count": count}


def to_approve(user: User, day: datetime.date) -> list[dict[str, Any]]:
    rows = []
    for waiting in approvers.waiting_for(user, day)[:ROWS]:
        row = _letter_row(waiting.letter)
        if waiting.instead_of:
            row["note"] = f"{reasons.standing_in(waiting.instead_of)} {row['note']}"
        rows.append(row)
    return rows


def without_approvers(day: datetime.date) -> list[dict[str, Any]]:
    return [
        {
            "title": request.snapshot.letter.title,
            "url": reverse("reports:letter-detail", args=[request.snapshot.letter_id]),
            "note": f"{request.title}: назначьте в справочнике «Должности» или внесите замещение.",
        }
        for request in approvers.without_approvers(day)[:ROWS]
    ]


def to_confirm(user: User, alone: bool) -> list[dict[str, Any]]:
    """``alone``: one person is enough that day, as ``second_person`` says."""
    on_paper = Letter.objects.filter(status=LetterStatus.AWAITING, way=Way.PAPER)
    scans = LetterFile.objects.filter(letter=OuterRef("pk"), kind=FileKind.SCAN, pk__gt=OuterRef("final"))
    return _letter_rows(_brought_by_others(on_paper, scans.order_by("-pk").values("made_by"), user, alone))


def to_check_outside(user: User, alone: bool) -> list[dict[str, Any]]:
    """Files of signatures that could not be checked here, over the PDF that awaits."""
    outside = Letter.objects.filter(status=LetterStatus.AWAITING, way=Way.GOST)
    of_the_letter = {"letter": OuterRef("pk"), "over": OuterRef("final")}
    files = DetachedSignature.objects.filter(verdict=DetachedVerdict.UNCHECKED, **of_the_letter)
    by = files.order_by("-uploaded_at", "-pk").values("uploaded_by")
    return _letter_rows(_brought_by_others(outside, by, user, alone))


def _brought_by_others(letters: QuerySet[Letter], brought_by: QuerySet, user: User, alone: bool) -> QuerySet[Letter]:
    """Those whose newest file this clerk may confirm: what they brought themselves waits for another."""
    rows = letters.annotate(brought_by=Subquery(brought_by[:1])).filter(brought_by__isnull=False)
    return rows if alone else rows.exclude(brought_by=user.pk)


def _letter_rows(letters: QuerySet[Letter]) -> list[dict[str, Any]]:
    rows = letters.select_related("entry", "department", "outcome__event", "event").order_by("filed_at", "pk")[:ROWS]
    return [_letter_row(letter) for letter in rows]


def _letter_row(letter: Letter) -> dict[str, Any]:
    numbered = (
        f"Исх. № {letter.entry.number} от {russian.short_date(letter.entry.registered_on)}. " if letter.entry else ""
    )
    return {
        "title": letter.title,
        "url": reverse("reports:letter-detail", args=[letter.pk]),
        "note": f"{numbered}{russian.upper_first(letter.department.name)}, направлено "
        f"{russian.short_date(timezone.localdate(letter.filed_at))}",
        "status": letter.status,
        "status_label": letter.get_status_display(),
    }


def doubtful() -> list[dict[str, Any]]:
    topic = Coalesce("letter__outcome__event__topic", "letter__event__topic", Value(""))
    rows = Recipient.objects.doubtful().values("letter", "letter__subject_line", topic=topic)
    return [
        {
            "title": titled(row["letter__subject_line"], row["topic"]),
            "url": f"{reverse('reports:letter-detail', args=[row['letter']])}#recipients",
            "note": "Не дошло до адресатов",
            "count": row["count"],
        }
        for row in rows.annotate(count=Count("pk")).order_by("-letter")[:ROWS]
    ]


def drafts(user: User, departments: Any) -> list[dict[str, Any]]:
    """What came back, letters instead of sent ones that are not filed yet, and free letters that this person began."""
    of_outcomes = Q(outcome__status=OutcomeStatus.DRAFT, outcome__event__department__in=departments)
    written = Q(manuscript__isnull=False, department__in=departments)
    begun = Q(filed_at__isnull=False) | Q(prepared_by=user.person_id)
    steps = LetterTransition.objects.filter(letter=OuterRef("pk"), after=LetterStatus.DRAFT).order_by("-pk")
    rows = Letter.objects.filter(of_outcomes | (written & begun), status=LetterStatus.DRAFT)
    rows = rows.select_related("event", "outcome__event").annotate(remark=Subquery(steps.values("note")[:1]))
    # What came back waits longest, what was only begun can wait.
    return [_draft_row(letter) for letter in rows.order_by(F("filed_at").asc(nulls_last=True), "-pk")[:ROWS]]


def _draft_row(letter: Any) -> dict[str, Any]:
    returned = letter.filed_at is not None
    began = "Письмо взамен не направлено" if letter.replacement_reason else "Письмо не направлено"
    return {
        "title": f"{'Возвращено на доработку' if returned else began}: {letter.title}",
        "url": reverse("reports:letter-detail", args=[letter.pk]),
        "note": letter.remark or letter.replacement_reason or f"{letter.get_kind_display()}.",
        "status": "returned" if returned else letter.status,
        "status_label": letter.get_status_display(),
    }

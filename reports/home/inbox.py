"""The inbox: what waits for a person, by role, on the home page. Each leads to where the next step is taken."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from centers import permissions as center_permissions
from centers.models import CalendarYear, User
from events.models import Commitment, Event, Outcome
from events.models.event import EventStatus
from events.models.outcome import OutcomeStatus
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from reports import permissions
from reports.approval import approvers, reasons
from reports.delivery import returned_mail
from reports.letters import second_person
from reports.models import DetachedSignature, Letter, LetterFile, Recipient
from reports.models.letter import FileKind, LetterStatus, Way
from reports.models.signature import DetachedVerdict
from reports.operations import health

ROWS = 20
# An outcome is expected soon after its event; what was never written of a year ago is history, not a reminder.
OUTCOME_EXPECTED = datetime.timedelta(days=60)


def sections(user: User, now: datetime.datetime) -> list[dict[str, Any]]:
    """Sections «heading, items», most urgent first; a person of several roles sees them all."""
    day = timezone.localdate(now)
    sections = []
    if permissions.may_sign(user, day):
        sections.append(_section("На подпись", _to_sign(user), "Писем на подпись нет."))
    to_approve = _to_approve(user, day)
    if to_approve or "head" in user.roles:
        sections.append(_section("На согласование", to_approve, "Писем на согласование нет."))
    if "clerk" in user.roles:
        sections.append(_section("Подтвердить скан", _to_confirm(user, day), "Сканов на подтверждение нет."))
        if unchecked := _to_check_outside(user, day):
            sections.append(_section("Проверить подпись вне портала", unchecked, ""))
        sections.append({**_section("Не доставлено", _doubtful(), "Все письма доставлены."), "id": "undelivered"})
    if user.roles & {"methodist", "head"}:
        sections.append(_section("Требует действий", _to_do(user, now), "Всё сделано."))
    if "methodist" in user.roles:
        sections.append(_section("Ответы на проверку", _to_review(), "Ответов на проверку нет."))
    if center_permissions.may_invite(user) and (returned := returned_mail.rows(user, now)):
        sections.append(_section("Вернулось по почте", returned, ""))
    if "administrator" in user.roles:
        sections.append(_section("Состояние портала", health.troubles(now), health.FINE))
        if vacant := _without_approvers(day):
            sections.append(_section("Некому согласовать", vacant, ""))
        sections.append(_section("Администрирование", [health.inspected(), *_desk_of_the_administrator()], ""))
    if "coordinator" in user.roles:
        sections.append(_section("Что нужно сделать", _owed(user, day), "Поручений нет. О новых сообщим на почту."))
    return sections


def _section(heading: str, rows: list[dict[str, Any]], empty: str) -> dict[str, Any]:
    return {"heading": heading, "items": rows, "empty": empty}


def _to_sign(user: User) -> list[dict[str, Any]]:
    rows = _letter_rows(Letter.objects.for_the_director())
    mine = Letter.objects.filter(status=LetterStatus.AWAITING, way=Way.KEY, authority__person=user.person_id).count()
    return [_sign_several(mine), *rows] if mine > 1 else rows


def _sign_several(count: int) -> dict[str, Any]:
    note = "Все страницы рядом, пароль ключа вводится один раз"
    return {"title": "Подписать сразу несколько", "url": reverse("reports:sign-desk"), "note": note, "count": count}


def _to_approve(user: User, day: datetime.date) -> list[dict[str, Any]]:
    rows = []
    for waiting in approvers.waiting_for(user, day)[:ROWS]:
        row = _letter_row(waiting.letter)
        if waiting.instead_of:
            row["note"] = f"{reasons.standing_in(waiting.instead_of)} {row['note']}"
        rows.append(row)
    return rows


def _without_approvers(day: datetime.date) -> list[dict[str, Any]]:
    return [
        {
            "title": request.snapshot.letter.subject_line,
            "url": reverse("reports:letter-detail", args=[request.snapshot.letter_id]),
            "note": f"{request.title}: назначьте в справочнике «Должности» или внесите замещение.",
        }
        for request in approvers.without_approvers(day)[:ROWS]
    ]


def _to_confirm(user: User, day: datetime.date) -> list[dict[str, Any]]:
    on_paper = Letter.objects.filter(status=LetterStatus.AWAITING, way=Way.PAPER)
    scans = LetterFile.objects.filter(letter=OuterRef("pk"), kind=FileKind.SCAN, pk__gt=OuterRef("final"))
    return _letter_rows(_brought_by_others(on_paper, scans.order_by("-pk").values("made_by"), user, day))


def _to_check_outside(user: User, day: datetime.date) -> list[dict[str, Any]]:
    """Files of signatures that could not be checked here, over the PDF that awaits."""
    outside = Letter.objects.filter(status=LetterStatus.AWAITING, way=Way.GOST)
    of_the_letter = {"letter": OuterRef("pk"), "over": OuterRef("final")}
    files = DetachedSignature.objects.filter(verdict=DetachedVerdict.UNCHECKED, **of_the_letter)
    by = files.order_by("-uploaded_at", "-pk").values("uploaded_by")
    return _letter_rows(_brought_by_others(outside, by, user, day))


def _brought_by_others(
    letters: QuerySet[Letter], brought_by: QuerySet, user: User, day: datetime.date
) -> QuerySet[Letter]:
    """Those whose newest file this clerk may confirm: what they brought themselves waits for another."""
    rows = letters.annotate(brought_by=Subquery(brought_by[:1])).filter(brought_by__isnull=False)
    return rows if second_person.one_is_enough(day) else rows.exclude(brought_by=user.pk)


def _letter_rows(letters: QuerySet[Letter]) -> list[dict[str, Any]]:
    rows = letters.select_related("entry", "department", "outcome__event", "event").order_by("filed_at", "pk")[:ROWS]
    return [_letter_row(letter) for letter in rows]


def _letter_row(letter: Letter) -> dict[str, Any]:
    numbered = (
        f"Исх. № {letter.entry.number} от {russian.short_date(letter.entry.registered_on)}. " if letter.entry else ""
    )
    return {
        "title": letter.subject_line,
        "url": reverse("reports:letter-detail", args=[letter.pk]),
        # Headings are alike, topics are not.
        "note": f"{numbered}{_about(letter)} {russian.upper_first(letter.department.name)}, направлено "
        f"{russian.short_date(timezone.localdate(letter.filed_at))}",
        "status": letter.status,
        "status_label": letter.get_status_display(),
    }


def _about(letter: Letter) -> str:
    return f"{quoted(letter.occasion.topic)}." if letter.occasion else f"{letter.get_kind_display()}."


def _doubtful() -> list[dict[str, Any]]:
    rows = Recipient.objects.doubtful().values("letter", "letter__subject_line", "letter__outcome__event__topic")
    return [
        {
            "title": row["letter__subject_line"],
            "url": f"{reverse('reports:letter-detail', args=[row['letter']])}#recipients",
            "note": f"{_topic(row)}не дошло до адресатов",
            "count": row["count"],
        }
        for row in rows.annotate(count=Count("pk")).order_by("-letter")[:ROWS]
    ]


def _topic(row: Mapping[str, Any]) -> str:
    topic = row["letter__outcome__event__topic"]
    return f"{quoted(topic)} – " if topic else ""


def _to_do(user: User, now: datetime.datetime) -> list[dict[str, Any]]:
    """Events of the person's own departments that wait for ticks, for an outcome, or for a mended text."""
    departments = user.person.posts.in_force_on(timezone.localdate(now)).values("department")
    begun = Event.objects.filter(department__in=departments, starts_at__lte=now).order_by("-starts_at")
    returned = Outcome.objects.drafts().filter(event__department__in=departments, letters__status=LetterStatus.DRAFT)
    in_letters = Letter.objects.living().values("outcome")
    return [
        *_event_rows(begun.filter(status=EventStatus.ANNOUNCED), "Участники не отмечены"),
        *[_returned_row(outcome) for outcome in returned.select_related("event").distinct()[:ROWS]],
        *_written_rows(user, departments),
        *_event_rows(
            begun.filter(status=EventStatus.HELD, outcome__isnull=True, starts_at__gte=now - OUTCOME_EXPECTED),
            "Итоги не внесены",
        ),
        *_event_rows(
            begun.filter(status=EventStatus.HELD, outcome__status=OutcomeStatus.DRAFT).exclude(outcome__in=in_letters),
            "Итоги не направлены",
        ),
        *_event_rows(Event.objects.filter(department__in=departments, status=EventStatus.DRAFT), "Не объявлено"),
    ]


def _event_rows(rows: QuerySet[Event], what: str) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{what}: {event.what} {event.days}",
            "url": reverse("reports:event-page", args=[event.pk]),
            "note": event.topic,
        }
        for event in rows[:ROWS]
    ]


def _returned_row(outcome: Outcome) -> dict[str, Any]:
    letter = outcome.letters.filter(status=LetterStatus.DRAFT).get()
    step = letter.transitions.filter(after=LetterStatus.DRAFT).order_by("-pk").first()
    if step is None:
        return {
            "title": f"Письмо взамен не направлено: {outcome.subject_line}",
            "url": reverse("reports:letter-detail", args=[letter.pk]),
            "note": letter.replacement_reason,
            "status": letter.status,
            "status_label": letter.get_status_display(),
        }
    return {
        "title": f"Возвращено на доработку: {outcome.subject_line}",
        "url": reverse("reports:letter-detail", args=[letter.pk]),
        "note": step.note if step else outcome.event.topic,
        "status": "returned",
        "status_label": "На доработке",
    }


def _written_rows(user: User, departments: Any) -> list[dict[str, Any]]:
    """Free letters that came back, and those that this person has begun."""
    drafts = Letter.objects.filter(manuscript__isnull=False, status=LetterStatus.DRAFT, department__in=departments)
    mine = drafts.filter(Q(filed_at__isnull=False) | Q(prepared_by=user.person_id))
    return [_written_row(letter) for letter in mine.select_related("event", "outcome__event").order_by("-pk")[:ROWS]]


def _written_row(letter: Letter) -> dict[str, Any]:
    step = letter.transitions.filter(after=LetterStatus.DRAFT).order_by("-pk").first()
    returned = letter.filed_at is not None
    return {
        "title": f"{'Возвращено на доработку' if returned else 'Письмо не направлено'}: {letter.subject_line}",
        "url": reverse("reports:letter-detail", args=[letter.pk]),
        "note": step.note if step else _about(letter),
        "status": "returned" if returned else letter.status,
        "status_label": letter.get_status_display(),
    }


def _to_review() -> list[dict[str, Any]]:
    rows = Commitment.objects.in_review().select_related("organization").order_by("due_on", "pk")[:ROWS]
    return [
        {
            "title": str(commitment.organization),
            "url": reverse("events:commitment-detail", args=[commitment.pk]),
            "note": commitment.text,
            "status": commitment.status,
            "status_label": commitment.get_status_display(),
        }
        for commitment in rows
    ]


def _desk_of_the_administrator() -> list[dict[str, Any]]:
    return [
        {"title": "Пригласить человека в портал", "url": reverse("centers:invitation-list")},
        {
            "title": "Справочники",
            "url": reverse("admin:index"),
            "note": "бланки, права подписи, отделы и должности, организации и статусы, журналы и номенклатура дел, "
            "маршруты согласования и замещения, указатели рассылки",
        },
    ]


def _owed(user: User, day: datetime.date) -> list[dict[str, Any]]:
    rows = Commitment.objects.to_do().coordinated_by(user, day)
    calendar = CalendarYear.objects.calendar()
    return [
        {
            "title": russian.upper_first(commitment.text),
            "url": reverse("events:commitment-detail", args=[commitment.pk]),
            "note": str(commitment.organization),
            "due": calendar.due_words(commitment.due_on, day),
            "tone": "overdue" if commitment.due_on < day else "soon",
            "status": commitment.status,
            "status_label": commitment.get_status_display(),
        }
        for commitment in rows.select_related("organization").order_by("due_on", "pk")[:ROWS]
    ]

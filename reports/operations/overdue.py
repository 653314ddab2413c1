"""Work that is due and not done: a lost task costs minutes, never a letter."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone

from rcro_portal.lib.notices import mail_fault, quiet_hours, telling
from rcro_portal.models import Notice
from reports import halted
from reports.models import Letter, Recipient, YearReportIssue

# The sweep comes every ten seconds; a claimed row is held by a lease and not counted here.
PATIENCE = datetime.timedelta(minutes=5)


def overdue(now: datetime.datetime) -> Iterator[str]:
    """Nothing is due for longer than five minutes without a worker's lease, and nothing waits in vain."""
    for since, words in waiting(now):
        if now - since > PATIENCE:
            yield f"{words} ждёт обработчика с {timezone.localtime(since):%d.%m.%Y %H:%M}."
    for pk in Letter.objects.too_late().order_by("pk").values_list("pk", flat=True):
        yield f"Подписанное письмо {pk} не отправлено: то, что оно заменяет, уже заменено другим. Аннулируйте его."


def waiting(now: datetime.datetime) -> Iterator[tuple[datetime.datetime, str]]:
    """Every piece of work that should be in progress now: since when it waits, and what it is."""
    for pk, since, lease in _since_their_step(Letter.objects.due_for_drawing(now)):
        yield max(since, lease or since), f"Письмо {pk} не нарисовано и"
    asked = YearReportIssue.objects.due(now).order_by("pk").values_list("report__year", "asked_at", "lease_until")
    for year, since, lease in asked:
        yield max(since, lease or since), f"Отчёт за {year} год не готов и"
    if halted.is_halted():
        return
    for pk, since, _ in _since_their_step(Letter.objects.due_for_release()):
        yield since, f"Подписанное письмо {pk} не отправлено и"
    no_mail = mail_fault.standing() is not None
    yield from _messages(now, no_mail=no_mail)
    yield from _notices(now, no_mail=no_mail)


def _since_their_step(
    letters: QuerySet[Letter],
) -> "QuerySet[Letter, tuple[int, datetime.datetime, datetime.datetime | None]]":
    return letters.annotate(since=Max("transitions__at")).order_by("pk").values_list("pk", "since", "draw_lease_until")


def _messages(now: datetime.datetime, *, no_mail: bool) -> Iterator[tuple[datetime.datetime, str]]:
    for pk, lease in Recipient.objects.broken_off(now).order_by("pk").values_list("pk", "lease_until"):
        assert lease, "only what was claimed can break off"
        yield lease, f"Прерванная отправка {pk} не отмечена и"
    # While one message is on its way, or none may leave, the others wait for it and not for a worker.
    if quiet_hours.are_on(now) or no_mail or Recipient.objects.on_their_way(now).exists():
        return
    morning = quiet_hours.morning_of(now)
    for pk, after in Recipient.objects.due(now).order_by("pk").values_list("pk", "send_after"):
        # What came at night is due from the morning on.
        yield max(after, morning) if settings.QUIET_HOURS else after, f"Сообщение {pk} не отправлено и"


def _notices(now: datetime.datetime, *, no_mail: bool) -> Iterator[tuple[datetime.datetime, str]]:
    if no_mail or Notice.objects.on_their_way(now).exists():
        return
    for pk, after in telling.due(now).order_by("pk").values_list("pk", "send_after"):
        yield after, f"Сообщение портала {pk} не отправлено и"

"""What the operator must see: work that waits too long, and letters that cannot be drawn."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from rcro_portal import russian
from reports import desk, dispatch
from reports.models import Letter, Recipient
from reports.models.letter import LetterStatus

FINE = "Письма готовятся и уходят, ничего не ждёт."
# A worker draws in a second and sweeps every ten: what waits longer waits for nobody.
PATIENCE = datetime.timedelta(minutes=1)


def troubles(now: datetime.datetime) -> list[dict[str, Any]]:
    """Rows for the administrator's home page, the silent worker first."""
    return [*_silence(now), *_undrawn()]


def _silence(now: datetime.datetime) -> Iterator[dict[str, Any]]:
    since = min(_waiting_since(now), default=None)
    if since is None or now - since < PATIENCE:
        return
    minutes = int((now - since).total_seconds() // 60)
    silent = russian.agree(minutes, "минуту", "минуты", "минут")
    yield {
        "title": f"Обработчик заданий не отвечает {silent}",
        "url": reverse("reports:letter-list"),
        "note": "Ничего не потеряно: задания выполнятся после его запуска.",
    }


def _waiting_since(now: datetime.datetime) -> Iterator[datetime.datetime]:
    """Since when each piece of due work waits: letters to draw and to release, messages to send."""
    waiting = Letter.objects.filter(status__in=[LetterStatus.PREPARING, LetterStatus.SIGNED])
    for letter in waiting.filter(draw_attempts__lt=Letter.DRAW_ATTEMPTS):
        yield letter.steps.order_by("-pk").values_list("at", flat=True)[0]
    if not dispatch.quiet(now):
        yield from Recipient.objects.due(now).order_by("send_after").values_list("send_after", flat=True)[:1]


def _undrawn() -> Iterator[dict[str, Any]]:
    for letter in Letter.objects.filter(status=LetterStatus.PREPARING).exclude(draw_error="").order_by("pk"):
        hope = "" if desk.is_stuck(letter) else " Портал попробует ещё раз сам."
        yield {
            "title": f"Не готовится: {letter.subject_line}",
            "url": reverse("reports:letter-detail", args=[letter.pk]),
            "note": f"{letter.draw_error}{hope}",
            "status": "failed",
            "status_label": "Ошибка",
        }
